package app.doorstep.ui.start

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.KeyboardCapitalization
import app.doorstep.ui.door.DoorState
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.sentence

/** Nobody's phone yet: the code from the office, scanned or typed. */
@Composable
fun FirstStartScreen(
    state: DoorState.FirstStart,
    onScan: () -> Unit,
    onEnrol: (String) -> Unit,
    onPractise: () -> Unit,
) {
    val language = LocalLanguage.current
    var code by rememberSaveable { mutableStateOf("") }
    Page(
        title = language.pick("登记这部手机", "Enrol this phone"),
        bottom = {
            MainButton(
                if (state.isBusy) language.pick("正在登记……", "Enrolling …") else language.pick("登记", "Enrol"),
                { onEnrol(code) },
                isEnabled = code.isNotBlank() && !state.isBusy,
            )
        },
    ) {
        Text(
            language.pick(
                "请向机构要一个登记码，十分钟内有效，只能用一次。",
                "Ask your office for an enrolment code. It is valid for ten minutes and can be used once.",
            ),
            style = MaterialTheme.typography.bodyLarge,
        )
        SideButton(language.pick("扫描二维码", "Scan the code"), onScan, Modifier.fillMaxWidth())
        OutlinedTextField(
            code,
            { code = it },
            Modifier.fillMaxWidth(),
            label = { Text(language.pick("或在此输入登记码", "Or type the code here")) },
            minLines = 3,
            keyboardOptions = KeyboardOptions(KeyboardCapitalization.Characters, autoCorrectEnabled = false),
        )
        state.failure?.let { Sheet(tone = Tone.CARE) { Text(language.sentence(it)) } }
        Hint(
            language.pick(
                "一部手机只登记一个人。请不要与别人共用这个应用。",
                "One phone belongs to one member. Please do not share this app.",
            ),
        )
        Heading(language.pick("先试试看", "Try it first"))
        Hint(
            language.pick(
                "练习用的是虚构的个案，什么都不会发出去；结束时全部删除。",
                "Practice uses made-up cases. Nothing leaves the phone, and all of it is deleted at the end.",
            ),
        )
        SideButton(language.pick("开始练习", "Practise"), onPractise, Modifier.fillMaxWidth(), !state.isBusy)
    }
}
