import DoorstepCore
import Foundation
import Observation

/// One photo, large; fetched if it is not on this phone.
@MainActor @Observable
public final class PhotoModel {
    /// JPEG; none until it is here.
    public private(set) var bytes: Data?
    public private(set) var failure: Failure?
    private let session: Session
    private let of: PhotosOf
    private let id: AttachmentId

    public init(session: Session, of: PhotosOf, id: AttachmentId) {
        self.session = session
        self.of = of
        self.id = id
    }

    /// Cancelled, it stops fetching.
    public func load() async {
        do {
            bytes = try await session.client.original(of: of, id: id)
            failure = nil
        } catch let fault as Failure {
            failure = fault
        } catch {
            // Cancelled: nobody looks any more.
        }
    }
}
