package app.doorstep.ui.door

import app.doorstep.core.PracticeLanguage
import app.doorstep.corekit.Failure
import app.doorstep.corekit.Host
import app.doorstep.corekit.Scan
import app.doorstep.corekit.Session
import app.doorstep.corekit.practise
import app.doorstep.corekit.recoverKey
import app.doorstep.ui.words.Language
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import java.io.File

/** Opens the phone's database, enrols it, locks and unlocks it; and leads to practice, which is another one. */
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

    /** The member's own phone, while [session] is practice. */
    private var own: Session? = null
    private val practice = File(database.absoluteFile.parentFile, "practice")

    fun open() =
        step(DoorState.Opening, ::shut) {
            session = Session.open(database, zone, host)
            val here = standing()
            // Nobody's phone goes on practising; a member's phone begins with the member's records.
            if (here is DoorState.FirstStart && practice.exists()) practising(PracticeLanguage.ZH) else here
        }

    private suspend fun standing(): DoorState =
        session.ask {
            when {
                isLocked() -> DoorState.Locked()
                member() == null -> DoorState.FirstStart()
                // Never chosen, or taken away because the office gave the key back.
                !hasPin() -> DoorState.ChoosePin()
                else -> DoorState.Inside()
            }
        }

    /** Looks for a code with the camera, and enrols with what it says. */
    fun scan() {
        scope.launch {
            when (val scan = host.camera.scanCode()) {
                is Scan.Code -> enrol(scan.text)
                Scan.NoPermission -> changing.value = DoorState.FirstStart(failure = Failure.Invalid("camera", "no_scan"))
                Scan.Cancelled -> Unit
            }
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
            DoorState.Inside()
        }

    fun unlock(pin: String) =
        step(DoorState.Locked(isBusy = true), ::locked) {
            session.unlock(pin)
            DoorState.Inside()
        }

    private fun locked(failure: Failure): DoorState =
        if (failure.isKeyLost()) DoorState.KeyLost() else DoorState.Locked(failure = failure, waitSeconds = session.client.pinWaitSeconds().toInt())

    /** Locks, where a PIN is set; without one nobody could unlock. Practice has nothing to lock. */
    fun lock() {
        scope.launch {
            if (own == null && session.ask { lock() }) changing.value = DoorState.Locked()
        }
    }

    /** Goes on practising, or begins. A member's phone is locked meanwhile. */
    fun practise(language: Language) {
        val before = changing.value
        if (own != null || before is DoorState.Opening) return
        step(before, { before }) {
            practising(if (language == Language.ZH) PracticeLanguage.ZH else PracticeLanguage.EN)
        }
    }

    private suspend fun practising(language: PracticeLanguage): DoorState {
        val made = practise(practice, zone, language, host.camera)
        session.ask { lock() }
        own = session
        session = made
        return DoorState.Inside(isPractice = true)
    }

    /** Ends practice and deletes all of it. */
    fun endPractice() {
        val back = own ?: return
        step(DoorState.Opening, ::shut) {
            session.close()
            practice.deleteRecursively()
            session = back
            own = null
            standing()
        }
    }

    /** What a lost key looks like from outside: the office is asked for it. Everything else is said. */
    private fun shut(failure: Failure): DoorState = if (failure.isKeyLost()) DoorState.KeyLost() else DoorState.Shut(failure)

    /** Asks the office for the key until somebody there has confirmed; then opens as ever. */
    private suspend fun recover() =
        try {
            recoverKey(database, host.keys) { changing.value = DoorState.KeyLost(it) }
            if (::session.isInitialized) session.close()
            open()
        } catch (failure: Failure) {
            // Nothing was sealed for this phone: say what happened to it, not what did not help.
            changing.value = DoorState.Shut(if (failure is Failure.NotFound) Failure.Storage(KEY_LOST) else failure)
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
            if (changing.value is DoorState.KeyLost) recover()
        }
    }
}

private const val KEY_LOST = "key_lost"

private fun Failure.isKeyLost() = this is Failure.Storage && code == KEY_LOST
