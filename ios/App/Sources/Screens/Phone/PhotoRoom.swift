import CoreKit
import DoorstepCore
import SwiftUI

/// A photo, fetched if it is not on this phone.
struct PhotoRoom: View {
    @Environment(\.picture) private var picture
    @State private var model: PhotoModel
    let of: PhotosOf
    let id: AttachmentId
    let with: Rooming

    init(of: PhotosOf, id: AttachmentId, with: Rooming) {
        (self.of, self.id, self.with) = (of, id, with)
        _model = State(initialValue: PhotoModel(session: with.session, of: of, id: id))
    }

    var body: some View {
        PhotoScreen(image: model.bytes.flatMap(picture), failure: model.failure, onRemove: remove)
            .task { await model.load() }
    }

    /// Only out of what is still being written.
    private var remove: (@MainActor () -> Void)? {
        guard case .draft(let draft) = of else { return nil }
        return {
            with.attempt { () throws(Failure) in
                let id = id
                try await with.session.ask { try $0.removePhoto(draft: draft, id: id) }
                with.back()
            }
        }
    }
}
