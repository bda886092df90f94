package app.doorstep.android

import android.app.Notification
import android.app.NotificationManager
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

@RunWith(RobolectricTestRunner::class)
class RemindersTest {
    private val context = RuntimeEnvironment.getApplication()
    private val notifications = shadowOf(context.getSystemService(NotificationManager::class.java))

    @Test
    fun it_says_that_there_is_something_and_never_what() {
        Reminders(context).show()
        val shown = notifications.allNotifications.single()
        assertEquals("Notes", shown.extras.getString(Notification.EXTRA_TITLE))
        assertEquals("You have something to look at", shown.extras.getString(Notification.EXTRA_TEXT))
        assertEquals(Notification.VISIBILITY_SECRET, shown.visibility)
        // Whatever Android draws comes from these two; everything else a notification can carry is left out.
        assertTrue(shown.extras.keySet().none { it in CARRIERS })
        assertTrue(shown.actions.isNullOrEmpty())
    }

    @Test
    @Config(qualifiers = "zh-rCN")
    fun it_says_so_in_chinese() {
        Reminders(context).show()
        val shown = notifications.allNotifications.single()
        assertEquals("随记", shown.extras.getString(Notification.EXTRA_TITLE))
        assertEquals("有一项内容等您查看", shown.extras.getString(Notification.EXTRA_TEXT))
    }

    @Test
    fun opening_the_app_takes_it_away() {
        Reminders(context).apply { show() }.clear()
        assertEquals(0, notifications.size())
    }

    private companion object {
        val CARRIERS =
            setOf(Notification.EXTRA_BIG_TEXT, Notification.EXTRA_SUB_TEXT, Notification.EXTRA_TEXT_LINES, Notification.EXTRA_PICTURE)
    }
}
