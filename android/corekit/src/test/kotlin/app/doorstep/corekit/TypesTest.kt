package app.doorstep.corekit

import app.doorstep.core.EntryKind
import app.doorstep.core.Outcome
import app.doorstep.core.PieceKind
import app.doorstep.core.entryKindCode
import app.doorstep.core.entryKindOf
import app.doorstep.core.entryKinds
import app.doorstep.core.outcomeOf
import app.doorstep.core.textDifference
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.time.Duration
import java.time.Instant
import java.time.LocalDate
import java.time.LocalTime
import java.util.UUID

/** Values arrive as what they are on this side. */
class TypesTest {
    @Test
    fun `dates, times of day and instants cross as the platform's own`() {
        Office(listOf(Member("林晓", listOf("worker")))).use { office ->
            Phone(office, "林晓").enrolled(office, "林晓").use { phone ->
                val case = phone.openCase(office.team, "小川")
                val doc = phone.client.saveDone(phone.visit(case, "date" to "2024-02-29", "start" to "00:05", "end" to "23:59"))
                val entry = checkNotNull(phone.client.entry(doc).summary.entry)
                assertEquals(LocalDate.of(2024, 2, 29), entry.date)
                assertEquals(LocalTime.of(0, 5), entry.start)
                assertEquals(LocalTime.of(23, 59), entry.end)
                val saved = phone.client.history(doc).single().time
                assertTrue(Duration.between(saved, Instant.now()).abs() < Duration.ofMinutes(1))
                assertEquals(doc, UUID.fromString(doc).toString())
            }
        }
    }

    @Test
    fun `every code reads back, and one of a newer release keeps its text`() {
        assertEquals(entryKinds(), entryKinds().map { entryKindOf(entryKindCode(it)) })
        assertEquals("home_visit", entryKindCode(EntryKind.HomeVisit))
        assertEquals(EntryKind.Unknown("drone_visit"), entryKindOf("drone_visit"))
        assertEquals(Outcome.NotHome, outcomeOf("not_home"))
    }

    @Test
    fun `a difference comes in pieces that make up both texts`() {
        val pieces = textDifference("下周再来", "本周五再来 😊")
        assertEquals("下周再来", pieces.filter { it.kind != PieceKind.ADDED }.joinToString("") { it.text })
        assertEquals("本周五再来 😊", pieces.filter { it.kind != PieceKind.REMOVED }.joinToString("") { it.text })
    }
}
