import DoorstepCore
import Foundation

extension Door {
    private var practice: URL {
        database.deletingLastPathComponent().appendingPathComponent("practice", isDirectory: true)
    }

    var hasPractised: Bool { FileManager.default.fileExists(atPath: practice.path) }

    /// Goes on practising, or begins. A member's phone is locked meanwhile.
    @discardableResult
    public func practise(_ language: PracticeLanguage) -> Task<Void, Never> {
        let before = state
        guard own == nil, before != .opening, session != nil else { return Task {} }
        return step(before) { _ in
            before
        } go: { door throws(Failure) in
            try await door.practising(language)
        }
    }

    func practising(_ language: PracticeLanguage) async throws(Failure) -> DoorState {
        let made = try await CoreKit.practise(
            in: practice, zone: zone, language: language, camera: host.camera)
        _ = try await session?.ask { $0.lock() }
        own = session
        session = made
        return .inside(isPractice: true)
    }

    /// Ends practice and deletes all of it.
    @discardableResult
    public func endPractice() -> Task<Void, Never> {
        guard let back = own else { return Task {} }
        return step(.opening, back: Door.shut) { door throws(Failure) in
            door.session = back
            door.own = nil
            try? FileManager.default.removeItem(at: door.practice)
            return try await back.standing()
        }
    }
}
