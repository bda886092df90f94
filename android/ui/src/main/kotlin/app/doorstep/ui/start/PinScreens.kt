package app.doorstep.ui.start

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.input.PasswordVisualTransformation
import app.doorstep.corekit.Failure
import app.doorstep.ui.door.DoorState
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.sentence

/** A PIN is chosen, typed twice. It is never kept in anything that outlives the screen. */
@Composable
fun ChoosePinScreen(
    state: DoorState.ChoosePin,
    onChoose: (String) -> Unit,
) {
    val language = LocalLanguage.current
    var pin by remember { mutableStateOf("") }
    var again by remember { mutableStateOf("") }
    val isSame = pin == again
    Page(
        title = language.pick("设一个 PIN", "Choose a PIN"),
        bottom = {
            MainButton(
                language.pick("完成", "Done"),
                { onChoose(pin) },
                isEnabled = pin.length >= PIN_DIGITS && isSame && !state.isBusy,
            )
        },
    ) {
        Hint(language.pick("至少 4 位数字。打开应用时要用，机构也查不到。", "At least 4 digits. You need it to open the app; the office cannot look it up."))
        PinField(pin, language.pick("PIN", "PIN")) { pin = it }
        PinField(again, language.pick("再输入一次", "Once more")) { again = it }
        if (again.length >= pin.length && !isSame) Trouble(language.pick("两次不一样。", "The two are not the same."))
        state.failure?.let { Trouble(it) }
    }
}

/** The phone is locked. */
@Composable
fun LockScreen(
    state: DoorState.Locked,
    onUnlock: (String) -> Unit,
) {
    val language = LocalLanguage.current
    var pin by remember { mutableStateOf("") }
    Page(
        title = language.pick("已锁定", "Locked"),
        bottom = {
            MainButton(
                if (state.isBusy) language.pick("正在打开……", "Opening …") else language.pick("打开", "Open"),
                {
                    onUnlock(pin)
                    pin = ""
                },
                isEnabled = pin.isNotEmpty() && !state.isBusy,
            )
        },
    ) {
        PinField(pin, "PIN") { pin = it }
        if (state.waitSeconds > 0) {
            Trouble(language.pick("输错多次，请等 ${language.span(state.waitSeconds)}再试。记录没有丢。", "Too many wrong tries. Wait ${language.span(state.waitSeconds)}, then try again; nothing is lost."))
        } else {
            state.failure?.let { Trouble(it) }
        }
    }
}

private fun Language.span(seconds: Int): String =
    if (seconds <= 90) pick("$seconds 秒", "$seconds seconds") else pick("${(seconds + 59) / 60} 分钟", "${(seconds + 59) / 60} minutes")

@Composable
private fun PinField(
    value: String,
    label: String,
    onChange: (String) -> Unit,
) = OutlinedTextField(
    value,
    { typed -> onChange(typed.filter(Char::isDigit)) },
    Modifier.fillMaxWidth(),
    label = { Text(label) },
    singleLine = true,
    visualTransformation = PasswordVisualTransformation(),
    keyboardOptions = KeyboardOptions(keyboardType = KeyboardType.NumberPassword),
)

@Composable
private fun Trouble(failure: Failure) = Trouble(LocalLanguage.current.sentence(failure))

@Composable
private fun Trouble(text: String) = Sheet(tone = Tone.CARE) { Text(text) }

private const val PIN_DIGITS = 4
