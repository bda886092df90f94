package app.doorstep.ui.review

import androidx.compose.runtime.Composable
import app.doorstep.core.Field
import app.doorstep.core.Remark
import app.doorstep.core.RemarkKind
import app.doorstep.ui.parts.AskingButton
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Toggle
import app.doorstep.ui.parts.TypingField
import app.doorstep.ui.words.LocalLanguage

/** What can be done while words about an entry are written. */
interface RemarkEvents {
    fun write(
        about: List<Field>,
        text: String,
    )

    fun send()

    fun leave()
}

/** Words about an entry, and which of its answers they are about. Withdrawing is about the whole, and asks once. */
@Composable
fun RemarkScreen(
    kind: RemarkKind,
    remark: Remark,
    answers: List<Pair<Field, String>>,
    on: RemarkEvents,
    isAsking: Boolean = false,
) {
    val language = LocalLanguage.current
    val (about, text) = remark
    Page(
        language.title(kind),
        on::leave,
        bottom = {
            if (kind == RemarkKind.WITHDRAW) {
                AskingButton(
                    language.pick("撤回这条记录", "Withdraw this entry"),
                    language.pick("撤回后不再计入，也不能恢复。要撤回吗？", "It will no longer count, and this cannot be undone. Withdraw it?"),
                    language.pick("撤回", "Withdraw"),
                    text.isNotBlank(),
                    isAsking,
                    onYes = on::send,
                )
            } else {
                MainButton(language.verb(kind), on::send, isEnabled = text.isNotBlank())
            }
        },
    ) {
        if (kind == RemarkKind.WITHDRAW) {
            Hint(
                language.pick(
                    "这条记录会撤回，仍可查看，不再计入。之后可以抄到正确的人名下。",
                    "The entry stays readable and no longer counts. Then it can be copied to the right person.",
                ),
            )
        }
        TypingField(text, { on.write(about, it) }, language.ask(kind), minLines = 4)
        if (kind == RemarkKind.WITHDRAW || answers.isEmpty()) return@Page
        Heading(language.pick("关于哪几项（可不选）", "About which answers (may stay open)"))
        for ((field, label) in answers) {
            Toggle(label, field in about) { on.write(if (it) about + field else about - field, text) }
        }
    }
}
