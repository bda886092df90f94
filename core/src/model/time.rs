//! Instants and civil dates, which never mix.

use std::fmt;
use std::str::FromStr;

/// Why a text is not a date or a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimeFault {
    /// Not `YYYY-MM-DD`, or no such day.
    #[error("not a date")]
    NotADate,
    /// Not `HH:MM`, or no such time.
    #[error("not a time of day")]
    NotATime,
}

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, minicbor::Encode, minicbor::Decode,
)]
#[cbor(transparent)]
pub struct Timestamp(#[n(0)] i64);

impl Timestamp {
    /// From milliseconds since the epoch.
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since the epoch.
    pub const fn as_ms(self) -> i64 {
        self.0
    }

    /// Later (or earlier) by a number of milliseconds, saturating.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this instant (negative if it is later).
    pub const fn ms_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The civil date and time of day at this instant in a time zone.
    pub fn local(self, zone: &jiff::tz::TimeZone) -> (Date, TimeOfDay) {
        let instant = jiff::Timestamp::from_millisecond(self.0).unwrap_or_default();
        let there = instant.to_zoned(zone.clone());
        let minutes =
            u16::try_from(there.hour()).unwrap_or(0) * 60 + u16::try_from(there.minute()).unwrap_or(0);
        (Date(there.date()), TimeOfDay(minutes))
    }
}

/// A civil date, `YYYY-MM-DD` in every encoding.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// A date by year, month and day.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, TimeFault> {
        jiff::civil::Date::new(year, month, day).map(Self).map_err(|_| TimeFault::NotADate)
    }

    /// Whole days from `earlier` to this date (negative if it is later).
    pub fn days_since(self, earlier: Self) -> i32 {
        (self.0 - earlier.0).get_days()
    }

    /// The date a number of days later (or earlier); saturates at the calendar's ends.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(days)))
    }

    /// Year, month and day.
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }
}

impl FromStr for Date {
    type Err = TimeFault;
    fn from_str(text: &str) -> Result<Self, TimeFault> {
        // Strict: jiff alone would also accept a date with a time behind it.
        if text.len() != 10 {
            return Err(TimeFault::NotADate);
        }
        text.parse().map(Self).map_err(|_| TimeFault::NotADate)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({})", self.0)
    }
}

/// A time of day, `HH:MM`, in minutes since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// From minutes since midnight (0 to 1439).
    pub fn from_minutes(minutes: u16) -> Result<Self, TimeFault> {
        if minutes < 24 * 60 { Ok(Self(minutes)) } else { Err(TimeFault::NotATime) }
    }

    /// Minutes since midnight.
    pub fn minutes(self) -> u16 {
        self.0
    }
}

impl FromStr for TimeOfDay {
    type Err = TimeFault;
    fn from_str(text: &str) -> Result<Self, TimeFault> {
        let (hours, minutes) = text.split_once(':').ok_or(TimeFault::NotATime)?;
        let two = |part: &str| -> Result<u16, TimeFault> {
            if part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()) {
                part.parse().map_err(|_| TimeFault::NotATime)
            } else {
                Err(TimeFault::NotATime)
            }
        };
        let (hours, minutes) = (two(hours)?, two(minutes)?);
        if hours < 24 && minutes < 60 { Ok(Self(hours * 60 + minutes)) } else { Err(TimeFault::NotATime) }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

macro_rules! text_cbor {
    ($name:ident, $message:literal) => {
        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.str(&self.to_string())?.ok()
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                d.str()?.parse().map_err(|_| minicbor::decode::Error::message($message))
            }
        }
    };
}

text_cbor!(Date, "not a date");
text_cbor!(TimeOfDay, "not a time of day");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_strict() {
        assert_eq!("2026-02-28".parse(), Date::new(2026, 2, 28));
        for bad in ["2026-02-29", "2026-2-28", "2026-02-28T10:00", "28.02.2026", "", "２０２６-02-28"] {
            assert_eq!(bad.parse::<Date>(), Err(TimeFault::NotADate), "{bad}");
        }
    }

    #[test]
    fn days_count_across_a_leap_day() {
        let (february, march) = (Date::new(2028, 2, 28).unwrap(), Date::new(2028, 3, 1).unwrap());
        assert_eq!(march.days_since(february), 2);
        assert_eq!(february.days_since(march), -2);
        assert_eq!(february.plus_days(2), march);
    }

    #[test]
    fn times_of_day_are_strict() {
        assert_eq!("09:05".parse(), TimeOfDay::from_minutes(545));
        assert_eq!("09:05".parse::<TimeOfDay>().unwrap().to_string(), "09:05");
        for bad in ["24:00", "9:05", "09:60", "0905", "+9:05", "09:5 "] {
            assert_eq!(bad.parse::<TimeOfDay>(), Err(TimeFault::NotATime), "{bad}");
        }
    }

    #[test]
    fn an_instant_is_another_day_elsewhere() {
        let instant = Timestamp::from_ms(1_767_196_800_000); // 2025-12-31T16:00:00Z
        let zone = |name: &str| jiff::tz::TimeZone::get(name).unwrap();
        assert_eq!(instant.local(&zone("Asia/Shanghai")).0, Date::new(2026, 1, 1).unwrap());
        assert_eq!(instant.local(&zone("UTC")).0, Date::new(2025, 12, 31).unwrap());
    }
}
