package app.doorstep.ui.door

import app.doorstep.corekit.Failure
import app.doorstep.corekit.Host
import app.doorstep.corekit.Session
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import java.io.File

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
    ) : DoorState

    data object Inside : DoorState

    /** The database cannot be opened; nothing was touched. */
    data class Shut(
        val failure: Failure,
    ) : DoorState
}

/** Opens the phone's database, enrols it, locks and unlocks it. */
class Door(
    private val database: File,
    private val zone: String,
    private val host: Host,
    private val label: String,
    private val scope: CoroutineScope,
) {
    private val changing = MutableStateFlow<DoorState>(DoorState.Opening)
    val state: StateFlow<DoorState> = changing.asStateFlow()

    /** What is behind the door; there once [state] is past opening. */
    lateinit var session: Session
        private set

    fun open() {
        scope.launch {
            changing.value =
                try {
                    session = Session.open(database, zone, host)
                    standing()
                } catch (failure: Failure) {
                    DoorState.Shut(failure)
                }
        }
    }

    private suspend fun standing(): DoorState =
        session.ask {
            when {
                isLocked() -> DoorState.Locked()
                member() == null -> DoorState.FirstStart()
                else -> DoorState.Inside
            }
        }

    fun enrol(code: String) {
        if (changing.value !is DoorState.FirstStart) return
        changing.value = DoorState.FirstStart(isBusy = true)
        scope.launch {
            changing.value =
                try {
                    session.ask { enrol(code.trim(), label) }
                    DoorState.ChoosePin()
                } catch (failure: Failure) {
                    DoorState.FirstStart(failure = failure)
                }
        }
    }

    fun choosePin(pin: String) {
        changing.value = DoorState.ChoosePin(isBusy = true)
        scope.launch {
            changing.value =
                try {
                    session.setPin(pin)
                    DoorState.Inside
                } catch (failure: Failure) {
                    DoorState.ChoosePin(failure = failure)
                }
        }
    }

    fun unlock(pin: String) {
        changing.value = DoorState.Locked(isBusy = true)
        scope.launch {
            changing.value =
                try {
                    session.unlock(pin)
                    DoorState.Inside
                } catch (failure: Failure) {
                    DoorState.Locked(failure = failure)
                }
        }
    }

    /** Locks, where a PIN is set; without one nobody could unlock. */
    fun lock() {
        scope.launch {
            if (session.ask { lock() }) changing.value = DoorState.Locked()
        }
    }
}
