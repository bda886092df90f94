package app.doorstep.ui

import androidx.compose.runtime.Composable
import app.doorstep.core.AttentionItem
import app.doorstep.core.AttentionKind
import app.doorstep.core.AttentionRow
import app.doorstep.core.DocId
import app.doorstep.core.DraftId
import app.doorstep.core.EntryKind
import app.doorstep.core.Scope
import app.doorstep.core.Value
import app.doorstep.corekit.Failure
import app.doorstep.ui.attention.AttentionEvents
import app.doorstep.ui.attention.AttentionScreen
import app.doorstep.ui.door.DoorState
import app.doorstep.ui.record.PersonsScreen
import app.doorstep.ui.record.RecordScreen
import app.doorstep.ui.record.RecordState
import app.doorstep.ui.start.FirstStartScreen
import app.doorstep.ui.today.TodayScreen
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage
import org.junit.jupiter.api.Test

/** When something needs a person, went wrong, or is longer than anybody thought. */
class TroublePicturesTest {
    private val looks =
        listOf(Look(), Look(Language.EN, isDark = true), Look(scale = 2f, width = 360, height = 740))

    private fun hold(
        screen: String,
        content: @Composable () -> Unit,
    ) = looks.forEach { Pictures.hold(screen, it, content) }

    private val case = Scope.Case("c1")

    private val items =
        listOf(
            AttentionItem.Returned("d1", case, "请写明谁在家、谈了多久。", Samples.now),
            AttentionItem.Conflict("d2", Scope.Case("c2"), 1u),
            AttentionItem.Notice(AttentionRow(1, AttentionKind.NotTaken, Scope.Case("c3"), "d3", "not_allowed", Samples.now)),
            AttentionItem.DeletedDraft("r1", null, case, Samples.now),
        )

    @Test
    fun `what needs a person`() = hold("attention") { WithCrisis { AttentionScreen(items, { Samples.busy.person(it) }, Untouched) } }

    @Test
    fun `nothing needs a person`() = hold("attention-empty") { WithCrisis { AttentionScreen(listOf(), { null }, Untouched) } }

    @Test
    fun `names that are longer than a line`() {
        val long = "阿卜杜热合曼·买买提艾力·图尔荪尼亚孜（学校登记的名字）"
        hold("today-long-names") {
            val busy = Samples.busy
            WithCrisis { TodayScreen(busy.copy(names = busy.names.mapValues { long }), Samples.today, Samples.now) {} }
        }
        hold("choose-person-long-names") {
            val title = LocalLanguage.current.pick("走访了谁？", "Whom did you visit?")
            PersonsScreen(title, listOf(Samples.person(long, safety = long, daysSinceMet = 141), Samples.person("小石")), {}, {}) {}
        }
    }

    @Test
    fun `too much for one record`() =
        hold("record-too-long") {
            val values = mapOf("outcome" to Value.Text("met"), "narrative" to Value.Text("长".repeat(60)))
            RecordScreen(RecordState("小川", EntryKind.HomeVisit, values, failure = Failure.Invalid("narrative", "too_long")), UntouchedRecord)
        }

    @Test
    fun `a code with a slip in it`() =
        hold("first-start-mistyped") { FirstStartScreen(DoorState.FirstStart(failure = Failure.Invalid("code", "mistyped")), {}, {}) {} }

    private object Untouched : AttentionEvents {
        override fun back() = Unit

        override fun open(doc: DocId) = Unit

        override fun seen(notice: Long) = Unit

        override fun takeUp(draft: DraftId) = Unit

        override fun forget(draft: DraftId) = Unit
    }
}
