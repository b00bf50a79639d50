//! Spans of time as people type them: `<3h`, `>30d`, `2026-01-31`, `2026-01-01..2026-01-31`, `30d..`, `today`, `last week`.

use crate::clerk::{model::Timestamp, query::Span};
use jiff::{ToSpan, ZonedDateTime, civil::Date, tz::TimeZone};
use std::time::Duration;

/// Less than any day.
const A_MOMENT: Duration = Duration::from_secs(1);
/// What is said of a span that cannot be read.
pub(super) const WRONG: &str = "a time, as 2026-01-31, 3d, <3h, >30d, today, last-week";

/// The span that `typed` names at `now`. An age without a sign means within it: `3d` is the last three days.
pub(super) fn parse(typed: &str, now: Timestamp, time_zone: &TimeZone) -> Option<Span> {
    let today = now.to_jiff()?.to_zoned_datetime(time_zone.clone());
    let typed = typed.trim().to_lowercase();
    if let Some((from, to)) = typed.split_once("..") {
        let span = Span { after: bound(from, &today)?.after, before: bound(to, &today)?.before };
        let is_empty = span.after.zip(span.before).is_some_and(|(after, before)| after > before);
        return (span != Span::default() && !is_empty).then_some(span);
    }
    let (sign, rest) = match typed.strip_prefix(['<', '>']) {
        Some(rest) => (typed.chars().next(), rest),
        None => (None, typed.as_str()),
    };
    if let Some(then) = ago(rest, &today) {
        // Less than so long ago is after then; longer ago is before.
        return Some(match sign {
            Some('>') => Span { before: Some(then), after: None },
            _ => Span { before: None, after: Some(then) },
        });
    }
    let span = moments(rest, &today)?;
    Some(match sign {
        Some('<') => Span { before: span.after, after: None },
        Some(_) => Span { before: None, after: span.before },
        None => span,
    })
}

/// What one end of a span names; nothing where it is open.
fn bound(typed: &str, now: &ZonedDateTime) -> Option<Span> {
    if typed.trim().is_empty() {
        return Some(Span::default());
    }
    let then = ago(typed, now).map(|then| Span { before: Some(then), after: Some(then) });
    then.or_else(|| moments(typed, now))
}

/// When it was so long ago.
fn ago(typed: &str, now: &ZonedDateTime) -> Option<Timestamp> {
    Some(Timestamp::from(now.checked_sub(age(typed)?).ok()?.timestamp()))
}

/// When the span that `typed` names begins; none where it is none, or has no beginning.
#[must_use]
pub fn beginning(typed: &str, now: Timestamp, time_zone: &TimeZone) -> Option<Timestamp> {
    parse(typed, now, time_zone)?.after
}

/// Whether `typed` is a span.
#[must_use]
pub fn is_span(typed: &str, now: Timestamp, time_zone: &TimeZone) -> bool {
    parse(typed, now, time_zone).is_some()
}

/// Whether `typed` says how long ago, and not when.
#[must_use]
pub fn is_age(typed: &str) -> bool {
    age(&typed.trim().to_lowercase()).is_some()
}

/// The two ends of a span as they are typed, since when and until when, either of them empty; none where it is no span.
#[must_use]
pub fn ends(typed: &str, now: Timestamp, time_zone: &TimeZone) -> Option<(String, String)> {
    let own = |text: &str| text.trim().to_owned();
    if let Some((from, to)) = typed.split_once("..") {
        return Some((own(from), own(to)));
    }
    let span = parse(typed, now, time_zone)?;
    // Before a day is until the day before it.
    let day = |at: Timestamp| Some(at.to_jiff()?.to_zoned_datetime(time_zone.clone()).date().to_string());
    Some(match (typed.strip_prefix('<'), typed.strip_prefix('>')) {
        (Some(rest), _) if is_age(rest) => (own(rest), String::new()),
        (_, Some(rest)) if is_age(rest) => (String::new(), own(rest)),
        (Some(_), _) => (String::new(), day(span.before?.minus(A_MOMENT))?),
        (_, Some(_)) => (day(span.after?)?, String::new()),
        (None, None) if is_age(typed) => (own(typed), String::new()),
        (None, None) => (own(typed), own(typed)),
    })
}

/// How long: `45m`, `3h`, `30d`, `2w`, `6mo`, `1y`, `3 days`.
fn age(typed: &str) -> Option<jiff::Span> {
    let typed = typed.trim();
    let digits = typed.find(|char: char| !char.is_ascii_digit())?;
    let (number, unit) = typed.split_at(digits);
    let number: i32 = number.parse().ok()?;
    let none = jiff::Span::new();
    let span = match unit.trim_start_matches([' ', '-']) {
        "m" | "min" | "minute" | "minutes" => none.try_minutes(number),
        "h" | "hour" | "hours" => none.try_hours(number),
        "d" | "day" | "days" => none.try_days(number),
        "w" | "week" | "weeks" => none.try_weeks(number),
        "mo" | "month" | "months" => none.try_months(number),
        "y" | "year" | "years" => none.try_years(number),
        _ => return None,
    };
    span.ok()
}

/// From the beginning of a day, week, month or year to its end.
fn moments(typed: &str, now: &ZonedDateTime) -> Option<Span> {
    let today = now.date();
    let monday = || today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days()).ok();
    let (first_of_month, first_of_year) = (today.first_of_month(), today.first_of_year());
    let words: Vec<&str> = typed.split_whitespace().collect();
    let (from, to) = match words.join("-").as_str() {
        "today" => (today, today.tomorrow().ok()?),
        "yesterday" => (today.yesterday().ok()?, today),
        "this-week" => (monday()?, monday()?.checked_add(1.week()).ok()?),
        "last-week" => (monday()?.checked_sub(1.week()).ok()?, monday()?),
        "this-month" => (first_of_month, first_of_month.checked_add(1.month()).ok()?),
        "last-month" => (first_of_month.checked_sub(1.month()).ok()?, first_of_month),
        "this-year" => (first_of_year, first_of_year.checked_add(1.year()).ok()?),
        "last-year" => (first_of_year.checked_sub(1.year()).ok()?, first_of_year),
        _ => day_or_longer(typed.trim())?,
    };
    let at = |date: Date| Some(Timestamp::from(date.to_zoned_datetime(now.time_zone().clone()).ok()?.timestamp()));
    Some(Span { after: at(from), before: at(to) })
}

/// `2026-01-31`, `2026-01` or `2026`: its first day, and the first behind it.
fn day_or_longer(typed: &str) -> Option<(Date, Date)> {
    let parts: Vec<&str> = typed.split('-').collect();
    let number = |text: &str, digits: usize| (text.len() == digits).then(|| text.parse::<i16>().ok())?;
    let small = |text: &str| number(text, 2).and_then(|number| i8::try_from(number).ok());
    let (first, step) = match parts.as_slice() {
        [year, month, day] => (Date::new(number(year, 4)?, small(month)?, small(day)?).ok()?, 1.day()),
        [year, month] => (Date::new(number(year, 4)?, small(month)?, 1).ok()?, 1.month()),
        [year] => (Date::new(number(year, 4)?, 1, 1).ok()?, 1.year()),
        _ => return None,
    };
    Some((first, first.checked_add(step).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    /// Monday 2026-11-23, 17:00 UTC.
    const NOW: Timestamp = Timestamp::from_millis(1_795_453_200_000);

    fn told(span: Span) -> String {
        let at = |at: Option<Timestamp>| at.and_then(Timestamp::to_jiff).map_or_else(String::new, |at| at.to_string());
        format!("{}..{}", at(span.after), at(span.before))
    }

    #[rstest]
    #[case("<3h", "2026-11-23T14:00:00Z..")]
    #[case("3h", "2026-11-23T14:00:00Z..")]
    #[case(">30d", "..2026-10-24T17:00:00Z")]
    #[case("2026-01-31", "2026-01-31T00:00:00Z..2026-02-01T00:00:00Z")]
    #[case(">2026-01-31", "2026-02-01T00:00:00Z..")]
    #[case("<2026-01", "..2026-01-01T00:00:00Z")]
    #[case("2026-01-01..2026-01-31", "2026-01-01T00:00:00Z..2026-02-01T00:00:00Z")]
    #[case("2026-01-31..", "2026-01-31T00:00:00Z..")]
    #[case("..2026-01", "..2026-02-01T00:00:00Z")]
    #[case("30d..3d", "2026-10-24T17:00:00Z..2026-11-20T17:00:00Z")]
    #[case("Last Week .. today", "2026-11-16T00:00:00Z..2026-11-24T00:00:00Z")]
    #[case("3 days", "2026-11-20T17:00:00Z..")]
    #[case("last  week", "2026-11-16T00:00:00Z..2026-11-23T00:00:00Z")]
    #[case("this-year", "2026-01-01T00:00:00Z..2027-01-01T00:00:00Z")]
    #[case("last year", "2025-01-01T00:00:00Z..2026-01-01T00:00:00Z")]
    #[case("2025", "2025-01-01T00:00:00Z..2026-01-01T00:00:00Z")]
    #[case("today", "2026-11-23T00:00:00Z..2026-11-24T00:00:00Z")]
    #[case("last-week", "2026-11-16T00:00:00Z..2026-11-23T00:00:00Z")]
    #[case("last-month", "2026-10-01T00:00:00Z..2026-11-01T00:00:00Z")]
    fn a_span_is_read(#[case] typed: &str, #[case] expected: &str) {
        assert_eq!(told(parse(typed, NOW, &TimeZone::UTC).unwrap()), expected);
    }

    #[rstest]
    fn what_is_none_is_none(
        #[values(
            "",
            "<",
            "3",
            "3x",
            "2026-13-01",
            "2026-1-1",
            "tomorrow",
            "2026-02-01..2026-01-01",
            "99999999999d",
            "2147483647y",
            "..",
            "3d..30d",
            "2026-01-31..x",
            "3 fortnights"
        )]
        typed: &str,
    ) {
        assert_eq!(parse(typed, NOW, &TimeZone::UTC), None);
    }

    #[test]
    fn what_begins_nowhere_has_no_beginning() {
        let day = beginning("2026-01-31", NOW, &TimeZone::UTC).and_then(Timestamp::to_jiff).unwrap();
        assert_eq!(day.to_string(), "2026-01-31T00:00:00Z");
        assert_eq!((beginning(">3d", NOW, &TimeZone::UTC), beginning("x", NOW, &TimeZone::UTC)), (None, None));
    }

    proptest! {
        #[test]
        fn no_text_does_harm(typed in "[<>]?[0-9a-z.-]{0,12}") {
            let _ = parse(&typed, NOW, &TimeZone::UTC);
        }
    }
}
