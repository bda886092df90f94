import SwiftUI

/// A colour for light and for dark. Calm, and legible in the sun: every pair of ink and ground has a contrast of
/// 4.5 or more; the same pairs as on Android.
struct Shade: Sendable {
    let light: UInt32
    let dark: UInt32

    /// The colour in a mode.
    func colour(_ scheme: ColorScheme) -> Color {
        let rgb = scheme == .dark ? dark : light
        return Color(
            .sRGB,
            red: Double(rgb >> 16 & 0xFF) / 255,
            green: Double(rgb >> 8 & 0xFF) / 255,
            blue: Double(rgb & 0xFF) / 255
        )
    }

    static let primary = Shade(light: 0x1F5F5B, dark: 0x8FCFC8)
    static let onPrimary = Shade(light: 0xFFFFFF, dark: 0x06302D)
    static let primaryContainer = Shade(light: 0xD8EBE8, dark: 0x1E4A46)
    static let onPrimaryContainer = Shade(light: 0x0C3A37, dark: 0xCDEBE7)
    static let secondaryContainer = Shade(light: 0xE4EAEB, dark: 0x2E3C41)
    static let onSecondaryContainer = Shade(light: 0x24343A, dark: 0xDCE6E9)
    static let tertiaryContainer = Shade(light: 0xFFEFD6, dark: 0x4E3714)
    static let onTertiaryContainer = Shade(light: 0x5A3600, dark: 0xFFE3B8)
    static let error = Shade(light: 0xA3242B, dark: 0xF4A9A9)
    static let errorContainer = Shade(light: 0xFBE3E3, dark: 0x5E2326)
    static let onErrorContainer = Shade(light: 0x731519, dark: 0xFFDADA)
    static let background = Shade(light: 0xFAF8F4, dark: 0x12181A)
    static let onSurface = Shade(light: 0x1F2A2E, dark: 0xE6ECEA)
    static let surfaceVariant = Shade(light: 0xEFECE5, dark: 0x273135)
    static let onSurfaceVariant = Shade(light: 0x4B575B, dark: 0xB9C4C7)
    static let surfaceContainerLowest = Shade(light: 0xFFFFFF, dark: 0x1B2326)
    static let outline = Shade(light: 0x727D80, dark: 0x8B979A)
    static let outlineVariant = Shade(light: 0xDAD6CD, dark: 0x364246)
}

/// What a surface says by its colour; never by its colour alone.
enum Tone {
    case plain
    case good
    case care
    case danger

    /// Ground and ink of what stands out; what is plain takes those of where it stands.
    var shades: (ground: Shade, ink: Shade)? {
        switch self {
        case .plain: nil
        case .good: (.primaryContainer, .onPrimaryContainer)
        case .care: (.tertiaryContainer, .onTertiaryContainer)
        case .danger: (.errorContainer, .onErrorContainer)
        }
    }
}

/// Paints with a shade in the present mode.
private struct Painted: ViewModifier {
    @Environment(\.colorScheme) private var scheme
    let ink: Shade?
    let ground: Shade?
    let radius: CGFloat

    func body(content: Content) -> some View {
        if let ink { grounded(content.foregroundStyle(ink.colour(scheme))) } else { grounded(content) }
    }

    /// Without corners the ground goes on under the edges of the screen.
    @ViewBuilder private func grounded(_ view: some View) -> some View {
        if let colour = ground?.colour(scheme) {
            if radius > 0 {
                view.background(colour, in: RoundedRectangle(cornerRadius: radius))
            } else {
                view.background(colour)
            }
        } else {
            view
        }
    }
}

/// A line around.
private struct Lined: ViewModifier {
    @Environment(\.colorScheme) private var scheme
    let shade: Shade
    let radius: CGFloat

    func body(content: Content) -> some View {
        content.overlay { RoundedRectangle(cornerRadius: radius).strokeBorder(shade.colour(scheme)) }
    }
}

extension View {
    func painted(ink: Shade? = nil, ground: Shade? = nil, radius: CGFloat = 0) -> some View {
        modifier(Painted(ink: ink, ground: ground, radius: radius))
    }

    func lined(_ shade: Shade, radius: CGFloat) -> some View {
        modifier(Lined(shade: shade, radius: radius))
    }
}

/// Measures that all screens share, in points.
enum Measure {
    /// What a finger needs.
    static let target: CGFloat = 44
    static let button: CGFloat = 54
    static let row: CGFloat = 56
    static let radius: CGFloat = 14
    /// As wide as a column reads well.
    static let column: CGFloat = 640
}
