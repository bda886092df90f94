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

    fun open() =
        step(DoorState.Opening, DoorState::Shut) {
            session = Session.open(database, zone, host)
            standing()
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
        step(DoorState.FirstStart(isBusy = true), { DoorState.FirstStart(failure = it) }) {
            session.ask { enrol(code.trim(), label) }
            DoorState.ChoosePin()
        }
    }

    fun choosePin(pin: String) =
        step(DoorState.ChoosePin(isBusy = true), { DoorState.ChoosePin(failure = it) }) {
            session.setPin(pin)
            DoorState.Inside
        }

    fun unlock(pin: String) =
        step(DoorState.Locked(isBusy = true), { DoorState.Locked(failure = it) }) {
            session.unlock(pin)
            DoorState.Inside
        }

    /** One step through the door: busy meanwhile, then further in, or back where one was with the reason. */
    private fun step(
        busy: DoorState,
        back: (Failure) -> DoorState,
        go: suspend () -> DoorState,
    ) {
        changing.value = busy
        scope.launch {
            changing.value =
                try {
                    go()
                } catch (failure: Failure) {
                    back(failure)
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
