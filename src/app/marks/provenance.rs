//! Where marks come from: whoever confirms an action on many is told.

use crate::{app::mask::masked, clerk::model::Timestamp};
use jiff::tz::TimeZone;

/// One way in which users came to be marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// One by one, or in a range.
    ByHand,
    /// All that matched, as far as they were read.
    Matched {
        /// The search line. As it was typed, unsafe to print; empty when it was all users.
        line: String,
        /// When their reading began.
        at: Timestamp,
    },
    /// The newest of those that matched: their reading was stopped.
    Newest {
        /// The search line. As it was typed, unsafe to print; empty when it was all users.
        line: String,
        /// When their reading began.
        at: Timestamp,
    },
    /// Those of all that matched who were not marked, in the place of those who were.
    Inverted {
        /// The search line. As it was typed, unsafe to print; empty when it was all users.
        line: String,
        /// When their reading began.
        at: Timestamp,
    },
    /// Those that a list named.
    Listed {
        /// The file that it stood in. As it was typed, unsafe to print.
        file: String,
    },
    /// Those whom a job could not change.
    Failed {
        /// Which.
        job: String,
    },
}

/// Where the marks come from: each way once, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    ways: Vec<Way>,
}

impl Provenance {
    /// The ways, in the order in which they were gone.
    #[must_use]
    pub fn ways(&self) -> &[Way] {
        &self.ways
    }

    pub(super) fn add(&mut self, way: Way) {
        if !self.ways.contains(&way) {
            self.ways.push(way);
        }
    }

    /// In words: `all that matched ada org:acme at 16:57:09, then some by hand`. Holds what was typed, unsafe to print;
    /// with `masking`, stars instead.
    #[must_use]
    pub fn words(&self, time_zone: &TimeZone, masking: bool) -> String {
        let told: Vec<String> =
            (0..).zip(&self.ways).map(|(place, way)| way.words(place, time_zone, masking)).collect();
        told.join(", then ")
    }
}

impl Way {
    fn words(&self, place: usize, time_zone: &TimeZone, masking: bool) -> String {
        let seen = |text: &str| if masking { masked(text) } else { text.to_owned() };
        let of = |line: &str| {
            if line.is_empty() { "all users".to_owned() } else { format!("all that matched {}", seen(line)) }
        };
        match self {
            Self::ByHand if place == 0 => "by hand".to_owned(),
            Self::ByHand => "changed by hand".to_owned(),
            Self::Matched { line, at } => format!("{} at {}", of(line), clock(*at, time_zone)),
            Self::Newest { line, at } => format!("the newest of {} at {}", of(line), clock(*at, time_zone)),
            Self::Inverted { line, at } => format!("the others of {} at {}", of(line), clock(*at, time_zone)),
            Self::Listed { file } => format!("from {}", seen(file)),
            Self::Failed { job } => format!("those who failed in the job {job}"),
        }
    }
}

/// `16:57:09`.
fn clock(at: Timestamp, time_zone: &TimeZone) -> String {
    let local = at.to_jiff().map(|at| time_zone.to_datetime(at));
    local.map_or_else(String::new, |local| local.strftime("%H:%M:%S").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp::from_millis(1_795_453_029_000);

    fn words(ways: &[Way], masking: bool) -> String {
        let mut how = Provenance::default();
        for way in ways {
            how.add(way.clone());
        }
        how.words(&TimeZone::UTC, masking)
    }

    #[test]
    fn each_way_is_told_once_in_order() {
        let matched = Way::Matched { line: "ada org:acme".into(), at: AT };
        assert_eq!(words(&[Way::ByHand, Way::ByHand], false), "by hand");
        assert_eq!(words(std::slice::from_ref(&matched), false), "all that matched ada org:acme at 16:57:09");
        assert_eq!(
            words(&[matched.clone(), Way::ByHand, matched.clone()], false),
            "all that matched ada org:acme at 16:57:09, then changed by hand"
        );
        assert_eq!(words(&[matched], true), "all that matched a** o**:a*** at 16:57:09");
        let everybody = Way::Inverted { line: String::new(), at: AT };
        assert_eq!(
            words(&[Way::Listed { file: "wave.txt".into() }, everybody], false),
            "from wave.txt, then the others of all users at 16:57:09"
        );
    }
}
