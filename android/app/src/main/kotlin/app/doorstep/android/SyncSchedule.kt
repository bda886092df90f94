package app.doorstep.android

import android.app.job.JobInfo
import android.app.job.JobScheduler
import android.content.ComponentName
import android.content.Context
import app.doorstep.corekit.Scheduler

/**
 * When the phone synchronises without being asked: as soon as there is a network after something was saved, and
 * every few hours while it charges. Both outlive a restart of the phone.
 */
class SyncSchedule(
    private val context: Context,
) : Scheduler {
    private val jobs = checkNotNull(context.getSystemService(JobScheduler::class.java))

    /** Something was saved that the server does not have. Asking twice leaves one job. */
    override fun afterSaving() {
        if (jobs.getPendingJob(AFTER_SAVING) != null) return
        jobs.schedule(
            job(AFTER_SAVING)
                .setBackoffCriteria(FIRST_RETRY_MS, JobInfo.BACKOFF_POLICY_EXPONENTIAL)
                .build(),
        )
    }

    /** Keeps what is on the phone fresh overnight. */
    override fun whileCharging() {
        if (jobs.getPendingJob(WHILE_CHARGING) != null) return
        jobs.schedule(
            job(WHILE_CHARGING)
                .setRequiresCharging(true)
                .setPeriodic(PERIOD_MS)
                .build(),
        )
    }

    /** Nothing runs for a phone that is nobody's, or that only practises. */
    override fun stop() = jobs.cancelAll()

    private fun job(id: Int) =
        JobInfo
            .Builder(id, ComponentName(context, SyncJob::class.java))
            .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
            .setPersisted(true)

    companion object {
        const val AFTER_SAVING = 1
        const val WHILE_CHARGING = 2
        private const val FIRST_RETRY_MS = 30_000L
        private const val PERIOD_MS = 4 * 60 * 60 * 1000L
    }
}
