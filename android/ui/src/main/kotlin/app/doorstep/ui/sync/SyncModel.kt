package app.doorstep.ui.sync

import app.doorstep.corekit.Failure
import app.doorstep.corekit.Session
import app.doorstep.corekit.news
import app.doorstep.corekit.sendPhotos
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex

/** What a sync is doing. */
data class SyncStatus(
    val isRunning: Boolean = false,
    val failure: Failure? = null,
)

/** How long a sync waits. */
data class SyncPauses(
    val afterSavingMs: Long = 1_500,
    val afterSilenceMs: Long = 5_000,
    val afterFailureMs: Long = 30_000,
)

/** Syncs by itself: a moment after saving, when the network returns, when the server has something. */
class SyncModel(
    private val session: Session,
    private val scope: CoroutineScope,
    private val pauses: SyncPauses = SyncPauses(),
) {
    private val changing = MutableStateFlow(SyncStatus())
    val status: StateFlow<SyncStatus> = changing.asStateFlow()
    private val running = Mutex()
    private val jobs = mutableListOf<Job>()

    @Volatile
    private var saving: Job? = null

    fun start() {
        jobs +=
            scope.launch {
                session.host.network.isUp.collectLatest { isUp -> if (isUp) now() }
            }
        jobs +=
            scope.launch {
                session.watch().map { it.waiting }.distinctUntilChanged().collectLatest { waiting ->
                    if (waiting > 0uL) {
                        delay(pauses.afterSavingMs)
                        // Not in here: what goes out changes what waits, and that would end the sync that sends it.
                        saving = scope.launch { now() }
                    }
                }
            }
        jobs += scope.launch { listen() }
        jobs += scope.launch { tryAgain() }
    }

    fun stop() {
        jobs.forEach(Job::cancel)
        saving?.cancel()
        jobs.clear()
    }

    /** Syncs now, unless that happens already. */
    suspend fun now() {
        if (!running.tryLock()) return
        changing.value = SyncStatus(isRunning = true)
        var failure: Failure? = null
        try {
            session.sync()
            // After the records: a photo is large, and nobody waits for it.
            session.client.sendPhotos()
        } catch (fault: Failure) {
            failure = fault
        } finally {
            // Cancelled as well: nothing runs any more.
            changing.value = SyncStatus(failure = failure)
            running.unlock()
        }
    }

    /** The server may be away with the network there; then nothing else says that it is back. */
    private suspend fun tryAgain() {
        while (scope.isActive) {
            delay(pauses.afterFailureMs)
            if (status.value.failure is Failure.Offline) now()
        }
    }

    private suspend fun listen() {
        while (scope.isActive) {
            try {
                if (session.client.news()) now() else delay(pauses.afterSilenceMs)
            } catch (_: Failure) {
                delay(pauses.afterFailureMs)
            }
        }
    }
}
