import DoorstepCore
import SwiftUI

/// Days are those of the calendar, in no zone: a visit's day is the same wherever it is read. Always the calendar
/// that records are written in, whichever one the phone shows.
private func gregorian(_ zone: TimeZone) -> Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    return calendar
}

private let nowhere = gregorian(.gmt)

/// The middle of a day, for counting and for pickers.
func noon(_ day: CivilDate, in zone: TimeZone = .gmt) -> Date? {
    gregorian(zone).date(
        from: DateComponents(year: Int(day.year), month: Int(day.month), day: Int(day.day), hour: 12))
}

/// The day where the phone is.
func civil(_ moment: Date, in zone: TimeZone = .current) -> CivilDate {
    let parts = gregorian(zone).dateComponents([.year, .month, .day], from: moment)
    return DateParts(
        year: Int16(clamping: parts.year ?? 1970), month: Int8(clamping: parts.month ?? 1),
        day: Int8(clamping: parts.day ?? 1))
}

/// A time of day as fields hold it, on the day of `moment` where the phone is; none for what is no time.
func moment(clock text: String, on moment: Date, in zone: TimeZone = .current) -> Date? {
    let parts = text.split(separator: ":").map { Int($0) }
    guard parts.count == 2, let hour = parts[0], let minute = parts[1] else { return nil }
    return gregorian(zone).date(bySettingHour: hour, minute: minute, second: 0, of: moment)
}

/// A day as people say it: today, yesterday, or day and month.
func day(_ date: CivilDate, _ today: CivilDate) -> Text {
    guard let then = noon(date), let now = noon(today) else { return plainDay(date, thisYear: today.year) }
    return switch nowhere.dateComponents([.day], from: then, to: now).day {
    case 0: say("day.today")
    case 1: say("day.yesterday")
    case -1: say("day.tomorrow")
    default: plainDay(date, thisYear: today.year)
    }
}

/// Day and month in the order of the language; the year where it is another one.
func plainDay(_ date: CivilDate, thisYear: Int16) -> Text {
    guard let instant = noon(date) else { return asWritten(iso(date)) }
    var style = Date.FormatStyle(calendar: nowhere, timeZone: .gmt).month(.abbreviated).day()
    if date.year != thisYear { style = style.year() }
    return Text(instant, format: style)
}

/// A month; the year where it is another one.
func monthName(_ first: CivilDate, thisYear: Int16) -> Text {
    guard let instant = noon(first) else { return asWritten(iso(first)) }
    let style = Date.FormatStyle(calendar: nowhere, timeZone: .gmt).month()
    return Text(instant, format: first.year == thisYear ? style : style.year())
}

/// How long ago, coarsely: what matters is hours or days.
func ago(_ moment: Date, _ now: Date) -> Text {
    let minutes = Int(now.timeIntervalSince(moment) / 60)
    return switch minutes {
    case ..<1: say("ago.now")
    case ..<60: say("ago.minutes", number(minutes))
    case ..<1_440: say("ago.hours", number(minutes / 60))
    case ..<2_880: say("ago.day")
    default: say("ago.days", number(minutes / 1_440))
    }
}

/// How long ago, as a moment: "3 hours ago".
func since(_ moment: Date, _ now: Date) -> Text {
    let passed = ago(moment, now)
    return now.timeIntervalSince(moment) < 60 ? passed : say("ago.since", passed)
}

/// A day as fields hold it.
func iso(_ date: CivilDate) -> String {
    "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
}

/// The day that a field holds; none for what a newer release may have written.
func civil(iso text: String) -> CivilDate? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, let year = Int16(parts[0]), let month = Int8(parts[1]), let day = Int8(parts[2]),
        (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    return DateParts(year: year, month: month, day: day)
}

/// A time of day as fields hold it.
func clock(_ moment: Date, in zone: TimeZone = .current) -> String {
    let parts = gregorian(zone).dateComponents([.hour, .minute], from: moment)
    return "\(padded(parts.hour ?? 0, 2)):\(padded(parts.minute ?? 0, 2))"
}

private func padded<N: BinaryInteger>(_ number: N, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}
