public protocol DynamicProperty {}

/// What a view keeps while it is read.
final class Kept<Value>: @unchecked Sendable {
    var value: Value
    init(_ value: Value) { self.value = value }
}

@propertyWrapper @dynamicMemberLookup public struct Binding<Value> {
    private let read: () -> Value
    private let write: (Value) -> Void
    public var wrappedValue: Value {
        get { read() }
        nonmutating set { write(newValue) }
    }
    public var projectedValue: Binding<Value> { self }
    @preconcurrency public init(
        @_inheritActorContext get: @escaping @isolated(any) @Sendable () -> Value,
        @_inheritActorContext set: @escaping @isolated(any) @Sendable (Value) -> Void
    ) {
        // Only the main actor reads views, and these are its own.
        self.init(
            reading: unsafeBitCast(get, to: (() -> Value).self),
            writing: unsafeBitCast(set, to: ((Value) -> Void).self))
    }
    init(reading: @escaping () -> Value, writing: @escaping (Value) -> Void) {
        (read, write) = (reading, writing)
    }
    public init(projectedValue: Binding<Value>) { self = projectedValue }
    public init?(_ base: Binding<Value?>) {
        guard let value = base.wrappedValue else { return nil }
        self.init(reading: { base.wrappedValue ?? value }, writing: { base.wrappedValue = $0 })
    }
    public static func constant(_ value: Value) -> Binding<Value> {
        Self(reading: { value }, writing: { _ in })
    }
    public subscript<Subject>(dynamicMember keyPath: WritableKeyPath<Value, Subject>) -> Binding<Subject> {
        Binding<Subject>(
            reading: { wrappedValue[keyPath: keyPath] }, writing: { wrappedValue[keyPath: keyPath] = $0 })
    }
}
extension Binding: @unchecked Sendable where Value: Sendable {}

@propertyWrapper public struct State<Value>: DynamicProperty {
    private let kept: Kept<Value>
    public init(wrappedValue: Value) { kept = Kept(wrappedValue) }
    public init(initialValue: Value) { self.init(wrappedValue: initialValue) }
    public var wrappedValue: Value {
        get { kept.value }
        nonmutating set { kept.value = newValue }
    }
    public var projectedValue: Binding<Value> {
        Binding(reading: { kept.value }, writing: { kept.value = $0 })
    }
}
extension State where Value: ExpressibleByNilLiteral { public init() { self.init(wrappedValue: nil) } }
extension State: Sendable where Value: Sendable {}

@propertyWrapper @dynamicMemberLookup public struct Bindable<Value: AnyObject & Observable> {
    public var wrappedValue: Value
    public var projectedValue: Bindable<Value> { self }
    public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }
    public init(_ wrappedValue: Value) { self.wrappedValue = wrappedValue }
    public subscript<Subject>(
        dynamicMember keyPath: ReferenceWritableKeyPath<Value, Subject>
    ) -> Binding<Subject> {
        Binding<Subject>(
            reading: { wrappedValue[keyPath: keyPath] }, writing: { wrappedValue[keyPath: keyPath] = $0 })
    }
}

@propertyWrapper public struct FocusState<Value: Hashable>: DynamicProperty {
    private let kept: Kept<Value>
    public init() where Value == Bool { kept = Kept(false) }
    public init<Case: Hashable>() where Value == Case? { kept = Kept(nil) }
    public var wrappedValue: Value {
        get { kept.value }
        nonmutating set { kept.value = newValue }
    }
    public var projectedValue: Binding { Binding(kept: kept) }
    @propertyWrapper public struct Binding {
        let kept: Kept<Value>
        public var wrappedValue: Value {
            get { kept.value }
            nonmutating set { kept.value = newValue }
        }
        public var projectedValue: Binding { self }
    }
}

@propertyWrapper public struct ScaledMetric<Value: BinaryFloatingPoint>: DynamicProperty {
    public let wrappedValue: Value
    public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }
    public init(wrappedValue: Value, relativeTo textStyle: Font.TextStyle) {
        self.wrappedValue = wrappedValue
    }
}

@propertyWrapper public struct AppStorage<Value>: DynamicProperty {
    private let kept: Kept<Value>
    public var wrappedValue: Value {
        get { kept.value }
        nonmutating set { kept.value = newValue }
    }
    public var projectedValue: Binding<Value> {
        Binding(reading: { kept.value }, writing: { kept.value = $0 })
    }
}
extension AppStorage {
    public init(wrappedValue: Value, _ key: String) where Value == String { kept = Kept(wrappedValue) }
    public init(wrappedValue: Value, _ key: String) where Value: RawRepresentable, Value.RawValue == String {
        kept = Kept(wrappedValue)
    }
}

@propertyWrapper public struct Environment<Value>: DynamicProperty {
    private let read: () -> Value
    public init(_ keyPath: KeyPath<EnvironmentValues, Value>) {
        read = { Surroundings.now[keyPath: keyPath] }
    }
    public init(_ type: Value.Type) where Value: AnyObject & Observable { read = { absent() } }
    public var wrappedValue: Value { read() }
}
extension Environment: @unchecked Sendable where Value: Sendable {}

public protocol EnvironmentKey {
    associatedtype Value
    static var defaultValue: Value { get }
}

public struct EnvironmentValues {
    private var values: [ObjectIdentifier: Any] = [:]
    public subscript<Key: EnvironmentKey>(key: Key.Type) -> Key.Value {
        get { values[ObjectIdentifier(key)] as? Key.Value ?? Key.defaultValue }
        set { values[ObjectIdentifier(key)] = newValue }
    }
    @MainActor public var dismiss: DismissAction { DismissAction() }
    @MainActor public var openURL: OpenURLAction { OpenURLAction() }
    public var scenePhase = ScenePhase.active
    public var isSceneCaptured = false
    public var dynamicTypeSize = DynamicTypeSize.large
    public var locale = Locale(identifier: "zh-Hans")
    public var colorScheme = ColorScheme.light
    public var isEnabled = true
    /// How high type is where nothing else is said, in points. Not Apple's.
    var typeSize = Font.body.size
    var line: CGFloat { Font.line(typeSize) }
}

@MainActor @preconcurrency public struct DismissAction { public func callAsFunction() {} }
@MainActor @preconcurrency public struct OpenURLAction { public func callAsFunction(_ url: URL) {} }
public enum ScenePhase: Comparable, Sendable {
    case background
    case inactive
    case active
}
public enum ColorScheme: CaseIterable, Sendable {
    case light
    case dark
}
public enum DynamicTypeSize: Comparable, CaseIterable, Sendable {
    case xSmall
    case small
    case medium
    case large
    case xLarge
    case xxLarge
    case xxxLarge
    case accessibility1
    case accessibility2
    case accessibility3
    case accessibility4
    case accessibility5
    public var isAccessibilitySize: Bool { self >= .accessibility1 }
}
