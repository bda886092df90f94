public struct ButtonRole: Equatable, Sendable {
    public static let destructive = ButtonRole()
    public static let cancel = ButtonRole()
}

/// What is touched as a whole, by the words in it.
@MainActor private func touched(_ label: [Aloud], _ traits: AccessibilityTraits) -> [Aloud] {
    let label = label.beside()
    var one = label.combined
    one.traits.formUnion(traits)
    (one.isTouched, one.isEnabled) = (true, Surroundings.now.isEnabled)
    return [Aloud(spoken: [one], size: label.size)]
}

public struct Button<Label: View>: Drawn {
    let label: Label
    public init(action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Label) {
        self.label = label()
    }
    public init(role: ButtonRole?, action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Label) {
        self.label = label()
    }
    public var aloud: [Aloud] { touched(label.aloud, .isButton) }
}
extension Button where Label == Text {
    public init(_ key: LocalizedStringKey, action: @escaping @MainActor () -> Void) { label = Text(key) }
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, action: @escaping @MainActor () -> Void) {
        label = Text(verbatim: String(title))
    }
}
public struct TextField<Label: View>: Drawn {
    let label: Label
    public init(text: Binding<String>, prompt: Text? = nil, @ViewBuilder label: () -> Label) {
        self.label = label()
    }
    public init(text: Binding<String>, prompt: Text? = nil, axis: Axis, @ViewBuilder label: () -> Label) {
        self.label = label()
    }
    public var aloud: [Aloud] { field(label.aloud) }
}
public struct SecureField<Label: View>: Drawn {
    let label: Label
    public init(text: Binding<String>, prompt: Text? = nil, @ViewBuilder label: () -> Label) {
        self.label = label()
    }
    public var aloud: [Aloud] { field(label.aloud) }
}

/// One line high, and as wide as it may be.
@MainActor private func field(_ label: [Aloud]) -> [Aloud] {
    var all = label
    for index in all.indices { all[index].size = CGSize(width: Column.width, height: Surroundings.now.line) }
    return touched(all, .isField)
}
public struct DatePickerComponents: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let hourAndMinute = DatePickerComponents(rawValue: 1)
    public static let date = DatePickerComponents(rawValue: 2)
}
/// The system's own, with the system's targets.
public struct DatePicker<Label: View>: Drawn {
    let label: Label
    public typealias Components = DatePickerComponents
    public init(
        selection: Binding<Date>, displayedComponents: Components = [.hourAndMinute, .date],
        @ViewBuilder label: () -> Label
    ) { self.label = label() }
    public var aloud: [Aloud] { label.aloud }
}

public protocol PrimitiveButtonStyle {}
public struct PlainButtonStyle: PrimitiveButtonStyle { public init() {} }
public struct BorderlessButtonStyle: PrimitiveButtonStyle { public init() {} }
extension PrimitiveButtonStyle where Self == PlainButtonStyle { public static var plain: Self { Self() } }
extension PrimitiveButtonStyle where Self == BorderlessButtonStyle {
    public static var borderless: Self { Self() }
}
@MainActor @preconcurrency public protocol DatePickerStyle {}
public struct GraphicalDatePickerStyle: DatePickerStyle { nonisolated public init() {} }
public struct WheelDatePickerStyle: DatePickerStyle { nonisolated public init() {} }
extension DatePickerStyle where Self == GraphicalDatePickerStyle {
    public static var graphical: Self { Self() }
}
extension DatePickerStyle where Self == WheelDatePickerStyle { public static var wheel: Self { Self() } }
