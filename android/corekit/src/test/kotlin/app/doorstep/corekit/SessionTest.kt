package app.doorstep.corekit

import app.doorstep.core.HostMarker
import app.doorstep.core.PhotosOf
import app.doorstep.core.PracticeLanguage
import app.doorstep.core.Value
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import java.io.File
import java.net.ServerSocket
import javax.imageio.ImageIO

class SessionTest {
    private val folder = Office.scratch()

    @AfterEach
    fun tidy() {
        folder.deleteRecursively()
    }

    @Test
    fun `a new phone keeps its key before anything is encrypted with it, and its marker`() {
        val phone = Phone(File(folder, "phone.db"))
        assertTrue(phone.around.fakeKeys.kept is KeptKey.Present)
        assertTrue(phone.around.fakeMarker.kept is HostMarker.Kept)
        phone.restart()
        assertFalse(phone.client.isLocked())
    }

    @Test
    fun `a database whose key is lost is left as it is`() {
        val phone = Phone(File(folder, "phone.db"))
        phone.close()
        for (kept in listOf(KeptKey.Absent, KeptKey.Lost)) {
            phone.around.fakeKeys.kept = kept
            val before = phone.database.readBytes().toList()
            assertEquals("storage.key_lost", assertThrows(Failure::class.java) { phone.restart() }.key)
            assertEquals(before, phone.database.readBytes().toList())
        }
    }

    @Test
    fun `before the phone's first unlock nothing is opened and nothing is made anew`() {
        val phone = Phone(File(folder, "phone.db"))
        phone.close()
        phone.around.fakeKeys.kept = KeptKey.Unreadable
        assertEquals("locked", assertThrows(Failure::class.java) { phone.restart() }.key)
    }

    @Test
    fun `once there is a PIN only the PIN opens`() =
        runBlocking {
            val phone = Phone(File(folder, "phone.db"))
            val key = phone.around.fakeKeys.kept
            phone.session.setPin("4711")
            assertTrue(phone.around.fakeKeys.kept is KeptKey.Absent)
            // As if the app had been killed before the key was forgotten.
            phone.around.fakeKeys.kept = key
            phone.restart()
            assertTrue(phone.client.isLocked())
            phone.session.unlock("4711")
            assertFalse(phone.client.isLocked())
            assertTrue(phone.around.fakeKeys.kept is KeptKey.Absent)
        }

    @Test
    fun `the right PIN opens nothing where the phone's own secret is lost, and the office's key opens all`() =
        runBlocking {
            val phone = Phone(File(folder, "phone.db"))
            val key = phone.around.fakeKeys.kept
            phone.session.setPin("4711")
            for (lost in listOf(KeptKey.Absent, KeptKey.Lost)) {
                phone.around.fakeSecret.kept = lost
                assertEquals("storage.key_lost", assertThrows(Failure::class.java) { phone.restart() }.key)
            }
            phone.around.fakeKeys.kept = key
            phone.restart()
            assertFalse(phone.client.isLocked())
            assertFalse(phone.client.hasPin())
            phone.session.setPin("1379")
            phone.restart()
            phone.session.unlock("1379")
        }

    @Test
    fun `a database copied to another phone goes on as a new writer`() {
        Office(listOf(Member("林晓", listOf("worker")))).use { office ->
            val phone = Phone(office, "林晓").enrolled(office, "林晓")
            val first = (phone.around.fakeMarker.kept as HostMarker.Kept).incarnation.toList()
            phone.around.fakeMarker.kept = HostMarker.Absent
            phone.restart()
            val second = (phone.around.fakeMarker.kept as HostMarker.Kept).incarnation.toList()
            assertFalse(first == second)
            assertEquals(1, phone.client.attention().size)
            phone.close()
        }
    }

    @Test
    fun `cancelling a sync stops it, and nothing runs on behind`() {
        Office(listOf(Member("林晓", listOf("worker"))), isPlain = true).use { office ->
            val phone = Phone(office, "林晓").enrolled(office, "林晓")
            phone.openCase(office.team, "小川")
            office.stop()
            // Answers every request with "come again later", for ever.
            val (host, port) = office.address.split(":")
            ServerSocket(port.toInt(), 50, java.net.InetAddress.getByName(host)).use { slow ->
                runBlocking {
                    val sync = launch(Dispatchers.Default) { phone.session.sync() }
                    slow.accept().use {
                        sync.cancel()
                    }
                    withTimeout(20_000) { sync.join() }
                    assertTrue(sync.isCancelled)
                }
            }
            assertTrue(phone.client.syncState().waiting > 0uL)
            phone.close()
        }
    }

    @Test
    fun `news comes when a colleague saves, and waiting ends when it is cancelled`() {
        Office(listOf(Member("林晓", listOf("worker")), Member("何平", listOf("worker")))).use { office ->
            val one = Phone(office, "林晓").enrolled(office, "林晓")
            val other = Phone(office, "何平").enrolled(office, "何平")
            val case = one.openCase(office.team, "小川")
            one.sync()
            office.assign(case, "何平", "co_worker")
            other.sync()
            runBlocking {
                val news = async(Dispatchers.Default) { other.client.news() }
                Thread.sleep(300)
                one.client.saveDone(one.visit(case, "outcome" to "met"))
                one.sync()
                assertTrue(withTimeout(20_000) { news.await() })

                other.sync()
                val waiting = launch(Dispatchers.Default) { other.client.news() }
                Thread.sleep(100)
                withTimeout(20_000) { waiting.cancelAndJoin() }
            }
            one.close()
            other.close()
        }
    }

    @Test
    fun `a wiped keystore loses nothing when the office confirms the phone`() {
        Office(listOf(Member("林晓", listOf("worker")))).use { office ->
            val phone = Phone(office, "林晓").enrolled(office, "林晓")
            val draft = phone.visit(phone.openCase(office.team, "小川"), "narrative" to "只在这部手机上")
            phone.close()
            phone.around.fakeKeys.kept = KeptKey.Lost
            assertEquals("storage.key_lost", assertThrows(Failure::class.java) { phone.restart() }.key)

            runBlocking {
                withTimeout(60_000) {
                    recoverKey(phone.database, phone.around.fakeKeys) { code ->
                        launch(Dispatchers.IO) {
                            // The phone asks first; then there is something to confirm.
                            delay(1_000)
                            office.recover(office.phones().single(), code)
                        }
                    }
                }
            }
            phone.around.fakeMarker.kept = HostMarker.Absent
            phone.restart()
            assertEquals(Value.Text("只在这部手机上"), phone.client.draft(draft).fields["narrative"])
            phone.close()
        }
    }

    @Test
    fun `practice begins with sample cases and never talks to a server`() {
        val phone = Phone(File(folder, "practice.db"))
        told { phone.client.enrolPractice(PracticeLanguage.ZH) }
        assertTrue(phone.client.isPractice())
        assertFalse(phone.client.caseList().isEmpty())
        assertEquals("invalid.phone.practice", assertThrows(Failure::class.java) { phone.sync() }.key)
    }

    @Test
    fun `a photo travels after its entry, and a colleague sees it`() {
        Office(listOf(Member("林晓", listOf("worker")), Member("周敏", listOf("supervisor"), supervises = true))).use { office ->
            val phone = Phone(office, "林晓").enrolled(office, "林晓")
            val draft = phone.visit(phone.openCase(office.team, "小川"), "outcome" to "met")
            val photo = phone.client.addPhoto(draft, picture())
            val doc = phone.client.saveDone(draft)
            runBlocking {
                phone.session.sync()
                assertTrue(phone.client.sendPhotos().complete)
                val supervisor = Phone(office, "周敏").enrolled(office, "周敏")
                assertEquals(1uL, supervisor.client.fetchThumbnails(doc))
                val bytes = supervisor.client.original(PhotosOf.Entry(doc), photo)
                assertEquals(320, ImageIO.read(bytes.inputStream()).width)
                supervisor.close()
            }
            phone.close()
        }
    }

    private fun picture(): ByteArray {
        val bytes = java.io.ByteArrayOutputStream()
        ImageIO.write(java.awt.image.BufferedImage(320, 240, java.awt.image.BufferedImage.TYPE_INT_RGB), "jpg", bytes)
        return bytes.toByteArray()
    }
}
