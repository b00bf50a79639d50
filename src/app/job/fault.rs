//! Why something that was to be done to a user was not.

use super::super::failure::Failure;
use crate::clerk::{Error, error::NotSent};
use serde::{Deserialize, Serialize};

/// What a fault means for the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// Clerk refused this. Asking again brings the same.
    Refused,
    /// Nothing was done: it did not get there, or not in time. It can be sent again.
    NotSent,
    /// Nobody knows whether it was done: how it is now has to be read first.
    Unknown,
    /// Clerk refuses all of it, whoever it is about: the plan does not include it, the key may not.
    RefusedToAll,
    /// It could not be written down, and so was not sent.
    NotRecorded,
}

/// Why something that was to be done to a user was not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What it means.
    pub kind: FaultKind,
    /// Clerk's code, or a word of the program's own: `no_answer`.
    pub code: String,
    /// The reason as a sentence. Can hold Clerk's words, unsafe to print.
    pub reason: String,
    /// The HTTP status, where an answer came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The id of the request at Clerk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
}

impl Fault {
    /// A fault that is not of a request.
    #[must_use]
    pub fn own(kind: FaultKind, code: &str, reason: impl Into<String>) -> Self {
        Self { kind, code: code.to_owned(), reason: reason.into(), status: None, trace_id: None }
    }
}

impl From<&Error> for Fault {
    fn from(error: &Error) -> Self {
        let code = error.code().map_or_else(|| word_of(error), str::to_owned);
        Self {
            kind: kind_of(error),
            code,
            reason: error.to_string(),
            status: error.status(),
            trace_id: error.trace_id().map(str::to_owned),
        }
    }
}

impl From<&Failure> for Fault {
    fn from(failure: &Failure) -> Self {
        match failure {
            Failure::Clerk(error) => Self::from(error),
            Failure::NotRecorded(_) => Self::own(FaultKind::NotRecorded, "not_recorded", failure.to_string()),
            _ => Self::own(FaultKind::Refused, "internal", failure.to_string()),
        }
    }
}

fn kind_of(error: &Error) -> FaultKind {
    match error.status() {
        // What the key or the plan does not allow is not allowed for the next one either. A 403 can be about one user.
        Some(401 | 402) => FaultKind::RefusedToAll,
        Some(429) => FaultKind::NotSent,
        _ if error.may_have_happened() => FaultKind::Unknown,
        _ => match error {
            Error::Unreachable { .. } | Error::NotSent(NotSent::Held { .. }) => FaultKind::NotSent,
            Error::NotSent(NotSent::ReadOnly | NotSent::DryRun) => FaultKind::RefusedToAll,
            _ => FaultKind::Refused,
        },
    }
}

/// The program's own word where Clerk has none.
fn word_of(error: &Error) -> String {
    match error {
        Error::NotSent(NotSent::ReadOnly) => "read_only".to_owned(),
        Error::NotSent(NotSent::DryRun) => "dry_run".to_owned(),
        Error::NotSent(_) => "not_sent".to_owned(),
        Error::Unreachable { .. } => "unreachable".to_owned(),
        Error::TimedOut { .. } | Error::Interrupted { .. } => "no_answer".to_owned(),
        Error::Unreadable { .. } => "unreadable_answer".to_owned(),
        Error::Refused(refusal) => format!("status_{}", refusal.status),
    }
}
