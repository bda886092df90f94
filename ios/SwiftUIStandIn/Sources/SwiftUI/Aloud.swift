// What VoiceOver would find on a screen: bodies are evaluated, in the order in which they stand, down to what the
// framework draws itself. Sizes are the least that the sources ask for, at the ordinary size of type.

/// One thing that is read out.
public struct Spoken: Equatable, Sendable {
    public var words: String
    public var traits: AccessibilityTraits = []
    /// Whether a finger does something here.
    public var isTouched = false
    public var isEnabled = true
    /// A sign, which says nothing unless it is given words.
    public var isSign = false
    /// The least size of what is touched, in points.
    public var size = CGSize.zero
}

/// One view as it is read out, and the room that it takes.
public struct Aloud {
    public var spoken: [Spoken] = []
    var size = CGSize.zero
    /// What of it stands in the bar above.
    var bar = Bar()

    public struct Bar {
        var leading: [Spoken] = []
        var title: [Spoken] = []
        var trailing: [Spoken] = []

        static func + (one: Bar, other: Bar) -> Bar {
            Bar(
                leading: one.leading + other.leading, title: one.title + other.title,
                trailing: one.trailing + other.trailing)
        }
    }

    /// With the bar read first, as it is on the phone.
    var whole: Aloud {
        let title = bar.title.suffix(1)
        return Aloud(spoken: bar.leading + title + bar.trailing + spoken, size: size)
    }

    /// Everything read as one.
    var combined: Spoken {
        Spoken(
            words: spoken.map(\.words).filter { !$0.isEmpty }.joined(separator: ", "),
            traits: spoken.reduce(into: []) { $0.formUnion($1.traits) },
            isTouched: spoken.contains(where: \.isTouched), isEnabled: spoken.allSatisfy(\.isEnabled),
            isSign: !spoken.isEmpty && spoken.allSatisfy(\.isSign), size: size)
    }
}

extension [Aloud] {
    func stacked(_ size: (CGSize, CGSize) -> CGSize) -> Aloud {
        reduce(into: Aloud()) { all, part in
            all.spoken += part.spoken
            all.size = size(all.size, part.size)
            all.bar = all.bar + part.bar
        }
    }

    func below(spacing: CGFloat = 0) -> Aloud {
        stacked { all, part in
            let gap = all.height > 0 && part.height > 0 ? spacing : 0
            return CGSize(
                width: Swift.max(all.width, part.width), height: all.height + gap + part.height)
        }
    }

    func beside(spacing: CGFloat = 0) -> Aloud {
        stacked { all, part in
            let gap = all.width > 0 && part.width > 0 ? spacing : 0
            return CGSize(
                width: all.width + gap + part.width, height: Swift.max(all.height, part.height))
        }
    }

    func above() -> Aloud {
        stacked { CGSize(width: Swift.max($0.width, $1.width), height: Swift.max($0.height, $1.height)) }
    }
}

/// What is asked of where a view stands, while it is read. Only the main actor reads views.
enum Surroundings {
    nonisolated(unsafe) static var now = EnvironmentValues()

    @MainActor static func within<T>(_ change: (inout EnvironmentValues) -> Void, _ read: () -> T) -> T {
        let before = now
        defer { now = before }
        change(&now)
        return read()
    }
}

/// What screens say for the keys of a String Catalog; set by whoever reads them.
public enum Catalog {
    nonisolated(unsafe) public static var words: (_ key: String, _ locale: Locale) -> String = { key, _ in key
    }
}

extension View {
    /// Everything on this screen in the order in which VoiceOver reads it.
    public func readAloud() -> [Spoken] { aloud.below().whole.spoken }

    /// Each screen of several that stand beside each other, as previews do.
    public func eachAloud() -> [[Spoken]] { aloud.map(\.whole.spoken) }
}
