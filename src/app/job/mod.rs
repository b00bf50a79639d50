//! Work on many users: what is to be done, to whom, and how far it is.
//!
//! A [`Job`] is pure: it hands out [`Work`] and takes what came of it, with no clock, no disk and no network. Whoever
//! carries it out writes each piece of work down before sending it, so that the same job can be put together again from
//! what was written, wherever it broke off.

mod act;
mod fault;
mod machine;
mod outcome;
mod report;
mod request;

pub use act::{Blocking, JobAct};
pub use fault::{Fault, FaultKind};
pub use machine::{Job, Record, Work};
pub use outcome::{Counts, Outcome, Sight};
pub use report::{FailureGroup, Fate, JobReport, JobState, Pace, Pause, SessionCheck};
pub use request::{JobAnswer, JobCommand, JobRequest};

use super::{change::Grounds, person::Person};
use crate::clerk::model::{User, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// Which job: also the name of its journal. Later ones sort behind earlier ones.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobId(String);

impl JobId {
    /// As it stands in the audit log, and in the name of the journal.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for JobId {
    fn from(id: String) -> Self {
        Self(id)
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Somebody whom a job is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Who.
    pub id: UserId,
    /// Who that was when they were chosen: after a deletion nobody could look it up.
    #[serde(flatten)]
    pub person: Person,
    /// What is put back, where the job takes another back: a role, a value of metadata, the id of an entry in a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Value>,
    /// The entry of the audit log that is taken back for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
}

impl Target {
    /// The user as an answer of Clerk told them, with nothing to be put back.
    #[must_use]
    pub fn of(user: &User) -> Self {
        Self { id: user.id.clone(), person: Person::of(user), given: None, undoes: None }
    }
}

/// A job before anything of it has been done.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What is done to each.
    pub act: JobAct,
    /// To whom, each once, in the order in which it is done.
    pub targets: Vec<Target>,
    /// Why.
    pub grounds: Grounds,
    /// How they were chosen, in words: `all that matched org:acme at 16:57:09`. Can hold what was typed, unsafe to print.
    pub chosen: String,
}
