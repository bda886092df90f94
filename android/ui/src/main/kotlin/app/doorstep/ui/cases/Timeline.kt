package app.doorstep.ui.cases

import app.doorstep.core.EntryListRow
import java.time.YearMonth

/** Entries of one month. */
data class Month(
    /** None for what has no day. */
    val month: YearMonth?,
    val entries: List<EntryListRow>,
)

/** A timeline by month, in the order that it came in: latest first. */
fun byMonth(timeline: List<EntryListRow>): List<Month> =
    timeline.groupBy { row -> row.entry.date?.let(YearMonth::from) }.map { (month, entries) -> Month(month, entries) }
