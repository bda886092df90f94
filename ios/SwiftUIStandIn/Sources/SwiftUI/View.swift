// Bodies are evaluated only to be read aloud: see README.md. Nothing draws or calls anything.
@_exported import Foundation
@_exported import Observation

func absent() -> Never { fatalError("SwiftUI is not on this machine") }

@MainActor @preconcurrency public protocol View {
    associatedtype Body: View
    @ViewBuilder var body: Body { get }
    /// What it is made of, as it is read out. Not Apple's: see Aloud.swift.
    var aloud: [Aloud] { get }
}
extension View { public var aloud: [Aloud] { body.aloud } }

extension Never: View { public var body: Never { absent() } }

/// What the framework draws itself.
public protocol Drawn: View where Body == Never {}
extension Drawn {
    public var body: Never { absent() }
    public var aloud: [Aloud] { [Aloud()] }
}

extension Optional: View where Wrapped: View {
    public var body: Never { absent() }
    public var aloud: [Aloud] { self?.aloud ?? [] }
}
public struct EmptyView: Drawn {
    nonisolated public init() {}
    public var aloud: [Aloud] { [] }
}

/// Several, one of two, or one whose type is not told.
public struct Several<Kind>: Drawn {
    let read: @MainActor () -> [Aloud]
    public var aloud: [Aloud] { read() }
}
public typealias TupleView<Views> = Several<Views>
public typealias EitherView<First: View, Second: View> = Several<(First, Second)>
public struct AnyView: Drawn {
    let read: @MainActor () -> [Aloud]
    public init<V: View>(_ view: V) {
        let read: @MainActor () -> [Aloud] = { view.aloud }
        self.read = read
    }
    public var aloud: [Aloud] { read() }
}

@resultBuilder @MainActor public enum ViewBuilder {
    public static func buildExpression<Content: View>(_ content: Content) -> Content { content }
    public static func buildBlock() -> EmptyView { EmptyView() }
    public static func buildBlock<Content: View>(_ content: Content) -> Content { content }
    public static func buildBlock<each Content: View>(
        _ content: repeat each Content
    ) -> TupleView<(repeat each Content)> {
        TupleView {
            var all: [Aloud] = []
            for part in repeat each content { all += part.aloud }
            return all
        }
    }
    public static func buildIf<Content: View>(_ content: Content?) -> Content? { content }
    public static func buildEither<First: View, Second: View>(
        first: First
    ) -> EitherView<First, Second> { EitherView<First, Second> { first.aloud } }
    public static func buildEither<First: View, Second: View>(
        second: Second
    ) -> EitherView<First, Second> { EitherView<First, Second> { second.aloud } }
}

@MainActor @preconcurrency public protocol ViewModifier {
    associatedtype Body: View
    typealias Content = ModifierContent<Self>
    @ViewBuilder func body(content: Content) -> Body
}
public struct ModifierContent<Modifier>: Drawn {
    let read: @MainActor () -> [Aloud]
    public var aloud: [Aloud] { read() }
}

/// A view that is read with a difference: of where it stands, or of each of its aloud.
public struct Changed<Content: View>: Drawn {
    private let content: Content
    private let surroundings: (inout EnvironmentValues) -> Void
    private let change: @MainActor (Aloud) -> Aloud
    init(content: Content, surroundings: @escaping (inout EnvironmentValues) -> Void) {
        (self.content, self.surroundings, change) = (content, surroundings, { $0 })
    }
    init(content: Content, change: @escaping @MainActor (Aloud) -> Aloud) {
        (self.content, surroundings, self.change) = (content, { _ in }, change)
    }
    public var aloud: [Aloud] { Surroundings.within(surroundings) { content.aloud }.map(change) }
}

/// Shows screens in Xcode.
@MainActor @preconcurrency public protocol PreviewProvider {
    associatedtype Previews: View
    @ViewBuilder static var previews: Previews { get }
}
