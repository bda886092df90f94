package app.doorstep.ui.mentor

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Settings
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import app.doorstep.core.CaseId
import app.doorstep.core.CaseRow
import app.doorstep.core.EntryKind
import app.doorstep.ui.nav.Place
import app.doorstep.ui.parts.EntryLine
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.Sign
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.today.SyncCard
import app.doorstep.ui.today.TodayState
import app.doorstep.ui.today.Unfinished
import app.doorstep.ui.words.LocalLanguage
import java.time.Instant
import java.time.LocalDate

/** A mentor's first screen, in large type: the own persons, and for each the two things a mentor records. */
@Composable
fun MentorTodayScreen(
    state: TodayState,
    today: LocalDate,
    now: Instant,
    onGo: (Place) -> Unit,
    onRecord: (CaseId, EntryKind) -> Unit,
) = Large {
    val language = LocalLanguage.current
    Page(
        title = language.pick("今天", "Today"),
        actions = {
            Sign(Icons.Filled.Settings, language.pick("设置", "Settings")) { onGo(Place.Settings) }
        },
    ) {
        val shown = state.today ?: return@Page
        if (shown.attention > 0uL) {
            Sheet(tone = Tone.CARE, onClick = { onGo(Place.Attention) }) {
                Text(language.pick("${shown.attention} 件事要您看一下", "${shown.attention} to look at"))
            }
        }
        Unfinished(state, now, onGo)
        for (row in state.persons) Person(row, onGo, onRecord)
        if (state.persons.isEmpty()) Hint(language.pick("还没有您联系的人。机构安排后会出现在这里。", "Nobody yet. Whom your office entrusts to you appears here."))
        if (shown.recent.isNotEmpty()) {
            Heading(language.pick("最近", "Recent"))
            for (row in shown.recent) EntryLine(row, state.person(row.scope), today) { onGo(Place.Entry(row.doc)) }
        }
        SyncCard(shown.sync, now) { onGo(Place.Sync) }
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Person(
    row: CaseRow,
    onGo: (Place) -> Unit,
    onRecord: (CaseId, EntryKind) -> Unit,
) {
    val language = LocalLanguage.current
    val case = row.grant.case
    Sheet {
        Text(row.part.pseudonym, style = MaterialTheme.typography.headlineSmall, fontWeight = FontWeight.SemiBold)
        if (row.part.reach.isNotBlank()) Text(row.part.reach, style = MaterialTheme.typography.bodyLarge)
        if (row.part.safety.isNotBlank()) {
            Sheet(tone = Tone.CARE) { Text(row.part.safety, style = MaterialTheme.typography.bodyLarge) }
        }
        MainButton(
            language.pick("联系了", "Check-in"),
            { onRecord(case, EntryKind.MentorCheckIn) },
            Modifier.padding(top = 8.dp),
        )
        FlowRow(
            Modifier.padding(top = 4.dp),
            horizontalArrangement = Arrangement.spacedBy(8.dp),
            verticalArrangement = Arrangement.spacedBy(8.dp),
        ) {
            SideButton(language.pick("一起活动", "Session"), { onRecord(case, EntryKind.MentorSession) })
            SideButton(language.pick("看记录", "Entries"), { onGo(Place.Case(case)) })
        }
    }
}
