//! Dates, times and spans in words, in the office's time zone.

use super::texts::Lang;
use doorstep_core::model::{Date, EntrySummary, TimeOfDay, Timestamp};
use jiff::civil;
use jiff::tz::TimeZone;

/// A date with its day of the week: `2026年11月20日 周五`, `Fri 20 Nov 2026`.
pub fn date(lang: Lang, date: Date) -> String {
    const ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (year, month, day) = date.parts();
    let weekday = civil::Date::new(year, month, day)
        .map_or(0, |date| usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0));
    let month_name = MONTHS[usize::try_from(month - 1).unwrap_or(0)];
    lang.pick(
        format!("{year}年{month}月{day}日 {}", ZH[weekday]),
        format!("{} {day} {month_name} {year}", EN[weekday]),
    )
}

/// An instant: `2026年11月20日 周五 18:05`.
pub fn instant(lang: Lang, zone: &TimeZone, time: Timestamp) -> String {
    let (day, clock) = time.local(zone);
    format!("{} {clock}", date(lang, day))
}

/// When an entry's contact took place: its date, start and end as far as they are known.
pub fn contact(lang: Lang, entry: &EntrySummary) -> String {
    let day = entry.date.map(|day| date(lang, day)).unwrap_or_default();
    let hours = span(entry.start, entry.end);
    if hours.is_empty() { day } else { format!("{day} {hours}") }
}

fn span(start: Option<TimeOfDay>, end: Option<TimeOfDay>) -> String {
    match (start, end) {
        (Some(start), Some(end)) => format!("{start}–{end}"),
        (Some(only), None) | (None, Some(only)) => only.to_string(),
        (None, None) => String::new(),
    }
}

/// How long something has waited, in the largest unit that fits.
pub fn wait(lang: Lang, ms: i64) -> String {
    let minutes = ms.max(0) / 60_000;
    let (count, zh, en) = match minutes {
        0..60 => (minutes.max(1), "分钟", "minute"),
        60..1_440 => (minutes / 60, "小时", "hour"),
        _ => (minutes / 1_440, "天", "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    lang.pick(format!("{count} {zh}"), format!("{count} {en}{plural}"))
}

/// Whole days since the person was met.
pub fn days_since(lang: Lang, days: Option<i32>) -> String {
    let t = lang.texts();
    match days {
        None => t.never_met.to_owned(),
        Some(0) => format!("{}{}{}", t.last_met, lang.pick("：", ": "), t.today),
        Some(days) => {
            let ago = if days == 1 { lang.pick("天前", "day ago") } else { t.days_ago };
            format!("{}{}{days} {ago}", t.last_met, lang.pick("：", ": "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_people_write_them() {
        let day = Date::new(2026, 11, 20).unwrap();
        assert_eq!(date(Lang::Zh, day), "2026年11月20日 周五");
        assert_eq!(date(Lang::En, day), "Fri 20 Nov 2026");
    }

    #[test]
    fn instants_are_told_in_the_office_s_zone() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let late = Timestamp::from_ms(1_795_190_400_000); // 2026-11-20T16:00:00Z
        assert_eq!(instant(Lang::En, &zone, late), "Sat 21 Nov 2026 00:00");
    }

    #[test]
    fn waits_use_the_largest_unit() {
        assert_eq!(wait(Lang::En, 0), "1 minute");
        assert_eq!(wait(Lang::En, 59 * 60_000), "59 minutes");
        assert_eq!(wait(Lang::Zh, 60 * 60_000), "1 小时");
        assert_eq!(wait(Lang::Zh, 49 * 3_600_000), "2 天");
    }
}
