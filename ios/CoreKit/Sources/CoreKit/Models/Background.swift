import DoorstepCore

/// What a sync that ran while nobody looked leaves to do.
public enum Background: Sendable {
    case done
    /// There was no way out, or there is more.
    case againLater
}

extension Door {
    /// Syncs, and calls `remind` where something came that needs the person. Not open yet, locked, nobody's
    /// phone, practice: nothing happens; the person settles that, and the app syncs then.
    public func syncInBackground(remind: @MainActor () -> Void) async -> Background {
        guard let session else { return .done }
        do {
            let before = try await session.ask { try $0.attention().count }
            let report = try await session.sync()
            if try await session.ask({ try $0.attention().count }) > before { remind() }
            let photos = try await session.client.sendPhotos()
            return report.complete && photos.complete ? .done : .againLater
        } catch Failure.offline {
            return .againLater
        } catch is CancellationError {
            // The phone took the time back.
            return .againLater
        } catch {
            return .done
        }
    }
}
