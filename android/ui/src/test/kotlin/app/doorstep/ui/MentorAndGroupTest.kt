package app.doorstep.ui

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.runDesktopComposeUiTest
import app.doorstep.core.EntryKind
import app.doorstep.corekit.FakeHost
import app.doorstep.corekit.Member
import app.doorstep.corekit.Office
import app.doorstep.corekit.Phone
import app.doorstep.corekit.told
import app.doorstep.ui.door.Door
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

/** A mentor's own screens, a session of several persons, a crisis from wherever one stands. */
@OptIn(ExperimentalTestApi::class)
class MentorAndGroupTest {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    private fun Office.door() =
        Door(File(folder, "app.db"), Office.ZONE, FakeHost().host, "phone of a test", scope).also { it.open() }

    @AfterEach
    fun `end what still runs`() = scope.cancel()

    @Test
    fun `a mentor sees the own person only and records a check-in in a few touches`() =
        Office(listOf(Member("林晓雯", listOf("worker")), Member("马老师", listOf("mentor")))).use { office ->
            Phone(office, "林晓雯").enrolled(office, "林晓雯").use { worker ->
                val case = worker.openCase(office.team, "小川")
                worker.openCase(office.team, "小石")
                worker.sync()
                office.assign(case, "马老师", "mentor")
                val door = office.door()
                runDesktopComposeUiTest(width = 412, height = 892) {
                    setContent { PhoneApp(door, FakeShell()) }
                    enrol(office.invite("马老师"))
                    appears("小川")
                    assertFalse(isThere("小石"))
                    touch("联系了")
                    touch("见到本人")
                    touch("电话")
                    touch("完成并提交")
                    appears("小川 · 帮教联系")
                    appears("都已同步")
                }
                door.session.close()
                worker.sync()
                val entry = told { worker.client.today() }.recent.single()
                assertEquals(EntryKind.MentorCheckIn, entry.entry.kind)
            }
        }

    @Test
    fun `a session of two is in both files, and a crisis is one tap away`() =
        Office(listOf(Member("林晓雯", listOf("worker")))).use { office ->
            Phone(office, "林晓雯").enrolled(office, "林晓雯").use { other ->
                val cases = listOf("小川", "小石", "阿木").associateWith { other.openCase(office.team, it) }
                other.sync()
                val door = office.door()
                runDesktopComposeUiTest(width = 412, height = 892) {
                    setContent { PhoneApp(door, FakeShell()) }
                    enrol(office.invite("林晓雯"))
                    touch("记一次走访")
                    appears("小川")
                    touch("小组活动")
                    touch("小川")
                    touch("阿木")
                    touch("选好了（2 人）")
                    appears("小川、阿木")
                    type("看到和听到的", "情绪管理第三次。")
                    touch("完成并提交")
                    touchSign("记一次危机")
                    touch("小石")
                    type("看到和听到的", "打电话说不想活了，已陪同到医院。")
                    touch("完成并提交")
                    appears("都已同步")
                }
                door.session.close()
                other.sync()
                val kinds = cases.mapValues { (_, case) -> told { other.client.case(case) }.timeline.map { it.entry.kind } }
                assertEquals(listOf(EntryKind.GroupSession), kinds["小川"])
                assertEquals(listOf(EntryKind.GroupSession), kinds["阿木"])
                assertEquals(listOf(EntryKind.CrisisEvent), kinds["小石"])
                assertTrue(told { other.client.case(cases.getValue("小石")) }.timeline.single().entry.crisis)
            }
        }
}
