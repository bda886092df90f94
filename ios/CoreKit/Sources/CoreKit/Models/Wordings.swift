import DoorstepCore

/// Answers with more than one wording in a history with the newest save first; the one changed last first.
public func rewritten(_ rows: [HistoryRow]) -> [Field] {
    var seen: Set<Field> = []
    return rows.dropLast().flatMap { $0.changes.map(\.field) }.filter {
        isShown($0) && seen.insert($0).inserted
    }
}

/// How an answer read after each save that changed it, newest first.
public func wordings(_ rows: [HistoryRow], _ field: Field) -> [(row: HistoryRow, value: Value)] {
    rows.compactMap { row in row.changes.first { $0.field == field }.map { (row, $0.after) } }
}
