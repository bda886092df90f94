import DoorstepCore

extension Client {
    /// What is only on this phone: now, and whenever anything was stored. Whoever is slow gets the
    /// latest. The core's subscription ends with the stream.
    public func watch() throws(Failure) -> AsyncStream<SyncState> {
        let (states, continuation) = AsyncStream.makeStream(
            of: SyncState.self, bufferingPolicy: .bufferingNewest(1))
        let subscription = try told { try observe(observer: Forwarding(to: continuation)) }
        continuation.onTermination = { _ in subscription.end() }
        return states
    }
}

private final class Forwarding: Observer {
    private let continuation: AsyncStream<SyncState>.Continuation

    init(to continuation: AsyncStream<SyncState>.Continuation) {
        self.continuation = continuation
    }

    func changed(state: SyncState) throws {
        continuation.yield(state)
    }
}
