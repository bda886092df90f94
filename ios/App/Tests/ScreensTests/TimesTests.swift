import DoorstepCore
import Foundation
import Testing

@testable import Screens

struct TimesTests {
    private let shanghai = TimeZone(identifier: "Asia/Shanghai") ?? .gmt
    private let honolulu = TimeZone(identifier: "Pacific/Honolulu") ?? .gmt
    /// 2026-03-12 23:30 in Shanghai.
    private let late = Date(timeIntervalSince1970: 1_773_329_400)

    @Test func aDayIsTheOneWhereThePhoneIs() {
        #expect(iso(civil(late, in: shanghai)) == "2026-03-12")
        #expect(iso(civil(late, in: honolulu)) == "2026-03-12")
        #expect(iso(civil(late.addingTimeInterval(3_600), in: shanghai)) == "2026-03-13")
    }

    @Test func aDayComesBackFromItsPickerAsItWas() throws {
        for zone in [shanghai, honolulu, .gmt] {
            let day = DateParts(year: 2026, month: 3, day: 1)
            let shown = try #require(noon(day, in: zone))
            #expect(civil(shown, in: zone) == day)
        }
    }

    @Test func whatIsNoDayIsShownAsNone() {
        #expect(civil(iso: "2026-03-12") == DateParts(year: 2026, month: 3, day: 12))
        for text in ["", "soon", "2026-13-01", "2026-03", "2026-03-12-1", "2026-03-"] {
            #expect(civil(iso: text) == nil)
        }
    }

    @Test func aTimeComesBackFromItsPickerAsItWas() throws {
        let shown = try #require(moment(clock: "09:05", on: late, in: shanghai))
        #expect(clock(shown, in: shanghai) == "09:05")
        for text in ["", "9", "25:00", "09:05:00", "aa:bb"] {
            #expect(moment(clock: text, on: late, in: shanghai) == nil)
        }
    }

    @Test func whatWasJustUsedIsNotLocked() {
        var lock = AutoLock()
        #expect(!lock.isTime)
        lock.used()
        #expect(lock.left > .seconds(299))
    }
}
