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
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Toggle
import app.doorstep.ui.words.LocalLanguage

/** Why an entry goes back, and which answers that is about. */
@Composable
fun ReturnScreen(
    fields: List<Pair<Field, String>>,
    onBack: () -> Unit,
    onReturn: (List<Field>, String) -> Unit,
) {
    val language = LocalLanguage.current
    var reason by rememberSaveable { mutableStateOf("") }
    var about by rememberSaveable { mutableStateOf(emptyList<Field>()) }
    Page(
        language.pick("退回补充", "Return"),
        onBack,
        bottom = {
            MainButton(language.pick("退回", "Return"), { onReturn(about, reason.trim()) }, isEnabled = reason.isNotBlank())
        },
    ) {
        OutlinedTextField(
            reason,
            { reason = it },
            Modifier.fillMaxWidth(),
            label = { Text(language.pick("请补充什么，为什么", "What is to be added, and why")) },
            minLines = 4,
        )
        Heading(language.pick("关于哪几项（可不选）", "About which answers (may stay open)"))
        for ((field, label) in fields) {
            Toggle(label, field in about) { about = if (it) about + field else about - field }
        }
    }
}
