//! When a label on the screen that tells how long ago something was, or how long it still lasts, changes its words.

use super::{App, LockEnd, detail::Rows};
use crate::clerk::model::Timestamp;
use jiff::{ToSpan, tz::TimeZone};
use std::time::Duration;

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
/// Of the changes that were made to a user, so many of the latest are watched: more are hardly ever on the screen.
const TOLD_CHANGES: usize = 50;

impl App {
    /// The first such moment after `now`: at the latest midnight, when "today" becomes yesterday.
    pub(super) fn clock_due(&self, now: Timestamp) -> Option<Timestamp> {
        let list = self.list.window().rows();
        let shown = list.iter().skip(self.list.top()).take(self.layout().list_rows());
        let joined = shown.map(|user| user.created_at);
        let subject = self.subject();
        let signed_in = subject.and_then(|user| user.last_sign_in_at);
        let lock = subject.and_then(|user| match user.lock(now)? {
            LockEnd::At(end) => Some(now.plus(Duration::from_millis(rest_of(end.since(now), MINUTE)))),
            LockEnd::Never => None,
        });
        let history = subject.and_then(|user| self.history_of(user)).into_iter().flat_map(Rows::loaded);
        let done = history.take(TOLD_CHANGES).filter_map(|entry| entry.at);
        let token = self.chosen_token().and_then(|token| token.expires_at).filter(|end| *end > now);
        let token = token.map(|end| now.plus(Duration::from_millis(rest_of(end.since(now), MINUTE))));
        let ages = joined.chain(signed_in).chain(done).map(|moment| next_age(moment, now));
        ages.chain(lock).chain(token).chain(midnight(now, &self.settings.time_zone)).min()
    }
}

/// When the age of `moment` is told by another number: by the minute in its first hour, by the hour in its first day,
/// then by the day.
fn next_age(moment: Timestamp, now: Timestamp) -> Timestamp {
    let age = now.since(moment);
    let step = if age < HOUR {
        MINUTE
    } else if age < DAY {
        HOUR
    } else {
        DAY
    };
    let passed = u64::try_from(age.as_millis() % step.as_millis()).unwrap_or(0);
    let future = moment.since(now);
    now.plus(future + step.saturating_sub(Duration::from_millis(passed)))
}

/// How many milliseconds until `left` is told by another number of `step`s; never none.
fn rest_of(left: Duration, step: Duration) -> u64 {
    u64::try_from(left.as_millis() % step.as_millis()).unwrap_or(0).max(1)
}

fn midnight(now: Timestamp, time_zone: &TimeZone) -> Option<Timestamp> {
    let tomorrow =
        now.to_jiff()?.to_zoned_datetime(time_zone.clone()).checked_add(1.day()).ok()?.start_of_day().ok()?;
    Some(Timestamp::from(tomorrow.timestamp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_changes_by_the_minute_then_by_the_hour_then_by_the_day() {
        let at = |seconds: i64| Timestamp::from_millis(seconds * 1000);
        assert_eq!(next_age(at(0), at(90)), at(120));
        assert_eq!(next_age(at(0), at(3_600)), at(7_200));
        assert_eq!(next_age(at(0), at(100_000)), at(172_800));
        assert_eq!(next_age(at(500), at(90)), at(560), "a moment to come is told as now until its first minute");
    }

    #[test]
    fn midnight_is_that_of_the_time_zone() {
        let now = Timestamp::from_millis(1_795_453_200_000);
        let utc = midnight(now, &TimeZone::UTC).unwrap();
        let east = midnight(now, &TimeZone::fixed(jiff::tz::offset(2))).unwrap();
        assert_eq!((utc.since(now), east.since(now)), (7 * HOUR, 5 * HOUR));
    }
}
