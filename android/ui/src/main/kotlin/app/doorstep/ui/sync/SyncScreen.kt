package app.doorstep.ui.sync

import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.doorstep.core.Arriving
import app.doorstep.core.Storage
import app.doorstep.core.SyncState
import app.doorstep.corekit.Failure
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.ago
import app.doorstep.ui.words.sentence
import java.time.Instant

/** In plain words what is where. */
@Composable
fun SyncScreen(
    state: SyncState?,
    storage: Storage?,
    status: SyncStatus,
    now: Instant,
    onBack: () -> Unit,
    onSync: () -> Unit,
) {
    val language = LocalLanguage.current
    Page(
        language.pick("同步", "Sync"),
        onBack,
        bottom = {
            MainButton(
                if (status.isRunning) language.pick("正在同步……", "Syncing …") else language.pick("现在同步", "Sync now"),
                onSync,
                isEnabled = !status.isRunning,
            )
        },
    ) {
        if (status.isRunning) LinearProgressIndicator(Modifier.fillMaxWidth())
        if (state == null) return@Page
        Sheet(tone = if (state.waiting > 0uL) Tone.CARE else Tone.GOOD) {
            Text(
                if (state.waiting > 0uL) {
                    language.pick("${state.waiting} 份只在这部手机上。", "${state.waiting} are on this phone only.")
                } else {
                    language.pick("您记下的，服务器都有了。", "The server has everything you recorded.")
                },
                style = MaterialTheme.typography.titleMedium,
            )
            state.oldestWaiting?.let {
                Text(language.pick("最早的已等 ${language.ago(it, now)}", "the oldest for ${language.ago(it, now)}"))
            }
        }
        if (state.drafts > 0uL) {
            Sheet {
                Text(
                    language.pick("${state.drafts} 份没写完，只在这部手机上。", "${state.drafts} not finished, on this phone only."),
                    style = MaterialTheme.typography.bodyLarge,
                )
            }
        }
        state.arriving?.let { Sheet { Text(language.arriving(it), style = MaterialTheme.typography.bodyLarge) } }
        storage?.let { Room(it) }
        Hint(
            state.lastSync?.let { language.pick("上次同步：${language.ago(it, now)}前", "Last sync: ${language.ago(it, now)} ago") }
                ?: language.pick("还没有同步过。", "Not synced yet."),
        )
        status.failure?.takeIf { it !is Failure.Offline }?.let { Sheet(tone = Tone.CARE) { Text(language.sentence(it)) } }
        if (status.failure is Failure.Offline) Hint(language.sentence(Failure.Offline()))
    }
}

/** How far the records have come: whole persons, and what can be read of the others. */
fun Language.arriving(arriving: Arriving): String =
    with(arriving) {
        pick(
            "正在下载：已到 $personsHere / $persons 人，$entriesHere 条记录。已到的可以先用。",
            "Coming: $personsHere of $persons persons, $entriesHere entries. What is here can be used.",
        )
    }

/** What takes room, and which photos only this phone has. */
@Composable
private fun Room(storage: Storage) {
    val language = LocalLanguage.current
    val pictures = storage.waiting.bytes + storage.sent.bytes + storage.fetched.bytes
    Sheet {
        if (storage.waiting.count > 0uL) {
            Text(
                language.pick("${storage.waiting.count} 张图片还没送出。", "${storage.waiting.count} pictures have not been sent yet."),
                style = MaterialTheme.typography.bodyLarge,
            )
        }
        Hint(
            language.pick(
                "在这部手机上占用 ${size(storage.database)}，其中照片 ${size(pictures)}。",
                "Takes ${size(storage.database)} on this phone, ${size(pictures)} of it photos.",
            ),
        )
    }
}

private fun size(bytes: ULong): String = if (bytes < MB) "${bytes / KB} kB" else "${bytes / MB} MB"

private val KB = 1_000uL
private val MB = 1_000_000uL
