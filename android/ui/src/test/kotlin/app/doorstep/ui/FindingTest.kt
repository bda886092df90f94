package app.doorstep.ui

import androidx.compose.ui.test.ExperimentalTestApi
import app.doorstep.core.ReviewState
import app.doorstep.corekit.Member
import app.doorstep.corekit.told
import app.doorstep.ui.cases.byMonth
import app.doorstep.ui.review.Sieve
import app.doorstep.ui.search.passages
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.time.YearMonth

/** How people find again what was written. */
@OptIn(ExperimentalTestApi::class)
class FindingTest {
    @Test
    fun `what was written is found in either language, and the search is still there on the way back`() =
        Hands(listOf(Member("林晓雯", listOf("worker")))).use { hands ->
            with(hands) {
                val worker = phone("林晓雯")
                val case = worker.openCase(office.team, "小川")
                told { worker.client.saveDone(worker.visit(case, "outcome" to "met", "narrative" to "说起夜校。Likes Basketball.")) }
                act {
                    take("林晓雯")
                    touchSign("搜索")
                    type("人、地点或写过的话", "basketball")
                    touch("小川 · 家访")
                    appears("修改经过")
                    touchSign("返回")
                    appears("basketball")
                    appears("小川 · 家访")
                    touchSign("返回")
                    touchSign("搜索")
                    assertTrue(!isThere("basketball"), "a new search begins empty")
                    type("人、地点或写过的话", "夜校")
                    appears("小川 · 家访")
                }
            }
        }

    @Test
    fun `what was found is seen without opening, also deep in a text, and no sign is cut in two`() {
        val deep = "前面说了很多别的事，" + "🙂".repeat(40) + "夜校" + "🙂".repeat(60)
        val found = passages(listOf(deep, "周五去看看"), "夜校").single()
        assertTrue("夜校" in found && found.startsWith("…") && found.endsWith("…"))
        assertTrue(found.codePoints().noneMatch { it in 0xD800..0xDFFF })
        assertEquals(listOf("周五去看看"), passages(listOf("", "周五去看看"), "家访"))
    }

    @Test
    fun `a queue is sifted by kind, by author and by what came back`() {
        val rows = CaseSamples.queue
        assertEquals(rows, Sieve().keep(rows))
        assertEquals(listOf("小川", "小石"), Sieve(kind = "home_visit").keep(rows).map { CaseSamples.person(it.row.scope) })
        assertEquals(listOf("周启明"), Sieve(author = "m2").keep(rows).map { it.row.author })
        assertEquals(listOf<ReviewState>(ReviewState.Resubmitted), Sieve(isAgain = true).keep(rows).map { it.row.state })
        assertEquals(0, Sieve(kind = "interview", author = "m2").keep(rows).size)
    }

    @Test
    fun `a timeline is told by month, latest first`() {
        val months = byMonth(checkNotNull(CaseSamples.case.view).timeline)
        assertEquals(listOf(YearMonth.of(2026, 3), YearMonth.of(2026, 2), YearMonth.of(2025, 12)), months.map { it.month })
        assertEquals(listOf(2, 1, 1), months.map { it.entries.size })
    }
}
