import DoorstepCore
import Foundation
import Observation

/// Opens the phone's database, enrols it, locks and unlocks it; and leads to practice, which is another one.
@MainActor @Observable
public final class Door {
    public internal(set) var state = DoorState.opening
    /// What is behind the door; there once `state` is past opening.
    public internal(set) var session: Session?
    /// The member's own phone, while `session` is practice.
    @ObservationIgnored var own: Session?
    @ObservationIgnored private var isOpening = false

    let database: URL
    let zone: String
    let host: Host
    private let label: String

    /// The office sees `label`, to tell phones apart.
    public init(database: URL, zone: String, host: Host, label: String) {
        self.database = database
        self.zone = zone
        self.host = host
        self.label = label
    }

    /// Opens what is not open yet; a door that stays shut may be tried again.
    @discardableResult
    public func open() -> Task<Void, Never> {
        guard session == nil, !isOpening else { return Task {} }
        isOpening = true
        return step(.opening, back: Door.shut) { door throws(Failure) in
            defer { door.isOpening = false }
            let session = try await Session.open(database: door.database, zone: door.zone, host: door.host)
            let here = try await session.standing()
            door.session = session
            // Nobody's phone goes on practising; a member's phone begins with the member's records.
            if here == .firstStart(), door.hasPractised {
                return try await door.practising(.zh)
            }
            return here
        }
    }

    @discardableResult
    public func enrol(_ code: String) -> Task<Void, Never> {
        guard case .firstStart = state, let session else { return Task {} }
        let label = label
        return step(.firstStart(isBusy: true)) {
            .firstStart(failure: $0)
        } go: { _ throws(Failure) in
            try await session.ask { try $0.enrol(code: code, label: label) }
            return .choosePin()
        }
    }

    @discardableResult
    public func choosePin(_ pin: String) -> Task<Void, Never> {
        guard case .choosePin = state, let session else { return Task {} }
        return step(.choosePin(isBusy: true)) {
            .choosePin(failure: $0)
        } go: { _ throws(Failure) in
            try await session.setPin(pin)
            return .inside()
        }
    }

    @discardableResult
    public func unlock(_ pin: String) -> Task<Void, Never> {
        guard case .locked = state, let session else { return Task {} }
        return step(.locked(isBusy: true)) {
            $0 == .keyLost
                ? .keyLost() : .locked(failure: $0, waitSeconds: Int(session.client.pinWaitSeconds()))
        } go: { _ throws(Failure) in
            try await session.unlock(pin)
            return .inside()
        }
    }

    /// Locks, where a PIN is set; without one, as in practice, nobody could unlock.
    @discardableResult
    public func lock() -> Task<Void, Never> {
        guard case .inside = state, let session else { return Task {} }
        return Task {
            if (try? await session.ask { $0.lock() }) == true { state = .locked() }
        }
    }

    /// One step through the door: busy meanwhile, then further in, or back where one was with the reason.
    func step(
        _ busy: DoorState, back: @escaping @MainActor (Failure) -> DoorState,
        go: @escaping @MainActor (Door) async throws(Failure) -> DoorState
    ) -> Task<Void, Never> {
        state = busy
        return Task {
            do throws(Failure) {
                state = try await go(self)
            } catch {
                state = back(error)
            }
            if case .keyLost = state { await recover() }
        }
    }

    /// What a lost key looks like from outside: the office is asked for it. Everything else is said.
    static func shut(_ failure: Failure) -> DoorState {
        failure == .keyLost ? .keyLost() : .shut(failure)
    }

    /// Asks the office for the key until somebody there has confirmed; then opens as ever.
    private func recover() async {
        do {
            try await recoverKey(database: database, keys: host.keys) { code in
                await self.show(code)
            }
            session = nil
            await open().value
        } catch Failure.notFound {
            // Nothing was sealed for this phone: say what happened to it, not what did not help.
            state = .shut(.keyLost)
        } catch let failure as Failure {
            state = .shut(failure)
        } catch {
            // Cancelled: nobody waits for it any more.
        }
    }

    private func show(_ code: String) {
        state = .keyLost(code: code)
    }
}

extension Failure {
    fileprivate static let keyLost = Failure.storage(code: "key_lost")
}

extension Session {
    /// Where the door stands in front of this database.
    func standing() async throws(Failure) -> DoorState {
        try await ask { client in
            if client.isLocked() { return .locked() }
            if try client.member() == nil { return .firstStart() }
            // Never chosen, or taken away because the office gave the key back.
            return client.hasPin() ? .inside() : .choosePin()
        }
    }
}
