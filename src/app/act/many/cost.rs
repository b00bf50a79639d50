//! What an act on many takes of the rate limit, and how long.

use super::Site;
use crate::{
    app::{
        job::JobAct,
        numbers::{counted, grouped},
    },
    clerk::InstanceKind,
};
use std::fmt;

/// Requests that an instance takes in ten seconds.
const PRODUCTION: usize = 1_000;
const DEVELOPMENT: usize = 100;

/// How many requests change something, and how long they take at the share of the limit that background work has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// How many, at least.
    pub requests: usize,
    /// Whether they can be more: one for each session, say.
    pub is_least: bool,
    /// Seconds, at least one.
    pub seconds: usize,
    share: u8,
}

impl Cost {
    pub(super) fn of(act: &JobAct, users: usize, site: &Site) -> Self {
        let is_least = matches!(act, JobAct::SignOut);
        Self { is_least, ..Self::of_requests(users.div_ceil(act.at_once()), site) }
    }

    /// Of so many requests in the background.
    #[must_use]
    pub fn of_requests(requests: usize, site: &Site) -> Self {
        let limit = match site.kind {
            InstanceKind::Production => PRODUCTION,
            InstanceKind::Development => DEVELOPMENT,
        };
        let in_ten_seconds = (limit * usize::from(site.share) / 100).max(1);
        let seconds = (requests * 10).div_ceil(in_ten_seconds).max(1);
        Self { requests, is_least: false, seconds, share: site.share }
    }

    /// `5 requests, about 1 s`.
    #[must_use]
    pub fn in_short(&self) -> String {
        let least = if self.is_least { "at least " } else { "" };
        format!("{least}{}, about {}", counted(self.requests, "request", "requests"), lasting(self.seconds))
    }
}

impl Cost {
    /// `5 requests, about 1 s, at half the limit`.
    #[must_use]
    pub fn at_share(&self) -> String {
        let share = match self.share {
            100.. => "the whole".to_owned(),
            50 => "half the".to_owned(),
            share => format!("{share} % of the"),
        };
        format!("{}, at {share} limit", self.in_short())
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = match self.share {
            100.. => "your app has none of it meanwhile",
            50 => "the other half is your app's",
            _ => "the rest is your app's",
        };
        write!(formatter, "{}: {rest}", self.at_share())
    }
}

/// `40 s`, `2 min`, `3 h`: rounded up.
fn lasting(seconds: usize) -> String {
    match seconds {
        0..=90 => format!("{seconds} s"),
        91..=5_400 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h", grouped(u64::try_from(seconds.div_ceil(3_600)).unwrap_or(u64::MAX))),
    }
}
