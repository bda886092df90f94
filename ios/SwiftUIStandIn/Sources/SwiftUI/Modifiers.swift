// What changes nothing of what is read aloud gives the view itself: only types are checked.

extension View {
    // Looks
    public func font(_ font: Font?) -> some View {
        Changed(content: self, surroundings: { $0.typeSize = font?.size ?? $0.typeSize })
    }
    public func fontWeight(_ weight: Font.Weight?) -> some View { self }
    public func foregroundStyle<S: ShapeStyle>(_ style: S) -> some View { self }
    public func tint(_ color: Color?) -> some View { self }
    public func background<S: ShapeStyle>(_ style: S, ignoresSafeAreaEdges edges: Edge.Set = .all)
        -> some View
    {
        self
    }
    public func background<S: ShapeStyle, T: InsettableShape>(_ style: S, in shape: T) -> some View { self }
    public func overlay<V: View>(
        alignment: Alignment = .center, @ViewBuilder content: () -> V
    ) -> some View {
        let over = content()
        return Changed(content: self) { part in
            Aloud(spoken: part.spoken + over.aloud.above().spoken, size: part.size, bar: part.bar)
        }
    }
    public func opacity(_ value: Double) -> some View { self }
    public func lineLimit(_ number: Int?) -> some View { self }
    public func lineLimit(_ limit: PartialRangeFrom<Int>) -> some View { self }
    public func lineLimit(_ limit: ClosedRange<Int>) -> some View { self }
    public func multilineTextAlignment(_ alignment: TextAlignment) -> some View { self }
    public func clipShape<S: Shape>(_ shape: S) -> some View { self }
    public func contentShape<S: Shape>(_ shape: S) -> some View { self }
    public func aspectRatio(_ ratio: CGFloat? = nil, contentMode: ContentMode) -> some View { self }
    public func scaledToFit() -> some View { self }
    public func scaledToFill() -> some View { self }
    public func preferredColorScheme(_ scheme: ColorScheme?) -> some View {
        Changed(content: self, surroundings: { $0.colorScheme = scheme ?? $0.colorScheme })
    }
    public func buttonStyle<S: PrimitiveButtonStyle>(_ style: S) -> some View { self }
    public func datePickerStyle<S: DatePickerStyle>(_ style: S) -> some View { self }
    public func modifier<M: ViewModifier>(_ modifier: M) -> some View {
        Several<M> { modifier.body(content: ModifierContent { self.aloud }).aloud }
    }

    // Layout
    public func padding(_ edges: Edge.Set = .all, _ length: CGFloat? = nil) -> some View {
        let length = length ?? 0
        let sides = { (all: Edge.Set...) in CGFloat(all.filter(edges.contains).count) * length }
        return Changed(content: self) { part in
            var part = part
            part.size.width += sides(.leading, .trailing)
            part.size.height += sides(.top, .bottom)
            return part
        }
    }
    public func padding(_ length: CGFloat) -> some View { padding(.all, length) }
    public func frame(
        width: CGFloat? = nil, height: CGFloat? = nil, alignment: Alignment = .center
    ) -> some View {
        Changed(content: self) { part in
            var part = part
            part.size = CGSize(width: width ?? part.size.width, height: height ?? part.size.height)
            return part
        }
    }
    public func frame(
        minWidth: CGFloat? = nil, idealWidth: CGFloat? = nil, maxWidth: CGFloat? = nil,
        minHeight: CGFloat? = nil, idealHeight: CGFloat? = nil, maxHeight: CGFloat? = nil,
        alignment: Alignment = .center
    ) -> some View {
        let width = max(minWidth ?? 0, maxWidth == .infinity ? Column.width : 0)
        return Changed(content: self) { part in
            var part = part
            part.size.width = max(part.size.width, width)
            part.size.height = max(part.size.height, minHeight ?? 0)
            return part
        }
    }
    public func fixedSize(horizontal: Bool, vertical: Bool) -> some View { self }
    public func safeAreaInset<V: View>(
        edge: VerticalEdge, alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil,
        @ViewBuilder content: () -> V
    ) -> some View {
        let inset = content()
        return Changed(content: self) { part in
            let inset = inset.aloud.below()
            return edge == .top ? [inset, part].below() : [part, inset].below()
        }
    }
    public func ignoresSafeArea() -> some View { self }
    public func scrollDismissesKeyboard(_ mode: ScrollDismissesKeyboardMode) -> some View { self }

    // Behaviour
    public func disabled(_ disabled: Bool) -> some View {
        Changed(content: self, surroundings: { $0.isEnabled = $0.isEnabled && !disabled })
    }
    public func id<ID: Hashable>(_ id: ID) -> some View { self }
    public func onAppear(perform action: (() -> Void)? = nil) -> some View { self }
    public func onDisappear(perform action: (() -> Void)? = nil) -> some View { self }
    public func onSubmit(_ action: @escaping () -> Void) -> some View { self }
    /// Touched where it stands: a field in it is brought to the finger, anything else is touched as a whole.
    public func onTapGesture(count: Int = 1, perform action: @escaping () -> Void) -> some View {
        Changed(content: self) { part in
            var part = part
            if let field = part.spoken.firstIndex(where: { $0.traits.contains(.isField) }) {
                part.spoken[field].size = part.size
            } else {
                var one = part.combined
                one.isTouched = true
                part.spoken = [one]
            }
            return part
        }
    }
    public func onChange<V: Equatable>(
        of value: V, initial: Bool = false, _ action: @escaping (_ oldValue: V, _ newValue: V) -> Void
    ) -> some View { self }
    public func onChange<V: Equatable>(
        of value: V, initial: Bool = false, _ action: @escaping () -> Void
    ) -> some View { self }
    public func task(
        priority: TaskPriority = .userInitiated,
        @_inheritActorContext _ action: @escaping @Sendable () async -> Void
    ) -> some View { self }
    public func task<T: Equatable>(
        id value: T, priority: TaskPriority = .userInitiated,
        @_inheritActorContext _ action: @escaping @Sendable () async -> Void
    ) -> some View { self }
    public func refreshable(action: @escaping @Sendable () async -> Void) -> some View { self }
    public func focused<V: Hashable>(_ binding: FocusState<V>.Binding, equals value: V) -> some View { self }
    public func environment<T: AnyObject & Observable>(_ object: T?) -> some View { self }
    public func environment<V>(_ keyPath: WritableKeyPath<EnvironmentValues, V>, _ value: V) -> some View {
        Changed(content: self, surroundings: { $0[keyPath: keyPath] = value })
    }
    public func privacySensitive(_ sensitive: Bool = true) -> some View { self }
    public func interactiveDismissDisabled(_ isDisabled: Bool = true) -> some View { self }
    public func textSelection<S: TextSelectability>(_ selectability: S) -> some View { self }

    // Typing
    public func textInputAutocapitalization(_ style: TextInputAutocapitalization?) -> some View { self }
    public func autocorrectionDisabled(_ disable: Bool = true) -> some View { self }
    public func keyboardType(_ type: UIKeyboardType) -> some View { self }
    public func textContentType(_ type: UITextContentType?) -> some View { self }
    public func submitLabel(_ label: SubmitLabel) -> some View { self }
}

public struct ScrollDismissesKeyboardMode: Sendable { public static let interactively = Self() }
public protocol TextSelectability {}
public struct EnabledTextSelectability: TextSelectability {}
extension TextSelectability where Self == EnabledTextSelectability {
    public static var enabled: EnabledTextSelectability { EnabledTextSelectability() }
}
public struct TextInputAutocapitalization: Sendable {
    public static var never: Self { Self() }
    public static var characters: Self { Self() }
    public static var sentences: Self { Self() }
}
public struct SubmitLabel: Sendable {
    public static var done: Self { Self() }
    public static var next: Self { Self() }
    public static var search: Self { Self() }
}
// UIKit's, which SwiftUI brings along.
public enum UIKeyboardType: Sendable {
    case `default`
    case numberPad
    case decimalPad
}
public struct UITextContentType: Sendable {
    public static let password = Self()
    public static let newPassword = Self()
    public static let oneTimeCode = Self()
}

/// The narrowest phone's column, in points.
enum Column {
    static let width: CGFloat = 288
}
