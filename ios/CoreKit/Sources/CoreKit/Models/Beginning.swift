import DoorstepCore
import Foundation

/// Kinds that are about one person, for a member of this part.
public func kindsFor(isMentor: Bool) -> [EntryKind] {
    entryKinds().filter { kind in
        isMentor ? isOpenToMentors(kind: kind) && kind != .groupSession : !elsewhere.contains(kind)
    }
}

/// What a mentor records, in under a minute.
public let mentorsOwn: Set<EntryKind> = [.mentorCheckIn, .mentorSession]

/// Written for a team or by a mentor.
private let elsewhere: Set<EntryKind> = mentorsOwn.union([.groupSession, .supervisionSession])

extension Session {
    /// Begins a record about a person, or goes on with the one of this kind that was begun.
    public func record(_ kind: EntryKind, about id: CaseId) async throws(Failure) -> DraftId {
        try await ask { client in
            let row = try client.caseList().first { $0.grant.case == id }
            let part: Class = row?.grant.role == .mentor ? .contact : .file
            return try client.startDraft(scope: .case(id: id), class: part, kind: kind)
        }
    }

    /// Begins a group session of a team.
    public func recordSession(of team: TeamId) async throws(Failure) -> DraftId {
        try await ask { client in
            try client.startDraft(scope: .team(id: team), class: .file, kind: .groupSession)
        }
    }

    /// Teams in whose name the member may record a group session.
    public func teamsToRecordFor() async throws(Failure) -> [DirectoryTeam] {
        try await ask { client in
            let directory = try client.directory()
            return directory.roles.contains(.worker) ? directory.teams : []
        }
    }

    /// Teams in which the member may open a case.
    public func teamsToOpenIn() async throws(Failure) -> [DirectoryTeam] {
        try await ask { client in
            let directory = try client.directory()
            let own = directory.teams.filter { $0.members.contains(directory.me) }
            return directory.roles.contains(.worker) ? own : []
        }
    }

    /// Opens a case, which needs no network.
    public func open(_ new: NewCase) async throws(Failure) -> CaseId {
        let id = try await ask { try $0.openCase(new: new) }
        host.scheduler.afterSaving()
        return id
    }

    /// What was being typed when the app ended a moment ago.
    public func draftInHand(now: Date) async -> DraftId? {
        guard let latest = try? await ask({ try $0.drafts().first }) else { return nil }
        return now.timeIntervalSince(latest.updated) < stillAtIt ? latest.id : nil
    }
}

private let stillAtIt: TimeInterval = 15 * 60
