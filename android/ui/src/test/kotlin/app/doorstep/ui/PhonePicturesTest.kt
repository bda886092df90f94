package app.doorstep.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import app.doorstep.core.Class
import app.doorstep.core.EntryKind
import app.doorstep.core.NextStep
import app.doorstep.core.ProposedStep
import app.doorstep.core.Value
import app.doorstep.corekit.Failure
import app.doorstep.ui.door.DoorState
import app.doorstep.ui.group.ParticipantsScreen
import app.doorstep.ui.mentor.Large
import app.doorstep.ui.mentor.MentorTodayScreen
import app.doorstep.ui.parts.LocalPractice
import app.doorstep.ui.photos.PhotoScreen
import app.doorstep.ui.record.KindScreen
import app.doorstep.ui.record.PersonsScreen
import app.doorstep.ui.record.RecordScreen
import app.doorstep.ui.record.RecordState
import app.doorstep.ui.record.kindsFor
import app.doorstep.ui.settings.SettingsEvents
import app.doorstep.ui.settings.SettingsScreen
import app.doorstep.ui.start.ChoosePinScreen
import app.doorstep.ui.start.RecoveryScreen
import app.doorstep.ui.today.TodayScreen
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage

import org.junit.jupiter.api.Test

/** What surrounds the entries: the door, practice, settings, photos, groups, mentors. */
class PhonePicturesTest {
    private val looks =
        listOf(Look(), Look(Language.EN, isDark = true), Look(scale = 2f, width = 360, height = 740))

    private fun hold(
        screen: String,
        content: @Composable () -> Unit,
    ) = looks.forEach { Pictures.hold(screen, it, content) }

    @Test
    fun `a PIN is chosen`() = hold("choose-pin") { ChoosePinScreen(DoorState.ChoosePin(failure = Failure.Invalid("pin", "length"))) {} }

    @Test
    fun `the key is lost`() = hold("key-lost") { RecoveryScreen(DoorState.KeyLost("4821 0937 5562")) }

    @Test
    fun `practice says so`() =
        hold("practice") {
            CompositionLocalProvider(LocalPractice provides true) { WithCrisis { TodayScreen(Samples.busy, Samples.today, Samples.now) {} } }
        }

    @Test
    fun `what can be set`() = hold("settings") { SettingsScreen("林晓雯", "晨光社会工作服务中心", false, Still) }

    @Test
    fun `whom was visited`() = hold("choose-person") { PersonsScreen(visited(), Samples.persons, {}, {}) {} }

    @Composable
    private fun visited() = LocalLanguage.current.pick("走访了谁？", "Whom did you visit?")

    @Test
    fun `what is recorded`() = hold("choose-kind") { KindScreen("小石", kindsFor(false), {}) {} }

    @Test
    fun `a proposal and photos`() =
        hold("record-proposal") {
            val values = mapOf("outcome" to Value.Text("refused"), "narrative" to Value.Text("隔着门说今天不想见。"))
            val proposal = ProposedStep(NextStep.Consultation, Samples.today.plusDays(7))
            RecordScreen(
                RecordState("阿木", EntryKind.HomeVisit, values, proposal = proposal, photos = Samples.photos()),
                UntouchedRecord,
            )
        }

    @Test
    fun `all of a visit`() =
        Pictures.hold("record-whole", Look(height = 1760)) {
            val values =
                mapOf(
                    "outcome" to Value.Text("met"),
                    "met" to Value.Text("本人、祖辈"),
                    "narrative" to Value.Text("奶奶在家，小川刚放学。"),
                    "date" to Value.Text("2026-03-12"),
                    "start" to Value.Text("15:30"),
                    "end" to Value.Text("16:10"),
                    "place" to Value.Text("home"),
                    "accompanied_by" to Value.Text("居委会老陈"),
                    "crisis" to Value.Flag(true),
                )
            RecordScreen(RecordState("小川", EntryKind.HomeVisit, values), UntouchedRecord)
        }

    @Test
    fun `how to reach a person is put right`() =
        hold("record-part") {
            val values = mapOf("pseudonym" to Value.Text("小川"), "phone" to Value.Text("100 0000 1701"))
            RecordScreen(RecordState("小川", null, values, part = Class.CONTACT, willSubmit = false, isNew = false), UntouchedRecord)
        }

    @Test
    fun `aid with its amount`() =
        hold("record-aid") {
            val values = mapOf("amount" to Value.Number(30_050), "source" to Value.Text("临时救助"), "date" to Value.Text("2026-03-12"))
            RecordScreen(RecordState("阿木", EntryKind.Aid, values), UntouchedRecord)
        }

    @Test
    fun `a group session`() =
        hold("record-group") {
            val values = mapOf("narrative" to Value.Text("情绪管理第三次：怎样说不。"), "date" to Value.Text("2026-03-12"))
            RecordScreen(RecordState(null, EntryKind.GroupSession, values, participants = listOf("小川", "小石")), UntouchedRecord)
        }

    @Test
    fun `who took part`() = hold("participants") { ParticipantsScreen(Samples.persons, listOf("小川"), {}) {} }

    @Test
    fun `a mentor's day`() = hold("mentor-today") { WithCrisis { MentorTodayScreen(Samples.mentor, Samples.today, Samples.now, {}) { _, _ -> } } }

    @Test
    fun `a mentor's check-in`() =
        hold("mentor-check-in") {
            val values = mapOf("outcome" to Value.Text("met"), "mode" to Value.Text("phone"), "date" to Value.Text("2026-03-12"))
            Large { RecordScreen(RecordState("小川", EntryKind.MentorCheckIn, values), UntouchedRecord) }
        }

    @Test
    fun `one photo`() =
        hold("photo") { PhotoScreen(FakeShell().picture(Samples.photo), null, {}) {} }

    private object Still : SettingsEvents {
        override fun back() = Unit

        override fun speak(language: Language) = Unit

        override fun lock() = Unit

        override fun sync() = Unit

        override fun practise() = Unit

        override fun endPractice() = Unit
    }
}
