//! Words for moments and spans. Pure: what time it is, and where, is given.
//!
//! Ages are rounded down, and months and years are mean ones: `3d` is three days and something.

use super::text::Shown;
use crate::clerk::model::Timestamp;
use jiff::{civil::Date, tz::TimeZone};
use std::time::Duration;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
/// A twelfth of a year, in seconds.
const MONTH: u64 = YEAR / 12;
/// The mean year of the calendar, 365.2425 days, in seconds.
const YEAR: u64 = 31_556_952;
const DAY_IN_MILLIS: i64 = 86_400_000;

/// What stands where Clerk told no moment.
pub(super) const NEVER: &str = "–";

/// The moment that everything is told from, and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct When<'a> {
    now: Timestamp,
    zone: &'a TimeZone,
}

/// An age in its greatest whole unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Age {
    Seconds,
    Minutes(u64),
    Hours(u64),
    Days(u64),
    Months(u64),
    Years(u64),
}

impl Age {
    /// Days are counted up to two months, months up to two years.
    fn of(elapsed: Duration) -> Self {
        match elapsed.as_secs() {
            ..MINUTE => Self::Seconds,
            seconds @ ..HOUR => Self::Minutes(seconds / MINUTE),
            seconds @ ..DAY => Self::Hours(seconds / HOUR),
            seconds => Self::of_days(seconds / DAY),
        }
    }

    fn of_days(days: u64) -> Self {
        match days * DAY {
            seconds if seconds < 2 * MONTH => Self::Days(days),
            seconds if seconds < 2 * YEAR => Self::Months(seconds / MONTH),
            seconds => Self::Years(seconds / YEAR),
        }
    }

    /// At most five cells, for a column.
    fn short(self) -> String {
        match self {
            Self::Seconds => "now".to_owned(),
            Self::Minutes(minutes) => format!("{minutes}m"),
            Self::Hours(hours) => format!("{hours}h"),
            Self::Days(days) => format!("{days}d"),
            Self::Months(months) => format!("{months}mo"),
            Self::Years(years) => format!("{years}y"),
        }
    }

    fn ago(self) -> String {
        let (number, one, many) = match self {
            Self::Seconds => return "just now".to_owned(),
            Self::Minutes(minutes) => (minutes, "min", "min"),
            Self::Hours(hours) => (hours, "h", "h"),
            Self::Days(days) => (days, "day", "days"),
            Self::Months(months) => (months, "month", "months"),
            Self::Years(years) => (years, "year", "years"),
        };
        format!("{number} {} ago", if number == 1 { one } else { many })
    }
}

impl<'a> When<'a> {
    /// Tells everything from `now`, in `zone`.
    pub(super) fn new(now: Timestamp, zone: &'a TimeZone) -> Self {
        Self { now, zone }
    }

    /// How long ago, for a column: `now`, `12m`, `3h`, `3d`, `8mo`, `2y`.
    pub(super) fn age(&self, then: Timestamp) -> Shown<'static> {
        if !is_told(then) {
            return Shown::fixed(NEVER);
        }
        Shown::foreign(Age::of(self.now.since(then)).short())
    }

    /// How long ago, as words: `3 days ago`.
    pub(super) fn ago(&self, then: Timestamp) -> Shown<'static> {
        if !is_told(then) {
            return Shown::default();
        }
        Shown::foreign(Age::of(self.now.since(then)).ago())
    }

    /// The same for a moment that Clerk tells to the day only: `today`, `1d`.
    pub(super) fn day_age(&self, then: Option<Timestamp>) -> Shown<'static> {
        match self.days_since(then) {
            None => Shown::fixed(NEVER),
            Some(0) => Shown::fixed("today"),
            Some(days) => Shown::foreign(Age::of_days(days).short()),
        }
    }

    /// The same as words: `today`, `yesterday`, `3 days ago`.
    pub(super) fn day_ago(&self, then: Option<Timestamp>) -> Shown<'static> {
        match self.days_since(then) {
            None => Shown::default(),
            Some(0) => Shown::fixed("today"),
            Some(1) => Shown::fixed("yesterday"),
            Some(days) => Shown::foreign(Age::of_days(days).ago()),
        }
    }

    /// `2026-11-20`.
    pub(super) fn day(&self, then: Timestamp) -> Shown<'static> {
        let date = self.zone_of(then).and_then(|zone| date(then, zone));
        date.map_or(Shown::fixed(NEVER), |date| Shown::foreign(date.to_string()))
    }

    /// `2026-11-20 09:14`.
    pub(super) fn minute(&self, then: Timestamp) -> Shown<'static> {
        let Some(moment) = then.to_jiff().filter(|_| is_told(then)) else { return Shown::fixed(NEVER) };
        Shown::foreign(self.zone.to_datetime(moment).strftime("%Y-%m-%d %H:%M").to_string())
    }

    /// `09:14:05`.
    pub(super) fn second(&self, then: Timestamp) -> Shown<'static> {
        let Some(moment) = then.to_jiff().filter(|_| is_told(then)) else { return Shown::fixed(NEVER) };
        Shown::foreign(self.zone.to_datetime(moment).strftime("%H:%M:%S").to_string())
    }

    /// `17:02`, with the date before it unless that is within a day.
    pub(super) fn clock(&self, then: Timestamp) -> Shown<'static> {
        if then.since(self.now).as_secs() >= DAY {
            return self.minute(then);
        }
        let Some(moment) = then.to_jiff() else { return Shown::fixed(NEVER) };
        Shown::foreign(self.zone.to_datetime(moment).strftime("%H:%M").to_string())
    }

    /// `41 min left`, rounded up, so that it never says less than there is.
    pub(super) fn left(&self, end: Timestamp) -> Shown<'static> {
        let seconds = end.since(self.now).as_secs();
        Shown::foreign(match seconds.div_ceil(MINUTE) {
            minutes if minutes < 100 => format!("{} min left", minutes.max(1)),
            minutes if minutes < 48 * 60 => format!("{} h left", minutes.div_ceil(60)),
            minutes => format!("{} days left", minutes.div_ceil(24 * 60)),
        })
    }

    fn days_since(&self, then: Option<Timestamp>) -> Option<u64> {
        let then = then.filter(|then| is_told(*then))?;
        let zone = self.zone_of(then)?;
        let days = date(self.now, zone)?.since(date(then, zone)?).ok()?.get_days();
        // A clock that is a little slow must not make it the future.
        Some(u64::try_from(days).unwrap_or(0))
    }

    /// Where `then` is told. Clerk cuts some moments to the day: such a day is a day of UTC, and would be the day
    /// before anywhere west of it.
    fn zone_of(&self, then: Timestamp) -> Option<&TimeZone> {
        if !is_told(then) {
            return None;
        }
        Some(if then.as_millis() % DAY_IN_MILLIS == 0 { const { &TimeZone::UTC } } else { self.zone })
    }
}

/// Whether Clerk told it: a moment that is missing reads as the epoch.
fn is_told(then: Timestamp) -> bool {
    then.as_millis() > 0 && then.to_jiff().is_some()
}

fn date(then: Timestamp, zone: &TimeZone) -> Option<Date> {
    Some(zone.to_datetime(then.to_jiff()?).date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz;
    use proptest::prelude::*;
    use rstest::rstest;

    fn at(text: &str) -> Timestamp {
        text.parse::<jiff::Timestamp>().unwrap().into()
    }

    fn told<T>(tell: impl FnOnce(When<'_>) -> T) -> T {
        tell(When::new(at("2026-11-23T17:00:00Z"), &TimeZone::UTC))
    }

    #[rstest]
    #[case("2026-11-23T17:00:40Z", "now", "just now")]
    #[case("2026-11-23T16:59:01Z", "now", "just now")]
    #[case("2026-11-23T16:59:00Z", "1m", "1 min ago")]
    #[case("2026-11-23T16:00:01Z", "59m", "59 min ago")]
    #[case("2026-11-23T16:00:00Z", "1h", "1 h ago")]
    #[case("2026-11-22T17:00:01Z", "23h", "23 h ago")]
    #[case("2026-11-22T17:00:00Z", "1d", "1 day ago")]
    #[case("2026-11-20T09:14:00Z", "3d", "3 days ago")]
    #[case("2026-09-24T17:00:00Z", "60d", "60 days ago")]
    #[case("2026-09-23T17:00:00Z", "2mo", "2 months ago")]
    #[case("2026-03-02T10:00:00Z", "8mo", "8 months ago")]
    #[case("2024-11-24T17:00:00Z", "23mo", "23 months ago")]
    #[case("2024-11-22T05:00:00Z", "2y", "2 years ago")]
    #[case("1970-01-01T00:00:00Z", "–", "")]
    fn ages_are_told_in_their_greatest_unit(#[case] then: &str, #[case] short: &str, #[case] long: &str) {
        assert_eq!(told(|when| when.age(at(then))).as_str(), short);
        assert_eq!(told(|when| when.ago(at(then))).as_str(), long);
    }

    #[rstest]
    #[case(Some("2026-11-23T00:00:00Z"), "today", "today")]
    #[case(Some("2026-11-24T00:00:00Z"), "today", "today")]
    #[case(Some("2026-11-22T23:59:59Z"), "1d", "yesterday")]
    #[case(Some("2026-11-20T00:00:00Z"), "3d", "3 days ago")]
    #[case(Some("2025-11-20T00:00:00Z"), "12mo", "12 months ago")]
    #[case(None, "–", "")]
    fn days_are_told_by_the_calendar(#[case] then: Option<&str>, #[case] short: &str, #[case] long: &str) {
        let then = then.map(at);
        assert_eq!(told(|when| when.day_age(then)).as_str(), short);
        assert_eq!(told(|when| when.day_ago(then)).as_str(), long);
    }

    #[test]
    fn a_day_is_the_same_day_everywhere() {
        let west = TimeZone::fixed(tz::offset(-8));
        let when = When::new(at("2026-11-23T17:00:00Z"), &west);
        assert_eq!(when.day(at("2026-11-23T00:00:00Z")).as_str(), "2026-11-23");
        assert_eq!(when.day_age(Some(at("2026-11-23T00:00:00Z"))).as_str(), "today");
        assert_eq!(when.day(at("2026-11-23T01:30:00Z")).as_str(), "2026-11-22");
        assert_eq!(when.day_ago(Some(at("2026-11-23T01:30:00Z"))).as_str(), "yesterday");
        assert_eq!(when.minute(at("2026-11-23T01:30:00Z")).as_str(), "2026-11-22 17:30");
    }

    #[test]
    fn moments_are_told_to_the_minute() {
        assert_eq!(told(|when| when.minute(at("2026-11-20T09:14:59Z"))).as_str(), "2026-11-20 09:14");
        assert_eq!(told(|when| when.clock(at("2026-11-23T17:41:00Z"))).as_str(), "17:41");
        assert_eq!(told(|when| when.clock(at("2026-11-24T00:10:00Z"))).as_str(), "00:10");
        assert_eq!(told(|when| when.clock(at("2026-11-25T00:10:00Z"))).as_str(), "2026-11-25 00:10");
    }

    #[rstest]
    #[case("2026-11-23T16:00:00Z", "1 min left")]
    #[case("2026-11-23T17:00:30Z", "1 min left")]
    #[case("2026-11-23T17:40:01Z", "41 min left")]
    #[case("2026-11-23T18:39:00Z", "99 min left")]
    #[case("2026-11-23T18:40:00Z", "2 h left")]
    #[case("2026-11-25T16:30:00Z", "48 h left")]
    #[case("2026-11-25T17:00:00Z", "2 days left")]
    fn what_is_left_is_rounded_up(#[case] end: &str, #[case] expected: &str) {
        assert_eq!(told(|when| when.left(at(end))).as_str(), expected);
    }

    proptest! {
        #[test]
        // This machine's clock is in some year of four digits; what comes from outside can be anything.
        fn every_moment_has_words(now in 0..253_402_300_799_000_i64, then: i64) {
            let (now, then) = (Timestamp::from_millis(now), Timestamp::from_millis(then));
            let utc = TimeZone::UTC;
            let when = When::new(now, &utc);
            for words in [when.day(then), when.minute(then), when.clock(then), when.left(then), when.ago(then)] {
                prop_assert!(words.width() <= 30, "{:?}", words);
            }
            let until_now = Timestamp::from_millis(then.as_millis().min(253_402_300_799_000));
            prop_assert!(when.age(until_now).width() <= 9);
        }
    }
}
