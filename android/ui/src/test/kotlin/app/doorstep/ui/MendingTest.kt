package app.doorstep.ui

import androidx.compose.ui.test.ExperimentalTestApi
import app.doorstep.core.Edit
import app.doorstep.core.ReviewState
import app.doorstep.core.Scope
import app.doorstep.core.Value
import app.doorstep.corekit.Member
import app.doorstep.corekit.Phone
import app.doorstep.corekit.told
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What went wrong is put right on the screen, and nothing is lost by it. */
@OptIn(ExperimentalTestApi::class)
class MendingTest {
    private val members = listOf(Member("林晓雯", listOf("worker")), Member("何平", listOf("worker")))

    private fun Phone.change(
        doc: String,
        field: String,
        text: String,
    ) = told {
        val draft = client.editDraftOf(doc)
        client.typeInto(draft, listOf(Edit(field, Value.Text(text))))
        client.saveLater(draft)
    }

    @Test
    fun `two workers wrote different places, and one touch settles it for both`() =
        Hands(members).use { hands ->
            with(hands) {
                val (one, other) = phone("林晓雯") to phone("何平")
                val case = one.openCase(office.team, "小川")
                val doc = told { one.client.saveDone(one.visit(case, "outcome" to "met", "place" to "outdoors")) }
                one.sync()
                office.assign(case, "何平", "co_worker")
                other.sync()
                // Neither knows of the other.
                one.change(doc, "place", "home")
                other.change(doc, "place", "school")
                one.sync()
                other.sync()
                act {
                    take("林晓雯")
                    appears("两处不同")
                    touch("小川 · 家访")
                    appears("“地点”两处不同，请选一个：")
                    touch("何平写的：学校")
                    waitUntil("the card is gone", 30_000) { !isThere("“地点”两处不同，请选一个：") }
                    sent("林晓雯")
                }
                other.sync()
                assertEquals(Value.Text("school"), told { other.client.entry(doc) }.fields["place"])
                assertTrue(told { other.client.conflicts() }.isEmpty())
            }
        }

    @Test
    fun `an entry under the wrong person is withdrawn, and its copy handed in under the right one`() =
        Hands(members).use { hands ->
            with(hands) {
                val worker = phone("林晓雯")
                val wrong = worker.openCase(office.team, "小川")
                val right = worker.openCase(office.team, "小石")
                val doc = told { worker.client.saveDone(worker.visit(wrong, "outcome" to "met", "narrative" to "奶奶在家。")) }
                act {
                    take("林晓雯")
                    touch("小川 · 家访")
                    touch("记错人了")
                    type("为什么撤回", "应是小石")
                    touch("撤回这条记录")
                    // Asked once; and it can still be left.
                    touch("先不")
                    touch("撤回这条记录")
                    touch("撤回")
                    appears("已撤回")
                    touch("抄到正确的人名下")
                    touch("小石")
                    appears("小石 · 家访")
                    touch("完成并提交")
                    appears("今天")
                    appears("小石 · 家访")
                }
                assertEquals(ReviewState.Withdrawn, on("林晓雯") { entry(doc) }.review.state)
                val copy = on("林晓雯") { case(right) }.timeline.single()
                assertEquals(ReviewState.Submitted to "奶奶在家。", copy.state to copy.entry.excerpt)
                assertEquals(Scope.Case(right), copy.scope)
            }
        }

    @Test
    fun `earlier answers are put back as a new edit, and what stood there stays in the history`() =
        Hands(members).use { hands ->
            with(hands) {
                val worker = phone("林晓雯")
                val case = worker.openCase(office.team, "小川")
                val doc = told { worker.client.saveLater(worker.visit(case, "outcome" to "met", "narrative" to "奶奶在家。")) }
                worker.change(doc, "narrative", "写错了的一句。")
                act {
                    take("林晓雯")
                    touch("小川 · 家访")
                    appears("写错了的一句。")
                    touch("修改经过")
                    touch("写下这条记录")
                    appears("奶奶在家。")
                    touch("恢复成这样")
                    touch("恢复")
                    // Back at the entry.
                    appears("修改经过")
                    appears("奶奶在家。")
                }
                val told = on("林晓雯") { history(doc) }
                assertEquals(3, told.size)
                assertEquals(Value.Text("写错了的一句。"), told.last().changes.single().before)
            }
        }

    @Test
    fun `a visit that the office did not take is opened with all that was written`() =
        Hands(listOf(Member("林晓雯", listOf("worker", "supervisor")))).use { hands ->
            with(hands) {
                val phone = phone("林晓雯")
                val case = phone.openCase(office.team, "小川")
                phone.sync()
                val doc = told { phone.client.saveDone(phone.visit(case, "outcome" to "met", "narrative" to "奶奶开门。")) }
                // Before it is sent she becomes supervisor, whose it is not to write visits.
                office.assign(case, "林晓雯", "mentor")
                office.promote("林晓雯")
                act {
                    take("林晓雯")
                    touch("1 件事要您看一下")
                    appears("小川 · 服务器没有接受，内容仍在本机")
                    touch("打开")
                    appears("奶奶开门。")
                    appears("小川 · 家访")
                }
                val drafts = on("林晓雯") { drafts() }
                assertEquals(listOf(doc to Value.Text("奶奶开门。")), drafts.map { it.doc to it.fields["narrative"] })
            }
        }
}
