package app.doorstep.ui.entry

import androidx.compose.runtime.Composable
import app.doorstep.ui.parts.AskingButton
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.SheetHeading
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.words.LocalLanguage

/** What was written here and the server would not take: nothing of it is lost, and a person decides. */
@Composable
internal fun ParkedSheet(
    state: EntryState,
    onWriteAgain: () -> Unit,
    onPutAway: () -> Unit,
) {
    val language = LocalLanguage.current
    val shown = state.parked.filter { isShown(it.field) }
    if (shown.isEmpty()) return
    Sheet(tone = Tone.CARE) {
        SheetHeading(language.pick("服务器没有接受您的这些修改：", "The server did not take these changes of yours:"))
        Sheet { for (change in shown) Changed(change, state.questions, state.names) }
        if (state.mayEdit) SideButton(language.pick("再写进去", "Write them in again"), onWriteAgain)
        AskingButton(
            language.pick("不再需要", "No longer needed"),
            language.pick("这些修改会从本机删除。", "These changes will be deleted from this phone."),
            language.pick("删除", "Delete"),
            isQuiet = true,
            onYes = onPutAway,
        )
    }
}
