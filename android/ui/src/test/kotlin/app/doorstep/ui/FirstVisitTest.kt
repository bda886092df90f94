package app.doorstep.ui

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.runDesktopComposeUiTest
import app.doorstep.core.EntryListRow
import app.doorstep.core.Outcome
import app.doorstep.core.ReviewState
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
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.io.File

/** From the code to a first visit on the server, by what is on the screen alone. */
@OptIn(ExperimentalTestApi::class)
class FirstVisitTest {
    @Test
    fun `a phone is enrolled, and an attempt is recorded in three touches and reaches the server`() {
        Office(listOf(Member("林晓雯", listOf("worker")))).use { office ->
            Phone(office, "林晓雯").enrolled(office, "林晓雯").use { other ->
                other.openCase(office.team, "小石")
                other.sync()
                val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
                val door = Door(File(office.folder, "app.db"), Office.ZONE, FakeHost().host, "phone of a test", scope)
                door.open()
                runDesktopComposeUiTest(width = 412, height = 892) {
                    setContent { PhoneApp(door, FakeShell()) }
                    enrol(office.invite("林晓雯"))
                    touch("记一次走访")
                    touch("小石")
                    touch("家访")
                    // At the door: three touches, nothing typed.
                    touch("未遇")
                    touch("名片交给邻居")
                    touch("完成并提交")
                    appears("都已同步")
                    appears("小石 · 家访")
                }
                scope.cancel()
                door.session.close()
                other.sync()
                val entry = told { other.client.today() }.recent.single { it.isAttempt() }
                assertEquals(ReviewState.Submitted, entry.state)
                assertEquals(true, entry.entry.cardLeft)
            }
        }
    }

    private fun EntryListRow.isAttempt() = entry.outcome == Outcome.NotHome
}
