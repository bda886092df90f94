public struct HStack<Content: View>: Drawn {
    let spacing: CGFloat
    let content: Content
    public init(
        alignment: VerticalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content
    ) { (self.spacing, self.content) = (spacing ?? 0, content()) }
    public var aloud: [Aloud] { [content.aloud.beside(spacing: spacing)] }
}
public struct VStack<Content: View>: Drawn {
    let spacing: CGFloat
    let content: Content
    public init(
        alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content
    ) { (self.spacing, self.content) = (spacing ?? 0, content()) }
    public var aloud: [Aloud] { [content.aloud.below(spacing: spacing)] }
}
public typealias LazyVStack = VStack
public struct ZStack<Content: View>: Drawn {
    let content: Content
    public init(alignment: Alignment = .center, @ViewBuilder content: () -> Content) {
        self.content = content()
    }
    public var aloud: [Aloud] { [content.aloud.above()] }
}
public struct ScrollView<Content: View>: Drawn {
    let content: Content
    public init(_ axes: Axis.Set = .vertical, @ViewBuilder content: () -> Content) {
        self.content = content()
    }
    public var aloud: [Aloud] { [content.aloud.below()] }
}
public struct Group<Content: View>: Drawn {
    let content: Content
    public init(@ViewBuilder content: () -> Content) { self.content = content() }
    public var aloud: [Aloud] { content.aloud }
}
public struct Spacer: Drawn { public init(minLength: CGFloat? = nil) {} }
public struct Divider: Drawn { public init() {} }
/// Read as the first of its ways: they hold the same.
public struct ViewThatFits<Content: View>: Drawn {
    let content: Content
    public init(in axes: Axis.Set = [.horizontal, .vertical], @ViewBuilder content: () -> Content) {
        self.content = content()
    }
    public var aloud: [Aloud] { Array(content.aloud.prefix(1)) }
}
public struct ProgressView: Drawn { public init() {} }

public struct ForEach<Data: RandomAccessCollection, ID: Hashable, Content> {
    let data: Data
    let content: (Data.Element) -> Content
}
extension ForEach: View where Content: View {
    public var body: Never { absent() }
    public var aloud: [Aloud] { data.flatMap { content($0).aloud } }
}
extension ForEach where Content: View {
    public init(_ data: Data, @ViewBuilder content: @escaping (Data.Element) -> Content)
    where Data.Element: Identifiable, ID == Data.Element.ID { (self.data, self.content) = (data, content) }
    public init(
        _ data: Data, id: KeyPath<Data.Element, ID>, @ViewBuilder content: @escaping (Data.Element) -> Content
    ) { (self.data, self.content) = (data, content) }
}

// A layout of one's own.

public struct ProposedViewSize: Equatable, Sendable {
    public var width: CGFloat?
    public var height: CGFloat?
    public init(width: CGFloat?, height: CGFloat?) { (self.width, self.height) = (width, height) }
    public init(_ size: CGSize) { self.init(width: size.width, height: size.height) }
    public static let unspecified = ProposedViewSize(width: nil, height: nil)
}
public struct UnitPoint: Hashable, Sendable {
    public static let topLeading = UnitPoint()
    public static let center = UnitPoint()
}
public struct LayoutSubview: Equatable {
    public func sizeThatFits(_ proposal: ProposedViewSize) -> CGSize { absent() }
    public func place(at position: CGPoint, anchor: UnitPoint = .topLeading, proposal: ProposedViewSize) {}
}
public struct LayoutSubviews: RandomAccessCollection {
    public var startIndex: Int { absent() }
    public var endIndex: Int { absent() }
    public subscript(index: Int) -> LayoutSubview { absent() }
}
public protocol Layout: Sendable {
    associatedtype Cache = Void
    typealias Subviews = LayoutSubviews
    func makeCache(subviews: Subviews) -> Cache
    func sizeThatFits(proposal: ProposedViewSize, subviews: Subviews, cache: inout Cache) -> CGSize
    func placeSubviews(
        in bounds: CGRect, proposal: ProposedViewSize, subviews: Subviews, cache: inout Cache)
}
extension Layout where Cache == Void { public func makeCache(subviews: Subviews) {} }
extension Layout {
    @MainActor public func callAsFunction<V: View>(@ViewBuilder _ content: () -> V) -> some View {
        let all = content()
        return Several<V> { [all.aloud.above()] }
    }
}
