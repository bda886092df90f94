package app.doorstep.ui

import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onNodeWithContentDescription
import app.doorstep.core.RemarkKind
import app.doorstep.core.ReviewState
import app.doorstep.corekit.Member
import app.doorstep.corekit.told
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** A worker and her supervisor, each on their own phone, by what is on its screen. */
@OptIn(ExperimentalTestApi::class)
class ReviewTest {
    private val members =
        listOf(Member("林晓雯", listOf("worker")), Member("周敏", listOf("supervisor"), supervises = true))

    /** A visit that was handed in and waits. */
    private fun Hands.visited(): String {
        val worker = phone("林晓雯")
        val case = worker.openCase(office.team, "小川")
        val visit = worker.visit(case, "outcome" to "met", "narrative" to "奶奶在家。", "next_step" to "周五去夜校")
        val doc = told { worker.client.saveDone(visit) }
        worker.sync()
        return doc
    }

    @Test
    fun `an entry is returned, corrected at the answer, and approved by its difference`() =
        Hands(members).use { hands ->
            val doc = hands.visited()
            with(hands) {
                act {
                    take("周敏")
                    touch("待审阅 1 条")
                    touch("小川 · 家访")
                    touch("退回")
                    type("请补充什么，为什么", "请写明谈了多久。")
                    touch("看到和听到的")
                    touch("退回")
                    appears("退回补充")
                    sent("周敏")

                    take("林晓雯")
                    touch("1 件事要您看一下")
                    touch("小川 · 退回补充")
                    // At the answer, not only on top.
                    appears("周敏：请写明谈了多久。")
                    appears("周敏 退回，请补充：看到和听到的")
                    touch("补充后再提交")
                    type("看到和听到的", "谈了四十分钟。")
                    touch("完成并提交")
                    appears("今天")
                    sent("林晓雯")

                    take("周敏")
                    touch("待审阅 1 条")
                    touch("小川 · 家访")
                    appears("退回以后改了")
                    assertEquals(2, count("看到和听到的"), "once in the difference, once in the entry")
                    assertEquals(1, count("结果"), "what did not change is not in the difference")
                    // Lines through and under words are not heard.
                    onNodeWithContentDescription("（加上“谈了四十分钟。”）", substring = true).assertExists()
                    touch("通过")
                    appears("已通过")
                    sent("周敏")
                }
                sync("林晓雯")
                assertEquals(ReviewState.Approved, on("林晓雯") { entry(doc) }.review.state)
            }
        }

    @Test
    fun `a comment about an answer is answered and marked as dealt with`() =
        Hands(members).use { hands ->
            val doc = hands.visited()
            with(hands) {
                act {
                    take("周敏")
                    touch("待审阅 1 条")
                    touch("小川 · 家访")
                    touch("写批注")
                    type("想说的话", "夜校那边要我先打个电话吗？")
                    touch("下一步")
                    touch("写上")
                    appears("夜校那边要我先打个电话吗？")
                    sent("周敏")

                    take("林晓雯")
                    touch("小川 · 家访")
                    appears("关于：下一步")
                    touch("标为已处理")
                    appears("已处理")
                    touch("回复")
                    type("想说的话", "要的，谢谢。")
                    touch("写上")
                    appears("要的，谢谢。")
                    sent("林晓雯")

                    take("周敏")
                    touch("待审阅 1 条")
                    touch("小川 · 家访")
                    appears("要的，谢谢。")
                    appears("已处理")
                }
                val thread = on("周敏") { entry(doc) }.review.comments
                assertEquals(listOf("夜校那边要我先打个电话吗？" to true, "要的，谢谢。" to false), thread.map { it.reason to it.resolved })
            }
        }

    @Test
    fun `what is asked for in a return is there again after the app was killed, until it was sent`() =
        Hands(members).use { hands ->
            val doc = hands.visited()
            with(hands) {
                act {
                    take("周敏")
                    touch("待审阅 1 条")
                    touch("小川 · 家访")
                    touch("退回")
                    type("请补充什么，为什么", "请写明谈了多")
                    touch("看到和听到的")
                    waitUntil("it is kept", 30_000) { begun(hands, doc).fields.isNotEmpty() }
                    kill("周敏")

                    take("周敏")
                    touch("待审阅 1 条")
                    touch("小川 · 家访")
                    touch("退回")
                    appears("请写明谈了多")
                    // Behind what is there.
                    type("请写明谈了多", "久。")
                    touch("退回")
                    appears("退回补充")
                }
                val returned = on("周敏") { entry(doc) }.review.returned
                assertEquals("请写明谈了多久。" to listOf("narrative"), returned?.let { it.reason to it.fields })
                assertEquals("", begun(hands, doc).text)
            }
        }

    private fun begun(
        hands: Hands,
        doc: String,
    ) = hands.on("周敏") { remark(doc, RemarkKind.RETURN) }

    @Test
    fun `a decision without a network is kept, and goes out later`() =
        Hands(members).use { hands ->
            val doc = hands.visited()
            with(hands) {
                phone("周敏").sync()
                office.stop()
                act {
                    take("周敏")
                    touch("待审阅 1 条")
                    touch("小川 · 家访")
                    touch("通过")
                    appears("已通过")
                    appears("下次同步时送出，现在不用联网。")
                    office.start()
                    touchSign("返回")
                    appears("没有等待审阅的记录。")
                }
                sync("周敏")
                val worker = phone("林晓雯")
                worker.sync()
                assertEquals(ReviewState.Approved, told { worker.client.entry(doc) }.review.state)
            }
        }

    private fun ComposeUiTest.count(text: String) = onAllNodesWithText(text).fetchSemanticsNodes().size
}
