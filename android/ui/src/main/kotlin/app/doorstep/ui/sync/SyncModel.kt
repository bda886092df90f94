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

/** Syncs by itself: a moment after saving, when the network returns, when the server has something. */
class SyncModel(
    private val session: Session,
    private val scope: CoroutineScope,
) {
    private val changing = MutableStateFlow(SyncStatus())
    val status: StateFlow<SyncStatus> = changing.asStateFlow()
    private val running = Mutex()
    private val jobs = mutableListOf<Job>()

    fun start() {
        jobs +=
            scope.launch {
                session.host.network.isUp.collectLatest { isUp -> if (isUp) now() }
            }
        jobs +=
            scope.launch {
                session.watch().map { it.waiting }.distinctUntilChanged().collectLatest { waiting ->
                    if (waiting > 0uL) {
                        delay(AFTER_SAVING_MS)
                        now()
                    }
                }
            }
        jobs += scope.launch { listen() }
    }

    fun stop() {
        jobs.forEach(Job::cancel)
        jobs.clear()
    }

    /** Syncs now, unless that happens already. */
    suspend fun now() {
        if (!running.tryLock()) return
        changing.value = SyncStatus(isRunning = true)
        val failure =
            try {
                session.sync()
                // After the records: a photo is large, and nobody waits for it.
                session.client.sendPhotos()
                null
            } catch (failure: Failure) {
                failure
            } finally {
                running.unlock()
            }
        changing.value = SyncStatus(failure = failure)
    }

    private suspend fun listen() {
        while (scope.isActive) {
            try {
                if (session.client.news()) now() else delay(AFTER_SILENCE_MS)
            } catch (_: Failure) {
                delay(AFTER_FAILURE_MS)
            }
        }
    }

    private companion object {
        const val AFTER_SAVING_MS = 1_500L
        const val AFTER_SILENCE_MS = 5_000L
        const val AFTER_FAILURE_MS = 30_000L
    }
}
