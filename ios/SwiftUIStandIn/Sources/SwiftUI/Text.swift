/// Takes literals only: a String in a variable goes to the overloads that do not translate.
public struct LocalizedStringKey: ExpressibleByStringInterpolation, Equatable, Sendable {
    let key: String
    let values: [Text]
    public init(_ value: String) { (key, values) = (value, []) }
    public init(stringLiteral value: String) { self.init(value) }
    public init(stringInterpolation: StringInterpolation) {
        (key, values) = (stringInterpolation.key, stringInterpolation.values)
    }
    public struct StringInterpolation: StringInterpolationProtocol {
        var key = ""
        var values: [Text] = []
        public init(literalCapacity: Int, interpolationCount: Int) {}
        public mutating func appendLiteral(_ literal: String) { key += literal }
        public mutating func appendInterpolation(_ string: String) {
            appendInterpolation(Text(verbatim: string))
        }
        public mutating func appendInterpolation(_ text: Text) {
            key += "%@"
            values.append(text)
        }
    }

    /// In the language of where it stands, each `%@` or `%1$@` filled with its value.
    var words: String {
        var (words, next) = (Catalog.words(key, Surroundings.now.locale), 0)
        var filled = ""
        while let hole = words.firstMatch(of: /%(?:(\d)\$)?@/) {
            let index = hole.output.1.flatMap { Int($0) }.map { $0 - 1 } ?? next
            next = index + 1
            filled += words[..<hole.range.lowerBound]
            filled += values.indices.contains(index) ? values[index].words : "nothing"
            words.removeSubrange(..<hole.range.upperBound)
        }
        return filled + words
    }
}

public struct Text: Drawn, Equatable, Sendable {
    private enum Piece: Equatable, Sendable {
        case key(LocalizedStringKey)
        case verbatim(String)
    }
    private var pieces: [Piece]
    private var size: CGFloat?

    nonisolated public init(
        _ key: LocalizedStringKey, tableName: String? = nil, bundle: Bundle? = nil,
        comment: StaticString? = nil
    ) { pieces = [.key(key)] }
    @_disfavoredOverload nonisolated public init<S: StringProtocol>(_ content: S) {
        self.init(verbatim: String(content))
    }
    nonisolated public init(verbatim content: String) { pieces = [.verbatim(content)] }
    nonisolated public init<F: FormatStyle>(_ input: F.FormatInput, format: F)
    where F.FormatInput: Equatable, F.FormatOutput == String {
        self.init(verbatim: format.locale(Surroundings.now.locale).format(input))
    }
    nonisolated public func bold() -> Text { self }
    nonisolated public func font(_ font: Font?) -> Text {
        var text = self
        text.size = font?.size
        return text
    }
    nonisolated public func strikethrough(_ isActive: Bool = true, color: Color? = nil) -> Text { self }
    nonisolated public func underline(_ isActive: Bool = true, color: Color? = nil) -> Text { self }
    nonisolated public func fontWeight(_ weight: Font.Weight?) -> Text { self }
    nonisolated public func foregroundStyle<S: ShapeStyle>(_ style: S) -> Text { self }
    nonisolated public static func + (left: Text, right: Text) -> Text {
        var text = left
        text.pieces += right.pieces
        return text
    }

    /// In the language of where it stands.
    nonisolated var words: String {
        pieces.map { piece in
            switch piece {
            case .key(let key): key.words
            case .verbatim(let content): content
            }
        }.joined()
    }

    /// A Chinese character is as wide as type is high, others at least two fifths of that.
    public var aloud: [Aloud] {
        let (words, size) = (words, size ?? Surroundings.now.typeSize)
        let width = words.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? size : size * 0.4) }
        return [Aloud(spoken: [Spoken(words: words)], size: CGSize(width: width, height: Font.line(size)))]
    }
}

public struct Font: Hashable, Sendable {
    public enum Weight: Sendable {
        case regular
        case medium
        case semibold
        case bold
    }
    public enum Design: Sendable {
        case `default`
        case monospaced
    }
    public enum TextStyle: CaseIterable, Sendable {
        case largeTitle
        case title
        case title2
        case title3
        case headline
        case subheadline
        case body
        case callout
        case footnote
        case caption
        case caption2
    }
    /// How high type is, in points, before anybody makes it larger.
    let size: CGFloat

    public static let largeTitle = Font(size: 34)
    public static let title = Font(size: 28)
    public static let title2 = Font(size: 22)
    public static let title3 = Font(size: 20)
    public static let headline = Font(size: 17)
    public static let subheadline = Font(size: 15)
    public static let body = Font(size: 17)
    public static let callout = Font(size: 16)
    public static let footnote = Font(size: 13)
    public static let caption = Font(size: 12)
    public static func system(
        _ style: TextStyle, design: Design? = nil, weight: Weight? = nil
    ) -> Font {
        switch style {
        case .largeTitle: largeTitle
        case .title: title
        case .title2: title2
        case .title3: title3
        case .headline, .body: body
        case .subheadline: subheadline
        case .callout: callout
        case .footnote: footnote
        case .caption: caption
        case .caption2: Font(size: 11)
        }
    }
    public func bold() -> Font { self }
    public func monospaced() -> Font { self }
    public func monospacedDigit() -> Font { self }
    public func weight(_ weight: Weight) -> Font { self }

    /// How high a line is; Apple's lines are a little higher than this.
    static func line(_ size: CGFloat) -> CGFloat { (size * 1.19).rounded() }
}

/// As large as the type beside it; says nothing by itself.
public struct Image: Drawn {
    nonisolated public init(systemName: String) {}
    nonisolated public init(_ name: String, bundle: Bundle? = nil) {}
    nonisolated public func resizable() -> Image { self }
    public var aloud: [Aloud] {
        let side = Surroundings.now.typeSize
        return [Aloud(spoken: [Spoken(words: "", isSign: true)], size: CGSize(width: side, height: side))]
    }
}
extension Image: Sendable {}

public struct Label<Title: View, Icon: View>: Drawn {
    let title: Title
    public init(@ViewBuilder title: () -> Title, @ViewBuilder icon: () -> Icon) { self.title = title() }
    public var aloud: [Aloud] { title.aloud }
}
extension Label where Title == Text, Icon == Image {
    public init(_ key: LocalizedStringKey, systemImage: String) { title = Text(key) }
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, systemImage: String) {
        self.title = Text(verbatim: String(title))
    }
}
