//! Instants cross as the platform's instants; civil dates and times of day as their numbers, which
//! never turn into instants on the way.

use crate::failure::ClientError;
use doorstep_core::model::{Date, TimeOfDay, Timestamp};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Swift has a `Date` that is an instant; this one never is.
type CivilDate = Date;

uniffi::custom_type!(
    /// An instant, to the millisecond.
    Timestamp, SystemTime, {
        remote,
        lower: |instant| to_system(instant),
        try_lift: |time| Ok(from_system(time)),
    }
);

/// Year, month and day.
#[derive(uniffi::Record)]
pub struct DateParts {
    /// Year.
    pub year: i16,
    /// Month, from 1.
    pub month: i8,
    /// Day of the month, from 1.
    pub day: i8,
}

uniffi::custom_type!(
    /// A day of the calendar, wherever one is.
    CivilDate, DateParts, {
        remote,
        lower: |date| {
            let (year, month, day) = date.parts();
            DateParts { year, month, day }
        },
        try_lift: |parts| {
            let DateParts { year, month, day } = parts;
            Date::new(year, month, day).map_err(|_| ClientError::invalid("date", "form").into())
        },
    }
);

uniffi::custom_type!(
    /// Minutes since midnight.
    TimeOfDay, u16, {
        remote,
        lower: |time| time.minutes(),
        try_lift: |minutes| {
            TimeOfDay::from_minutes(minutes).map_err(|_| ClientError::invalid("time", "form").into())
        },
    }
);

fn to_system(instant: Timestamp) -> SystemTime {
    let ms = Duration::from_millis(instant.as_ms().unsigned_abs());
    let there = if instant.as_ms() < 0 { UNIX_EPOCH.checked_sub(ms) } else { UNIX_EPOCH.checked_add(ms) };
    there.unwrap_or(UNIX_EPOCH)
}

fn from_system(time: SystemTime) -> Timestamp {
    let ms = |duration: Duration| i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => Timestamp::from_ms(ms(since)),
        Err(before) => Timestamp::from_ms(-ms(before.duration())),
    }
}
