public protocol ShapeStyle: Sendable {}

public struct Color: ShapeStyle, Drawn, Hashable {
    public enum RGBColorSpace: Sendable {
        case sRGB
        case displayP3
    }
    nonisolated public init(_ name: String, bundle: Bundle? = nil) {}
    nonisolated public init(
        _ space: RGBColorSpace = .sRGB, red: Double, green: Double, blue: Double, opacity: Double = 1
    ) {}
    nonisolated public func opacity(_ value: Double) -> Color { self }
    nonisolated public static var primary: Color { Color("") }
    nonisolated public static var secondary: Color { Color("") }
    nonisolated public static var white: Color { Color("") }
    nonisolated public static var clear: Color { Color("") }
}
extension ShapeStyle where Self == Color {
    public static var white: Color { Color("") }
    public static var clear: Color { Color("") }
}
public struct Material: ShapeStyle {}
extension ShapeStyle where Self == Material { public static var bar: Material { Material() } }

public protocol Shape: Drawn, Sendable {}
public protocol InsettableShape: Shape {}
extension Shape {
    nonisolated public func fill<S: ShapeStyle>(_ content: S = Color.primary) -> some View { self }
}
extension InsettableShape {
    nonisolated public func strokeBorder<S: ShapeStyle>(_ content: S, lineWidth: CGFloat = 1) -> some View {
        self
    }
}
public struct Rectangle: InsettableShape { nonisolated public init() {} }
public struct RoundedRectangle: InsettableShape {
    nonisolated public init(cornerRadius: CGFloat) {}
}

public enum HorizontalAlignment: Sendable {
    case leading
    case center
    case trailing
}
public enum VerticalAlignment: Sendable {
    case top
    case center
    case bottom
    case firstTextBaseline
}
public enum TextAlignment: Sendable {
    case leading
    case center
    case trailing
}
public struct Alignment: Sendable {
    public static let center = Alignment()
    public static let leading = Alignment()
    public static let trailing = Alignment()
    public static let top = Alignment()
    public static let bottom = Alignment()
    public static let topLeading = Alignment()
}
public enum Edge: Sendable {
    case top
    case leading
    case bottom
    case trailing
    public struct Set: OptionSet, Sendable {
        public let rawValue: Int8
        public init(rawValue: Int8) { self.rawValue = rawValue }
        public static let top = Set(rawValue: 1)
        public static let leading = Set(rawValue: 2)
        public static let bottom = Set(rawValue: 4)
        public static let trailing = Set(rawValue: 8)
        public static let horizontal = Set(rawValue: 10)
        public static let vertical = Set(rawValue: 5)
        public static let all = Set(rawValue: 15)
    }
}
public enum VerticalEdge: Sendable {
    case top
    case bottom
}
public enum Axis: Sendable {
    case horizontal
    case vertical
    public struct Set: OptionSet, Sendable {
        public let rawValue: Int8
        public init(rawValue: Int8) { self.rawValue = rawValue }
        public static let horizontal = Set(rawValue: 1)
        public static let vertical = Set(rawValue: 2)
    }
}
public enum ContentMode: Sendable {
    case fit
    case fill
}
public enum Visibility: Sendable {
    case automatic
    case visible
    case hidden
}
