package app.doorstep.android

import org.junit.Assert.assertEquals
import org.junit.Test

class AutoLockTest {
    private var now = 0L
    private var locked = 0
    private val lock = AutoLock(limitMs = 100, now = { now }, lock = { locked++ })

    @Test
    fun it_locks_after_a_while_without_a_touch() {
        now = 100
        lock.check()
        assertEquals(1, locked)
    }

    @Test
    fun touching_keeps_it_open() {
        repeat(5) {
            now += 99
            lock.touched()
        }
        lock.check()
        assertEquals(0, locked)
    }

    @Test
    fun the_first_touch_after_a_sleep_comes_too_late() {
        now = 5_000
        lock.touched()
        assertEquals(1, locked)
    }
}
