package app.doorstep.ui

import androidx.compose.ui.test.ExperimentalTestApi
import app.doorstep.core.CaseKind
import app.doorstep.core.Class
import app.doorstep.core.Edit
import app.doorstep.core.Value
import app.doorstep.corekit.Member
import app.doorstep.corekit.told
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** A person's file on the phone: begun, read and put right without a network. */
@OptIn(ExperimentalTestApi::class)
class PersonTest {
    private val members = listOf(Member("林晓雯", listOf("worker")))

    @Test
    fun `a case is opened at the door, and its details are written next and reach the server`() =
        Hands(members).use { hands ->
            with(hands) {
                act {
                    take("林晓雯")
                    touchSign("服务对象")
                    touch("新的服务对象")
                    type("化名（不要写真名）", "小满")
                    touch("临界少年")
                    touch("未成年")
                    touch("接案")
                    appears("小满")
                    touch("全部资料")
                    touch("修改联系信息")
                    type("电话", "100 0000 1801")
                    type("监护人", "外婆")
                    touch("保存")
                    appears("外婆")
                    sent("林晓雯")
                }
                val row = on("林晓雯") { caseList() }.single()
                assertEquals(CaseKind.AtThreshold, row.grant.kind)
                assertEquals(true, row.grant.minor)
                val contact = on("林晓雯") { case(row.grant.case) }.parts.single { it.`class` == Class.CONTACT }.fields
                assertEquals(Value.Text("100 0000 1801"), contact["phone"])
                assertEquals(Value.Text("外婆"), contact["guardian"])
            }
        }

    @Test
    fun `one answer is put back to what it was, and all others stay`() =
        Hands(members).use { hands ->
            with(hands) {
                val worker = phone("林晓雯")
                val case = worker.openCase(office.team, "小石")
                val doc = told { worker.client.saveDone(worker.visit(case, "outcome" to "met", "narrative" to "奶奶在家。", "met" to "本人")) }
                told {
                    val draft = worker.client.editDraftOf(doc)
                    worker.client.typeInto(draft, listOf(Edit("narrative", Value.Text("没人。")), Edit("met", Value.Text("祖辈"))))
                    worker.client.saveDone(draft)
                }
                act {
                    take("林晓雯")
                    touch("小石 · 家访")
                    touch("修改经过")
                    appears("只看一项")
                    choose("看到和听到的")
                    touch("恢复成这样")
                    touch("恢复")
                    waitUntil("it reads as before", 30_000) { on("林晓雯") { entry(doc) }.fields["narrative"] == Value.Text("奶奶在家。") }
                }
                assertEquals(Value.Text("祖辈"), on("林晓雯") { entry(doc) }.fields["met"])
            }
        }
}
