package app.doorstep.ui.group

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.unit.dp
import app.doorstep.core.CaseId
import app.doorstep.core.CaseRole
import app.doorstep.core.CaseRow
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Toggle
import app.doorstep.ui.words.LocalLanguage

/** Who took part in a group session. Each finds it in their own file, and nowhere who else was there. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun ParticipantsScreen(
    cases: List<CaseRow>,
    before: List<CaseId>,
    onBack: () -> Unit,
    onChoose: (List<CaseId>) -> Unit,
) {
    val language = LocalLanguage.current
    var chosen by rememberSaveable { mutableStateOf(before) }
    Page(
        language.pick("谁参加了？", "Who took part?"),
        onBack,
        bottom = {
            MainButton(
                language.pick("选好了（${chosen.size} 人）", "Done (${chosen.size})"),
                { onChoose(chosen) },
            )
        },
    ) {
        Hint(
            language.pick(
                "每个人的档案里各有一条，看不到还有谁参加。",
                "Each person's file gets its own entry, which does not say who else was there.",
            ),
        )
        FlowRow(
            horizontalArrangement = Arrangement.spacedBy(8.dp),
            verticalArrangement = Arrangement.spacedBy(8.dp),
        ) {
            for (row in cases) {
                // A supervisor who only reads has nobody to credit.
                if (row.grant.role == null || row.grant.role == CaseRole.Mentor) continue
                val case = row.grant.case
                Toggle(row.part.pseudonym, case in chosen) { isIn -> chosen = if (isIn) chosen + case else chosen - case }
            }
        }
    }
}
