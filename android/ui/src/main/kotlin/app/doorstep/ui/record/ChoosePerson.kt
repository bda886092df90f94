package app.doorstep.ui.record

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import app.doorstep.core.CaseId
import app.doorstep.core.CaseRow
import app.doorstep.ui.parts.Beside
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.Strong
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.caseKind

/** Whom the record is about, or simply everybody: [title] says which. */
@Composable
fun PersonsScreen(
    title: String,
    cases: List<CaseRow>,
    onFind: (String) -> Unit,
    onBack: () -> Unit,
    above: @Composable () -> Unit = {},
    onChoose: (CaseId) -> Unit,
) {
    val language = LocalLanguage.current
    var query by rememberSaveable { mutableStateOf("") }
    Page(title, onBack) {
        OutlinedTextField(
            query,
            {
                query = it
                onFind(it)
            },
            Modifier.fillMaxWidth(),
            label = { Text(language.pick("姓名、首字母或拼音", "Name, initials or pinyin")) },
            singleLine = true,
        )
        above()
        for (row in cases) PersonLine(row) { onChoose(row.grant.case) }
        if (cases.isEmpty()) Hint(language.pick("没有找到。", "Nobody found."))
    }
}

@Composable
private fun PersonLine(
    row: CaseRow,
    onChoose: () -> Unit,
) {
    val language = LocalLanguage.current
    Sheet(onClick = onChoose) {
        Beside(
            left = { Strong(row.part.pseudonym) },
            right = {
                row.daysSinceMet?.let { days ->
                    Hint(
                        if (days == 0) {
                            language.pick("今天见过", "met today")
                        } else {
                            language.pick("$days 天未见", "$days d since met")
                        },
                    )
                }
            },
        )
        Hint(language.caseKind(row.grant.kind))
        if (row.part.safety.isNotBlank()) Text(row.part.safety, style = MaterialTheme.typography.bodyMedium)
    }
}
