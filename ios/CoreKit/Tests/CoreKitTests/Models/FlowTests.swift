import CoreKit
import DoorstepCore
import Foundation
import Testing

/// What people do, through the models that the screens draw.
@MainActor
struct FlowTests {
    @Test func aReturnedEntryIsFixedAndHandedInAgain() async throws {
        let office = try await Office(.worker("林晓"), .supervisor("周敏"))
        let worker = try await App.inside(office, "林晓")
        let id = try await worker.openCase(office, "小川")

        // Offline, and the app ends in the middle.
        office.stop()
        let begun = try await worker.record(about: id, narrative: "写到一半")
        #expect(await begun.keep())
        await worker.restart()
        await worker.door.unlock("4711").value
        let draft = try #require(await worker.session.draftInHand(now: .now))
        let record = RecordModel(session: worker.session, draft: draft)
        await record.load()
        #expect(record.state.text("narrative") == "写到一半")
        record.type("narrative", "写到一半，接着写完")
        await record.done()
        let doc = try #require(record.state.saved)
        let offline = SyncModel(session: worker.session)
        await offline.now()
        #expect(offline.status == SyncStatus(failure: .offline))

        try office.start()
        try await worker.sync()
        let supervisor = try await App.inside(office, "周敏")
        let queue = QueueModel(session: supervisor.session)
        try await following(queue.follow) {
            try await eventually("it waits") { queue.rows.map(\.row.doc) == [doc] }
            #expect(queue.names.person(queue.rows[0].row.scope) == "小川")
            let shown = try await supervisor.entry(doc)
            #expect(shown.state.mayDecide)
            try await supervisor.remark(.return, on: doc, about: ["narrative"], "请写明谁在家")
            try await eventually("the queue is empty") { queue.rows.isEmpty }
        }
        try await supervisor.sync()

        try await worker.sync()
        let attention = AttentionModel(session: worker.session)
        try await following(attention.follow) {
            try await eventually("it came back") { attention.items.count == 1 }
        }
        let returned = try await worker.entry(doc)
        #expect(returned.state.view?.review.returned?.reason == "请写明谁在家")
        #expect(returned.state.view?.review.returned?.fields == ["narrative"])
        // It stands beside the answer that it is about.
        #expect(returned.state.said(about: "narrative").map(\.what) == ["请写明谁在家"])
        #expect(returned.state.said(about: "outcome").isEmpty)
        let fix = RecordModel(session: worker.session, draft: try #require(await returned.edit()))
        await fix.load()
        fix.type("narrative", "写到一半，接着写完。母亲在家。")
        await fix.done()
        try await eventually("it is handed in again") { returned.state.view?.review.state == .resubmitted }
        try await worker.sync()

        try await supervisor.sync()
        let again = try await supervisor.entry(doc)
        #expect(again.state.view?.fields["narrative"] == .text(text: "写到一半，接着写完。母亲在家。"))
        await again.approve()
        try await eventually("it is approved") { again.state.view?.review.state == .approved }
    }

    @Test func twoAnswersToOneQuestionAreSettledByOneTap() async throws {
        let office = try await Office(.worker("林晓"), .worker("何平"))
        let one = try await App.inside(office, "林晓")
        let id = try await one.openCase(office, "小川")
        let record = try await one.record(about: id, narrative: "到访")
        record.type("next_step", "下周再来")
        await record.done()
        let doc = try #require(record.state.saved)
        try await one.sync()
        try office.assign(id, to: "何平", as: "co_worker")
        let other = try await App.inside(office, "何平")

        for (app, text) in [(one, "周一再来"), (other, "周五再来")] {
            let draft = try #require(await app.entry(doc).edit())
            let edit = RecordModel(session: app.session, draft: draft)
            await edit.load()
            edit.type("next_step", text)
            await edit.later()
            #expect(edit.state.saved == doc)
        }
        try await one.sync()
        try await other.sync()
        let entry = try await other.entry(doc)
        let card = try #require(entry.state.view?.conflicts.first)
        #expect(Set(card.sides.map(\.value)) == [.text(text: "周一再来"), .text(text: "周五再来")])
        await entry.settle(card, .text(text: "周一再来"))
        try await eventually("it is settled") { entry.state.view?.conflicts.isEmpty == true }
        try await other.sync()
        try await one.sync()
        let settled = try await one.entry(doc)
        #expect(settled.state.view?.fields["next_step"] == .text(text: "周一再来"))
        #expect(settled.state.view?.conflicts.isEmpty == true)
    }

    @Test func anEarlierValueIsFoundInTheHistoryAndHoldsAgain() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let record = try await app.record(about: app.openCase(office, "小川"), narrative: "")
        record.type("next_step", "下周再来")
        await record.later()
        let entry = try await app.entry(try #require(record.state.saved))
        await entry.restore("next_step", .text(text: "误改"))
        await entry.loadHistory()
        let changes = entry.state.history.flatMap(\.changes).filter { $0.field == "next_step" }
        #expect(changes.count == 2)
        await entry.restore("next_step", .text(text: "下周再来"))
        try await eventually("it holds again") {
            entry.state.view?.fields["next_step"] == .text(text: "下周再来")
        }
    }

    @Test func whatMayNotBeDoneIsSaidOnTheEntryAndChangesNothing() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let record = try await app.record(about: app.openCase(office, "小川"), narrative: "到访")
        await record.done()
        let entry = try await app.entry(try #require(record.state.saved))
        await entry.approve()
        #expect(entry.state.failure?.key.hasPrefix("not_allowed") == true)
        // Something else is stored: what was said and asked for stays on the screen.
        await entry.loadHistory()
        await entry.approve()
        _ = try await app.openCase(office, "小满")
        try await Task.sleep(for: .milliseconds(200))
        #expect(entry.state.failure?.key.hasPrefix("not_allowed") == true)
        #expect(!entry.state.history.isEmpty)
        #expect(entry.state.view?.review.state == .submitted)
    }
}

/// Lets a model follow while something is looked at.
@MainActor
func following(_ follow: @escaping @MainActor () async -> Void, _ look: () async throws -> Void) async throws
{
    let task = Task { await follow() }
    defer { task.cancel() }
    try await look()
}
