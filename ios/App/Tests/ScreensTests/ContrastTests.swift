import Foundation
import Testing

@testable import Screens

struct ContrastTests {
    /// Everything that is ever written in one shade on another.
    private static let pairs: [(ink: Shade, ground: Shade)] = [
        (.onSurface, .background), (.onSurface, .surfaceContainerLowest), (.onPrimary, .primary),
        (.primary, .background), (.primary, .surfaceContainerLowest), (.onSurfaceVariant, .background),
        (.onSurfaceVariant, .surfaceContainerLowest), (.onSurfaceVariant, .surfaceVariant),
        (.onPrimaryContainer, .primaryContainer), (.onSecondaryContainer, .secondaryContainer),
        (.onTertiaryContainer, .tertiaryContainer), (.onErrorContainer, .errorContainer),
        (.error, .background),
        (.primary, .primaryContainer), (.primary, .tertiaryContainer), (.onSurfaceVariant, .primaryContainer),
        (.onSurfaceVariant, .tertiaryContainer),
    ]

    @Test(arguments: pairs.indices) func inkIsLegibleOnItsGroundInLightAndDark(_ index: Int) {
        let (ink, ground) = ContrastTests.pairs[index]
        #expect(contrast(ink.light, ground.light) >= 4.5)
        #expect(contrast(ink.dark, ground.dark) >= 4.5)
    }

    /// As WCAG 2 defines it.
    private func contrast(_ one: UInt32, _ other: UInt32) -> Double {
        let (bright, dim) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
        return (bright + 0.05) / (dim + 0.05)
    }

    private func luminance(_ rgb: UInt32) -> Double {
        zip([16, 8, 0], [0.2126, 0.7152, 0.0722]).reduce(0) { sum, part in
            let value = Double(rgb >> UInt32(part.0) & 0xFF) / 255
            return sum + part.1 * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
        }
    }
}
