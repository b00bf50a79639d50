//! How fast a job goes, and how long it takes still.

use crate::{app::job::Pace, clerk::Clerk};
use std::{collections::VecDeque, time::Duration};
use tokio::time::Instant;

/// Over so long it is measured.
const OF_LATE: Duration = Duration::from_secs(5);

/// How many users had their outcome of late.
#[derive(Debug, Default)]
pub(super) struct Speed {
    ended: VecDeque<(Instant, usize)>,
    crowded_out: u64,
}

impl Speed {
    /// So many had theirs now.
    pub(super) fn note(&mut self, count: usize, now: Instant) {
        if count > 0 {
            self.ended.push_back((now, count));
        }
        while self.ended.front().is_some_and(|(at, _)| *at + OF_LATE < now) {
            self.ended.pop_front();
        }
    }

    /// Whether somebody else has been found to use up the rate limit since this was asked before.
    pub(super) fn is_crowded_out(&mut self, clerk: &Clerk) -> bool {
        let now = clerk.rate().crowded_out;
        std::mem::replace(&mut self.crowded_out, now) < now
    }

    /// How fast it goes, with so many left.
    pub(super) fn pace(&self, left: usize, clerk: &Clerk, now: Instant) -> Pace {
        let rate = clerk.rate();
        let pace = Pace {
            requests_per_second: whole(rate.background),
            allowed_per_second: whole(rate.allowance),
            share: rate.share.percent(),
            too_many: rate.refused,
            ..Pace::default()
        };
        let recent = self.ended.iter().filter(|(at, _)| *at + OF_LATE >= now);
        let (first, count) = recent.fold((now, 0), |(first, sum), (at, count)| (first.min(*at), sum + count));
        let millis = usize::try_from(now.saturating_duration_since(first).as_millis()).unwrap_or(usize::MAX);
        // Of a moment nothing can be told yet.
        if count == 0 || millis < 200 {
            return pace;
        }
        let seconds_left = (left.saturating_mul(millis) / count).div_ceil(1000);
        Pace { users_per_second: count.saturating_mul(1000) / millis, seconds_left: Some(seconds_left), ..pace }
    }
}

/// Rounded to a whole number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate is a small number above nothing")]
fn whole(rate: f64) -> usize {
    rate.round() as usize
}
