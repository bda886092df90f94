package app.doorstep.ui

import androidx.compose.runtime.Composable
import app.doorstep.corekit.Failure
import app.doorstep.ui.phone.TroubleDialog
import app.doorstep.ui.record.DayDialog
import app.doorstep.ui.record.TimeDialog
import app.doorstep.ui.today.TodayScreen
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage
import org.junit.jupiter.api.Test
import java.time.LocalTime

/** What stands in front of a screen until it was answered. */
class DialogPicturesTest {
    private fun hold(
        dialog: String,
        content: @Composable () -> Unit,
    ) = listOf(Look(), Look(Language.EN, isDark = true), Look(scale = 2f, width = 360, height = 740)).forEach { look ->
        Pictures.hold(dialog, look) {
            TodayScreen(Samples.quiet, Samples.today, Samples.now) {}
            content()
        }
    }

    @Test
    fun `a day is chosen`() = hold("day") { DayDialog(Samples.today, {}) {} }

    @Test
    fun `a time is typed`() =
        hold("time") { TimeDialog(LocalLanguage.current.pick("开始", "Start"), LocalTime.of(17, 40), {}) {} }

    @Test
    fun `something went wrong`() = hold("trouble") { TroubleDialog(Failure.Invalid("heads", "moved_on")) {} }
}
