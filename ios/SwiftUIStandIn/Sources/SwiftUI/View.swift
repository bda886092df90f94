// Declarations only: see README.md. Bodies exist because the language wants them; none ever runs.
@_exported import Foundation
@_exported import Observation

func absent() -> Never { fatalError("SwiftUI is not on this machine") }

@MainActor @preconcurrency public protocol View {
    associatedtype Body: View
    @ViewBuilder var body: Body { get }
}

extension Never: View { public var body: Never { absent() } }

/// What the framework draws itself.
public protocol Drawn: View where Body == Never {}
extension Drawn { public var body: Never { absent() } }

extension Optional: View where Wrapped: View { public var body: Never { absent() } }
public struct EmptyView: Drawn { nonisolated public init() {} }
public struct TupleView<Views>: Drawn { nonisolated init(_: Void) {} }
public struct EitherView<First: View, Second: View>: Drawn { nonisolated init(_: Void) {} }
public struct AnyView: Drawn { nonisolated public init<V: View>(_ view: V) {} }

@resultBuilder public enum ViewBuilder {
    public static func buildExpression<Content: View>(_ content: Content) -> Content { content }
    public static func buildBlock() -> EmptyView { EmptyView() }
    public static func buildBlock<Content: View>(_ content: Content) -> Content { content }
    public static func buildBlock<each Content: View>(
        _ content: repeat each Content
    ) -> TupleView<(repeat each Content)> { TupleView(()) }
    public static func buildIf<Content: View>(_ content: Content?) -> Content? { content }
    public static func buildEither<First: View, Second: View>(
        first: First
    ) -> EitherView<First, Second> { EitherView(()) }
    public static func buildEither<First: View, Second: View>(
        second: Second
    ) -> EitherView<First, Second> { EitherView(()) }
}

@MainActor @preconcurrency public protocol ViewModifier {
    associatedtype Body: View
    typealias Content = ModifierContent<Self>
    @ViewBuilder func body(content: Content) -> Body
}
public struct ModifierContent<Modifier>: Drawn {}

/// Shows screens in Xcode.
@MainActor @preconcurrency public protocol PreviewProvider {
    associatedtype Previews: View
    @ViewBuilder static var previews: Previews { get }
}
