import CoreKit
import DoorstepCore
import Observation

/// What every room needs: the door, what is behind it, and the way that was gone.
@MainActor @Observable
final class Rooming {
    let door: Door
    let session: Session
    let sync: SyncModel
    /// The way from the first screen; empty on it.
    var way: [Place] = []
    /// What went wrong last, until somebody has read it.
    var trouble: Failure?

    init(door: Door, session: Session) {
        self.door = door
        self.session = session
        sync = SyncModel(session: session)
    }

    func to(_ place: Place) {
        if way.last != place { way.append(place) }
    }

    func back() {
        if !way.isEmpty { way.removeLast() }
    }

    /// In place of where one is: the way back skips it.
    func instead(_ place: Place) {
        back()
        to(place)
    }

    /// To a place from which the way back leads home, as after saving.
    func home(then place: Place? = nil) { way = place.map { [$0] } ?? [] }

    /// Does something that was asked for; what goes wrong is said on top of the screen.
    func attempt(_ verb: @escaping @MainActor () async throws(Failure) -> Void) {
        Task {
            do throws(Failure) {
                try await verb()
            } catch {
                trouble = error
            }
        }
    }

    /// Begins a record about a person, or goes on with the one of this kind that was begun.
    func record(_ kind: EntryKind, about id: CaseId) {
        attempt { () throws(Failure) in
            let draft = try await self.session.record(kind, about: id)
            self.home(then: .record(draft))
        }
    }

    func recordSession(of team: TeamId) {
        attempt { () throws(Failure) in
            let draft = try await self.session.recordSession(of: team)
            self.home(then: .record(draft))
            self.to(.participants(draft))
        }
    }

    /// What one tap on *crisis* does at a place; none where it is being recorded already.
    func crisis(at place: Place?) -> (@MainActor () -> Void)? {
        switch place {
        case .record, .participants, .photo, .choosePerson(kind: .crisisEvent): nil
        case .aCase(let id), .details(let id), .chooseKind(let id): { self.record(.crisisEvent, about: id) }
        default: { self.to(.choosePerson(kind: .crisisEvent)) }
        }
    }
}
