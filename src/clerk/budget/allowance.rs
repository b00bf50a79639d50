//! What background work may use: its share of the limit, evenly spread, and less of it for a while after somebody
//! else was found to use up the limit.

use super::{PERIOD, ceiling};
use crate::clerk::share::Share;
use std::{collections::VecDeque, time::Duration};
use tokio::time::Instant;

/// A pace that was missed, by a late timer or a busy machine, may be made up for so much time.
const CATCH_UP: Duration = Duration::from_millis(100);

/// Points of the share that come back in a second.
const CLIMB: f64 = 1.0;

/// The time over which it is told how fast it goes.
const LATELY: Duration = Duration::from_secs(3);

/// So many cuts within [`CROWDED_WITHIN`], and somebody is told.
const CROWDED_AT: usize = 3;
const CROWDED_WITHIN: Duration = Duration::from_mins(1);

/// A count, to reckon with.
pub(super) fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The share was halved.
#[derive(Clone, Copy, Debug)]
struct Cut {
    /// From here it climbs again.
    from: Instant,
    /// Starting with so many points.
    points: f64,
}

/// What background work may use.
#[derive(Debug)]
pub(super) struct Allowance {
    /// Requests that Clerk takes in a [`PERIOD`].
    limit: usize,
    share: Share,
    cut: Option<Cut>,
    /// When the latest request was due: it may have left a little later.
    due: Option<Instant>,
    /// When requests left, as far as that is [lately](LATELY).
    left: VecDeque<Instant>,
    /// When it was cut, as far as that still counts.
    cuts: VecDeque<Instant>,
    crowded_out: u64,
}

impl Allowance {
    pub(super) fn new(limit: usize, share: Share) -> Self {
        let (left, cuts) = (VecDeque::new(), VecDeque::new());
        Self { limit, share, cut: None, due: None, left, cuts, crowded_out: 0 }
    }

    pub(super) fn share(&self) -> Share {
        self.share
    }

    pub(super) fn set_share(&mut self, share: Share) {
        self.share = share;
    }

    /// How often it was cut three times within a minute.
    pub(super) fn crowded_out(&self) -> u64 {
        self.crowded_out
    }

    /// The share of which it makes use now, in percent.
    fn points(&self, now: Instant) -> f64 {
        let share = f64::from(self.share.percent());
        let Some(cut) = self.cut else { return share };
        let climbed = now.saturating_duration_since(cut.from).as_secs_f64() * CLIMB;
        share.min(cut.points + climbed)
    }

    /// Requests per second now.
    pub(super) fn per_second(&self, now: Instant) -> f64 {
        let whole = number(ceiling(self.limit).max(1));
        let most = whole.min(number(self.limit) * self.points(now) / 100.0);
        most / PERIOD.as_secs_f64()
    }

    /// Requests per second that did leave lately.
    pub(super) fn lately(&self, now: Instant) -> f64 {
        let mut left = self.left.iter().skip_while(|time| **time + LATELY <= now).peekable();
        let Some(first) = left.peek().map(|first| **first) else { return 0.0 };
        // What has only begun is not yet told by the whole time, and one request not as if there were many.
        let time = now.saturating_duration_since(first).clamp(Duration::from_secs(1), LATELY);
        number(left.count()) / time.as_secs_f64()
    }

    /// When the next may leave: it may be past.
    pub(super) fn next(&self, now: Instant) -> Option<Instant> {
        Some(self.due? + self.spacing(now))
    }

    fn spacing(&self, now: Instant) -> Duration {
        Duration::from_secs_f64(self.per_second(now).recip())
    }

    pub(super) fn take(&mut self, now: Instant) {
        // The time that it was due counts, so that timers that are late by a little do not add up.
        let oldest = now.checked_sub(CATCH_UP).unwrap_or(now);
        self.due = Some(self.next(now).map_or(now, |due| due.max(oldest)));
        while self.left.front().is_some_and(|time| *time + LATELY <= now) {
            self.left.pop_front();
        }
        self.left.push_back(now);
    }

    /// Halves it, since a request that left at `sent` found the limit used up by others; it climbs again from `held`.
    ///
    /// Requests that were under way together tell the same thing, and so are heard once.
    pub(super) fn halve(&mut self, sent: Instant, now: Instant, held: Instant) {
        if self.cuts.back().is_some_and(|cut| sent <= *cut) {
            return;
        }
        let points = (self.points(now) / 2.0).max(f64::from(Share::LEAST.percent()));
        self.cut = Some(Cut { from: held, points });
        while self.cuts.front().is_some_and(|cut| *cut + CROWDED_WITHIN <= now) {
            self.cuts.pop_front();
        }
        self.cuts.push_back(now);
        if self.cuts.len() >= CROWDED_AT {
            self.crowded_out += 1;
            // The latest stays, to tell which requests left before it.
            self.cuts.drain(..self.cuts.len() - 1);
        }
    }
}
