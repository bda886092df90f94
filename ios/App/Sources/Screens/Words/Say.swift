import DoorstepCore
import SwiftUI

/// A sentence of the String Catalog. Its key there is `key`, with one `%@` for each of `parts`.
///
/// Everything that people read is a `Text` from here on: it follows the language of the screens, which a String
/// that was looked up once does not.
func say(_ key: String, _ parts: Text...) -> Text {
    var words = LocalizedStringKey.StringInterpolation(
        literalCapacity: key.count + parts.count, interpolationCount: parts.count)
    words.appendLiteral(key)
    for part in parts {
        words.appendLiteral(" ")
        words.appendInterpolation(part)
    }
    return Text(LocalizedStringKey(stringInterpolation: words), bundle: .module)
}

/// A sentence of the String Catalog as it is written into a record, in the language of the screens.
func written(_ key: String, in language: Language) -> String {
    let folder = Bundle.module.path(forResource: language.locale.identifier, ofType: "lproj")
    let words = folder.flatMap { Bundle(path: $0) } ?? .module
    return words.localizedString(forKey: key, value: nil, table: nil)
}

/// What somebody wrote, or a name: shown as it is.
func asWritten(_ text: String) -> Text { Text(verbatim: text) }

func number<N: BinaryInteger>(_ number: N) -> Text { Text(verbatim: String(number)) }

/// What is there of several, with a dot between.
func beside(_ parts: Text?...) -> Text { joined(parts.compactMap { $0 }, by: Text(verbatim: " · ")) }

/// Persons' names in one line.
func listed(_ names: [String]) -> Text { joined(names.map(asWritten), by: say("list.comma")) }

/// One after the other, with something between.
func joined(_ parts: [Text], by comma: Text) -> Text {
    guard let first = parts.first else { return Text(verbatim: "") }
    return parts.dropFirst().reduce(first) { $0 + comma + $1 }
}

/// A language of the screens.
public enum Language: String, CaseIterable, Sendable {
    case zh
    case en

    public var locale: Locale { Locale(identifier: self == .zh ? "zh-Hans" : "en") }

    /// What made-up cases are written in.
    var practice: PracticeLanguage { self == .zh ? .zh : .en }

    /// The office's own wording, which it keeps in both.
    func pick(_ zh: String, _ en: String) -> String { self == .zh ? zh : en }
}
