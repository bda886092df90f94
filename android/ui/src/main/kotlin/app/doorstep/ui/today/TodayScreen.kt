package app.doorstep.ui.today

import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Person
import androidx.compose.material.icons.filled.Search
import androidx.compose.material.icons.filled.Settings
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import app.doorstep.core.DraftView
import app.doorstep.core.SyncState
import app.doorstep.core.Today
import app.doorstep.core.Value
import app.doorstep.core.entryKindOf
import app.doorstep.ui.nav.Place
import app.doorstep.ui.parts.Beside
import app.doorstep.ui.parts.EntryLine
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.LocalPractice
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.Sign
import app.doorstep.ui.parts.Strong
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.parts.about
import app.doorstep.ui.sync.arriving
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.ago
import app.doorstep.ui.words.kind
import java.time.Instant
import java.time.LocalDate

/** The first screen: what is only here, what needs a person, what is planned and recent. */
@Composable
fun TodayScreen(
    state: TodayState,
    today: LocalDate,
    now: Instant,
    onGo: (Place) -> Unit,
) {
    val language = LocalLanguage.current
    Page(
        title = language.pick("今天", "Today"),
        actions = {
            Sign(Icons.Filled.Search, language.pick("搜索", "Search")) { onGo(Place.Search()) }
            Sign(Icons.Filled.Person, language.pick("服务对象", "Persons")) { onGo(Place.People) }
            Sign(Icons.Filled.Settings, language.pick("设置", "Settings")) { onGo(Place.Settings) }
        },
        bottom = {
            MainButton(language.pick("记一次走访", "Record a visit"), { onGo(Place.ChoosePerson()) })
        },
    ) {
        if (state.isComing) {
            Hint(language.pick("正在下载您的个案……第一次需要联网。", "Your cases are coming … the first time needs a network."))
        }
        val shown = state.today ?: return@Page
        SyncCard(shown.sync, now) { onGo(Place.Sync) }
        if (shown.attention > 0uL) {
            Sheet(tone = Tone.CARE, onClick = { onGo(Place.Attention) }) {
                Strong(language.pick("${shown.attention} 件事要您看一下", "${shown.attention} to look at"))
            }
        }
        state.queue?.takeIf { it > 0 }?.let { waiting ->
            Sheet(tone = Tone.GOOD, onClick = { onGo(Place.Queue) }) {
                Strong(language.pick("待审阅 $waiting 条", "$waiting to review"))
            }
        }
        Unfinished(state, now, onGo)
        if (shown.planned.isNotEmpty()) {
            Heading(language.pick("接下来", "Planned"))
            for (row in shown.planned) PlannedLine(row, state.person(row.scope), today) { onGo(Place.Entry(row.doc)) }
        }
        if (shown.recent.isNotEmpty()) {
            Heading(language.pick("最近", "Recent"))
            for (row in shown.recent) EntryLine(row, state.person(row.scope), today) { onGo(Place.Entry(row.doc)) }
        }
        if (isQuiet(shown)) Hint(language.pick("还没有记录。需要时点下面的按钮。", "Nothing recorded yet. The button below begins."))
    }
}

private fun isQuiet(shown: Today): Boolean =
    shown.drafts.isEmpty() && shown.planned.isEmpty() && shown.recent.isEmpty()

/** What was begun and not saved. */
@Composable
internal fun Unfinished(
    state: TodayState,
    now: Instant,
    onGo: (Place) -> Unit,
) {
    val drafts = state.today?.drafts.orEmpty()
    if (drafts.isEmpty()) return
    Heading(LocalLanguage.current.pick("没写完的", "Not finished"))
    for (draft in drafts) DraftLine(draft, state.person(draft.scope), now) { onGo(Place.Record(draft.id)) }
}

/** What is only on this phone; a quiet line where nothing is. In practice nothing is meant to go anywhere. */
@Composable
internal fun SyncCard(
    sync: SyncState,
    now: Instant,
    onOpen: () -> Unit,
) {
    if (LocalPractice.current) return
    val language = LocalLanguage.current
    if (sync.waiting == 0uL) {
        Sheet(onClick = onOpen) {
            Hint(
                if (sync.isSynced) {
                    language.pick("都已同步", "Everything is synced")
                } else {
                    sync.arriving?.let(language::arriving) ?: language.pick("还有内容在路上", "Some records are still on their way")
                },
            )
        }
        return
    }
    val count = if (sync.waitingEntries > 0uL) sync.waitingEntries else sync.waiting
    Sheet(tone = Tone.CARE, onClick = onOpen) {
        Strong(language.pick("仅在本机：$count 条", "Entries on this phone only: $count"))
        sync.oldestWaiting?.let {
            Text(language.pick("最早的已等 ${language.ago(it, now)}", "the oldest for ${language.ago(it, now)}"))
        }
    }
}

@Composable
private fun DraftLine(
    draft: DraftView,
    person: String?,
    now: Instant,
    onOpen: () -> Unit,
) {
    val language = LocalLanguage.current
    val kind = (draft.fields["kind"] as? Value.Text)?.let { language.kind(entryKindOf(it.text)) }
    Sheet(onClick = onOpen) {
        Beside(
            left = { Strong(about(person, kind)) },
            right = { Hint(language.ago(draft.updated, now)) },
        )
    }
}
