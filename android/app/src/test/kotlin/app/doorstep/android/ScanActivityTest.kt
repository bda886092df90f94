package app.doorstep.android

import android.Manifest
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

@RunWith(RobolectricTestRunner::class)
class ScanActivityTest {
    private val scanner = Robolectric.buildActivity(ScanActivity::class.java).create().get()

    @Test
    fun it_asks_for_the_camera_when_it_is_needed() =
        assertArrayEquals(
            arrayOf(Manifest.permission.CAMERA),
            shadowOf(scanner).lastRequestedPermission.requestedPermissions,
        )

    @Test
    fun a_refusal_ends_it_and_says_so() {
        scanner.onRequestPermissionsResult(0, arrayOf(Manifest.permission.CAMERA), intArrayOf(-1))
        assertTrue(scanner.isFinishing)
        assertEquals(ScanActivity.REFUSED, shadowOf(scanner).resultCode)
    }

    @Test
    fun a_question_that_was_taken_away_is_no_refusal() {
        scanner.onRequestPermissionsResult(0, emptyArray(), intArrayOf())
        assertFalse(scanner.isFinishing)
    }

    @Test
    fun the_code_is_not_to_be_pictured() = assertNotEquals(0, scanner.window.attributes.flags and FLAG_SECURE)
}
