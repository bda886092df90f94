package app.doorstep.android

import android.os.Looper
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import app.doorstep.ui.door.DoorState
import app.doorstep.ui.words.Language
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

@RunWith(RobolectricTestRunner::class)
class MainActivityTest {
    private val phone = RuntimeEnvironment.getApplication() as DoorstepApplication
    private val running = Robolectric.buildActivity(MainActivity::class.java)

    private fun secret() = running.get().window.attributes.flags and FLAG_SECURE

    private fun comes(holds: (DoorState) -> Boolean) {
        val deadline = System.nanoTime() + 20_000_000_000
        while (!holds(phone.door.state.value) && System.nanoTime() < deadline) {
            shadowOf(Looper.getMainLooper()).idle()
            Thread.sleep(20)
        }
        shadowOf(Looper.getMainLooper()).idle()
        assertTrue("stands at ${phone.door.state.value}", holds(phone.door.state.value))
    }

    @Test
    fun no_picture_can_be_taken_from_the_first_moment() {
        running.create()
        assertNotEquals(0, secret())
        running.start().resume()
        assertNotEquals(0, secret())
    }

    @Test
    fun practice_may_be_shown_and_what_is_real_is_hidden_again() {
        FakeAndroidKeyStore.install()
        running.setup()
        comes { it is DoorState.FirstStart }
        phone.door.practise(Language.ZH)
        comes { it == DoorState.Inside(isPractice = true) }
        shadowOf(Looper.getMainLooper()).idle()
        assertEquals(0, secret())
        phone.door.endPractice()
        comes { it is DoorState.FirstStart }
        assertNotEquals(0, secret())
    }

    /** The core's own library, the hardware's key (a stand-in), the real screens: all the way to the first one. */
    @Test
    fun a_new_phone_stands_before_the_first_start() {
        FakeAndroidKeyStore.install()
        running.setup()
        comes { it != DoorState.Opening }
        assertEquals(DoorState.FirstStart(), phone.door.state.value)
    }

    @Test
    fun opening_takes_the_reminder_away() {
        val notifications = shadowOf(phone.getSystemService(android.app.NotificationManager::class.java))
        phone.reminders.show()
        running.setup()
        assertEquals(0, notifications.size())
    }

    @Test
    fun the_camera_comes_and_goes_with_the_activity() {
        running.setup()
        assertNotNull(phone.camera.open)
        running.pause().stop().destroy()
        assertNull(phone.camera.open)
    }
}
