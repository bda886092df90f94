package app.doorstep.android

import android.app.Application
import android.os.Build
import app.doorstep.corekit.Failure
import app.doorstep.corekit.Host
import app.doorstep.corekit.sendPhotos
import app.doorstep.ui.door.Door
import app.doorstep.ui.door.DoorState
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import java.io.File
import java.time.ZoneId

/** One process, one open database: the activity and the jobs come in by the same door. */
class DoorstepApplication :
    Application(),
    BackgroundSync {
    val schedule by lazy { SyncSchedule(this) }
    val reminders by lazy { Reminders(this) }

    /** The camera of the activity that is open; a phone without an open screen takes no photos. */
    val camera = CameraDoor()

    /** The locator of the activity that is open: nobody is located in the background. */
    val locator = LocatorDoor()

    private val background = CoroutineScope(SupervisorJob() + Dispatchers.IO)

    /** The member's phone, opened when first asked for. The office sees the model's name, to tell phones apart. */
    val door by lazy {
        val host =
            Host(
                HardwareKeyVault(this, "database-key"),
                HardwareKeyVault(this, "device-secret"),
                MarkerFile(this),
                NetworkWatch(this),
                camera,
                schedule,
                locator,
            )
        Door(File(noBackupFilesDir, "phone.db"), zone(), host, Build.MODEL, background).also(::open)
    }

    private fun open(door: Door) {
        door.open()
        background.launch { PhotoFiles(this@DoorstepApplication).clear() }
        background.launch {
            door.state.first { it.isInside() }
            schedule.whileCharging()
        }
    }

    /** Clears what is decrypted. A phone without a PIN stays as it is: nobody could open it again. */
    fun lock() {
        if (door.state.value.isInside()) door.lock()
    }

    override suspend fun syncInBackground(): Background {
        // Locked, nobody's phone, or not to be opened: the person settles that, and the app syncs then.
        if (!door.state.first { it != DoorState.Opening }.isInside()) return Background.DONE
        val session = door.session
        return try {
            val before = session.ask { attention() }.size
            val report = session.sync()
            session.client.sendPhotos()
            if (session.ask { attention() }.size > before) reminders.show()
            if (report.complete) Background.DONE else Background.AGAIN_LATER
        } catch (_: Failure.Offline) {
            Background.AGAIN_LATER
        } catch (_: Failure) {
            Background.DONE
        }
    }

    /** What "today" means. Some phones have a bare offset, which no table of zones knows. */
    private fun zone() = ZoneId.systemDefault().id.takeIf { '/' in it } ?: "Asia/Shanghai"
}

/** With the member's own records open; practice has nothing to synchronise or to lock. */
private fun DoorState.isInside() = this == DoorState.Inside()
