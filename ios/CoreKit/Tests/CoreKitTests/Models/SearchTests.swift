import CoreKit
import DoorstepCore
import Foundation
import Testing

@MainActor
struct SearchTests {
    @Test func aPersonAndAnEntryAreFoundByWhatIsTyped() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let id = try await app.openCase(office, "小川")
        let record = try await app.record(about: id, narrative: "说起夜校报名的事")
        await record.later()

        let search = SearchModel(session: app.session)
        await search.find()
        #expect(search.state.hits == nil)
        search.type("夜校")
        #expect(search.state.hits == nil)
        await search.find()
        guard case .entry(let row)? = search.state.hits?.first else { throw Failure.notFound }
        #expect(row.doc == record.state.saved)
        #expect(search.state.names.person(row.scope) == "小川")

        // What was found for other words is gone at once.
        search.type("小川")
        #expect(search.state.hits == nil)
        await search.find()
        guard case .case(let found, _)? = search.state.hits?.first else { throw Failure.notFound }
        #expect(found == id)
    }

    @Test func twoAnswersThatDifferStandInTheCaseAndAreSettledThere() async throws {
        let office = try await Office(.worker("林晓"), .worker("何平"))
        let one = try await App.inside(office, "林晓")
        let id = try await one.openCase(office, "小川")
        let record = try await one.record(about: id, narrative: "到访")
        await record.done()
        let doc = try #require(record.state.saved)
        try await one.sync()
        try office.assign(id, to: "何平", as: "co_worker")
        let other = try await App.inside(office, "何平")
        for (app, text) in [(one, "周一再来"), (other, "周五再来")] {
            await (try await app.entry(doc)).restore("next_step", .text(text: text))
        }
        try await one.sync()
        try await other.sync()

        let shown = CaseModel(session: other.session, case: id)
        try await following(shown.follow) {
            try await eventually("both stand in the case") { shown.state.conflicts.map(\.doc) == [doc] }
            #expect(await shown.settle(shown.state.conflicts[0], .text(text: "周一再来")))
            try await eventually("it is settled") { shown.state.conflicts.isEmpty }
        }
        #expect(try await other.entry(doc).state.view?.fields["next_step"] == .text(text: "周一再来"))
    }
}
