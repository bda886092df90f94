import SwiftUI

/// Type two steps larger than the phone's own.
private struct Larger: ViewModifier {
    @Environment(\.dynamicTypeSize) private var size

    func body(content: Content) -> some View {
        let sizes = DynamicTypeSize.allCases
        let here = sizes.firstIndex(of: size) ?? 0
        content.environment(\.dynamicTypeSize, sizes[min(here + 2, sizes.count - 1)])
    }
}

extension View {
    func larger() -> some View { modifier(Larger()) }
}
