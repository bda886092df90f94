package app.doorstep.ui.attention

import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import app.doorstep.core.AttentionItem
import app.doorstep.core.AttentionKind
import app.doorstep.core.DocId
import app.doorstep.core.DraftId
import app.doorstep.core.Scope
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.AskingButton
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.parts.Strong
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.parts.about
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage

/** What can be done with an item. */
interface AttentionEvents {
    fun back()

    fun open(doc: DocId)

    fun seen(notice: Long)

    fun takeUp(draft: DraftId)

    /** A deleted draft is not wanted again. */
    fun forget(draft: DraftId)
}

/** Everything that needs a person. Each item says in one sentence what happened. */
@Composable
fun AttentionScreen(
    items: List<AttentionItem>,
    person: (Scope) -> String?,
    on: AttentionEvents,
) {
    val language = LocalLanguage.current
    Page(language.pick("要看一下", "To look at"), on::back) {
        if (items.isEmpty()) Hint(language.pick("没有了。", "Nothing."))
        for (item in items) {
            when (item) {
                is AttentionItem.Returned ->
                    Sheet(tone = Tone.CARE, onClick = { on.open(item.doc) }) {
                        Strong(about(person(item.scope), language.pick("退回补充", "Returned")))
                        Text(item.reason, style = MaterialTheme.typography.bodyLarge)
                    }
                is AttentionItem.Conflict ->
                    Sheet(tone = Tone.CARE, onClick = { on.open(item.doc) }) {
                        Strong(about(person(item.scope), language.pick("两处不同", "Two answers differ")))
                    }
                is AttentionItem.DeletedDraft ->
                    Sheet {
                        Strong(about(person(item.scope), language.pick("已删除的草稿", "Deleted draft")))
                        SideButton(language.pick("恢复", "Take up again"), { on.takeUp(item.draft) })
                        AskingButton(
                            language.pick("彻底删除", "Delete for good"),
                            language.pick("删除后不能再恢复。", "It cannot be taken up again."),
                            language.pick("删除", "Delete"),
                            isQuiet = true,
                        ) { on.forget(item.draft) }
                    }
                is AttentionItem.Notice ->
                    Sheet {
                        Strong(about(item.row.scope?.let(person), language.notice(item.row.kind)))
                        item.row.doc?.let { doc -> SideButton(language.pick("打开", "Open"), { on.open(doc) }) }
                        SideButton(language.pick("知道了", "Seen"), { on.seen(item.row.id) })
                    }
            }
        }
    }
}

private fun Language.notice(kind: AttentionKind): String =
    when (kind) {
        AttentionKind.CaseEnded -> pick("这个个案不再由您负责，内容已从本机移除", "This case is no longer yours; its records left this phone")
        AttentionKind.SavedAgain -> pick("服务器没有接受原来的写法，内容已另存一次，请核对", "The server did not take it as it was; it was saved again, please check")
        AttentionKind.NotTaken -> pick("服务器没有接受，内容仍在本机", "The server did not take this; it is still on this phone")
        AttentionKind.HandedOver -> pick("您没送出的内容已交给督导", "What you had not sent went to the supervisor")
        AttentionKind.ServerRestored -> pick("服务器恢复过一次，您的记录正在重新送出", "The server was restored; your records are sent again")
        AttentionKind.PhoneRestored -> pick("这部手机的数据是从别处恢复的，请核对最近的记录", "This phone's data came from elsewhere; please check the latest records")
        AttentionKind.NeedsNewer -> pick("有内容需要更新版的应用", "Something needs a newer version of the app")
        is AttentionKind.Unknown -> kind.code
    }
