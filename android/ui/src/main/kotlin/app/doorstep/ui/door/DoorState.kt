package app.doorstep.ui.door

import app.doorstep.corekit.Failure

/** Where one stands before the first screen. */
sealed interface DoorState {
    data object Opening : DoorState

    /** Nobody's phone yet. */
    data class FirstStart(
        val isBusy: Boolean = false,
        val failure: Failure? = null,
    ) : DoorState

    /** Enrolled a moment ago: a PIN is to be chosen. */
    data class ChoosePin(
        val isBusy: Boolean = false,
        val failure: Failure? = null,
    ) : DoorState

    data class Locked(
        val isBusy: Boolean = false,
        val failure: Failure? = null,
        /** How long one has to wait before the PIN is tried again. */
        val waitSeconds: Int = 0,
    ) : DoorState

    /** The phone has lost the key to its records; the office gives it back to who reads it [code]. */
    data class KeyLost(
        val code: String = "",
    ) : DoorState

    data class Inside(
        val isPractice: Boolean = false,
    ) : DoorState

    /** The database cannot be opened; nothing was touched. */
    data class Shut(
        val failure: Failure,
    ) : DoorState
}
