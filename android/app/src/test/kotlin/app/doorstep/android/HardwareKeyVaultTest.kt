package app.doorstep.android

import android.os.UserManager
import app.doorstep.corekit.KeptKey
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import java.io.File
import java.security.ProviderException

@RunWith(RobolectricTestRunner::class)
class HardwareKeyVaultTest {
    private val context = RuntimeEnvironment.getApplication()
    private val vault = HardwareKeyVault(context, "a-key")
    private val key = ByteArray(32) { it.toByte() }
    private val file = File(context.noBackupFilesDir, "a-key")

    @Before
    fun freshPhone() = FakeAndroidKeyStore.install()

    @Test
    fun a_kept_key_comes_back() {
        vault.store(key)
        assertArrayEquals(key, (HardwareKeyVault(context, "a-key").load() as KeptKey.Present).bytes)
    }

    @Test
    fun what_lies_on_disk_is_not_the_key() {
        vault.store(key)
        val onDisk = file.readBytes()
        assertFalse(onDisk.asList().windowed(key.size).any { it == key.asList() })
    }

    @Test
    fun nothing_kept_is_absent() = assertEquals(KeptKey.Absent, vault.load())

    @Test
    fun a_wiped_keystore_is_lost_and_makes_no_new_key() {
        vault.store(key)
        FakeAndroidKeyStore.wipe()
        assertEquals(KeptKey.Lost, vault.load())
        assertTrue(FakeAndroidKeyStore.isEmpty)
        // Still there for whoever recovers: nothing was overwritten.
        assertTrue(file.exists())
    }

    @Test
    fun a_file_copied_from_another_phone_is_lost() {
        vault.store(key)
        FakeAndroidKeyStore.wipe()
        val other = file.readBytes()
        vault.store(ByteArray(32))
        file.writeBytes(other)
        assertEquals(KeptKey.Lost, vault.load())
    }

    @Test
    fun a_torn_file_is_lost() {
        file.writeBytes(ByteArray(5))
        assertEquals(KeptKey.Lost, vault.load())
    }

    @Test
    fun hardware_that_does_not_answer_is_asked_again_later() {
        vault.store(key)
        FakeAndroidKeyStore.broken = ProviderException("busy")
        assertEquals(KeptKey.Unreadable, vault.load())
        FakeAndroidKeyStore.broken = null
        assertTrue(vault.load() is KeptKey.Present)
    }

    @Test
    fun before_the_first_unlock_nothing_is_said() {
        shadowOf(context.getSystemService(UserManager::class.java)).setUserUnlocked(false)
        assertEquals(KeptKey.Unreadable, vault.load())
    }

    @Test
    fun strong_box_is_used_where_there_is_one() {
        FakeAndroidKeyStore.hasStrongBox = true
        vault.store(key)
        assertTrue(FakeAndroidKeyStore.inStrongBox)
    }

    @Test
    fun a_phone_without_strong_box_keeps_keys_all_the_same() {
        vault.store(key)
        assertFalse(FakeAndroidKeyStore.inStrongBox)
        assertTrue(vault.load() is KeptKey.Present)
    }

    @Test
    fun a_forgotten_key_is_absent() {
        vault.store(key)
        vault.forget()
        assertEquals(KeptKey.Absent, vault.load())
    }
}
