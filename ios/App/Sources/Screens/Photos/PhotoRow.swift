import CoreKit
import DoorstepCore
import SwiftUI

/// Photos, small, beside each other; touching one shows it large.
struct PhotoRow: View {
    let photos: [Photo]
    let onOpen: @MainActor (AttachmentId) -> Void

    var body: some View {
        if !photos.isEmpty {
            Flow {
                ForEach(Array(photos.enumerated()), id: \.element.id) { index, photo in
                    Small(photo: photo, label: say("photo.numbered", number(index + 1))) { onOpen(photo.id) }
                }
            }
            let here = photos.filter(\.view.isOnlyHere).count
            if here > 0 { Hint(say("photo.only_here", number(here))) }
            if photos.contains(where: { $0.view.refused != nil }) { Hint(say("photo.refused")) }
        }
    }
}

private struct Small: View {
    @Environment(\.picture) private var picture
    let photo: Photo
    let label: Text
    let onOpen: @MainActor () -> Void

    var body: some View {
        Button(action: onOpen) {
            Group {
                if let image = photo.thumbnail.flatMap(picture) {
                    image.resizable().scaledToFill()
                } else {
                    Hint(say("photo.not_here"))
                }
            }
            .frame(width: 96, height: 96)
            .painted(ground: .surfaceVariant)
            .clipShape(RoundedRectangle(cornerRadius: 10))
        }
        .buttonStyle(.plain)
        .accessibilityLabel(label)
    }
}
