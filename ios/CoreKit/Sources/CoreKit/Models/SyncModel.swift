import DoorstepCore
import Observation

/// What a sync is doing.
public struct SyncStatus: Equatable, Sendable {
    public var isRunning = false
    public var failure: Failure?

    public init(isRunning: Bool = false, failure: Failure? = nil) {
        self.isRunning = isRunning
        self.failure = failure
    }
}

/// Syncs by itself: a moment after saving, when the network returns, when the server has something.
@MainActor @Observable
public final class SyncModel {
    public private(set) var status = SyncStatus()
    /// What is only on this phone, and how much is still to come; none before it was asked.
    public private(set) var state: SyncState?
    private let session: Session
    private let pauses: Pauses
    @ObservationIgnored private var running: Task<Void, Never>?
    @ObservationIgnored private var isAskedAgain = false
    @ObservationIgnored private var tasks: [Task<Void, Never>] = []
    @ObservationIgnored private var aMomentLater: Task<Void, Never>?

    /// How long it waits.
    public struct Pauses: Sendable {
        public var afterSaving = Duration.milliseconds(1_500)
        public var afterSilence = Duration.seconds(5)
        public var afterFailure = Duration.seconds(30)

        public init() {}
    }

    public init(session: Session, pauses: Pauses = Pauses()) {
        self.session = session
        self.pauses = pauses
    }

    public func start() {
        guard tasks.isEmpty else { return }
        tasks = [
            Task { await watchNetwork() }, Task { await watchSaving() }, Task { await listen() },
            Task { await tryAgain() },
        ]
    }

    public func stop() {
        for task in tasks + [aMomentLater, running].compactMap({ $0 }) { task.cancel() }
        tasks = []
    }

    /// Syncs now, to the end. Asked while one runs, another follows: it may have begun before the last save.
    public func now() async {
        if let running {
            isAskedAgain = true
            return await running.value
        }
        let sync = Task {
            repeat {
                isAskedAgain = false
                await once()
            } while isAskedAgain && !Task.isCancelled
            running = nil
        }
        running = sync
        await sync.value
    }

    /// Nobody asked: not after `stop`, though what led here had begun before.
    private func byItself() async {
        if !tasks.isEmpty { await now() }
    }

    private func once() async {
        status = SyncStatus(isRunning: true)
        do {
            _ = try await session.sync()
            // After the records: a photo is large, and nobody waits for it.
            _ = try await session.client.sendPhotos()
            status = SyncStatus()
        } catch {
            // Cancelled is no failure.
            status = SyncStatus(failure: error as? Failure)
        }
    }

    private func watchNetwork() async {
        for await isUp in session.host.network.isUp() {
            if isUp { soon(.zero) } else { running?.cancel() }
        }
    }

    private func watchSaving() async {
        var before: UInt64?
        await session.follow {
            try $0.syncState()
        } then: { result in
            guard case .success(let state) = result else { return }
            self.state = state
            defer { before = state.waiting }
            if state.waiting > 0, state.waiting != before { self.soon(self.pauses.afterSaving) }
        }
    }

    /// Only the waiting starts anew with every save: a sync that runs is left to finish.
    private func soon(_ pause: Duration) {
        aMomentLater?.cancel()
        aMomentLater = Task {
            try? await Task.sleep(for: pause)
            if !Task.isCancelled { Task { await byItself() } }
        }
    }

    /// The server may be away with the network there; then nothing else says that it is back.
    private func tryAgain() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: pauses.afterFailure)
            if status.failure == .offline { await byItself() }
        }
    }

    private func listen() async {
        while !Task.isCancelled {
            do {
                if try await session.client.news() {
                    await byItself()
                } else {
                    try await Task.sleep(for: pauses.afterSilence)
                }
            } catch is Failure {
                try? await Task.sleep(for: pauses.afterFailure)
            } catch {
                return
            }
        }
    }
}
