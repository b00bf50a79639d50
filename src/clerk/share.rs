//! How much of the rate limit background work takes, and how that shows.

use super::key::InstanceKind;
use std::{fmt, str::FromStr, time::Duration};

/// How much of the instance's rate limit work that nobody waits for may use, in percent: 1 to 100.
///
/// The rest is left to the customer's own application, which draws on the same limit. Of 100, the few that are kept
/// for whoever sits at the screen are taken off.
///
/// ```
/// use lazyclerk::clerk::{InstanceKind, Share};
///
/// let share: Share = "60%".parse().unwrap();
/// assert_eq!(share.shifted(-20).percent(), 40);
/// assert_eq!(Share::usual(InstanceKind::Production).to_string(), "50 %");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(u8);

/// Why a share cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a share of the rate limit is a whole number of percent, from 1 to 100")]
pub struct ShareError;

impl Share {
    /// All that this program may use at all.
    pub const WHOLE: Self = Self(100);
    /// The least there is.
    pub const LEAST: Self = Self(1);

    /// So many percent.
    ///
    /// # Errors
    ///
    /// When it is none of 1 to 100.
    pub fn new(percent: u8) -> Result<Self, ShareError> {
        if (1..=100).contains(&percent) { Ok(Self(percent)) } else { Err(ShareError) }
    }

    /// What is taken where nobody has chosen: half on production, where an application is at work, and nine tenths on
    /// development.
    #[must_use]
    pub fn usual(kind: InstanceKind) -> Self {
        match kind {
            InstanceKind::Production => Self(50),
            InstanceKind::Development => Self(90),
        }
    }

    /// In percent.
    #[must_use]
    pub fn percent(self) -> u8 {
        self.0
    }

    /// So many points more, or fewer where that is negative; never less than the least, nor more than the whole.
    #[must_use]
    pub fn shifted(self, points: i8) -> Self {
        Self(self.0.saturating_add_signed(points).clamp(Self::LEAST.0, Self::WHOLE.0))
    }
}

impl fmt::Display for Share {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} %", self.0)
    }
}

impl FromStr for Share {
    type Err = ShareError;

    /// A number, with or without a percent sign.
    fn from_str(text: &str) -> Result<Self, ShareError> {
        let number = text.trim().trim_end_matches('%').trim_end();
        Self::new(number.parse().map_err(|_| ShareError)?)
    }
}

/// How fast it goes, at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Requests that Clerk takes of this instance, from everybody, per second.
    pub limit: f64,
    /// How much of them background work may use.
    pub share: Share,
    /// Background requests that may leave now, per second. Less than the share while others use up the limit.
    pub allowance: f64,
    /// Background requests that did leave over the last three seconds, per second.
    pub background: f64,
    /// Answers with 429 since the start, in either lane.
    pub refused: u64,
    /// How often somebody else was found three times within a minute to use up the limit. Work that sees this grow
    /// should stop and say why, until a person lets it go on.
    pub crowded_out: u64,
    /// For how long nothing leaves any more, as a 429 asked for.
    pub held_for: Option<Duration>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_one_to_a_hundred_percent() {
        for (text, percent) in [("1", 1), ("100", 100), (" 50% ", 50), ("50 %", 50)] {
            assert_eq!(text.parse::<Share>().map(Share::percent), Ok(percent), "{text}");
        }
        for wrong in ["0", "101", "256", "-1", "", "%", "half", "1.5", "50%x"] {
            assert_eq!(wrong.parse::<Share>(), Err(ShareError), "{wrong}");
        }
    }

    #[test]
    fn it_is_shifted_within_its_bounds() {
        let share = Share::new(95).unwrap();
        assert_eq!((share.shifted(10), share.shifted(-100)), (Share::WHOLE, Share::LEAST));
        assert_eq!(share.shifted(-10).percent(), 85);
    }
}
