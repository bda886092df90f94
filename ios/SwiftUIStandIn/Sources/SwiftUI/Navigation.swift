public struct NavigationStack<Data, Root: View>: Drawn {
    let root: Root
    public init(@ViewBuilder root: () -> Root) where Data == Never { self.root = root() }
    public init(path: Binding<Data>, @ViewBuilder root: () -> Root)
    where
        Data: MutableCollection & RandomAccessCollection & RangeReplaceableCollection, Data.Element: Hashable
    { self.root = root() }
    public var aloud: [Aloud] { [root.aloud.below().whole] }
}
public struct NavigationBarItem: Sendable {
    public enum TitleDisplayMode: Sendable {
        case automatic
        case inline
        case large
    }
}

@MainActor @preconcurrency public protocol ToolbarContent { var bar: Aloud.Bar { get } }
public enum ToolbarItemPlacement: Sendable {
    case automatic
    case primaryAction
    case cancellationAction
    case confirmationAction
    case topBarLeading
    case topBarTrailing
}
public struct ToolbarItemGroup<Content: View>: ToolbarContent {
    let placement: ToolbarItemPlacement
    let content: Content
    public init(placement: ToolbarItemPlacement = .automatic, @ViewBuilder content: () -> Content) {
        (self.placement, self.content) = (placement, content())
    }
    public var bar: Aloud.Bar {
        let spoken = content.aloud.beside().spoken
        return [.cancellationAction, .topBarLeading].contains(placement)
            ? Aloud.Bar(leading: spoken) : Aloud.Bar(trailing: spoken)
    }
}
public typealias ToolbarItem = ToolbarItemGroup
public struct ToolbarTuple: ToolbarContent {
    let read: @MainActor () -> Aloud.Bar
    public var bar: Aloud.Bar { read() }
}
extension Optional: ToolbarContent where Wrapped: ToolbarContent {
    public var bar: Aloud.Bar { self?.bar ?? Aloud.Bar() }
}
@resultBuilder @MainActor public enum ToolbarContentBuilder {
    public static func buildExpression<Content: ToolbarContent>(_ content: Content) -> Content { content }
    public static func buildBlock<Content: ToolbarContent>(_ content: Content) -> Content { content }
    public static func buildBlock<each Content: ToolbarContent>(
        _ content: repeat each Content
    ) -> ToolbarTuple {
        ToolbarTuple {
            var all = Aloud.Bar()
            for part in repeat each content { all = all + part.bar }
            return all
        }
    }
    public static func buildIf<Content: ToolbarContent>(_ content: Content?) -> Content? { content }
}

extension View {
    private func barred(_ bar: @escaping @MainActor () -> Aloud.Bar) -> some View {
        Changed(content: self) { part in
            Aloud(spoken: part.spoken, size: part.size, bar: part.bar + bar())
        }
    }

    public func navigationTitle(_ title: Text) -> some View {
        barred { Aloud.Bar(title: [Spoken(words: title.words, traits: .isHeader)]) }
    }
    public func navigationTitle(_ key: LocalizedStringKey) -> some View { navigationTitle(Text(key)) }
    public func navigationBarTitleDisplayMode(_ mode: NavigationBarItem.TitleDisplayMode) -> some View {
        self
    }
    public func navigationBarBackButtonHidden(_ hides: Bool = true) -> some View { self }
    public func navigationDestination<D: Hashable, C: View>(
        for data: D.Type, @ViewBuilder destination: @escaping (D) -> C
    ) -> some View { self }
    public func sheet<Content: View>(
        isPresented: Binding<Bool>, onDismiss: (() -> Void)? = nil,
        @ViewBuilder content: @escaping () -> Content
    ) -> some View { self }
    public func fullScreenCover<Content: View>(
        isPresented: Binding<Bool>, onDismiss: (() -> Void)? = nil,
        @ViewBuilder content: @escaping () -> Content
    ) -> some View { self }
    public func alert<A: View>(
        _ title: Text, isPresented: Binding<Bool>, @ViewBuilder actions: () -> A
    ) -> some View { self }
    public func alert<A: View, M: View>(
        _ title: Text, isPresented: Binding<Bool>, @ViewBuilder actions: () -> A,
        @ViewBuilder message: () -> M
    ) -> some View { self }
    public func confirmationDialog<A: View>(
        _ title: Text, isPresented: Binding<Bool>, titleVisibility: Visibility = .automatic,
        @ViewBuilder actions: () -> A
    ) -> some View { self }
}

// Apple has two as well: one of views, one of toolbar content.
// swift-format-ignore
extension View {
    public func toolbar<Content: View>(@ViewBuilder content: () -> Content) -> some View {
        let content = content()
        return barred { ToolbarItemGroup(placement: .automatic) { content }.bar }
    }
    public func toolbar<Content: ToolbarContent>(@ToolbarContentBuilder content: () -> Content) -> some View {
        let content = content()
        return barred { content.bar }
    }
}
