package app.doorstep.ui

import androidx.compose.runtime.Composable
import app.doorstep.core.Field
import app.doorstep.core.Remark
import app.doorstep.core.RemarkKind
import app.doorstep.ui.entry.EarlierScreen
import app.doorstep.ui.entry.EntryScreen
import app.doorstep.ui.entry.EntryState
import app.doorstep.ui.entry.HistoryScreen
import app.doorstep.ui.entry.answers
import app.doorstep.ui.review.RemarkEvents
import app.doorstep.ui.review.RemarkScreen
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage
import org.junit.jupiter.api.Test

/** An entry from its hand-in to its approval, and what people write about it. */
class EntryPicturesTest {
    private val looks =
        listOf(Look(), Look(Language.EN, isDark = true), Look(scale = 2f, width = 360, height = 740))

    private fun hold(
        screen: String,
        content: @Composable () -> Unit,
    ) = looks.forEach { Pictures.hold(screen, it, content) }

    @Composable
    private fun answers() = EntrySamples.toReview.answers(LocalLanguage.current)

    private fun hold(
        screen: String,
        state: EntryState,
    ) = hold(screen) { WithCrisis { EntryScreen(state, Samples.now, UntouchedEntry) } }

    @Test
    fun `an entry that was returned`() = hold("entry-returned", EntrySamples.returned)

    @Test
    fun `two answers that differ`() = hold("entry-conflict", EntrySamples.inConflict)

    @Test
    fun `comments, one of them open`() = hold("entry-comments", EntrySamples.commented)

    @Test
    fun `an entry that was withdrawn`() = hold("entry-withdrawn", EntrySamples.withdrawn)

    @Test
    fun `an entry that a supervisor decides on`() = hold("entry-review", EntrySamples.toReview)

    @Test
    fun `an entry that came back, with what changed`() = hold("entry-difference", EntrySamples.resubmitted)

    @Test
    fun `an entry approved without a network`() = hold("entry-approved", EntrySamples.approved)

    @Test
    fun `what the server would not take`() = hold("entry-not-taken", EntrySamples.notTaken)

    @Test
    fun `what one answer was`() =
        hold("history-answer") { HistoryScreen(EntrySamples.history, Samples.now, {}, only = "narrative") {} }

    @Test
    fun `who changed what`() = hold("history") { HistoryScreen(EntrySamples.history, Samples.now, {}) {} }

    @Test
    fun `an entry as it was, to be put back`() =
        hold("earlier") { EarlierScreen(EntrySamples.earlier, Samples.now, {}, isAsking = true) {} }

    @Test
    fun `why an entry goes back`() = hold("return") { remark(RemarkKind.RETURN) }

    @Test
    fun `a comment is written`() =
        hold("comment") { remark(RemarkKind.COMMENT, "夜校那边我有熟人。") }

    @Test
    fun `an entry is about to be withdrawn`() =
        hold("withdraw") { remark(RemarkKind.WITHDRAW, "应是小石", isAsking = true) }

    @Composable
    private fun remark(
        kind: RemarkKind,
        words: String = "",
        isAsking: Boolean = false,
    ) {
        val on =
            object : RemarkEvents {
                override fun write(
                    about: List<Field>,
                    text: String,
                ) = Unit

                override fun send() = Unit

                override fun leave() = Unit
            }
        RemarkScreen(kind, Remark(emptyList(), words), answers(), on, isAsking)
    }
}
