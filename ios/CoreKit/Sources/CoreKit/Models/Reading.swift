import DoorstepCore

/// Fields in the order in which people read an entry; what only the machine needs is left out.
public func inOrder(_ fields: Fields) -> [(field: Field, value: Value)] {
    let known = order.filter { fields[$0] != nil }
    let answers = fields.keys.filter { $0.hasPrefix("answers.") }.sorted()
    let rest = fields.keys.filter { !order.contains($0) && isShown($0) && !$0.hasPrefix("answers.") }.sorted()
    return (known + answers + rest).compactMap { field in
        fields[field].map { (field, $0) }
    }.filter { $0.value != .empty }
}

/// Whether people read it; the rest is for the machine.
public func isShown(_ field: Field) -> Bool {
    !hidden.contains(field) && (field.hasPrefix("answers.") || !field.contains("."))
}

private let order: [Field] = [
    "outcome", "narrative", "date", "start", "end", "place", "place_note", "location", "mode", "met",
    "accompanied_by",
    "card_left", "leaflet", "message_with", "amount", "source", "receipt", "served", "next_step", "next_date",
    "crisis",
]

private let hidden: Set<Field> = ["kind", "group", "copied_from"]
