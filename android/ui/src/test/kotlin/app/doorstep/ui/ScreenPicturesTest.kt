package app.doorstep.ui

import androidx.compose.runtime.Composable
import app.doorstep.core.Arriving
import app.doorstep.core.EntryKind
import app.doorstep.core.Value
import app.doorstep.corekit.Failure
import app.doorstep.ui.door.DoorState
import app.doorstep.ui.record.RecordScreen
import app.doorstep.ui.record.RecordState
import app.doorstep.ui.start.FirstStartScreen
import app.doorstep.ui.start.LockScreen
import app.doorstep.ui.sync.SyncScreen
import app.doorstep.ui.sync.SyncStatus
import app.doorstep.ui.today.TodayScreen
import app.doorstep.ui.words.Language
import org.junit.jupiter.api.Test

/** Every screen as people see it, in both languages, dark, and with type of twice the size on a small phone. */
class ScreenPicturesTest {
    private val looks =
        listOf(Look(), Look(Language.EN, isDark = true), Look(scale = 2f, width = 360, height = 740))

    private fun hold(
        screen: String,
        content: @Composable () -> Unit,
    ) = looks.forEach { Pictures.hold(screen, it, content) }

    @Test
    fun `the first start`() =
        hold("first-start") { FirstStartScreen(DoorState.FirstStart(failure = Failure.Invalid("code", "expired")), {}, {}, {}) }

    @Test
    fun `a locked phone`() = hold("locked") { LockScreen(DoorState.Locked(failure = Failure.Invalid("pin", "wrong"))) {} }

    @Test
    fun `today when much is going on`() = hold("today") { WithCrisis { TodayScreen(Samples.busy, Samples.today, Samples.now) {} } }

    @Test
    fun `today when nothing was recorded yet`() =
        hold("today-quiet") { WithCrisis { TodayScreen(Samples.quiet, Samples.today, Samples.now) {} } }

    @Test
    fun `nobody was at home`() =
        hold("record-not-home") {
            RecordScreen(
                RecordState(
                    "小石",
                    EntryKind.HomeVisit,
                    mapOf("outcome" to Value.Text("not_home"), "card_left" to Value.Flag(true)),
                ),
                UntouchedRecord,
            )
        }

    @Test
    fun `the person was met`() =
        hold("record-met") {
            RecordScreen(
                RecordState(
                    "小川",
                    EntryKind.HomeVisit,
                    mapOf(
                        "outcome" to Value.Text("met"),
                        "narrative" to Value.Text("奶奶在家，小川刚放学。"),
                        "date" to Value.Text("2026-03-12"),
                        "start" to Value.Text("15:30"),
                    ),
                ),
                UntouchedRecord,
            )
        }

    @Test
    fun `records on their way`() =
        hold("sync-arriving") {
            val coming = Arriving(12u, 40u, 350u)
            val state = Samples.sync(0u).copy(arriving = coming, oldestWaiting = null, lastSync = null, drafts = 0u)
            // Not running: a moving bar is another picture at every look.
            SyncScreen(state, Samples.storage, SyncStatus(), Samples.now, {}, {})
        }

    @Test
    fun `what is where`() = hold("sync") { SyncScreen(Samples.sync(), Samples.storage, SyncStatus(failure = Failure.Offline()), Samples.now, {}, {}) }
}
