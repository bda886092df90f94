package app.doorstep.ui

import app.doorstep.ui.record.timeOf
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import java.time.LocalTime

/** What is typed as a time of day. */
class TimeTest {
    @Test
    fun `a time is taken as it is typed, with or without a zero before`() {
        assertEquals(LocalTime.of(17, 5), timeOf("17", "5"))
        assertEquals(LocalTime.of(0, 0), timeOf("00", "0"))
        assertEquals(LocalTime.of(23, 59), timeOf("23", "59"))
    }

    @Test
    fun `what is no time of day is none`() {
        for ((hour, minute) in listOf("24" to "00", "12" to "60", "" to "10", "9" to "")) assertNull(timeOf(hour, minute))
    }
}
