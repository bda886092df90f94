package app.doorstep.ui

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.PixelMap
import androidx.compose.ui.graphics.compositeOver
import androidx.compose.ui.graphics.isSpecified
import androidx.compose.ui.graphics.luminance
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.sp
import kotlin.math.max
import kotlin.math.min
import kotlin.math.roundToInt

/** The contrast of what was written against the ground that was drawn behind it. */
object Contrast {
    private const val LEAST = 4.5

    fun findings(
        node: SemanticsNode,
        pixels: PixelMap,
    ): List<String> {
        if ((sequenceOf(node) + node.ancestors()).any { it.config.contains(SemanticsProperties.Disabled) }) return emptyList()
        val layout = checkNotNull(node.layout())
        val text = layout.layoutInput.text
        if (text.isBlank()) return emptyList()
        val ground = ground(node, pixels) ?: return listOf("“${text.text}” is not to be seen")
        val plain = layout.layoutInput.style.color.takeIf { it.isSpecified } ?: Color.Black
        val inks = listOf(plain to ground) + text.spanStyles.map { span -> ink(span.item.color, plain) to ink(span.item.background, ground) }
        return inks.mapNotNull { (ink, behind) ->
            val contrast = contrast(ink.compositeOver(behind), behind)
            if (contrast < LEAST) "“${text.text}” has a contrast of ${(contrast * 10).roundToInt() / 10.0}" else null
        }
    }

    private fun ink(
        own: Color,
        inherited: Color,
    ) = if (own.isSpecified && own != Color.Transparent) own else inherited

    /** The colour that is drawn most where the text stands. */
    private fun ground(
        node: SemanticsNode,
        pixels: PixelMap,
    ): Color? {
        val bounds = node.boundsInRoot
        val counted = HashMap<Color, Int>()
        for (y in bounds.top.toInt() until min(bounds.bottom.toInt(), pixels.height)) {
            for (x in max(0, bounds.left.toInt()) until min(bounds.right.toInt(), pixels.width)) counted.merge(pixels[x, y], 1, Int::plus)
        }
        return counted.maxByOrNull { it.value }?.key
    }

    /** As WCAG computes it. */
    private fun contrast(
        one: Color,
        other: Color,
    ): Double {
        val (a, b) = one.luminance() to other.luminance()
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }
}

/** How a text was laid out; none for what is no text. */
internal fun SemanticsNode.layout(): TextLayoutResult? {
    if (!config.contains(SemanticsActions.GetTextLayoutResult)) return null
    val results = mutableListOf<TextLayoutResult>()
    config[SemanticsActions.GetTextLayoutResult].action?.invoke(results)
    return results.firstOrNull()
}

/** The looks that titles and headings have, and nothing else. */
internal fun SemanticsNode.looksLikeHeading(): Boolean {
    val style = layout()?.layoutInput?.style ?: return false
    return style.fontWeight == FontWeight.SemiBold && (style.fontSize == 22.sp || style.fontSize == 14.sp)
}
