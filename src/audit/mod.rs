//! The append-only record of every change that was made: one JSON line before the request, one after it.
//!
//! With a shared secret key nobody could say afterwards who banned whom. So the intent is on the disk before anything is
//! sent, and where it cannot be written nothing is sent. Both lines carry the id of the entry; lines of several programs
//! may stand between them. Each line carries the hash of the one before, so that [`verify()`] finds what was changed, taken
//! out or put in. Everything here waits for the disk: call it where waiting is allowed.

mod chain;
mod entry;
mod files;
mod follow;
mod head;
mod history;
mod latest;
mod line;
mod log;
mod of_job;
mod search;
mod undo;
mod verify;

pub use chain::{Hash, NoHash};
pub use entry::Entry;
pub use follow::Follow;
pub use history::{History, history};
pub use line::{Content, Ending, EntryId, Intent, JobHeader, LINE_VERSION, Line, Origin, Outcome, actor, os_user};
pub use log::Audit;
pub use of_job::of_job;
pub use search::{Filter, Found, Job, Tally, search};
pub use undo::{Gesture, Reversible, undoable};
pub use verify::{Fault, FaultKind, Place, Verified, verify};

use std::{io, path::Path};

/// Why something could not be recorded.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The file system says no.
    #[error("{path}: {source}")]
    Io {
        /// The file or directory.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// The file is a symbolic link or no file at all: somebody may want the lines elsewhere.
    #[error("{0} is not a regular file; move it away")]
    NotAFile(String),
    /// A line cannot be written as JSON.
    #[error("a line cannot be written: {0}")]
    Line(#[from] serde_json::Error),
    /// A line would be longer than any that is read.
    #[error("a line would be longer than a mebibyte")]
    TooLong,
}

impl AuditError {
    fn io(path: &Path, source: io::Error) -> Self {
        Self::Io { path: path.display().to_string(), source }
    }
}

#[cfg(test)]
mod chain_tests;
#[cfg(test)]
mod history_tests;
#[cfg(test)]
mod reading_tests;
#[cfg(test)]
mod tests;
