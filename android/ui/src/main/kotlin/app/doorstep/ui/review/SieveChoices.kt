package app.doorstep.ui.review

import androidx.compose.runtime.Composable
import app.doorstep.core.QueueRow
import app.doorstep.core.ReviewState
import app.doorstep.core.entryKindCode
import app.doorstep.core.entryKindOf
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.OneOf
import app.doorstep.ui.parts.Toggle
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.kind

/** Only choices that change something: one kind alone, or one author alone, is not asked about. */
@Composable
internal fun SieveChoices(
    rows: List<QueueRow>,
    sieve: Sieve,
    onChange: (Sieve) -> Unit,
) {
    val language = LocalLanguage.current
    val kinds = rows.kinds().map(::entryKindCode)
    if (kinds.size > 1) {
        Heading(language.pick("种类", "Kind"))
        OneOf(kinds, sieve.kind, { language.kind(entryKindOf(it)) }) { onChange(sieve.copy(kind = it)) }
    }
    val authors = rows.authors()
    if (authors.size > 1) {
        Heading(language.pick("谁写的", "Written by"))
        val names = authors.toMap()
        OneOf(authors.map { it.first }, sieve.author, { names.getValue(it) }) { onChange(sieve.copy(author = it)) }
    }
    if (rows.any { it.row.state == ReviewState.Resubmitted }) {
        Toggle(language.pick("只看补充后回来的", "Only what came back"), sieve.isAgain) { onChange(sieve.copy(isAgain = it)) }
    }
}
