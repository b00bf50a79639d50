//! Moments that are typed into a form.

use crate::clerk::model::Timestamp;
use jiff::{civil::Date, tz::TimeZone};

/// A day, which begins at midnight UTC, or a moment as RFC 3339 has it.
pub(super) fn read_moment(text: &str) -> Result<Timestamp, &'static str> {
    let day = text.parse::<Date>().ok();
    let midnight = day.and_then(|day| Some(day.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp()));
    let moment = text.parse::<jiff::Timestamp>().ok().or(midnight);
    moment.map(Timestamp::from).ok_or("A day, as 2026-01-31, or a moment, as 2026-01-31T09:30:00Z.")
}
