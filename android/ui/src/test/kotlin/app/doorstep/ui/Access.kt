package app.doorstep.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.graphics.toPixelMap
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.captureToImage
import androidx.compose.ui.test.isRoot
import androidx.compose.ui.test.onLast
import androidx.compose.ui.test.runDesktopComposeUiTest
import kotlin.math.max
import kotlin.math.min

/**
 * What a screen owes those who listen to it, whose hand shakes, or whose eyes are tired: read from
 * what was really laid out and drawn. Every screen that is pictured is held to it.
 */
@OptIn(ExperimentalTestApi::class)
object Access {
    /** Smallest side of what is touched, in dp. */
    private const val TARGET = 48

    /** High enough that nothing is below the fold. */
    private const val HEIGHT = 3_600

    fun findings(
        look: Look,
        content: @Composable () -> Unit,
    ): List<String> {
        val found = mutableListOf<String>()
        runDesktopComposeUiTest(width = look.width, height = HEIGHT) {
            setContent { Dressed(look, content) }
            waitForIdle()
            // What stands in front of everything else, a dialog say, is all that can be reached.
            val front = { unmerged: Boolean -> onAllNodes(isRoot(), unmerged).onLast() }
            val spoken = front(false).fetchSemanticsNode().below().filter { it.says().isNotEmpty() || it.isTouched() }
            val isDialog = onAllNodes(isRoot()).fetchSemanticsNodes().size > 1
            val touched = spoken.filter { it.isTouched() }
            found += touched.flatMap { touchFindings(it, if (isDialog) touched - it else null) }
            found += orderFindings(spoken)
            val written = front(true).fetchSemanticsNode().below().filter { it.layout() != null }
            // A dialog says itself where one is.
            found += headingFindings(written, !isDialog)
            val pixels = front(false).captureToImage().toPixelMap()
            found += written.flatMap { Contrast.findings(it, pixels) }
        }
        return found
    }

    /**
     * A calendar is Material's and draws smaller than it is touched: with [others] given, what is small has to keep
     * its whole target to itself.
     */
    private fun touchFindings(
        node: SemanticsNode,
        others: List<SemanticsNode>?,
    ): List<String> {
        val (width, height) = node.size.width to node.size.height
        val isSmall = width < TARGET || height < TARGET
        val isAlone = others?.none { it.target().overlaps(node.target()) } == true
        return listOfNotNull(
            "nothing says what is touched at ${node.boundsInRoot}".takeIf { node.says().isEmpty() },
            "“${node.says()}” is only $width × $height dp".takeIf { isSmall && !isAlone },
        )
    }

    private fun SemanticsNode.target(): Rect {
        val (across, down) = (max(0, TARGET - size.width) / 2f) to (max(0, TARGET - size.height) / 2f)
        return boundsInRoot.run { Rect(left - across, top - down, right + across, bottom + down) }
    }

    /** From top to bottom and from left to right, as it is read out. */
    private fun orderFindings(spoken: List<SemanticsNode>): List<String> =
        spoken.zipWithNext().mapNotNull { (one, next) ->
            val (a, b) = one.boundsInRoot to next.boundsInRoot
            val beside = min(a.bottom, b.bottom) - max(a.top, b.top) > min(a.height, b.height) / 2
            val isWrong = if (beside) b.right <= a.left else b.bottom <= a.top
            if (isWrong) "“${next.says()}” is read after “${one.says()}”, and stands before it" else null
        }

    private fun headingFindings(
        written: List<SemanticsNode>,
        isTitleDue: Boolean,
    ): List<String> {
        val looksLike = written.filter { it.looksLikeHeading() && it.ancestors().none { above -> above.isTouched() } }
        val silent = looksLike.filter { !it.config.contains(SemanticsProperties.Heading) }.map { "“${it.says()}” looks like a heading" }
        val isTitled = written.firstOrNull { it.config.contains(SemanticsProperties.Heading) } != null
        return silent + listOfNotNull("no heading says where one is".takeIf { isTitleDue && !isTitled })
    }
}

private fun SemanticsNode.below(): List<SemanticsNode> = children.flatMap { listOf(it) + it.below() }

internal fun SemanticsNode.ancestors(): Sequence<SemanticsNode> = generateSequence(parent) { it.parent }

private fun SemanticsNode.isTouched(): Boolean =
    config.contains(SemanticsActions.OnClick) || config.contains(SemanticsActions.SetText)

/** What is read out: its words, or what describes its sign. What was typed into a field does not say what the field is. */
internal fun SemanticsNode.says(): String =
    (config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text } + config.getOrNull(SemanticsProperties.ContentDescription).orEmpty())
        .joinToString(" ")
        .trim()
