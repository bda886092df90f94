import DoorstepCore
import Foundation
import Testing

/// Values arrive as what they are on this side.
struct TypesTests {
    @Test func datesTimesOfDayAndInstantsCrossAsWhatTheyAre() async throws {
        let office = try await Office(.worker("林晓"))
        let phone = try await Phone.enrolled(office, "林晓")
        let fields: KeyValuePairs = ["date": "2024-02-29", "start": "00:05", "end": "23:59"]
        let draft = try phone.visit(phone.openCase(office.team, "小川"), fields)
        let doc = try phone.client.saveDone(id: draft)
        let entry = try phone.client.entry(doc: doc).summary.entry
        #expect(entry?.date == CivilDate(year: 2024, month: 2, day: 29))
        // Not one by one: Swift 6.0 cannot compile the comparison of an optional UInt16 in #expect.
        let times: [TimeOfDay?] = [entry?.start, entry?.end]
        #expect(times == [5, 1439])
        let saved = try phone.client.history(doc: doc)[0].time
        #expect(abs(saved.timeIntervalSinceNow) < 60)
        #expect(UUID(uuidString: doc) != nil)
    }

    @Test func everyCodeReadsBackAndOneOfANewerReleaseKeepsItsText() {
        #expect(entryKinds().map { entryKindOf(code: entryKindCode(value: $0)) } == entryKinds())
        #expect(entryKindCode(value: .homeVisit) == "home_visit")
        #expect(entryKindOf(code: "drone_visit") == .unknown(code: "drone_visit"))
        #expect(outcomeOf(code: "not_home") == .notHome)
    }

    @Test func aDifferenceComesInPiecesThatMakeUpBothTexts() {
        let pieces = textDifference(before: "下周再来", after: "本周五再来 😊")
        #expect(pieces.filter { $0.kind != .added }.map(\.text).joined() == "下周再来")
        #expect(pieces.filter { $0.kind != .removed }.map(\.text).joined() == "本周五再来 😊")
    }
}
