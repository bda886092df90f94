package app.doorstep.android

import android.Manifest
import android.app.Activity
import android.content.Intent
import android.net.Uri
import android.os.Looper
import android.provider.MediaStore
import app.doorstep.corekit.Scan
import app.doorstep.corekit.Shot
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import java.io.File

@RunWith(RobolectricTestRunner::class)
class PhoneCameraTest {
    private val phone = RuntimeEnvironment.getApplication() as DoorstepApplication
    private val running = Robolectric.buildActivity(MainActivity::class.java).setup()
    private val activity = running.get()
    private val folder = File(phone.noBackupFilesDir, "camera")
    private val main = CoroutineScope(Dispatchers.Unconfined)

    private fun allow() = shadowOf(phone).grantPermissions(Manifest.permission.CAMERA)

    /** Lets the main thread and those that read files go on until [shot] is there. */
    private fun <T> Deferred<T>.settled(): T {
        repeat(200) {
            shadowOf(Looper.getMainLooper()).idle()
            if (isCompleted) return getCompleted()
            Thread.sleep(10)
        }
        throw AssertionError("nobody answered")
    }

    private fun started(): Intent {
        repeat(200) {
            shadowOf(Looper.getMainLooper()).idle()
            shadowOf(activity).nextStartedActivityForResult?.let {
                answerTo = it.intent
                return it.intent
            }
            Thread.sleep(10)
        }
        throw AssertionError("nothing was started")
    }

    private lateinit var answerTo: Intent

    private fun answer(
        result: Int,
        data: Intent? = null,
    ) = shadowOf(activity).receiveResult(answerTo, result, data)

    @Test
    fun a_photo_goes_through_a_file_of_our_own_that_is_gone_afterwards() {
        allow()
        val shot = main.async { phone.camera.takePhoto() }
        val intent = started()
        val address = intent.getParcelableExtra(MediaStore.EXTRA_OUTPUT, Uri::class.java)!!
        assertEquals("app.doorstep.android.photos", address.authority)
        assertNotEquals(0, intent.flags and Intent.FLAG_GRANT_WRITE_URI_PERMISSION)
        phone.contentResolver.openOutputStream(address, "w")!!.use { it.write(byteArrayOf(1, 2, 3)) }
        answer(Activity.RESULT_OK)
        assertArrayEquals(byteArrayOf(1, 2, 3), (shot.settled() as Shot.Photo).bytes)
        assertTrue(folder.list().orEmpty().isEmpty())
    }

    @Test
    fun a_photo_that_was_not_taken_leaves_nothing() {
        allow()
        val shot = main.async { phone.camera.takePhoto() }
        started()
        answer(Activity.RESULT_CANCELED)
        assertEquals(Shot.Cancelled, shot.settled())
        assertTrue(folder.list().orEmpty().isEmpty())
    }

    @Test
    fun a_full_phone_that_wrote_nothing_has_no_photo() {
        allow()
        val shot = main.async { phone.camera.takePhoto() }
        started()
        answer(Activity.RESULT_OK)
        assertEquals(Shot.Cancelled, shot.settled())
    }

    @Test
    fun a_refused_camera_is_said_so() {
        val shot = main.async { phone.camera.takePhoto() }
        shadowOf(Looper.getMainLooper()).idle()
        val asked = shadowOf(activity).lastRequestedPermission
        activity.onRequestPermissionsResult(asked.requestCode, asked.requestedPermissions, intArrayOf(-1))
        assertEquals(Shot.NoPermission, shot.settled())
    }

    @Test
    fun a_scanned_code_comes_back() {
        val scan = main.async { phone.camera.scanCode() }
        assertEquals(ScanActivity::class.java.name, started().component?.className)
        answer(Activity.RESULT_OK, Intent().putExtra(ScanActivity.TEXT, "doorstep:1"))
        assertEquals("doorstep:1", (scan.settled() as Scan.Code).text)
    }

    @Test
    fun a_scanner_that_may_not_look_says_so() {
        val scan = main.async { phone.camera.scanCode() }
        started()
        answer(ScanActivity.REFUSED)
        assertEquals(Scan.NoPermission, scan.settled())
    }

    @Test
    fun a_screen_that_ends_leaves_nobody_waiting() {
        val scan = main.async { phone.camera.scanCode() }
        started()
        running.pause().stop().destroy()
        assertEquals(Scan.Cancelled, scan.settled())
    }

    @Test
    fun no_path_leads_out_of_the_folder() {
        val secret = File(phone.noBackupFilesDir, "incarnation").apply { writeText("secret") }
        val files = PhotoFiles(phone)
        files.create()
        for (way in listOf("../${secret.name}", "..%2F${secret.name}", secret.path, "", ".")) {
            assertEquals(null, files.find(Uri.parse("content://app.doorstep.android.photos/$way")))
        }
    }
}
