//! How it ended for each.

use super::Fault;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How a user is, seen before anything is done.
#[derive(Clone, Debug, PartialEq)]
pub enum Sight {
    /// Nobody has this id any more.
    Absent,
    /// The user is as the job would make them.
    Already,
    /// Somebody has changed since what is to be put back: it is left alone.
    Overtaken,
    /// The user is otherwise; this is what the job changes, as it was, where that has to be known to put it back.
    Open(Option<Value>),
}

/// How it ended for one user. Each has exactly one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// The job has changed them.
    Done {
        /// What was there before, where that has to be known to put it back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<Value>,
    },
    /// They were so already: nothing was sent, and nothing is taken back.
    Unchanged,
    /// Nobody has this id any more.
    Gone,
    /// It was not done.
    Failed(Fault),
}

impl Outcome {
    /// As a word.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Done { .. } => "done",
            Self::Unchanged => "unchanged",
            Self::Gone => "gone",
            Self::Failed(_) => "failed",
        }
    }
}

/// How many ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Whom it is about.
    pub total: usize,
    /// Changed by the job.
    pub done: usize,
    /// So already.
    pub unchanged: usize,
    /// Not there any more.
    pub gone: usize,
    /// Not changed.
    pub failed: usize,
}

impl Counts {
    /// Those that have no outcome yet.
    #[must_use]
    pub fn left(&self) -> usize {
        self.total - self.ended()
    }

    /// Those that have one.
    #[must_use]
    pub fn ended(&self) -> usize {
        self.done + self.unchanged + self.gone + self.failed
    }

    /// Counts one more that ended so.
    pub fn add(&mut self, outcome: &Outcome) {
        *self.of(outcome) += 1;
    }

    pub(super) fn take_away(&mut self, outcome: &Outcome) {
        *self.of(outcome) -= 1;
    }

    fn of(&mut self, outcome: &Outcome) -> &mut usize {
        match outcome {
            Outcome::Done { .. } => &mut self.done,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Gone => &mut self.gone,
            Outcome::Failed(_) => &mut self.failed,
        }
    }
}
