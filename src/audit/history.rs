//! Reading the log: what was done to one user.
//!
//! The files are read from their beginning, line by line, and only what is asked for is kept, so that a log of any length
//! takes little memory. Lines that cannot be read are passed over: a crash may have broken one off, and another program may have
//! written there. Everything here waits for the disk.

use super::{
    AuditError,
    entry::{Entry, Kind, Told},
    files::{self, Lines, LogFile},
};
use crate::clerk::model::UserId;
use std::{collections::VecDeque, path::Path};

/// Of creations without an outcome so many are kept: a user may yet come of the latest ones.
const CREATIONS: usize = 64;

/// What was done to a user, as far as it was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The latest first.
    pub entries: Vec<Entry>,
    /// How many there are in all.
    pub total: u64,
}

/// What the log in `directory` has about a user of the instance at `host`: the latest entries but `offset`, at most
/// `limit` of them. A log that is not there is an empty one.
///
/// # Errors
///
/// When it cannot be read, or is no file.
pub fn history(
    directory: &Path,
    host: &str,
    user: &UserId,
    offset: usize,
    limit: usize,
) -> Result<History, AuditError> {
    let mut search = Search::new(host, user, offset.saturating_add(limit));
    for LogFile { path, file, .. } in files::open(directory)? {
        let mut lines = Lines::of(file);
        while let Some(line) = lines.next().map_err(|source| AuditError::io(&path, source))? {
            if let Ok(line) = str::from_utf8(line) {
                search.take(line);
            }
        }
    }
    Ok(search.end(offset))
}

/// What has been found so far.
struct Search<'a> {
    host: &'a str,
    user: &'a UserId,
    /// How many entries are wanted, the latest.
    wanted: usize,
    /// The latest ones, the oldest first.
    found: VecDeque<Entry>,
    total: u64,
    /// How many of the found ones have no outcome yet.
    open: usize,
    /// Creations without an outcome: whose they are is told there.
    creations: VecDeque<Entry>,
}

impl<'a> Search<'a> {
    fn new(host: &'a str, user: &'a UserId, wanted: usize) -> Self {
        let (found, creations) = (VecDeque::new(), VecDeque::new());
        Self { host, user, wanted, found, total: 0, open: 0, creations }
    }

    fn take(&mut self, line: &str) {
        if !self.can_matter(line) {
            return;
        }
        let Some(told) = Told::of(line.as_bytes()) else { return };
        // What was only looked at was not done to anybody.
        if told.host != self.host || told.dry_run {
            return;
        }
        match (&told.line, &told.user_id) {
            (Kind::Intent, Some(user)) if user == self.user => self.begin(told),
            (Kind::Intent, None) => {
                if self.creations.len() == CREATIONS {
                    self.creations.pop_front();
                }
                self.creations.push_back(told.into_entry());
            }
            (Kind::Outcome, _) => self.end_entry(told),
            (Kind::Intent, Some(_)) | (Kind::Job | Kind::Other, _) => {}
        }
    }

    /// Whether a line needs to be read: most are about others, and looking for an id is faster than reading.
    fn can_matter(&self, line: &str) -> bool {
        let waits_for_outcome = self.open > 0 || !self.creations.is_empty();
        line.contains(self.user.as_str())
            || waits_for_outcome && line.contains("\"outcome\"")
            || line.contains("\"user_id\":null")
    }

    fn begin(&mut self, told: Told) {
        self.keep(told.into_entry());
    }

    fn keep(&mut self, entry: Entry) {
        self.total += 1;
        self.open += usize::from(entry.ending.is_none());
        self.found.push_back(entry);
        if self.found.len() > self.wanted
            && let Some(old) = self.found.pop_front()
        {
            self.open -= usize::from(old.ending.is_none());
        }
    }

    fn end_entry(&mut self, told: Told) {
        if let Some(place) = self.creations.iter().position(|creation| creation.id == told.entry) {
            let creation = self.creations.remove(place).filter(|_| told.user_id.as_ref() == Some(self.user));
            if let Some(creation) = creation {
                self.keep(creation.ended(told));
            }
        } else if let Some(entry) =
            self.found.iter_mut().rev().find(|entry| entry.id == told.entry && entry.ending.is_none())
        {
            *entry = std::mem::take(entry).ended(told);
            self.open -= usize::from(entry.ending.is_some());
        }
    }

    fn end(self, offset: usize) -> History {
        History { entries: self.found.into_iter().rev().skip(offset).collect(), total: self.total }
    }
}
