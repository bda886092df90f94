package app.doorstep.android

import android.app.job.JobParameters
import android.app.job.JobService
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch

/** What came of a sync in the background. */
enum class Background {
    /** There is nothing more to do. */
    DONE,

    /** The server could not be reached. */
    AGAIN_LATER,
}

/** Who can synchronise without a screen. The application is. */
interface BackgroundSync {
    suspend fun syncInBackground(): Background
}

/** Synchronises when Android says that it is a good moment. */
class SyncJob : JobService() {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val running = mutableMapOf<Int, Job>()

    override fun onStartJob(params: JobParameters): Boolean {
        val sync = application as BackgroundSync
        running[params.jobId] =
            scope.launch {
                val outcome = sync.syncInBackground()
                jobFinished(params, outcome == Background.AGAIN_LATER)
            }
        return true
    }

    /** The network went, or the charger: the sync ends before its next request, and the job comes back. */
    override fun onStopJob(params: JobParameters): Boolean {
        running.remove(params.jobId)?.cancel()
        return true
    }

    override fun onDestroy() {
        scope.cancel()
        super.onDestroy()
    }
}
