package app.doorstep.ui

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.offset
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.text.SpanStyle
import androidx.compose.ui.text.buildAnnotatedString
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.LayoutDirection
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import androidx.compose.ui.window.Dialog
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Prose
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** What holds all pictured screens to account finds what it is there for. */
class AccessTest {
    private fun found(content: @Composable () -> Unit) = Access.findings(Look()) { Page("今天") { content() } }

    @Test
    fun `a good screen has no findings`() =
        assertEquals(
            emptyList<String>(),
            found {
                Prose("写好了")
                MainButton("完成", {})
            },
        )

    @Test
    fun `a sign that says nothing is found`() =
        assertFound("nothing says what is touched") { Box(Modifier.size(48.dp).clickable {}) }

    @Test
    fun `a target below 48 dp is found, in either direction`() {
        assertFound("is only 47 × 48 dp") { Text("小", Modifier.size(47.dp, 48.dp).clickable {}) }
        assertFound("is only 48 × 47 dp") { Text("小", Modifier.size(48.dp, 47.dp).clickable {}) }
    }

    @Test
    fun `in a dialog what is small is found where something else is too near`() {
        assertFound("is only 40 × 40 dp") { Dialog(onDismissRequest = {}) { Two(40.dp, 2.dp) } }
        assertEquals(emptyList<String>(), found { Dialog(onDismissRequest = {}) { Two(40.dp, 4.dp) } })
    }

    /** Two targets beside each other, with something large that no one overlooks. */
    @Composable
    private fun Two(
        size: Dp,
        gap: Dp,
    ) = Row(Modifier.background(Color.White)) {
        Text("小", Modifier.size(size).clickable {}, color = Color.Black)
        Text("大", Modifier.padding(start = gap).size(48.dp).clickable {}, color = Color.Black)
    }

    @Test
    fun `pale words are found, also a few among others`() {
        assertFound("has a contrast of") { Text("淡", color = Color(0xFF9A9A9A)) }
        assertFound("has a contrast of") {
            Text(
                buildAnnotatedString {
                    append("清楚的字，")
                    pushStyle(SpanStyle(Color(0xFFB0B0B0)))
                    append("淡")
                },
            )
        }
    }

    @Test
    fun `what is read out in another order than it stands is found`() {
        assertFound("and stands before it") {
            CompositionLocalProvider(LocalLayoutDirection provides LayoutDirection.Rtl) {
                Row {
                    Text("先读的在右边")
                    Text("后读的在左边")
                }
            }
        }
        assertFound("and stands before it") {
            Column(Modifier.padding(top = 100.dp)) {
                Text("先读的在下面")
                Text("后读的在上面", Modifier.offset(y = (-90).dp))
            }
        }
    }

    @Test
    fun `a heading that only looks like one is found`() =
        assertFound("looks like a heading") {
            Text("最近", style = MaterialTheme.typography.titleSmall, fontWeight = FontWeight.SemiBold)
        }

    private fun assertFound(
        finding: String,
        content: @Composable () -> Unit,
    ) = assertEquals(1, found(content).count { finding in it }, "found instead: ${found(content)}")
}
