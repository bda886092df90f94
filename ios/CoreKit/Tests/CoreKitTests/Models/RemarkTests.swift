import CoreKit
import DoorstepCore
import Foundation
import Testing

/// What is written about an entry, and what it read like before.
@MainActor
struct RemarkTests {
    @Test func aSupervisorSeesWhatChangedSinceTheReturn() async throws {
        let office = try await Office(.worker("林晓"), .supervisor("周敏"))
        let worker = try await App.inside(office, "林晓")
        let supervisor = try await App.inside(office, "周敏")
        let record = try await worker.record(about: worker.openCase(office, "小川"), narrative: "到访")
        await record.done()
        let doc = try #require(record.state.saved)
        try await worker.sync()
        try await supervisor.sync()
        let shown = try await supervisor.entry(doc)
        #expect(shown.state.supervises && shown.state.mayDecide && !shown.state.mayWithdraw)
        try await supervisor.remark(.return, on: doc, "请写明谁在家")
        try await supervisor.sync()

        try await worker.sync()
        let returned = try await worker.entry(doc)
        #expect(returned.state.isToBeCorrected && returned.state.openReturn?.reason == "请写明谁在家")
        let fix = RecordModel(session: worker.session, draft: try #require(await returned.edit()))
        await fix.load()
        fix.type("narrative", "到访，母亲在家。")
        await fix.done()
        try await worker.sync()

        try await supervisor.sync()
        let again = try await supervisor.entry(doc)
        let unseen = try #require(again.state.unseen)
        #expect(unseen.since == .return)
        #expect(
            unseen.changes.filter { isShown($0.field) } == [
                FieldChange(
                    field: "narrative", before: .text(text: "到访"), after: .text(text: "到访，母亲在家。"))
            ])
    }

    @Test func whatIsAskedForInAReturnIsThereAgainAfterTheAppWasKilledUntilItWasSent() async throws {
        let office = try await Office(.worker("林晓"), .supervisor("周敏"))
        let worker = try await App.inside(office, "林晓")
        let supervisor = try await App.inside(office, "周敏")
        let record = try await worker.record(about: worker.openCase(office, "小川"), narrative: "到访")
        await record.done()
        let doc = try #require(record.state.saved)
        try await worker.sync()
        try await supervisor.sync()
        let seen = try supervisor.session.client.entry(doc: doc).heads

        let begun = RemarkModel(
            session: supervisor.session, doc: doc, kind: .return, seen: seen, pause: .milliseconds(20))
        await begun.load()
        begun.write(about: ["narrative"], "请写明谈了多")
        try await eventually("it is kept at a pause") {
            try supervisor.session.client.remark(doc: doc, kind: .return).text == "请写明谈了多"
        }
        await supervisor.restart()
        await supervisor.door.unlock("4711").value

        let again = RemarkModel(session: supervisor.session, doc: doc, kind: .return, seen: seen)
        await again.load()
        #expect(again.remark == Remark(fields: ["narrative"], text: "请写明谈了多"))
        again.write(about: again.remark.fields, again.remark.text + "久")
        await again.send()
        #expect(again.isSent && again.failure == nil)
        let returned = try supervisor.session.client.entry(doc: doc).review.returned
        #expect(returned?.reason == "请写明谈了多久" && returned?.fields == ["narrative"])
        #expect(try supervisor.session.client.remark(doc: doc, kind: .return).text.isEmpty)
    }

    @Test func anEntryIsReadAsItWasAndPutBack() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let record = try await app.record(about: app.openCase(office, "小川"), narrative: "原来的")
        await record.later()
        let doc = try #require(record.state.saved)
        let entry = try await app.entry(doc)
        let before = try #require(entry.state.view?.heads)
        await entry.restore("narrative", .text(text: "误改"))
        let earlier = EarlierModel(session: app.session, doc: doc, heads: before)
        try await following(earlier.follow) {
            try await eventually("it is read") { !earlier.state.back.isEmpty }
            #expect(earlier.state.fields["narrative"] == .text(text: "原来的"))
            #expect(earlier.state.back == [Edit(field: "narrative", value: .text(text: "原来的"))])
            #expect(await earlier.restore())
            try await eventually("nothing is left to put back") { earlier.state.back.isEmpty }
        }
        #expect(entry.state.view?.fields["narrative"] == .text(text: "原来的"))
    }

    @Test func anEntryUnderTheWrongPersonIsWithdrawnAndCopied() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let right = try await app.openCase(office, "小石")
        let record = try await app.record(about: app.openCase(office, "小川"), narrative: "到访")
        await record.done()
        let entry = try await app.entry(try #require(record.state.saved))
        #expect(entry.state.mayWithdraw)
        try await app.remark(.withdraw, on: try #require(record.state.saved), "应是小石")
        try await eventually("it is withdrawn") { entry.state.isWithdrawn }
        #expect(entry.state.withdrawal == "应是小石")
        guard case .case(let wrong) = entry.state.view?.scope else { throw Never(what: "a case") }
        let persons = PersonsModel(session: app.session, but: wrong)
        await persons.find("")
        #expect(persons.cases.map(\.grant.case) == [right])
        let copy = RecordModel(session: app.session, draft: try #require(await entry.copy(to: right)))
        await copy.load()
        #expect(copy.state.person == "小石")
        #expect(copy.state.text("narrative") == "到访")
    }
}
