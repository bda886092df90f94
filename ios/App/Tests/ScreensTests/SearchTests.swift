import Testing

@testable import Screens

struct SearchTests {
    private let long = String(repeating: "前", count: 30) + "夜校" + String(repeating: "后", count: 80)

    @Test func whatWasLookedForIsSeenWithoutOpening() {
        let found = passages(["没有", long], "夜校")
        #expect(found.count == 1)
        #expect(found[0].hasPrefix("…" + String(repeating: "前", count: 12) + "夜校"))
        #expect(found[0].hasSuffix("后…"))
        #expect(found[0].count == 62)
    }

    @Test func whatWasFoundByKindOrNameShowsItsBeginning() {
        #expect(passages(["", "说起夜校", "别的"], "家访") == ["说起夜校"])
        #expect(passages(["", ""], "家访").isEmpty)
    }

    @Test func everyPlaceIsMarkedInAnyCase() {
        let marked = pieces("QR 和 qr", "qr")
        #expect(marked.map(\.text) == ["QR", " 和 ", "qr"])
        #expect(marked.map(\.isFound) == [true, false, true])
        #expect(pieces("家访", "  ").map(\.text) == ["家访"])
    }

    @Test func emojiAndRightToLeftTextStayWhole() {
        let family = String(repeating: "👩‍👩‍👧", count: 20)
        let found = passages([family + "شكرا" + family], "شكرا")
        #expect(found.count == 1)
        #expect(found[0].contains("شكرا"))
        #expect(!found[0].unicodeScalars.contains("\u{FFFD}"))
        #expect(found[0].dropFirst().first == "👩‍👩‍👧")
    }
}
