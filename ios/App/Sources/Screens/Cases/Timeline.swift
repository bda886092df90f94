import DoorstepCore

/// Entries of one month.
struct Month: Equatable {
    /// Its first day; none for what has no day.
    let first: CivilDate?
    var entries: [EntryListRow]
}

/// A timeline by month, in the order that it came in: latest first.
func byMonth(_ timeline: [EntryListRow]) -> [Month] {
    var months: [Month] = []
    for row in timeline {
        let first = row.entry.date.map { DateParts(year: $0.year, month: $0.month, day: 1) }
        if let index = months.firstIndex(where: { $0.first == first }) {
            months[index].entries.append(row)
        } else {
            months.append(Month(first: first, entries: [row]))
        }
    }
    return months
}
