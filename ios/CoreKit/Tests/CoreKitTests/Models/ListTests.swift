import CoreKit
import DoorstepCore
import Foundation
import Testing

/// Models that read and follow.
@MainActor
struct ListTests {
    @Test func todayIsComingUntilTheFirstSyncAndThenShowsWhatIsOnlyHere() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try App(in: office.folder.appendingPathComponent("林晓"))
        await app.door.open().value
        await app.door.enrol(try office.invite("林晓")).value
        await app.door.choosePin("4711").value
        let today = TodayModel(session: app.session)
        try await following(today.follow) {
            try await eventually("it is coming") { today.state.isComing }
            try await app.sync()
            try await eventually("it is here") { today.state.today != nil && !today.state.isComing }
            #expect(today.state.queue == nil)
            #expect(!today.state.isMentor)
            let id = try await app.openCase(office, "小川")
            let record = try await app.record(about: id, narrative: "写了一点")
            await record.keep()
            try await eventually("the draft is shown") { today.state.today?.drafts.count == 1 }
            #expect(today.state.person(.case(id: id)) == "小川")
            #expect(today.state.today?.sync.waiting ?? 0 > 0)
        }
        try await eventually("nobody watches") { app.session.client.subscriptions() == 0 }
    }

    @Test func aMentorSeesOwnPersonsAndRecordsInTheContactPart() async throws {
        let office = try await Office(.worker("林晓"), Member(name: "马老师", roles: ["mentor"]))
        let worker = try await App.inside(office, "林晓")
        let id = try await worker.openCase(office, "小川")
        try await worker.sync()
        try office.assign(id, to: "马老师", as: "mentor")
        let mentor = try await App.inside(office, "马老师")
        let today = TodayModel(session: mentor.session)
        try await following(today.follow) {
            try await eventually("the person is there") {
                today.state.persons.map(\.part.pseudonym) == ["小川"]
            }
            #expect(today.state.isMentor)
        }
        let draft = try await mentor.session.record(.mentorCheckIn, about: id)
        #expect(try mentor.session.client.draft(id: draft).class == .contact)
        #expect(kindsFor(isMentor: true).allSatisfy { isOpenToMentors(kind: $0) })
        #expect(!kindsFor(isMentor: false).contains(.mentorCheckIn))
    }

    @Test func aPersonIsFoundByNameInitialsOrPinyin() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        _ = try await app.openCase(office, "小川")
        _ = try await app.openCase(office, "李明")
        let persons = PersonsModel(session: app.session)
        for query in ["李明", "lm", "liming", "李"] {
            await persons.find(query)
            #expect(persons.cases.map(\.part.pseudonym) == ["李明"], "\(query)")
        }
        await persons.find("")
        #expect(persons.cases.count == 2)
        // Typed on while the first question is still being answered.
        for _ in 0..<200 {
            let first = Task { await persons.find("") }
            let second = Task { await persons.find("小川") }
            _ = await (first.value, second.value)
            #expect(persons.cases.map(\.part.pseudonym) == ["小川"])
        }
        await persons.find("nobody")
        #expect(persons.cases.isEmpty)
    }

    @Test func aVisitThatTheOfficeDidNotTakeIsOpenedWithAllThatWasWritten() async throws {
        let office = try await Office(Member(name: "林晓", roles: ["worker", "supervisor"]))
        let app = try await App.inside(office, "林晓")
        let id = try await app.openCase(office, "小川")
        try await app.sync()
        let record = try await app.record(about: id, narrative: "奶奶开门。")
        await record.done()
        let doc = try #require(record.state.saved)
        // Before it is sent she becomes supervisor, whose it is not to write visits.
        try office.assign(id, to: "林晓", as: "mentor")
        try office.promote("林晓")
        try await app.sync()
        let attention = AttentionModel(session: app.session)
        try await following(attention.follow) {
            try await eventually("it is told") {
                attention.items.contains {
                    guard case .notice(let row) = $0 else { return false }
                    return row.kind == .notTaken && row.doc == doc
                }
            }
        }
        let again = RecordModel(session: app.session, draft: try #require(await attention.refused(doc)))
        await again.load()
        #expect(again.state.text("narrative") == "奶奶开门。")
    }

    @Test func aCaseShowsItsTimelineAsItGrows() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let id = try await app.openCase(office, "小川")
        let shown = CaseModel(session: app.session, case: id)
        try await following(shown.follow) {
            try await eventually("it is read") { shown.view != nil }
            let record = try await app.record(about: id, narrative: "到访")
            await record.done()
            try await eventually("the visit is there") { shown.view?.timeline.count == 1 }
            #expect(shown.failure == nil)
        }
        let unknown = CaseModel(session: app.session, case: "01890000-0000-7000-8000-000000000000")
        try await following(unknown.follow) {
            try await eventually("it is said") { unknown.failure != nil }
        }
    }

    @Test func aDeletedDraftIsTakenUpAgain() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let record = try await app.record(about: app.openCase(office, "小川"), narrative: "误删")
        #expect(await record.keep())
        let attention = AttentionModel(session: app.session)
        try await following(attention.follow) {
            let draft = try #require(await app.session.draftInHand(now: .now))
            try await app.session.ask { try $0.deleteDraft(id: draft) }
            try await eventually("it is kept for a while") { attention.items.count == 1 }
            #expect(await attention.takeUp(draft))
            try await eventually("nothing is left to do") { attention.items.isEmpty }
        }
    }

    @Test func settingsSayWhosePhoneItIsAndWhatItHolds() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let settings = SettingsModel(session: app.session)
        try await following(settings.follow) {
            try await eventually("it is read") { settings.me == "林晓" }
            #expect(!settings.office.isEmpty)
            #expect(settings.storage != nil)
        }
    }

    @Test func fieldsAreReadInOrderAndWhatTheMachineNeedsIsLeftOut() {
        let fields: Fields = [
            "kind": .text(text: "home_visit"), "narrative": .text(text: "到访"), "outcome": .text(text: "met"),
            "answers.mood": .text(text: "calm"), "place": .empty, "zz_later_release": .flag(yes: true),
        ]
        #expect(inOrder(fields).map(\.field) == ["outcome", "narrative", "answers.mood", "zz_later_release"])
    }
}
