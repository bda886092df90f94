import SwiftUI

/// The passages that hold what was looked for; where it was found by kind or name, the beginning of the first.
func passages(_ texts: [String], _ query: String) -> [String] {
    let wanted = query.trimmingCharacters(in: .whitespacesAndNewlines)
    let found = texts.compactMap { text in
        text.range(of: wanted, options: .caseInsensitive).map { passage(text, around: $0.lowerBound) }
    }
    if !found.isEmpty { return found }
    return texts.first { !$0.isEmpty }.map { [passage($0, around: $0.startIndex)] } ?? []
}

/// At most 12 characters before what was found, so that it is seen without opening, and 60 in all.
private func passage(_ text: String, around place: String.Index) -> String {
    let from = text.index(place, offsetBy: -12, limitedBy: text.startIndex) ?? text.startIndex
    let end = text.index(from, offsetBy: 60, limitedBy: text.endIndex) ?? text.endIndex
    return (from > text.startIndex ? "…" : "") + text[from..<end] + (end < text.endIndex ? "…" : "")
}

/// A text in pieces: what was looked for, and what lies between.
func pieces(_ text: String, _ query: String) -> [(text: String, isFound: Bool)] {
    let wanted = query.trimmingCharacters(in: .whitespacesAndNewlines)
    var pieces: [(String, Bool)] = []
    var from = text.startIndex
    while !wanted.isEmpty,
        let found = text.range(of: wanted, options: .caseInsensitive, range: from..<text.endIndex)
    {
        if found.lowerBound > from { pieces.append((String(text[from..<found.lowerBound]), false)) }
        pieces.append((String(text[found]), true))
        from = found.upperBound
    }
    if from < text.endIndex { pieces.append((String(text[from...]), false)) }
    return pieces
}

/// A text with the words found in it bold and underlined.
func marked(_ text: String, _ query: String) -> Text {
    pieces(text, query).reduce(asWritten("")) { line, piece in
        line + (piece.isFound ? asWritten(piece.text).bold().underline() : asWritten(piece.text))
    }
}
