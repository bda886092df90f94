import Dispatch
import DoorstepCore
import Foundation

extension Client {
    /// Synchronises once. Cancelling ends it before its next request; what came in until then stays.
    public func sync() async throws -> SyncReport {
        try await stoppable { stop in try self.syncNow(stop: stop) }
    }

    /// Waits until the server has something for this phone: true means "synchronise now".
    public func news() async throws -> Bool {
        try await stoppable { stop in try self.waitForNews(stop: stop) }
    }

    /// Sends photos whose entries the server has. What was sent stays sent; syncs go on beside it.
    public func sendPhotos() async throws -> PhotoReport {
        try await stoppable { stop in try self.sendPhotos(stop: stop) }
    }

    /// A photo itself, as JPEG; fetched if it is not on this phone.
    public func original(of: PhotosOf, id: AttachmentId) async throws -> Data {
        try await stoppable { stop in try self.original(of: of, id: id, stop: stop) }
    }

    /// Fetches the thumbnails of an entry that are not on this phone; how many came.
    public func fetchThumbnails(doc: DocId) async throws -> UInt64 {
        try await stoppable { stop in try self.fetchThumbnails(doc: doc, stop: stop) }
    }
}

/// Runs a blocking verb that a `Stop` ends. Cancelling the task stops the verb; the task goes on when the
/// verb has ended, so that nothing runs on behind its back. Throws a `Failure` or, cancelled, that.
private func stoppable<T: Sendable>(_ verb: @escaping @Sendable (Stop) throws -> T) async throws -> T {
    let stop = Stop()
    return try await withTaskCancellationHandler {
        let result: Result<T, any Error>
        do {
            result = .success(try await besides { try verb(stop) })
        } catch {
            result = .failure(error)
        }
        // Stopped: whatever the verb made of that is not what happened.
        try Task.checkCancellation()
        return try result.get()
    } onCancel: {
        stop.stop()
    }
}

/// Threads of their own: Swift has as many for its tasks as there are processors, and a verb that waits for
/// the server would take one of them away.
private let threads = DispatchQueue(label: "app.doorstep.core", attributes: .concurrent)

/// Runs a verb of the core beside Swift's own threads. What has begun ends, cancelled or not.
func besides<T: Sendable>(_ verb: @escaping @Sendable () throws -> T) async throws(Failure) -> T {
    let result: Result<T, Failure> = await withCheckedContinuation { continuation in
        threads.async {
            do throws(Failure) {
                continuation.resume(returning: .success(try told(verb)))
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
    }
    return try result.get()
}
