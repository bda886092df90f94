package app.doorstep.ui

import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import app.doorstep.core.AttentionItem
import app.doorstep.core.Value
import app.doorstep.corekit.Member
import app.doorstep.corekit.Spot
import app.doorstep.corekit.told
import app.doorstep.ui.record.fen
import app.doorstep.ui.record.toggled
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Everything that a record can hold can be written at the door, and what is not wanted can be thrown away. */
@OptIn(ExperimentalTestApi::class)
class WholeFormTest {
    private val members = listOf(Member("林晓雯", listOf("worker")))

    private fun ComposeUiTest.begin(kind: String) {
        touch("记一次走访")
        touch("小石")
        touch(kind)
    }

    @Test
    fun `who was met, who came along and where are part of a visit, and a crisis is one tap away in it`() =
        Hands(members).use { hands ->
            with(hands) {
                phone("林晓雯").openCase(office.team, "小石")
                act {
                    take("林晓雯")
                    begin("家访")
                    touch("见到本人")
                    touchSign("有危机，请尽快看")
                    touch("本人")
                    touch("祖辈")
                    type("地点说明", "后院")
                    type("陪同人员", "居委会老陈")
                    touch("完成并提交")
                    appears("今天")
                }
                val fields = on("林晓雯") { entry(today().recent.single().doc).fields }
                assertEquals(Value.Flag(true), fields["crisis"])
                assertEquals(Value.Text("本人、祖辈"), fields["met"])
                assertEquals(Value.Text("后院"), fields["place_note"])
                assertEquals(Value.Text("居委会老陈"), fields["accompanied_by"])
            }
        }

    @Test
    fun `the location is noted by a touch only, roughly, and taken back by another`() =
        Hands(members).use { hands ->
            with(hands) {
                phone("林晓雯").openCase(office.team, "小石")
                act {
                    take("林晓雯")
                    begin("家访")
                    touch("见到本人")
                    touch("记下大概位置（约一公里）")
                    appears("现在查不到位置，可以不记。")
                    phone("林晓雯").around.fakeLocator.spot = Spot.NoPermission
                    touch("记下大概位置（约一公里）")
                    appears("没有位置权限。可在手机设置里允许，也可以不记。")
                    phone("林晓雯").around.fakeLocator.spot = Spot.Found(31.230416, 121.473701)
                    touch("记下大概位置（约一公里）")
                    touch("大概位置：31.23,121.47")
                    touch("记下大概位置（约一公里）")
                    appears("大概位置：31.23,121.47")
                    touch("完成并提交")
                    appears("今天")
                }
                val fields = on("林晓雯") { entry(today().recent.single().doc).fields }
                assertEquals(Value.Text("31.23,121.47"), fields["location"])
            }
        }

    @Test
    fun `aid is written with its amount, its source and its receipt`() =
        Hands(members).use { hands ->
            with(hands) {
                phone("林晓雯").openCase(office.team, "小石")
                act {
                    take("林晓雯")
                    begin("救助")
                    type("金额（元）", "300.5")
                    type("来源", "临时救助")
                    type("收据", "有")
                    touch("完成并提交")
                    appears("今天")
                }
                val fields = on("林晓雯") { entry(today().recent.single().doc).fields }
                assertEquals(Value.Number(30_050), fields["amount"])
                assertEquals(Value.Text("临时救助"), fields["source"])
                assertEquals(Value.Text("有"), fields["receipt"])
            }
        }

    @Test
    fun `what was begun by mistake leaves nothing, and what is thrown away can be taken up again`() =
        Hands(members).use { hands ->
            with(hands) {
                phone("林晓雯").openCase(office.team, "小石")
                act {
                    take("林晓雯")
                    begin("家访")
                    touchSign("返回")
                    waitUntil("nothing is left", 30_000) { on("林晓雯") { drafts() }.isEmpty() }
                    appears("记一次走访")
                    begin("面谈")
                    appears("小石 · 面谈")
                    // The phone's own gesture is no other way.
                    runOnIdle { shell.back?.invoke() }
                    waitUntil("nothing is left", 30_000) { on("林晓雯") { drafts() }.isEmpty() }
                    begin("家访")
                    touch("见到本人")
                    type("看到和听到的", "奶奶在家。")
                    touch("不要了")
                    touch("拿掉")
                    waitUntil("it is gone", 30_000) { on("林晓雯") { drafts() }.isEmpty() }
                }
                val deleted = assertInstanceOf(AttentionItem.DeletedDraft::class.java, on("林晓雯") { attention() }.single())
                on("林晓雯") { restoreDraft(deleted.draft) }
                assertEquals(Value.Text("奶奶在家。"), on("林晓雯") { draft(deleted.draft) }.fields["narrative"])
            }
        }

    @Test
    fun `an amount is kept to the fen, and what is none is not taken`() {
        assertEquals(300_00, fen("300"))
        assertEquals(300_50, fen("300.5"))
        assertEquals(5, fen("0.05"))
        assertEquals(3_00, fen("3."))
        for (odd in listOf("", "-3", "3.005", "3,5", "1234567890", "three")) assertNull(fen(odd), odd)
    }

    @Test
    fun `a touch adds a person to those who were met, and takes them out again`() {
        assertEquals(Value.Text("祖辈、本人"), toggled("祖辈", "本人", "、"))
        assertEquals(Value.Text("祖辈"), toggled("祖辈、本人", "本人", "、"))
        assertTrue(toggled("本人", "本人", "、") == Value.Empty)
    }
}
