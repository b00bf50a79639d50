//! When things happened.

use super::random::Random;
use crate::clerk::model::Timestamp;
use std::time::Duration;

const HOUR: u64 = 3_600_000;
const DAY: u64 = 24 * HOUR;
/// The first of them signed up so many days ago.
const OLDEST: f64 = 1_100.0;

/// A day, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(Timestamp);

impl Day {
    /// The day that a moment is on.
    #[must_use]
    pub fn of(moment: Timestamp) -> Self {
        let day = i64::try_from(DAY).unwrap_or(i64::MAX);
        Self(Timestamp::from_millis(moment.as_millis().div_euclid(day) * day))
    }

    /// Its first moment.
    #[must_use]
    pub fn start(self) -> Timestamp {
        self.0
    }

    fn is_weekend(self) -> bool {
        // The epoch was a Thursday.
        let day = i64::try_from(DAY).unwrap_or(i64::MAX);
        matches!((self.0.as_millis() / day + 4).rem_euclid(7), 0 | 6)
    }
}

/// When the person with this number of so many signed up: ever more a day, fewer at weekends and at night.
pub(super) fn joined(random: &mut Random, number: u32, count: u32, today: Day) -> Timestamp {
    let share = (f64::from(number) + 0.5) / f64::from(count.max(1));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few years of milliseconds")]
    let age = (OLDEST * (1.0 - share).powf(2.2) * 86_400_000.0) as u64;
    let moment = today.start().minus(Duration::from_millis(age.max(60_000)));
    let day = Day::of(moment);
    if day == Day::of(today.start().minus(Duration::from_millis(1))) {
        // The newest keep the order in which they came.
        return moment;
    }
    let day =
        if day.is_weekend() && random.chance(45) { Day(day.0.minus(Duration::from_millis(2 * DAY))) } else { day };
    day.0.plus(Duration::from_millis(hour(random) * HOUR + random.below(HOUR)))
}

/// Few at night, most in the evening.
fn hour(random: &mut Random) -> u64 {
    let one = random.between(0, 23);
    let other = random.between(8, 22);
    if random.chance(70) { other } else { one }
}

/// A moment between two; the earlier when they are the wrong way round.
pub(super) fn between(random: &mut Random, start: Timestamp, end: Timestamp) -> Timestamp {
    let span = u64::try_from(end.since(start).as_millis()).unwrap_or(0);
    start.plus(Duration::from_millis(random.below(span + 1)))
}

/// A moment between two, nearer to the later: what people did last, they did lately.
pub(super) fn lately(random: &mut Random, start: Timestamp, end: Timestamp) -> Timestamp {
    let nearer = between(random, start, end);
    let nearer = between(random, nearer, end);
    between(random, nearer, end)
}

/// So many days after a moment, or before it.
pub(super) fn days(count: u64) -> Duration {
    Duration::from_millis(count * DAY)
}
