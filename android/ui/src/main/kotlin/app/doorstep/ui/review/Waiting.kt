package app.doorstep.ui.review

import app.doorstep.core.EntryKind
import app.doorstep.core.MemberId
import app.doorstep.core.QueueRow
import app.doorstep.core.ReviewState
import app.doorstep.core.entryKindCode

/** What a supervisor wants to see of the queue; nothing chosen shows all of it. */
data class Sieve(
    /** Code of a kind. */
    val kind: String? = null,
    val author: MemberId? = null,
    /** Only what was returned and came back. */
    val isAgain: Boolean = false,
) {
    val count: Int get() = listOf(kind != null, author != null, isAgain).count { it }

    fun keep(rows: List<QueueRow>): List<QueueRow> =
        rows.filter { (row) ->
            (kind == null || entryKindCode(row.entry.kind) == kind) &&
                (author == null || row.entry.author == author) &&
                (!isAgain || row.state == ReviewState.Resubmitted)
        }
}

/** The kinds in the queue, the most frequent first. */
fun List<QueueRow>.kinds(): List<EntryKind> =
    groupingBy { it.row.entry.kind }.eachCount().entries.sortedByDescending { it.value }.map { it.key }

/** Who wrote what waits, by name. */
fun List<QueueRow>.authors(): List<Pair<MemberId, String>> =
    map { it.row.entry.author to it.row.author }.distinct().sortedBy { it.second }
