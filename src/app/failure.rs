//! Why something that was asked for did not come about.

use super::act::Halfway;
use crate::clerk::{self, Unsent};

/// What a request can end with instead of an answer. Texts in it may come from outside, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The request to Clerk failed.
    #[error(transparent)]
    Clerk(#[from] clerk::Error),
    /// The change takes several requests. Some were answered; then one failed, and ended it.
    #[error("{done}; then: {then}")]
    Partly {
        /// What was done before that.
        done: Halfway,
        /// Why no more was.
        then: Box<Failure>,
    },
    /// The change could not be recorded, and so was not sent.
    #[error("nothing was sent, as the audit log cannot be written: {0}")]
    NotRecorded(String),
    /// No recovery copy could be kept, and so nobody was deleted.
    #[error("nothing was sent, as no recovery copy can be kept: {0}")]
    NotCopied(String),
    /// Nobody can be made anew from a recovery copy, or copies cannot be read.
    #[error("{0}")]
    Trash(String),
    /// Somebody was made anew, but not all of them.
    #[error("left out: {0}")]
    LeftOut(String),
    /// The change ended so, and the log has only its intent.
    #[error("{failure}; and its outcome could not be recorded: {reason}")]
    AndNotRecorded {
        /// How it ended.
        failure: Box<Failure>,
        /// Why that is not in the log.
        reason: String,
    },
    /// The change was made, but the log has only its intent.
    #[error("its outcome could not be recorded: {0}")]
    OutcomeNotRecorded(String),
    /// A job cannot begin, or not go on.
    #[error("{0}")]
    Job(String),
    /// The record of changes cannot be read.
    #[error("the audit log cannot be read: {0}")]
    RecordUnread(String),
    /// Private notes cannot be read or kept.
    #[error("{0}")]
    Notes(String),
    /// The file that was to be sent cannot be.
    #[error("nothing was sent, as {path} cannot be: {reason}")]
    File {
        /// Where it is, as it was typed.
        path: String,
        /// Why not.
        reason: String,
    },
    /// The file with a list of users cannot be read.
    #[error("{path} cannot be read: {reason}")]
    List {
        /// Where it is, as it was typed.
        path: String,
        /// Why not.
        reason: String,
    },
    /// The file with users cannot be written.
    #[error("{path} cannot be written: {reason}")]
    Export {
        /// Where it is to be, as it was typed.
        path: String,
        /// Why not.
        reason: String,
    },
    /// The answer is none to what was asked: a filter was ignored on the way, or an order.
    #[error("the answer cannot be trusted: {0}")]
    Untrusted(String),
    /// The key of a profile opens another instance than before.
    #[error(
        "the key of the profile {profile} belongs to the instance {now} now, and to {before} before; nothing else was sent"
    )]
    OtherInstance {
        /// The profile.
        profile: String,
        /// The instance that it has opened before.
        before: String,
        /// The one that it opens now.
        now: String,
    },
    /// The editor outside gave no text back.
    #[error("{0}")]
    Editor(String),
    /// The whole run is a dry run: what would change something is shown, and not sent.
    #[error("{}", in_dry_run(.0))]
    DryRun(Vec<Unsent>),
    /// The program itself has a defect: the task that carried the request panicked.
    #[error("the program failed: {0}")]
    Internal(String),
}

impl Failure {
    /// What the reader can do about it, as a sentence.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Clerk(error) => error.advice(),
            Self::Partly { then: inner, .. } | Self::AndNotRecorded { failure: inner, .. } => inner.advice(),
            Self::Notes(_) => "Make room and check the rights of the notes in the state directory, then try again.",
            Self::Job(_) | Self::NotRecorded(_) => {
                "Make room and check the rights of the state directory, then try again."
            }
            Self::NotCopied(_) => "Make room and check the rights of the state directory, or delete without a copy.",
            Self::LeftOut(_) => "Put it back by hand; the copy is kept as long as before.",
            Self::Trash(_) => "r reads the copies anew; lazyclerk trash list tells which are kept.",
            Self::OutcomeNotRecorded(_) => {
                "Make room and check the rights of the state directory before the next change."
            }
            Self::RecordUnread(_) => "Check the rights of the state directory.",
            Self::File { .. } | Self::List { .. } => "Choose another file, or mend this one.",
            Self::Export { .. } => "Choose another name, or another folder.",
            Self::Untrusted(_) => "Look whether something stands between here and Clerk that changes requests.",
            Self::OtherInstance { .. } => "If that is as it should be, say so with lazyclerk profile confirm.",
            Self::DryRun(_) => "Start it without --dry-run to do it.",
            Self::Editor(_) => "Set $VISUAL or $EDITOR to an editor that waits until it is closed.",
            Self::Internal(_) => "Please report it; r tries again.",
        }
    }

    /// Clerk's code, such as `resource_not_found`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Clerk(error) => error.code(),
            Self::Partly { then: inner, .. } | Self::AndNotRecorded { failure: inner, .. } => inner.code(),
            _ => None,
        }
    }

    /// The HTTP status, where an answer came.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Clerk(error) => error.status(),
            Self::Partly { then: inner, .. } | Self::AndNotRecorded { failure: inner, .. } => inner.status(),
            _ => None,
        }
    }

    /// The id of the request at Clerk.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        match self {
            Self::Clerk(error) => error.trace_id(),
            Self::Partly { then: inner, .. } | Self::AndNotRecorded { failure: inner, .. } => inner.trace_id(),
            _ => None,
        }
    }

    /// Whether Clerk refused the request itself, rather than being out of reach or overloaded.
    #[must_use]
    pub fn refuses_request(&self) -> bool {
        matches!(self.status(), Some(400 | 404 | 422))
    }

    /// Whether the user or the thing asked for is not there (any more).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        match self {
            Self::Clerk(error) => error.is_not_found(),
            Self::Partly { then: inner, .. } | Self::AndNotRecorded { failure: inner, .. } => inner.is_not_found(),
            _ => false,
        }
    }

    /// Whether a change that ended so may have been made all the same, or some of it.
    #[must_use]
    pub fn may_have_happened(&self) -> bool {
        match self {
            Self::Clerk(error) => error.may_have_happened(),
            Self::AndNotRecorded { failure, .. } => failure.may_have_happened(),
            Self::Notes(_)
            | Self::Job(_)
            | Self::NotCopied(_)
            | Self::Trash(_)
            | Self::LeftOut(_)
            | Self::NotRecorded(_)
            | Self::OutcomeNotRecorded(_)
            | Self::RecordUnread(_)
            | Self::File { .. }
            | Self::List { .. }
            | Self::Export { .. }
            | Self::Untrusted(_)
            | Self::OtherInstance { .. }
            | Self::DryRun(_)
            | Self::Editor(_) => false,
            Self::Partly { .. } | Self::Internal(_) => true,
        }
    }
}

/// `Dry run: POST /v1/users/user_1/ban was not sent`. What it would carry can be personal: who wants to see
/// that looks at the requests.
fn in_dry_run(kept_back: &[Unsent]) -> String {
    let told: Vec<String> = kept_back.iter().map(|unsent| format!("{} /v1{}", unsent.method, unsent.path)).collect();
    match told.len() {
        0 => "this is a dry run".to_owned(),
        1 => format!("Dry run: {} was not sent", told[0]),
        _ => format!("Dry run: {} were not sent", told.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::SentBody;

    #[test]
    fn a_dry_run_tells_what_was_kept_back() {
        let unsent = |path: &str, body| Unsent { method: "POST".into(), path: path.into(), body };
        let ban = unsent("/users/user_1/ban", SentBody::Empty);
        let edit = unsent("/users/user_1/metadata", SentBody::Json(r#"{"public_metadata":{}}"#.into()));
        let told = |all: &[Unsent]| Failure::DryRun(all.to_vec()).to_string();
        assert_eq!(told(&[]), "this is a dry run");
        assert_eq!(told(std::slice::from_ref(&ban)), "Dry run: POST /v1/users/user_1/ban was not sent");
        let both = "Dry run: POST /v1/users/user_1/ban, POST /v1/users/user_1/metadata were not sent";
        assert_eq!(told(&[ban, edit]), both);
        assert!(!Failure::DryRun(Vec::new()).may_have_happened());
    }
}
