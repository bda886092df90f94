package app.doorstep.ui

import androidx.compose.runtime.Composable
import app.doorstep.core.ConflictCard
import app.doorstep.core.DocId
import app.doorstep.core.Value
import app.doorstep.ui.cases.CaseEvents
import app.doorstep.ui.cases.CaseScreen
import app.doorstep.ui.cases.DetailsEvents
import app.doorstep.ui.cases.DetailsScreen
import app.doorstep.ui.cases.NewPersonScreen
import app.doorstep.ui.review.QueueScreen
import app.doorstep.ui.search.SearchScreen
import app.doorstep.ui.search.SearchState
import app.doorstep.ui.words.Language
import org.junit.jupiter.api.Test

/** Where entries are found: in a person's file, in the queue, by searching. */
class CasePicturesTest {
    private val looks =
        listOf(Look(), Look(Language.EN, isDark = true), Look(scale = 2f, width = 360, height = 740))

    private fun hold(
        screen: String,
        content: @Composable () -> Unit,
    ) = looks.forEach { Pictures.hold(screen, it) { WithCrisis(content) } }

    @Test
    fun `a case`() = hold("case") { CaseScreen(CaseSamples.case, Samples.today, Untouched) }

    @Test
    fun `a case with two answers that differ`() = hold("case-conflict") { CaseScreen(CaseSamples.inConflict, Samples.today, Untouched) }

    @Test
    fun `all details of a person`() = hold("details") { DetailsScreen("小川", CaseSamples.parts, UntouchedDetails) }

    @Test
    fun `a new person`() = hold("new-person") { NewPersonScreen(CaseSamples.teams, {}) {} }

    @Test
    fun `the queue`() = queue("queue", isSifting = false)

    @Test
    fun `the queue, sifted`() = queue("queue-filters", isSifting = true)

    @Test
    fun `an empty queue`() =
        hold("queue-empty") { QueueScreen(listOf(), CaseSamples.person, Samples.today, Samples.now, {}) {} }

    private fun queue(
        screen: String,
        isSifting: Boolean,
    ) = hold(screen) { QueueScreen(CaseSamples.queue, CaseSamples.person, Samples.today, Samples.now, {}, isSifting) {} }

    @Test
    fun `what was found`() = hold("search") { SearchScreen(CaseSamples.found, Samples.today, {}, {}) {} }

    @Test
    fun `nothing was found`() =
        hold("search-nothing") { SearchScreen(SearchState("夜笑", listOf()), Samples.today, {}, {}) {} }

    private object UntouchedDetails : DetailsEvents {
        override fun back() = Unit

        override fun edit(part: DocId) = Unit

        override fun history(part: DocId) = Unit
    }

    private object Untouched : CaseEvents {
        override fun back() = Unit

        override fun record() = Unit

        override fun details() = Unit

        override fun open(doc: DocId) = Unit

        override fun settle(
            card: ConflictCard,
            value: Value,
        ) = Unit
    }
}
