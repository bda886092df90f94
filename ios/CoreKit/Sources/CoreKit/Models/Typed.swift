import DoorstepCore

// What is typed into a form, as a record keeps it.

/// Fen for what is typed in yuan; nil for what is no amount.
public func fen(_ yuan: String) -> Int64? {
    let halves = yuan.split(separator: /[.。]/, maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = halves.first, (1...9).contains(whole.count), areDigits(whole) else { return nil }
    let part = halves.count == 2 ? halves[1] : ""
    guard part.count <= 2, areDigits(part), let whole = Int64(whole) else { return nil }
    return whole * 100 + (Int64(part + String(repeating: "0", count: 2 - part.count)) ?? 0)
}

/// An amount in yuan, from fen.
public func yuan(_ fen: Int64) -> String {
    let (whole, rest) = fen.magnitude.quotientAndRemainder(dividingBy: 100)
    return "\(fen < 0 ? "−" : "")\(whole).\(rest < 10 ? "0" : "")\(rest)"
}

/// The words of a list.
public func parts(of text: String, by comma: String) -> [String] {
    text.split(separator: comma).map(String.init)
}

/// A list in words with one more in it, or without the one that was there.
public func toggled(_ text: String, _ one: String, by comma: String) -> Value {
    let before = parts(of: text, by: comma)
    let after = before.contains(one) ? before.filter { $0 != one } : before + [one]
    return after.isEmpty ? .empty : .text(text: after.joined(separator: comma))
}

private func areDigits(_ text: Substring) -> Bool { text.allSatisfy { ("0"..."9").contains($0) } }
