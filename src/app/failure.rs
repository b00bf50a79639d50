//! Why something that was asked for did not come about.

use crate::clerk;

/// What a request can end with instead of an answer. Texts in it may come from outside, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The request to Clerk failed.
    #[error(transparent)]
    Clerk(#[from] clerk::Error),
    /// The change could not be recorded, and so was not sent.
    #[error("nothing was sent, as the audit log cannot be written: {0}")]
    NotRecorded(String),
    /// The change was made, but the log has only its intent.
    #[error("its outcome could not be recorded: {0}")]
    OutcomeNotRecorded(String),
    /// The record of changes cannot be read.
    #[error("the audit log cannot be read: {0}")]
    RecordUnread(String),
    /// The file that was to be sent cannot be.
    #[error("nothing was sent, as {path} cannot be: {reason}")]
    File {
        /// Where it is, as it was typed.
        path: String,
        /// Why not.
        reason: String,
    },
    /// The editor outside gave no text back.
    #[error("{0}")]
    Editor(String),
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
            Self::NotRecorded(_) => "Make room and check the rights of the state directory, then try again.",
            Self::OutcomeNotRecorded(_) => {
                "Make room and check the rights of the state directory before the next change."
            }
            Self::RecordUnread(_) => "Check the rights of the state directory.",
            Self::File { .. } => "Choose another file, or mend this one.",
            Self::Editor(_) => "Set $VISUAL or $EDITOR to an editor that waits until it is closed.",
            Self::Internal(_) => "Please report it; r tries again.",
        }
    }

    /// Clerk's code, such as `resource_not_found`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Clerk(error) => error.code(),
            _ => None,
        }
    }

    /// The HTTP status, where an answer came.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Clerk(error) => error.status(),
            _ => None,
        }
    }

    /// The id of the request at Clerk.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        match self {
            Self::Clerk(error) => error.trace_id(),
            _ => None,
        }
    }

    /// Whether the user or the thing asked for is not there (any more).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Clerk(error) if error.is_not_found())
    }

    /// Whether a change that ended so may have been made all the same.
    #[must_use]
    pub fn may_have_happened(&self) -> bool {
        match self {
            Self::Clerk(error) => error.may_have_happened(),
            Self::NotRecorded(_)
            | Self::OutcomeNotRecorded(_)
            | Self::RecordUnread(_)
            | Self::File { .. }
            | Self::Editor(_) => false,
            Self::Internal(_) => true,
        }
    }
}
