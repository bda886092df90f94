import DoorstepCore
import Foundation
import Testing

@testable import Screens

struct ListsTests {
    private static func row(
        _ kind: EntryKind, _ author: MemberId, _ state: ReviewState = .submitted, on date: CivilDate? = nil
    ) -> EntryListRow {
        EntryListRow(
            doc: UUID().uuidString, scope: .case(id: "c1"), class: .file,
            entry: EntrySummary(
                kind: kind, author: author, date: date, start: nil, end: nil, outcome: nil, place: nil,
                placeNote: "", mode: nil, cardLeft: false, crisis: false, excerpt: "", nextStep: "",
                nextDate: nil,
                group: nil, workers: []), author: author, state: state, isWaiting: false, conflicts: 0)
    }

    private let queue = [
        row(.interview, "林"), row(.homeVisit, "林"), row(.homeVisit, "周", .resubmitted),
    ].map { QueueRow(row: $0, since: nil) }

    @Test func nothingChosenShowsTheWholeQueue() {
        #expect(Sieve().keep(queue) == queue)
        #expect(Sieve().count == 0)
    }

    @Test func eachChoiceSifts() {
        #expect(Sieve(kind: .homeVisit).keep(queue) == Array(queue[1...]))
        #expect(Sieve(author: "林").keep(queue) == Array(queue[..<2]))
        #expect(Sieve(isAgain: true).keep(queue) == [queue[2]])
        #expect(Sieve(kind: .interview, author: "周").keep(queue).isEmpty)
        #expect(Sieve(kind: .interview, author: "周", isAgain: true).count == 3)
    }

    @Test func theMostFrequentKindIsOfferedFirst() {
        #expect(queue.kinds == [.homeVisit, .interview])
        #expect(queue.authors == ["林": "林", "周": "周"])
    }

    @Test func aTimelineIsReadByMonthInItsOrder() {
        let march = DateParts(year: 2026, month: 3, day: 12)
        let february = DateParts(year: 2026, month: 2, day: 1)
        let rows = [
            ListsTests.row(.homeVisit, "林", on: march),
            ListsTests.row(.interview, "林", on: DateParts(year: 2026, month: 3, day: 2)),
            ListsTests.row(.note, "林", on: february), ListsTests.row(.note, "林"),
        ]
        let months = byMonth(rows)
        #expect(months.map(\.first) == [DateParts(year: 2026, month: 3, day: 1), february, nil])
        #expect(months.map(\.entries.count) == [2, 1, 1])
        #expect(months.flatMap(\.entries) == rows)
    }
}
