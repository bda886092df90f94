import CoreKit
import DoorstepCore
import Foundation
import Testing

@MainActor
struct RecordTests {
    @Test func whatIsTypedIsInTheDatabaseAtEveryPauseAndWhatIsChosenAtOnce() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let id = try await app.openCase(office, "小川")
        let draft = try await app.session.record(.homeVisit, about: id)
        let record = RecordModel(session: app.session, draft: draft, pause: .milliseconds(200))
        await record.load()
        #expect(record.state.person == "小川")
        #expect(record.state.kind == .homeVisit)
        #expect(record.state.isNew)

        record.type("narrative", "孩子")
        record.type("narrative", "孩子在家")
        #expect(record.state.text("narrative") == "孩子在家")
        try await eventually("a pause keeps it") { try kept(app, draft)["narrative"] == .text(text: "孩子在家") }
        record.choose("card_left", .flag(yes: true))
        try await eventually("a choice is kept") { try kept(app, draft)["card_left"] == .flag(yes: true) }
        #expect(record.state.isOn("card_left"))
    }

    @Test func leavingKeepsWhatNoPauseHasKeptYet() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let id = try await app.openCase(office, "小川")
        let draft = try await app.session.record(.homeVisit, about: id)
        let record = RecordModel(session: app.session, draft: draft, pause: .seconds(600))
        record.type("narrative", "只打了一半")
        #expect(await record.leave())
        #expect(try kept(app, draft)["narrative"] == .text(text: "只打了一半"))

        // Coming back, the form goes on at the same field.
        let again = RecordModel(session: app.session, draft: draft)
        await again.load()
        #expect(again.state.text("narrative") == "只打了一半")
        #expect(again.state.last == "narrative")
        #expect(await app.session.draftInHand(now: .now) == draft)
        #expect(await app.session.draftInHand(now: .now.addingTimeInterval(3_600)) == nil)
    }

    @Test func whatWasBegunByMistakeLeavesNothingAndWhatIsThrownAwayCanBeTakenUpAgain() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let id = try await app.openCase(office, "小川")
        let mistaken = try await app.session.record(.homeVisit, about: id)
        #expect(await RecordModel(session: app.session, draft: mistaken).close())
        #expect(try await app.session.ask { try $0.drafts() }.isEmpty)

        let draft = try await app.session.record(.homeVisit, about: id)
        let record = RecordModel(session: app.session, draft: draft, pause: .seconds(600))
        await record.load()
        record.type("narrative", "奶奶在家。")
        #expect(await record.close())
        #expect(await record.delete())
        #expect(try await app.session.ask { try $0.drafts() }.isEmpty)

        let attention = AttentionModel(session: app.session)
        #expect(await attention.takeUp(draft))
        #expect(try kept(app, draft)["narrative"] == .text(text: "奶奶在家。"))
        #expect(await record.delete())
        await attention.forget(draft)
        #expect(try await app.session.ask { try $0.deletedDrafts() }.isEmpty)
    }

    @Test func theLocationIsNotedRoughlyAndOnlyWhenAskedFor() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let id = try await app.openCase(office, "小川")
        let draft = try await app.session.record(.homeVisit, about: id)
        let record = RecordModel(session: app.session, draft: draft)
        await record.load()
        await record.locate()
        #expect(record.state.failure == .invalid(field: "location", code: "unknown"))
        app.around.locator.spot = .noPermission
        await record.locate()
        #expect(record.state.failure == .invalid(field: "location", code: "not_allowed"))
        app.around.locator.spot = .found(latitude: 31.230416, longitude: 121.473701)
        await record.locate()
        #expect(record.state.failure == nil)
        #expect(record.state.text("location") == "31.23,121.47")
        #expect(try kept(app, draft)["location"] == .text(text: "31.23,121.47"))
    }

    @Test func anAmountIsKeptToTheFenAndWhatIsNoneIsNotTaken() {
        #expect(fen("300") == 300_00)
        #expect(fen("300.5") == 300_50)
        #expect(fen("0.05") == 5)
        #expect(fen("3.") == 3_00)
        for odd in ["", "-3", "3.005", "3,5", "1234567890", "three"] { #expect(fen(odd) == nil, "\(odd)") }
    }

    @Test func aTouchAddsAPersonToThoseWhoWereMetAndTakesThemOutAgain() {
        #expect(toggled("祖辈", "本人", by: "、") == .text(text: "祖辈、本人"))
        #expect(toggled("祖辈、本人", "本人", by: "、") == .text(text: "祖辈"))
        #expect(toggled("本人", "本人", by: "、") == .empty)
    }

    @Test func whatIsTypedWhileTheFormIsStillReadStays() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let id = try await app.openCase(office, "小川")
        let draft = try await app.session.record(.homeVisit, about: id)
        let record = RecordModel(session: app.session, draft: draft, pause: .seconds(600))
        record.type("narrative", "手快")
        await record.load()
        #expect(record.state.text("narrative") == "手快")
        #expect(record.state.kind == .homeVisit)
    }

    @Test func whatIsTypedWhileTheWordsBeforeAreWrittenIsWrittenNext() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let id = try await app.openCase(office, "小川")
        let draft = try await app.session.record(.homeVisit, about: id)
        let record = RecordModel(session: app.session, draft: draft, pause: .seconds(600))
        record.type("narrative", "孩子")
        // The write of these words is held up, as on a slow phone.
        let gate = Gate()
        let watching = try app.session.client.observe(observer: gate)
        gate.isShut.now = true
        let writing = Task { await record.keep() }
        try await eventually("it is being written") { gate.isReached.now }
        record.type("narrative", "孩子在家")
        record.type("next_step", "下周再来")
        gate.isShut.now = false
        #expect(await writing.value)
        watching.end()
        #expect(await record.keep())
        #expect(try kept(app, draft)["narrative"] == .text(text: "孩子在家"))
        #expect(try kept(app, draft)["next_step"] == .text(text: "下周再来"))
    }

    @Test func whatCannotBeKeptStaysOnTheScreenAndIsKeptOnceThatWorks() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let id = try await app.openCase(office, "小川")
        let draft = try await app.session.record(.homeVisit, about: id)
        let record = RecordModel(session: app.session, draft: draft, pause: .seconds(600))
        record.type("narrative", "锁屏时写的")
        await app.door.lock().value
        #expect(!(await record.leave()))
        #expect(record.state.failure == .locked)
        #expect(record.state.text("narrative") == "锁屏时写的")
        await app.door.unlock("4711").value
        #expect(await record.keep())
        #expect(try kept(app, draft)["narrative"] == .text(text: "锁屏时写的"))
    }

    @Test func doneHandsInOnceAndLaterKeepsItAsOwnWork() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let id = try await app.openCase(office, "小川")
        let record = try await app.record(about: id, narrative: "一切正常")
        #expect(record.state.willSubmit)
        // Two taps on *Done*.
        async let first: Void = record.done()
        async let second: Void = record.done()
        _ = await (first, second)
        let doc = try #require(record.state.saved)
        #expect(!record.state.isSaving)
        #expect(record.state.failure == nil)
        #expect(app.around.scheduler.asked.now == ["afterSaving"])
        let entry = try await app.entry(doc)
        #expect(entry.state.view?.review.state == .submitted)
        #expect(entry.state.view?.fields["narrative"] == .text(text: "一切正常"))

        let later = try await app.record(about: id, narrative: "还没写完")
        await later.later()
        let own = try await app.entry(try #require(later.state.saved))
        #expect(own.state.view?.review.state == .draft)
    }

    @Test func notHomeIsThreeTapsAndProposesTheNextStep() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let id = try await app.openCase(office, "小川")
        let record = RecordModel(
            session: app.session, draft: try await app.session.record(.homeVisit, about: id))
        await record.load()
        record.choose("outcome", .text(text: "not_home"))
        record.choose("card_left", .flag(yes: true))
        await record.keep()
        #expect(record.state.proposal != nil)
        await record.done()
        #expect(record.state.saved != nil)
    }

    @Test func aPhotoIsTakenIntoTheDraftAndOutOfItAgain() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let record = try await app.record(about: app.openCase(office, "小川"), narrative: "")
        app.around.camera.shot = .noPermission
        await record.photograph()
        #expect(record.state.failure?.key == "invalid.camera.not_allowed")
        app.around.camera.shot = .photo(picture)
        await record.photograph()
        #expect(record.state.failure == nil)
        let photo = try #require(record.state.photos.first)
        #expect(photo.thumbnail != nil)
        await record.remove(photo.id)
        #expect(record.state.photos.isEmpty)
    }

    private func kept(_ app: App, _ draft: DraftId) throws -> Fields {
        try app.session.client.draft(id: draft).fields
    }
}

/// Holds up whatever stores something, until it is opened.
private final class Gate: Observer {
    let isShut = Kept(false)
    let isReached = Kept(false)

    func changed(state: SyncState) {
        while isShut.now {
            isReached.now = true
            usleep(1_000)
        }
    }
}
