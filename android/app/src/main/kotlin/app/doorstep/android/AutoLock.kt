package app.doorstep.android

/**
 * Locks after [limitMs] without a touch, in the foreground and in the background alike. Only the clock decides:
 * a timer that sleeps with the phone is merely asked again on the next touch or return.
 *
 * [now] must count while the phone sleeps (`SystemClock.elapsedRealtime`) and must not be settable by hand.
 */
class AutoLock(
    private val limitMs: Long,
    private val now: () -> Long,
    private val lock: () -> Unit,
) {
    private var touchedAt = now()

    /** How long until [check] will lock. */
    val leftMs: Long get() = (limitMs - (now() - touchedAt)).coerceAtLeast(0)

    /** Somebody is using the phone. A touch that comes too late locks instead. */
    fun touched() {
        check()
        touchedAt = now()
    }

    /** Locks if it is time. */
    fun check() {
        if (leftMs == 0L) lock()
    }
}
