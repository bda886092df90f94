package app.doorstep.android

import android.app.Application
import android.app.job.JobParameters
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.awaitCancellation
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.util.ReflectionHelpers
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit.SECONDS

/** Synchronises as the test says. */
class SyncingApplication :
    Application(),
    BackgroundSync {
    val outcome = CompletableDeferred<Background>()
    val cancelled = CountDownLatch(1)
    var waits = false

    override suspend fun syncInBackground(): Background {
        if (!waits) return outcome.await()
        try {
            awaitCancellation()
        } finally {
            cancelled.countDown()
        }
    }
}

@RunWith(RobolectricTestRunner::class)
@Config(application = SyncingApplication::class)
class SyncJobTest {
    private val phone = RuntimeEnvironment.getApplication() as SyncingApplication
    private val job = Robolectric.buildService(SyncJob::class.java).create().get()
    private val parameters = ReflectionHelpers.callConstructor(JobParameters::class.java)

    private fun finishes(): Boolean {
        repeat(100) {
            if (shadowOf(job).isJobFinished) return true
            Thread.sleep(20)
        }
        return false
    }

    @Test
    fun a_sync_that_came_through_ends_the_job() {
        assertTrue(job.onStartJob(parameters))
        phone.outcome.complete(Background.DONE)
        assertTrue(finishes())
        assertEquals(false, shadowOf(job).isRescheduleNeeded)
    }

    @Test
    fun a_server_out_of_reach_is_tried_again() {
        job.onStartJob(parameters)
        phone.outcome.complete(Background.AGAIN_LATER)
        assertTrue(finishes())
        assertEquals(true, shadowOf(job).isRescheduleNeeded)
    }

    @Test
    fun android_ends_the_sync_and_the_job_comes_back() {
        phone.waits = true
        job.onStartJob(parameters)
        Thread.sleep(100)
        assertTrue(job.onStopJob(parameters))
        assertTrue(phone.cancelled.await(5, SECONDS))
    }
}
