package app.doorstep.ui.start

import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.em
import app.doorstep.ui.door.DoorState
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.words.LocalLanguage

/** The phone lost its key: the digits to read to the office, and that nothing is lost. */
@Composable
fun RecoveryScreen(state: DoorState.KeyLost) {
    val language = LocalLanguage.current
    Page(language.pick("请给机构打个电话", "Please call your office")) {
        Text(
            language.pick(
                "这部手机丢失了打开记录的钥匙。记录都在，没有丢；机构可以把钥匙还给您。",
                "This phone has lost the key to its records. The records are all here; your office can give the key back.",
            ),
            style = MaterialTheme.typography.bodyLarge,
        )
        if (state.code.isNotEmpty()) {
            Heading(language.pick("请把这些数字读给机构", "Read these digits to the office"))
            Sheet(tone = Tone.GOOD) {
                SelectionContainer {
                    Text(
                        state.code,
                        style = MaterialTheme.typography.headlineMedium,
                        // Read aloud group by group over the telephone.
                        letterSpacing = 0.1.em,
                        fontWeight = FontWeight.SemiBold,
                    )
                }
            }
        }
        Hint(
            language.pick(
                "请让手机保持联网，停在这一页。机构确认后会自动打开。请不要删除本应用。",
                "Stay online and on this page. It opens by itself when the office has confirmed. Do not delete the app.",
            ),
        )
    }
}
