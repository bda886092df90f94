package app.doorstep.ui

import app.doorstep.core.PhotosOf
import app.doorstep.corekit.Member
import app.doorstep.corekit.Office
import app.doorstep.corekit.Phone
import app.doorstep.corekit.eventually
import app.doorstep.ui.sync.SyncModel
import app.doorstep.ui.sync.SyncPauses
import app.doorstep.ui.sync.SyncStatus
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.job
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Test
import java.awt.image.BufferedImage
import java.io.ByteArrayOutputStream
import javax.imageio.ImageIO

/** What is saved goes out by itself, all of it, and the screens are told when it is over. */
class SyncModelTest {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val hasty = SyncPauses(afterSavingMs = 50, afterSilenceMs = 100, afterFailureMs = 100)

    @Test
    fun `a visit goes out by itself with its photo, and the sync comes to its end`() =
        withPhone { _, phone ->
            val sync = SyncModel(phone.session, scope, hasty).also { it.start() }
            val case = phone.openCase(phone.client.directory().teams.single().id, "小川")
            val draft = phone.visit(case, "outcome" to "met")
            phone.client.addPhoto(draft, picture())
            val doc = phone.client.saveDone(draft)
            eventually("it went out") { phone.client.syncState().waiting == 0uL }
            eventually("the photo went out") { phone.client.photos(PhotosOf.Entry(doc)).none { it.isOnlyHere } }
            eventually("it is over") { sync.status.value == SyncStatus() }
        }

    @Test
    fun `what waited goes out when the server is back, though the network never went`() =
        withPhone { office, phone ->
            office.stop()
            val sync = SyncModel(phone.session, scope, hasty).also { it.start() }
            phone.openCase(office.team, "小川")
            // Past the moment after saving: that was tried as well.
            Thread.sleep(500)
            eventually("it was tried") { sync.status.value.failure != null }
            office.start()
            eventually("it went out") { phone.client.syncState().waiting == 0uL }
        }

    private fun withPhone(test: (Office, Phone) -> Unit) =
        Office(listOf(Member("林晓", listOf("worker")))).use { office ->
            Phone(office, "林晓").enrolled(office, "林晓").use { phone ->
                try {
                    test(office, phone)
                } finally {
                    // Before the phone closes under it.
                    runBlocking { scope.coroutineContext.job.cancelAndJoin() }
                }
            }
        }

    private fun picture(): ByteArray {
        val bytes = ByteArrayOutputStream()
        ImageIO.write(BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB), "jpg", bytes)
        return bytes.toByteArray()
    }
}
