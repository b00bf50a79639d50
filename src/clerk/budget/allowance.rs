//! What background work may use: its share of the limit, and less of it for a while after somebody else was found to
//! use up the limit.
//!
//! What changes something leaves evenly spread. What only reads may leave at once, as long as ten seconds see no more
//! than the share, and that leaves room at any moment for whoever sits at the screen: an export of a hundred thousand
//! users is two hundred requests, and nobody gains by its waiting.

use super::{PERIOD, ceiling, highest};
use crate::clerk::share::Share;
use std::{collections::VecDeque, time::Duration};
use tokio::time::Instant;

/// A pace that was missed, by a late timer or a busy machine, may be made up for so much time.
const CATCH_UP: Duration = Duration::from_millis(100);

/// Interactive requests in a [`PERIOD`] for which there is room at once, even where all others left together: as many
/// as of somebody who opens one user after the other.
const AT_THE_SCREEN: usize = 40;

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
    /// When requests left, as far as they count in a [`PERIOD`].
    left: VecDeque<Instant>,
    /// When one last left before its pace would have let it.
    hurried: Option<Instant>,
    /// When it was cut, as far as that still counts.
    cuts: VecDeque<Instant>,
    crowded_out: u64,
}

impl Allowance {
    pub(super) fn new(limit: usize, share: Share) -> Self {
        let (left, cuts) = (VecDeque::new(), VecDeque::new());
        Self { limit, share, cut: None, due: None, left, hurried: None, cuts, crowded_out: 0 }
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
        self.most(now) / PERIOD.as_secs_f64()
    }

    /// Requests per second that did leave lately.
    pub(super) fn lately(&self, now: Instant) -> f64 {
        let mut left = self.left.iter().skip_while(|time| **time + LATELY <= now).peekable();
        let Some(first) = left.peek().map(|first| **first) else { return 0.0 };
        // What has only begun is not yet told by the whole time, and one request not as if there were many.
        let time = now.saturating_duration_since(first).clamp(Duration::from_secs(1), LATELY);
        number(left.count()) / time.as_secs_f64()
    }

    /// When the next may leave, one that only `reads` or one that does not: it may be past.
    pub(super) fn next(&self, reads: bool, now: Instant) -> Option<Instant> {
        if reads && self.may_hurry(now) {
            return self.room(now);
        }
        // Those that hurried are made up for by all, so that ten seconds see no more than the share.
        let hurried = self.hurried.is_some_and(|time| time + PERIOD > now);
        self.paced(now).max(self.room(now).filter(|_| hurried))
    }

    /// Whether all of its requests could leave together, and nobody would feel it.
    fn may_hurry(&self, now: Instant) -> bool {
        let is_whole = self.points(now) >= f64::from(self.share.percent());
        is_whole && self.most(now) + number(AT_THE_SCREEN) <= number(highest(self.limit))
    }

    /// Requests in a [`PERIOD`].
    fn most(&self, now: Instant) -> f64 {
        let whole = number(ceiling(self.limit).max(1));
        whole.min(number(self.limit) * self.points(now) / 100.0)
    }

    /// When the next has its turn, if all leave evenly spread.
    fn paced(&self, now: Instant) -> Option<Instant> {
        Some(self.due? + Duration::from_secs_f64(self.per_second(now).recip()))
    }

    /// When the last [`PERIOD`] will have seen less than the share. `None` if that is so.
    fn room(&self, now: Instant) -> Option<Instant> {
        let most = self.most(now).max(1.0);
        let fits = |others: usize| number(others) + 0.5 < most;
        let counting = self.left.iter().skip_while(|time| **time + PERIOD <= now);
        let count = counting.clone().count();
        if fits(count) {
            return None;
        }
        counting.enumerate().find(|(at, _)| fits(count - at - 1)).map(|(_, time)| *time + PERIOD)
    }

    pub(super) fn take(&mut self, now: Instant) {
        // The time that it was due counts, so that timers that are late by a little do not add up.
        let oldest = now.checked_sub(CATCH_UP).unwrap_or(now);
        let due = self.paced(now);
        if due.is_some_and(|due| due > now) {
            self.hurried = Some(now);
        }
        self.due = Some(due.map_or(now, |due| due.clamp(oldest, now)));
        while self.left.front().is_some_and(|time| *time + PERIOD <= now) {
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
