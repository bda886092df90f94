import CoreKit
import DoorstepCore
import Testing

/// A person's file on the phone: begun, read and put right without a network.
@MainActor
struct PersonTests {
    @Test func aCaseIsOpenedAtTheDoorAndItsDetailsAreWrittenNext() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let team = try #require(try await app.session.teamsToOpenIn().first)
        let contact = [Edit(field: "pseudonym", value: .text(text: "小满"))]
        let id = try await app.session.open(
            NewCase(
                team: team.id, kind: .atThreshold, minor: true, contact: contact, file: [], restricted: []))

        let details = DetailsModel(session: app.session, case: id)
        let following = Task { await details.follow() }
        defer { following.cancel() }
        try await eventually("the parts are read") { details.parts.count == 3 }
        #expect(details.person == "小满")
        let part = try #require(details.parts.first { $0.part == .contact && $0.mayEdit })
        let draft = try #require(await details.edit(part.doc))

        let form = RecordModel(session: app.session, draft: draft)
        await form.load()
        #expect(form.state.part == .contact)
        #expect(form.state.kind == nil)
        form.type("guardian", "外婆")
        form.type("phone", "100 0000 1801")
        await form.done()
        #expect(form.state.failure == nil)
        try await eventually("what was written is read") {
            details.parts.first?.lines.map(\.field) == ["pseudonym", "phone", "guardian"]
        }
    }

    @Test func oneAnswerIsPutBackToWhatItWasAndAllOthersStay() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let id = try await app.openCase(office, "小石")
        let draft = try await app.session.record(.homeVisit, about: id)
        let doc = try await app.session.ask { client in
            let first = [
                Edit(field: "outcome", value: .text(text: "met")),
                Edit(field: "met", value: .text(text: "本人")),
                Edit(field: "narrative", value: .text(text: "奶奶在家。")),
            ]
            try client.typeInto(id: draft, edits: first)
            let doc = try client.saveDone(id: draft)
            let then = [
                Edit(field: "narrative", value: .text(text: "没人。")),
                Edit(field: "met", value: .text(text: "祖辈")),
            ]
            try client.setFields(doc: doc, edits: then)
            return doc
        }
        let entry = EntryModel(session: app.session, doc: doc)
        await entry.loadHistory()
        let rows = Array(entry.state.history.reversed())
        #expect(Set(rewritten(rows)) == ["met", "narrative"])
        let written = wordings(rows, "narrative").map(\.value)
        #expect(written == [.text(text: "没人。"), .text(text: "奶奶在家。")])

        await entry.restore("narrative", written[1])
        let fields = try await app.session.ask { try $0.entry(doc: doc).fields }
        #expect(fields["narrative"] == .text(text: "奶奶在家。"))
        #expect(fields["met"] == .text(text: "祖辈"))
    }
}
