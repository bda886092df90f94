package app.doorstep.ui.record

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp
import app.doorstep.core.EntryKind
import app.doorstep.core.Field
import app.doorstep.core.Value
import app.doorstep.ui.entry.yuan
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Toggle
import app.doorstep.ui.parts.TypingField
import app.doorstep.ui.words.LocalLanguage

/** What a kind of record holds besides what every record holds. */
@Composable
internal fun ColumnScope.Particulars(
    state: RecordState,
    on: RecordEvents,
) {
    val language = LocalLanguage.current
    when (state.kind) {
        EntryKind.Aid -> {
            Yuan(state, on, "amount", language.pick("金额（元）", "Amount (yuan)"))
            Words(state, on, "source", language.pick("来源", "Source"), 1)
            Words(state, on, "receipt", language.pick("收据", "Receipt"), 1)
        }
        EntryKind.DocumentServed -> Words(state, on, "served", language.pick("送达的文书", "Document served"), 1)
        else -> Unit
    }
}

/** Who was there: the usual ones by a touch, anybody else in words. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun ColumnScope.MetPart(
    state: RecordState,
    on: RecordEvents,
) {
    val language = LocalLanguage.current
    Heading(language.pick("见到了谁", "Who was met"))
    val comma = language.pick("、", ", ")
    val met = state.text("met")
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(8.dp),
        verticalArrangement = Arrangement.spacedBy(8.dp),
    ) {
        val usual =
            listOf(
                language.pick("本人", "The person"),
                language.pick("父母", "Parents"),
                language.pick("祖辈", "Grandparents"),
                language.pick("配偶", "Partner"),
            )
        for (one in usual) {
            Toggle(one, one in listed(met, comma)) { on.choose("met", toggled(met, one, comma)) }
        }
    }
    Words(state, on, "met", language.pick("见到的人", "Those who were met"), 1)
}

private fun listed(
    text: String,
    comma: String,
): List<String> = text.split(comma).filter { it.isNotEmpty() }

/** A list in words with one more in it, or without the one that was there. */
internal fun toggled(
    text: String,
    one: String,
    comma: String,
): Value {
    val before = listed(text, comma)
    val after = if (one in before) before - one else before + one
    return if (after.isEmpty()) Value.Empty else Value.Text(after.joinToString(comma))
}

/** An amount of money: typed in yuan, kept in fen. */
@Composable
private fun Yuan(
    state: RecordState,
    on: RecordEvents,
    field: Field,
    label: String,
) {
    val kept = (state.values[field] as? Value.Number)?.number
    // What is typed may be on its way to an amount, as "3." is.
    var typed by remember { mutableStateOf("") }
    val shown = if (fen(typed) == kept) typed else kept?.let(::yuan).orEmpty()
    TypingField(
        shown,
        { text ->
            typed = text
            on.choose(field, fen(text)?.let { Value.Number(it) } ?: Value.Empty)
        },
        label,
        singleLine = true,
        keyboard = KeyboardOptions(keyboardType = KeyboardType.Decimal),
        takes = { it.isEmpty() || fen(it) != null },
    )
}

/** Fen for what is typed in yuan; none for what is no amount. */
internal fun fen(yuan: String): Long? {
    val (whole, part) = amount.matchEntire(yuan)?.destructured ?: return null
    return whole.toLong() * FEN + part.padEnd(2, '0').toLong()
}

private val amount = Regex("""(\d{1,9})(?:[.。](\d{0,2}))?""")
private const val FEN = 100L
