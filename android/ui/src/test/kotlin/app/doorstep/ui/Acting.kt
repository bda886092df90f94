package app.doorstep.ui

import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isSelectable
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput

// What a person does with the screens, and sees on them.

/** Waits until a text is on the screen, scrolls there and touches it. */
@OptIn(ExperimentalTestApi::class)
fun ComposeUiTest.touch(text: String) {
    appears(text)
    val node = onNodeWithText(text)
    runCatching { node.performScrollTo() }
    node.performClick()
}

/** Chooses one of several, where its name may also stand elsewhere on the screen. */
@OptIn(ExperimentalTestApi::class)
fun ComposeUiTest.choose(text: String) {
    appears(text)
    onNode(hasText(text) and isSelectable()).performScrollTo().performClick()
}

/** Touches a sign without words. */
@OptIn(ExperimentalTestApi::class)
fun ComposeUiTest.touchSign(label: String) {
    waitUntil("appears: $label", WAIT_MS) { runCatching { onNodeWithContentDescription(label).assertExists() }.isSuccess }
    onNodeWithContentDescription(label).performClick()
}

@OptIn(ExperimentalTestApi::class)
fun ComposeUiTest.type(
    label: String,
    text: String,
) {
    appears(label)
    val node = onNode(hasText(label) and hasSetTextAction())
    runCatching { node.performScrollTo() }
    node.performTextInput(text)
}

@OptIn(ExperimentalTestApi::class)
fun ComposeUiTest.appears(text: String) = waitUntil("appears: $text", WAIT_MS) { isThere(text) }

@OptIn(ExperimentalTestApi::class)
fun ComposeUiTest.isThere(text: String) = onAllNodesWithText(text).fetchSemanticsNodes().isNotEmpty()

/** From the code to the first screen. */
@OptIn(ExperimentalTestApi::class)
fun ComposeUiTest.enrol(code: String) {
    appears("登记这部手机")
    onNode(hasSetTextAction()).performTextInput(code)
    touch("登记")
    choosePin("2580")
}

@OptIn(ExperimentalTestApi::class)
fun ComposeUiTest.choosePin(pin: String) {
    appears("设一个 PIN")
    type("PIN", pin)
    type("再输入一次", pin)
    touch("完成")
}

private const val WAIT_MS = 30_000L
