package app.doorstep.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.runDesktopComposeUiTest
import app.doorstep.core.ClientInterface
import app.doorstep.corekit.Member
import app.doorstep.corekit.Office
import app.doorstep.corekit.Phone
import app.doorstep.corekit.told
import app.doorstep.ui.door.Door
import app.doorstep.ui.door.DoorState
import app.doorstep.ui.phone.PhoneApp
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.runBlocking

/** The people of a small office and the screens of their phones, of which one is in the hand at a time. */
class Hands(
    members: List<Member>,
) : AutoCloseable {
    val office = Office(members)
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val phones = members.associate { it.name to Phone(office, it.name).enrolled(office, it.name) }
    private val doors = mutableMapOf<String, Door>()
    /** What the phone in the hand runs in. */
    val shell = FakeShell()
    private var inHand by mutableStateOf<Door?>(null)

    /** A phone before its screens are opened first. */
    fun phone(name: String): Phone = phones.getValue(name)

    /** What a phone has, once its screens were opened. */
    fun <T> on(
        name: String,
        verb: ClientInterface.() -> T,
    ): T = told { doors.getValue(name).session.client.verb() }

    /** Fetches and sends on a phone that is in nobody's hand. */
    fun sync(name: String) = runBlocking { doors.getValue(name).session.sync() }

    @OptIn(ExperimentalTestApi::class)
    fun act(steps: ComposeUiTest.() -> Unit) =
        runDesktopComposeUiTest(width = 412, height = 892) {
            setContent { InHand() }
            steps()
        }

    @Composable
    private fun InHand() {
        inHand?.let { door -> key(door) { PhoneApp(door, shell) } }
    }

    /** Takes somebody's phone into the hand: the app begins at its first screen. */
    @OptIn(ExperimentalTestApi::class)
    fun ComposeUiTest.take(name: String) {
        val door = doors.getOrPut(name) { open(phone(name)) }
        waitUntil("$name's phone opens", 30_000) { door.state.value != DoorState.Opening }
        when (door.state.value) {
            is DoorState.ChoosePin -> door.choosePin("2580")
            is DoorState.Locked -> door.unlock("2580")
            else -> Unit
        }
        waitUntil("$name is inside", 30_000) { door.state.value is DoorState.Inside }
        runOnIdle { inHand = door }
        appears("今天")
    }

    /** The app of somebody's phone goes away, as it is; the next time it is taken it starts anew. */
    @OptIn(ExperimentalTestApi::class)
    fun ComposeUiTest.kill(name: String) {
        runOnIdle { inHand = null }
        waitForIdle()
        doors.remove(name)?.session?.close()
    }

    /** Waits until everything that was done on a phone is with the server. */
    @OptIn(ExperimentalTestApi::class)
    fun ComposeUiTest.sent(name: String) = waitUntil("$name's work is sent", 30_000) { on(name) { syncState() }.waiting == 0uL }

    private fun open(phone: Phone): Door {
        phone.close()
        return Door(phone.database, Office.ZONE, phone.around.host, "phone of a test", scope).also { it.open() }
    }

    override fun close() {
        scope.cancel()
        phones.filterKeys { it !in doors }.values.forEach(Phone::close)
        doors.values.forEach { it.session.close() }
        office.close()
    }
}
