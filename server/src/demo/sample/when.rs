//! Times of the sample office, told relative to the day of the demo so that it is always fresh.
//!
//! `"5w tue 15:30-16:20"` is the Tuesday five weeks before this week's, `"3d 09:00-09:40"` three
//! days ago. School visits fall on school days whatever the day of the demo.

use doorstep_core::model::{Date, TimeOfDay, Timestamp};
use jiff::civil;
use jiff::tz::TimeZone;
use serde::Deserialize;

/// When something happened, relative to the day of the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct When {
    day: Day,
    /// When it began.
    pub start: TimeOfDay,
    /// When it ended.
    pub end: TimeOfDay,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Day {
    Ago(i32),
    /// Weeks before this one, and days after that week's Monday.
    Week(i32, i32),
}

/// Why a text is not a relative time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a relative time such as `5w tue 15:30-16:20`")]
pub struct WhenFault;

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl TryFrom<String> for When {
    type Error = WhenFault;

    fn try_from(text: String) -> Result<Self, WhenFault> {
        let (day, times) = text.rsplit_once(' ').ok_or(WhenFault)?;
        let (start, end) = times.split_once('-').ok_or(WhenFault)?;
        let day = if let Some((weeks, name)) = day.split_once("w ") {
            let weekday = (0..).zip(WEEKDAYS).find(|(_, known)| *known == name).ok_or(WhenFault)?.0;
            Day::Week(weeks.parse().map_err(|_| WhenFault)?, weekday)
        } else {
            let days = day.strip_suffix('d').ok_or(WhenFault)?;
            Day::Ago(days.parse().map_err(|_| WhenFault)?)
        };
        let (start, end) = (start.parse().map_err(|_| WhenFault)?, end.parse().map_err(|_| WhenFault)?);
        if start <= end { Ok(Self { day, start, end }) } else { Err(WhenFault) }
    }
}

impl When {
    /// The civil date, seen from the day of the demo.
    pub fn date(self, today: Date) -> Date {
        match self.day {
            Day::Ago(days) => today.plus_days(-days),
            Day::Week(weeks, weekday) => today.plus_days(weekday - weekday_of(today) - 7 * weeks),
        }
    }

    /// The instant at which the worker puts it down: a quarter of an hour after its end.
    pub fn recorded(self, today: Date, zone: &TimeZone) -> Timestamp {
        instant(self.date(today), self.end, zone).plus_ms(15 * 60_000)
    }
}

/// Days since Monday.
fn weekday_of(date: Date) -> i32 {
    let (year, month, day) = date.parts();
    let civil = civil::Date::new(year, month, day).unwrap_or_default();
    i32::from(civil.weekday().to_monday_zero_offset())
}

/// The instant of a civil date and time of day in a zone.
pub fn instant(date: Date, time: TimeOfDay, zone: &TimeZone) -> Timestamp {
    let (year, month, day) = date.parts();
    let minutes = i8::try_from(time.minutes() % 60).unwrap_or(0);
    let hours = i8::try_from(time.minutes() / 60).unwrap_or(0);
    let civil = civil::Date::new(year, month, day).unwrap_or_default().at(hours, minutes, 0, 0);
    let at = civil.to_zoned(zone.clone()).map(|there| there.timestamp().as_millisecond());
    Timestamp::from_ms(at.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weekday_stays_that_weekday_on_every_day_of_the_demo() {
        let when = When::try_from("5w wed 15:30-16:20".to_owned()).unwrap();
        for shift in 0..14 {
            let today = Date::new(2026, 3, 2).unwrap().plus_days(shift);
            assert_eq!(weekday_of(when.date(today)), 2);
            assert!((28..=42).contains(&today.days_since(when.date(today))));
        }
    }

    #[test]
    fn days_ago_are_counted_back_from_the_day_of_the_demo() {
        let when = When::try_from("3d 09:00-09:40".to_owned()).unwrap();
        assert_eq!(when.date(Date::new(2026, 3, 2).unwrap()), Date::new(2026, 2, 27).unwrap());
    }

    #[test]
    fn what_is_not_a_relative_time_is_refused() {
        for text in ["", "3d", "3d 10:00-09:00", "2w day 09:00-10:00", "x 09:00-10:00"] {
            assert_eq!(When::try_from(text.to_owned()), Err(WhenFault), "{text}");
        }
    }
}
