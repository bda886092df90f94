public protocol DynamicProperty {}

@propertyWrapper @dynamicMemberLookup public struct Binding<Value> {
    public var wrappedValue: Value {
        get { absent() }
        nonmutating set { absent() }
    }
    public var projectedValue: Binding<Value> { self }
    @preconcurrency public init(
        @_inheritActorContext get: @escaping @isolated(any) @Sendable () -> Value,
        @_inheritActorContext set: @escaping @isolated(any) @Sendable (Value) -> Void
    ) { absent() }
    public init(projectedValue: Binding<Value>) { self = projectedValue }
    public init?(_ base: Binding<Value?>) { absent() }
    public static func constant(_ value: Value) -> Binding<Value> { absent() }
    public subscript<Subject>(dynamicMember keyPath: WritableKeyPath<Value, Subject>) -> Binding<Subject> {
        absent()
    }
}
extension Binding: @unchecked Sendable where Value: Sendable {}

@propertyWrapper public struct State<Value>: DynamicProperty {
    public init(wrappedValue: Value) {}
    public init(initialValue: Value) {}
    public var wrappedValue: Value {
        get { absent() }
        nonmutating set { absent() }
    }
    public var projectedValue: Binding<Value> { absent() }
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
    ) -> Binding<Subject> { absent() }
}

@propertyWrapper public struct FocusState<Value: Hashable>: DynamicProperty {
    public init() where Value == Bool {}
    public init<Case: Hashable>() where Value == Case? {}
    public var wrappedValue: Value {
        get { absent() }
        nonmutating set { absent() }
    }
    public var projectedValue: Binding { absent() }
    public struct Binding {}
}

@propertyWrapper public struct ScaledMetric<Value: BinaryFloatingPoint>: DynamicProperty {
    public init(wrappedValue: Value) {}
    public init(wrappedValue: Value, relativeTo textStyle: Font.TextStyle) {}
    public var wrappedValue: Value { absent() }
}

@propertyWrapper public struct AppStorage<Value>: DynamicProperty {
    let key: String
    public var wrappedValue: Value {
        get { absent() }
        nonmutating set { absent() }
    }
    public var projectedValue: Binding<Value> { absent() }
}
extension AppStorage {
    public init(wrappedValue: Value, _ key: String) where Value == String { self.key = key }
    public init(wrappedValue: Value, _ key: String) where Value: RawRepresentable, Value.RawValue == String {
        self.key = key
    }
}

@propertyWrapper public struct Environment<Value>: DynamicProperty {
    public init(_ keyPath: KeyPath<EnvironmentValues, Value>) {}
    public init(_ type: Value.Type) where Value: AnyObject & Observable {}
    public var wrappedValue: Value { absent() }
}
extension Environment: Sendable where Value: Sendable {}

public protocol EnvironmentKey {
    associatedtype Value
    static var defaultValue: Value { get }
}

public struct EnvironmentValues {
    public subscript<Key: EnvironmentKey>(key: Key.Type) -> Key.Value {
        get { absent() }
        set { absent() }
    }
    public var dismiss: DismissAction { absent() }
    public var openURL: OpenURLAction { absent() }
    public var scenePhase: ScenePhase { absent() }
    public var isSceneCaptured: Bool { absent() }
    public var dynamicTypeSize: DynamicTypeSize {
        get { absent() }
        set { absent() }
    }
    public var locale: Locale {
        get { absent() }
        set { absent() }
    }
    public var colorScheme: ColorScheme {
        get { absent() }
        set { absent() }
    }
    public var isEnabled: Bool {
        get { absent() }
        set { absent() }
    }
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
    public var isAccessibilitySize: Bool { absent() }
}
