package app.doorstep.ui

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.runDesktopComposeUiTest
import app.doorstep.core.ClientException
import app.doorstep.core.Stop
import app.doorstep.core.Value
import app.doorstep.corekit.FakeHost
import app.doorstep.corekit.Member
import app.doorstep.corekit.Office
import app.doorstep.corekit.Phone
import app.doorstep.corekit.Scan
import app.doorstep.corekit.Shot
import app.doorstep.corekit.told
import app.doorstep.ui.door.Door
import app.doorstep.ui.phone.PhoneApp
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import java.awt.image.BufferedImage
import java.io.ByteArrayOutputStream
import java.io.File
import javax.imageio.ImageIO

/** What people and phones come up with: each is answered in a plain sentence, and nothing typed is lost. */
@OptIn(ExperimentalTestApi::class)
class OddInputTest {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    private fun Office.door(around: FakeHost = FakeHost()) =
        Door(File(folder, "app.db"), Office.ZONE, around.host, "phone of a test", scope).also { it.open() }

    @Test
    fun `a code of something else, then a camera that may not be used, then the right code`() =
        Office(listOf(Member("林晓雯", listOf("worker")))).use { office ->
            val around = FakeHost()
            val door = office.door(around)
            runDesktopComposeUiTest(width = 412, height = 892) {
                setContent { PhoneApp(door, FakeShell()) }
                around.fakeCamera.scan = Scan.Code("https://example.org/菜单")
                touch("扫描二维码")
                appears("这不是登记码。")
                around.fakeCamera.scan = Scan.NoPermission
                touch("扫描二维码")
                appears("没有相机权限。可在手机设置里允许，或者在下面输入登记码。")
                enrol(office.invite("林晓雯"))
                appears("今天")
            }
            scope.cancel()
            door.session.close()
        }

    @Test
    fun `a code that somebody has used already is said to be so, and a new one enrols`() =
        Office(listOf(Member("林晓雯", listOf("worker")))).use { office ->
            val used = office.invite("林晓雯")
            Phone(office, "旧手机").use { other -> told { other.client.enrol(used, "old phone") } }
            val door = office.door()
            runDesktopComposeUiTest(width = 412, height = 892) {
                setContent { PhoneApp(door, FakeShell()) }
                type("或在此输入登记码", used)
                touch("登记")
                appears("登记码已过期或已用过，请向机构要一个新的。")
            }
            scope.cancel()
            door.session.close()
        }

    @Test
    fun `a server with another key gets nothing, at the first start and later, and what was typed waits for the right one`() {
        val members = listOf(Member("林晓雯", listOf("worker")))
        Office(members).use { office ->
            Office(members).use { impostor ->
                Phone(office, "林晓雯").enrolled(office, "林晓雯").use { other ->
                    other.openCase(office.team, "小石")
                    other.sync()
                }
                val code = office.invite("林晓雯")
                val door = office.door()
                runDesktopComposeUiTest(width = 412, height = 892) {
                    setContent { PhoneApp(door, FakeShell()) }
                    impostor.takePlaceOf(office)
                    type("或在此输入登记码", code)
                    touch("登记")
                    appears("暂时联系不上服务器。已记下的都在本机，联网后会自动送出。")
                    office.takePlaceOf(impostor)
                    touch("登记")
                    choosePin("2580")
                    touch("记一次走访")
                    impostor.takePlaceOf(office)
                    touch("小石")
                    touch("家访")
                    touch("未遇")
                    touch("完成并提交")
                    appears("今天")
                    val client = door.session.client
                    assertThrows(ClientException.Offline::class.java) { Stop().use { client.syncNow(it) } }
                    assertEquals(1uL, told { client.syncState() }.waitingEntries)
                    office.takePlaceOf(impostor)
                    waitUntil("it went out", 30_000) { told { client.syncState() }.waiting == 0uL }
                }
                scope.cancel()
                door.session.close()
            }
        }
    }

    @Test
    fun `more photos than a record can hold are told so, and those before and the words stay`() =
        Office(listOf(Member("林晓雯", listOf("worker")))).use { office ->
            Phone(office, "林晓雯").enrolled(office, "林晓雯").use { other ->
                other.openCase(office.team, "小石")
                other.sync()
                val around = FakeHost()
                around.fakeCamera.shot = Shot.Photo(picture())
                val door = office.door(around)
                runDesktopComposeUiTest(width = 412, height = 892) {
                    setContent { PhoneApp(door, FakeShell()) }
                    enrol(office.invite("林晓雯"))
                    touch("记一次走访")
                    touch("小石")
                    touch("家访")
                    touch("见到本人")
                    type("看到和听到的", "奶奶在家。")
                    val draft = told { door.session.client.drafts() }.single().id
                    // The same shot again would be the same photo.
                    repeat(50) { told { door.session.client.addPhoto(draft, picture(it)) } }
                    around.fakeCamera.shot = Shot.Photo(picture(99))
                    touch("拍一张照片")
                    appears("这条记录的照片已满。")
                }
                scope.cancel()
                val kept = told { door.session.client.drafts() }.single().fields
                assertEquals(Value.Text("奶奶在家。"), kept["narrative"])
                assertEquals(50, kept.keys.count { it.startsWith("attachments.") })
                door.session.close()
            }
        }

    /** A picture of its own for each number. */
    private fun picture(number: Int = 0): ByteArray {
        val image = BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB)
        image.setRGB(number % 40, number / 40, 0xFFFFFF)
        return ByteArrayOutputStream().also { ImageIO.write(image, "png", it) }.toByteArray()
    }

    @Test
    fun `a name of signs only and one from right to left are persons like any other, and too much text is kept`() =
        Office(listOf(Member("林晓雯", listOf("worker")))).use { office ->
            Phone(office, "林晓雯").enrolled(office, "林晓雯").use { other ->
                other.openCase(office.team, "🙂🙃")
                other.openCase(office.team, "مُحَمَّد")
                other.sync()
                val door = office.door()
                val pasted = "长".repeat(50_000)
                runDesktopComposeUiTest(width = 412, height = 892) {
                    setContent { PhoneApp(door, FakeShell()) }
                    enrol(office.invite("林晓雯"))
                    touch("记一次走访")
                    appears("مُحَمَّد")
                    touch("🙂🙃")
                    touch("家访")
                    touch("见到本人")
                    type("看到和听到的", pasted)
                    touch("完成并提交")
                    appears("写得太长，放不下。请分成两条，或删去一些；已写的都还在。")
                }
                scope.cancel()
                val kept = told { door.session.client.drafts() }.single().fields["narrative"]
                assertEquals(Value.Text(pasted), kept)
                door.session.close()
            }
        }
}
