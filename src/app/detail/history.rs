//! The history tab: what lazyclerk did to a user, as the record of changes has it.

use super::{Identified, Rows};
use crate::{
    app::{act::past, change::RecordId},
    clerk::model::Timestamp,
};
use std::borrow::Cow;

/// A change that was made to a user, or tried. Texts in it are as they were written, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Where the record has it.
    pub record: RecordId,
    /// When it was asked for; none where the record does not tell.
    pub at: Option<Timestamp>,
    /// What the record calls it: `ban`.
    pub action: String,
    /// Which part of the user it was done to.
    pub part: Option<String>,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// Who did it: an account on a machine.
    pub by: String,
    /// That machine.
    pub machine: String,
    /// The change that this one took back.
    pub undoes: Option<RecordId>,
    /// How it ended.
    pub ending: HistoryEnding,
    /// What of it was made and how much was not, where it was made in part.
    pub done: Option<String>,
    /// The HTTP status, where an answer came.
    pub status: Option<u16>,
    /// Clerk's code, where it refused.
    pub code: Option<String>,
    /// The id of the request at Clerk.
    pub trace_id: Option<String>,
    /// The version of lazyclerk that wrote it, where that can have written more than this one reads.
    pub newer_version: Option<String>,
}

/// How a change ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryEnding {
    /// Made.
    Done,
    /// Nothing was changed: it was so already.
    Unchanged,
    /// Some of it made.
    Partly,
    /// Not made.
    Failed,
    /// Nobody knows: no answer came.
    Unknown,
    /// Nothing was sent: it was only looked at what would be.
    DryRun,
    /// Nothing has been recorded: it is under way, or the program did not live to see it.
    Open,
}

impl Identified for HistoryEntry {
    fn identity(&self) -> &str {
        &self.record.0
    }
}

impl HistoryEntry {
    /// What was done, in words that can stand before "by kim"; the name in the record where it is of another version.
    #[must_use]
    pub fn words(&self) -> Cow<'_, str> {
        past(&self.action).map_or_else(|| self.action.replace('_', " ").into(), Cow::Borrowed)
    }
}

impl Rows<HistoryEntry> {
    /// The change that took back this one. It is later, and so has been read before it.
    #[must_use]
    pub fn undoing(&self, entry: &HistoryEntry) -> Option<&HistoryEntry> {
        let is_it =
            |other: &&HistoryEntry| other.undoes.as_ref() == Some(&entry.record) && other.ending == HistoryEnding::Done;
        self.loaded().iter().find(is_it)
    }

    /// The change that this one took back; none also where it has not been read.
    #[must_use]
    pub fn undone_by(&self, entry: &HistoryEntry) -> Option<&HistoryEntry> {
        let undone = entry.undoes.as_ref()?;
        self.loaded().iter().find(|other| other.record == *undone)
    }
}
