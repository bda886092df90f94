import CoreKit
import SwiftUI

/// One photo, as wide as the screen. Taking it out of a record is asked once more.
struct PhotoScreen: View {
    let image: Image?
    let failure: Failure?
    let onRemove: (@MainActor () -> Void)?
    @State private var isAsking = false

    var body: some View {
        Page(say("photo.title")) {
            if let image {
                image.resizable().scaledToFit().accessibilityLabel(say("photo.title"))
            } else {
                Hint(failure.map(sentence) ?? say("photo.opening"))
            }
            if let onRemove {
                if isAsking { Hint(say("photo.take_out_asked")) }
                SideButton(isAsking ? say("photo.take_out_sure") : say("photo.take_out")) {
                    if isAsking { onRemove() } else { isAsking = true }
                }
            }
        }
    }
}
