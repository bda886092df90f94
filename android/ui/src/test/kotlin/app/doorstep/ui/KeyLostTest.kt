package app.doorstep.ui

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.runDesktopComposeUiTest
import app.doorstep.corekit.FakeHost
import app.doorstep.corekit.KeptKey
import app.doorstep.corekit.Member
import app.doorstep.corekit.Office
import app.doorstep.corekit.Phone
import app.doorstep.ui.door.Door
import app.doorstep.ui.door.DoorState
import app.doorstep.ui.phone.PhoneApp
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import java.io.File

/** The door when it does not simply open: a wiped keystore, a PIN that is wrong again and again. */
@OptIn(ExperimentalTestApi::class)
class KeyLostTest {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val around = FakeHost()

    private fun Office.door() =
        Door(File(folder, "app.db"), Office.ZONE, around.host, "phone of a test", scope).also { it.open() }

    @AfterEach
    fun `end what still runs`() = scope.cancel()

    @Test
    fun `a wiped keystore loses nothing, the office gives the key back and a new PIN is chosen`() =
        Office(listOf(Member("林晓雯", listOf("worker")))).use { office ->
            val door = office.door()
            runDesktopComposeUiTest(width = 412, height = 892) {
                setContent { PhoneApp(door, FakeShell()) }
                enrol(office.invite("林晓雯"))
                appears("今天")
                Phone(office, "林晓雯").enrolled(office, "林晓雯").use {
                    it.openCase(office.team, "小石")
                    it.sync()
                }
                appears("都已同步")
            }
            door.session.close()
            around.fakeKeys.kept = KeptKey.Absent
            around.fakeSecret.kept = KeptKey.Lost
            val again = office.door()
            runDesktopComposeUiTest(width = 412, height = 892) {
                setContent { PhoneApp(again, FakeShell()) }
                appears("请给机构打个电话")
                waitUntil("digits", 30_000) { (again.state.value as? DoorState.KeyLost)?.code?.isNotEmpty() == true }
                val digits = (again.state.value as DoorState.KeyLost).code
                waitUntil("asked", 30_000) { confirmed(office, digits) }
                choosePin("1379")
                touch("记一次走访")
                appears("小石")
            }
            again.session.close()
        }

    /** The office confirms once the phone has asked. */
    private fun confirmed(
        office: Office,
        digits: String,
    ) = office.phones().any { phone -> runCatching { office.recover(phone, digits) }.isSuccess }

    @Test
    fun `after wrong PINs the screen says how long to wait`() =
        Office(listOf(Member("林晓雯", listOf("worker")))).use { office ->
            val door = office.door()
            runDesktopComposeUiTest(width = 412, height = 892) {
                setContent { PhoneApp(door, FakeShell()) }
                enrol(office.invite("林晓雯"))
                appears("今天")
                door.lock()
                repeat(10) { time ->
                    type("PIN", "0000")
                    touch("打开")
                    waitUntil("answered $time", 30_000) { (door.state.value as? DoorState.Locked)?.failure != null }
                }
                waitUntil("says how long", 30_000) {
                    onAllNodes(hasText("输错多次，请等", substring = true)).fetchSemanticsNodes().isNotEmpty()
                }
            }
            door.session.close()
        }
}
