extension View {
    private func eachSpoken(_ change: @escaping @MainActor (inout Spoken) -> Void) -> some View {
        Changed(content: self) { part in
            var part = part
            for index in part.spoken.indices { change(&part.spoken[index]) }
            return part
        }
    }

    public func accessibilityLabel(_ label: Text) -> some View {
        eachSpoken { ($0.words, $0.isSign) = (label.words, false) }
    }
    public func accessibilityLabel(_ key: LocalizedStringKey) -> some View { accessibilityLabel(Text(key)) }
    public func accessibilityHint(_ hint: Text) -> some View { self }
    public func accessibilityValue(_ value: Text) -> some View {
        eachSpoken { $0.words += ", " + value.words }
    }
    public func accessibilityIdentifier(_ identifier: String) -> some View { self }
    public func accessibilityHidden(_ hidden: Bool) -> some View {
        Changed(content: self) { hidden ? Aloud(size: $0.size) : $0 }
    }
    public func accessibilityElement(children: AccessibilityChildBehavior = .ignore) -> some View {
        Changed(content: self) { part in
            switch children {
            case .contain: part
            case .combine: Aloud(spoken: [part.combined], size: part.size, bar: part.bar)
            case .ignore: Aloud(spoken: [Spoken(words: "", size: part.size)], size: part.size, bar: part.bar)
            }
        }
    }
    public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View {
        eachSpoken { $0.traits.formUnion(traits) }
    }
    public func accessibilityRemoveTraits(_ traits: AccessibilityTraits) -> some View {
        eachSpoken { $0.traits.subtract(traits) }
    }
}

public enum AccessibilityChildBehavior: Sendable {
    case ignore
    case combine
    case contain
}
public struct AccessibilityTraits: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let isButton = Self(rawValue: 1)
    public static let isHeader = Self(rawValue: 2)
    public static let isSelected = Self(rawValue: 4)
    public static let isToggle = Self(rawValue: 8)
    public static let isStaticText = Self(rawValue: 16)
    /// Not Apple's: what is typed into.
    public static let isField = Self(rawValue: 32)
}
