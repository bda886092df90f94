package app.doorstep.android

import android.app.job.JobInfo
import android.app.job.JobScheduler
import android.content.ComponentName
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment

@RunWith(RobolectricTestRunner::class)
class SyncScheduleTest {
    private val context = RuntimeEnvironment.getApplication()
    private val jobs = checkNotNull(context.getSystemService(JobScheduler::class.java))
    private val schedule = SyncSchedule(context)

    @Test
    fun saving_leaves_one_job_that_waits_for_the_network() {
        repeat(3) { schedule.afterSaving() }
        val job = jobs.allPendingJobs.single()
        assertEquals(JobInfo.NETWORK_TYPE_ANY, job.networkType)
        assertTrue(job.isPersisted)
        assertFalse(job.isRequireCharging)
        assertEquals(ComponentName(context, SyncJob::class.java), job.service)
    }

    @Test
    fun charging_syncs_every_few_hours() {
        schedule.whileCharging()
        val job = jobs.allPendingJobs.single()
        assertTrue(job.isRequireCharging)
        assertTrue(job.isPeriodic)
        assertTrue(job.isPersisted)
    }

    @Test
    fun a_phone_that_is_nobodys_runs_nothing() {
        schedule.afterSaving()
        schedule.whileCharging()
        schedule.stop()
        assertTrue(jobs.allPendingJobs.isEmpty())
    }
}
