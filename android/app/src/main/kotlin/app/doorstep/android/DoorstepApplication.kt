package app.doorstep.android

import android.app.Application
import app.doorstep.corekit.Failure
import app.doorstep.corekit.Host
import app.doorstep.corekit.Session
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import java.io.File
import java.time.ZoneId

/** One process, one open database: the activity and the jobs share it. */
class DoorstepApplication :
    Application(),
    BackgroundSync {
    private val background = CoroutineScope(SupervisorJob() + Dispatchers.IO)
    private val opening = Mutex()
    @Volatile private var session: Session? = null

    val schedule by lazy { SyncSchedule(this) }
    val reminders by lazy { Reminders(this) }

    /** The camera of the activity that is open; a phone without an open screen takes no photos. */
    val camera = CameraDoor()

    /** Whether the screens show made-up cases. Whatever is real is hidden from pictures. */
    val practising = MutableStateFlow(false)

    private val host by lazy {
        Host(HardwareKeyVault(this), MarkerFile(this), NetworkWatch(this), camera, schedule)
    }

    /** The member's phone, opened when first asked for. What prevents it is asked again the next time. */
    suspend fun session(): Session =
        opening.withLock {
            session ?: Session.open(File(noBackupFilesDir, "phone.db"), zone(), host).also { session = it }
        }

    /** Clears what is decrypted. A phone without a PIN stays as it is: nobody could open it again. */
    fun lock() {
        background.launch { session?.client?.lock() }
    }

    override suspend fun syncInBackground(): Background =
        try {
            val session = session()
            val before = session.ask { attention() }.size
            val report = session.sync()
            if (session.ask { attention() }.size > before) reminders.show()
            if (report.complete) Background.DONE else Background.AGAIN_LATER
        } catch (_: Failure.Offline) {
            Background.AGAIN_LATER
        } catch (_: Failure) {
            // Locked, or nobody's phone: opening the app settles that, and syncs.
            Background.DONE
        }

    /** What "today" means. Some phones have a bare offset, which no table of zones knows. */
    private fun zone() = ZoneId.systemDefault().id.takeIf { '/' in it } ?: "Asia/Shanghai"
}
