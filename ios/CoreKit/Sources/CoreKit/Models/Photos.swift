import DoorstepCore
import Foundation

/// A photo in a row of small ones.
public struct Photo: Equatable, Sendable, Identifiable {
    public var view: PhotoView
    /// JPEG; none while it is not on this phone.
    public var thumbnail: Data?

    public var id: AttachmentId { view.id }

    public init(view: PhotoView, thumbnail: Data?) {
        self.view = view
        self.thumbnail = thumbnail
    }
}

extension Client {
    /// The photos of a draft or an entry, small.
    func smallPhotos(of: PhotosOf) throws -> [Photo] {
        try photos(of: of).map { view in
            Photo(view: view, thumbnail: view.hasThumbnail ? try thumbnail(of: of, id: view.id) : nil)
        }
    }
}

extension RecordModel {
    /// Takes a photo into the draft.
    public func photograph() async {
        let draft = draft
        await guarded { model throws(Failure) in
            switch await model.session.host.camera.takePhoto() {
            case .cancelled: return
            case .noPermission: throw .invalid(field: "camera", code: "not_allowed")
            case .photo(let bytes):
                model.state.failure = nil
                model.state.photos = try await model.session.ask { client in
                    _ = try client.addPhoto(draft: draft, file: bytes)
                    return try client.smallPhotos(of: .draft(id: draft))
                }
            }
        }
    }

    /// Takes a photo out of the draft.
    public func remove(_ photo: AttachmentId) async {
        let draft = draft
        await guarded { model throws(Failure) in
            model.state.photos = try await model.session.ask { client in
                try client.removePhoto(draft: draft, id: photo)
                return try client.smallPhotos(of: .draft(id: draft))
            }
        }
    }
}
