package app.doorstep.ui

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.runDesktopComposeUiTest
import app.doorstep.core.Value
import app.doorstep.corekit.FakeCamera
import app.doorstep.corekit.FakeHost
import app.doorstep.corekit.Office
import app.doorstep.corekit.Shot
import app.doorstep.corekit.told
import app.doorstep.ui.door.Door
import app.doorstep.ui.door.DoorState
import app.doorstep.ui.phone.PhoneApp
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File

/** Practice: no server, no code, and nothing of it stays. */
@OptIn(ExperimentalTestApi::class)
class PracticeTest {
    private val folder = Office.scratch()
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val around = FakeHost(fakeCamera = FakeCamera(shot = Shot.Photo(Samples.photo)))

    private fun door() = Door(File(folder, "app.db"), Office.ZONE, around.host, "phone of a test", scope).also { it.open() }

    @AfterEach
    fun `leave nothing behind`() {
        scope.cancel()
        folder.deleteRecursively()
    }

    @Test
    fun `everything can be tried, every screen says so, and ending it deletes it`() {
        val door = door()
        runDesktopComposeUiTest(width = 412, height = 892) {
            val shell = FakeShell()
            setContent { PhoneApp(door, shell) }
            touch("开始练习")
            appears(BANNER)
            touch("记一次走访")
            appears(BANNER)
            touch("阿澜")
            touch("家访")
            appears(BANNER)
            touch("拒绝")
            type("看到和听到的（可不写）", "隔着门说改天。")
            touch("拍一张照片")
            touchSign("第 1 张照片")
            appears("取下这张照片")
            // The phone's own way back.
            runOnIdle { checkNotNull(shell.back)() }
            touch("完成并提交")
            appears("今天")
            touch("隔着门说改天。")
            touchSign("第 1 张照片")
            touchSign("返回")
            touchSign("返回")
            touchSign("设置")
            touch("结束练习")
            touch("删除并结束")
            appears("登记这部手机")
        }
        assertFalse(File(folder, "practice").exists())
        assertTrue(around.fakeScheduler.asked.isEmpty())
        door.session.close()
    }

    @Test
    fun `practice goes on where the app was killed`() {
        val first = door()
        runDesktopComposeUiTest(width = 412, height = 892) {
            setContent { PhoneApp(first, FakeShell()) }
            touch("开始练习")
            touch("记一次走访")
            touch("阿澜")
            touch("家访")
            touch("见到本人")
            type("看到和听到的", "刚开始写")
            waitUntil("what was typed is kept", 30_000) { first.typed() == "刚开始写" }
        }
        val again = door()
        runDesktopComposeUiTest(width = 412, height = 892) {
            setContent { PhoneApp(again, FakeShell()) }
            // Not on the first screen: at what was being typed.
            appears("刚开始写")
            appears("阿澜 · 家访")
        }
        assertEquals(DoorState.Inside(isPractice = true), again.state.value)
    }

    private fun Door.typed() = told { session.client.drafts() }.single().fields["narrative"]?.let { (it as Value.Text).text }

    private companion object {
        const val BANNER = "练习 · 都是虚构的，不会发送"
    }
}
