package app.doorstep.android

import android.os.UserManager
import app.doorstep.core.HostMarker
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import java.io.File

@RunWith(RobolectricTestRunner::class)
class MarkerFileTest {
    private val context = RuntimeEnvironment.getApplication()
    private val marker = MarkerFile(context)
    private val file = File(context.noBackupFilesDir, "incarnation")
    private val bytes = ByteArray(16) { 7 }

    @Test
    fun a_new_phone_has_none() = assertEquals(HostMarker.Absent, marker.load())

    @Test
    fun it_is_kept_where_no_backup_finds_it() {
        marker.store(HostMarker.Kept(bytes))
        assertArrayEquals(bytes, (MarkerFile(context).load() as HostMarker.Kept).incarnation)
        assertEquals(context.noBackupFilesDir, file.parentFile)
    }

    @Test
    fun before_the_first_unlock_it_is_unreadable_not_absent() {
        shadowOf(context.getSystemService(UserManager::class.java)).setUserUnlocked(false)
        assertEquals(HostMarker.Unreadable, marker.load())
    }

    @Test
    fun what_cannot_be_opened_is_unreadable_not_absent() {
        assertTrue(file.mkdirs())
        assertEquals(HostMarker.Unreadable, marker.load())
    }

    @Test
    fun a_torn_marker_is_nobodys() {
        file.writeBytes(ByteArray(7))
        assertEquals(HostMarker.Absent, marker.load())
    }

    @Test
    fun not_knowing_overwrites_nothing() {
        marker.store(HostMarker.Kept(bytes))
        marker.store(HostMarker.Unreadable)
        marker.store(HostMarker.Absent)
        assertTrue(marker.load() is HostMarker.Kept)
    }
}
