package app.doorstep.ui.review

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import app.doorstep.core.Field
import app.doorstep.ui.parts.AskingButton
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Toggle
import app.doorstep.ui.words.LocalLanguage

/** What is written about an entry. */
enum class RemarkKind { RETURN, COMMENT, WITHDRAW }

/** Words about an entry, and which of its answers they are about. Withdrawing is about the whole, and asks once. */
@Composable
fun RemarkScreen(
    remark: RemarkKind,
    answers: List<Pair<Field, String>>,
    onBack: () -> Unit,
    words: String = "",
    isAsking: Boolean = false,
    onSend: (List<Field>, String) -> Unit,
) {
    val language = LocalLanguage.current
    var text by rememberSaveable { mutableStateOf(words) }
    var about by rememberSaveable { mutableStateOf(emptyList<Field>()) }
    val send = { onSend(about, text.trim()) }
    Page(
        language.title(remark),
        onBack,
        bottom = {
            if (remark == RemarkKind.WITHDRAW) {
                AskingButton(
                    language.pick("撤回这条记录", "Withdraw this entry"),
                    language.pick("撤回后不再计入，也不能恢复。要撤回吗？", "It will no longer count, and this cannot be undone. Withdraw it?"),
                    language.pick("撤回", "Withdraw"),
                    text.isNotBlank(),
                    isAsking,
                    send,
                )
            } else {
                MainButton(language.verb(remark), send, isEnabled = text.isNotBlank())
            }
        },
    ) {
        if (remark == RemarkKind.WITHDRAW) {
            Hint(
                language.pick(
                    "这条记录会撤回，仍可查看，不再计入。之后可以抄到正确的人名下。",
                    "The entry stays readable and no longer counts. Then it can be copied to the right person.",
                ),
            )
        }
        OutlinedTextField(text, { text = it }, Modifier.fillMaxWidth(), label = { Text(language.ask(remark)) }, minLines = 4)
        if (remark == RemarkKind.WITHDRAW || answers.isEmpty()) return@Page
        Heading(language.pick("关于哪几项（可不选）", "About which answers (may stay open)"))
        for ((field, label) in answers) {
            Toggle(label, field in about) { about = if (it) about + field else about - field }
        }
    }
}
