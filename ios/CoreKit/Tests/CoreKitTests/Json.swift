import DoorstepCore

/// A value of a scenario file.
enum Json: Decodable, Equatable, Sendable {
    case null
    case yes(Bool)
    case number(Int64)
    case text(String)
    case list([Json])
    case object([String: Json])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let yes = try? value.decode(Bool.self) {
            self = .yes(yes)
        } else if let number = try? value.decode(Int64.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([Json].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: Json].self))
        }
    }
}

/// A scenario does not say what a step needs, or says it in another form.
struct Unreadable: Error { var what: String }

extension Json {
    var text: String { get throws { if case .text(let it) = self { it } else { throw wrong("text") } } }
    var number: Int {
        get throws { if case .number(let it) = self { Int(it) } else { throw wrong("number") } }
    }
    var isYes: Bool { get throws { if case .yes(let it) = self { it } else { throw wrong("yes or no") } } }
    var list: [Json] { get throws { if case .list(let it) = self { it } else { throw wrong("list") } } }
    var texts: [String] { get throws { try list.map { try $0.text } } }
    var object: [String: Json] {
        get throws { if case .object(let it) = self { it } else { throw wrong("object") } }
    }

    subscript(name: String) -> Json {
        get throws {
            guard let value = try object[name] else { throw Unreadable(what: "\(name) is missing") }
            return value
        }
    }

    /// As a field holds it.
    var value: Value {
        get throws {
            switch self {
            case .null: .empty
            case .yes(let yes): .flag(yes: yes)
            case .number(let number): .number(number: number)
            case .text(let text): .text(text: text)
            case .list, .object: throw wrong("text, number, yes, no or nothing")
            }
        }
    }

    private func wrong(_ wanted: String) -> Unreadable { Unreadable(what: "\(self) is no \(wanted)") }
}
