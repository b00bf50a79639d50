//! Reading the log: what was done to one user.
//!
//! The file is read from its beginning, line by line, and only what is asked for is kept, so that a log of any length takes
//! little memory. Lines that cannot be read are passed over: a crash may have broken one off, and another program may have
//! written there. Everything here waits for the disk.

use super::{AuditError, Ending, EntryId, FILE, LINE_VERSION};
use crate::clerk::model::{Timestamp, UserId};
use serde::Deserialize;
use std::{
    collections::VecDeque,
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

/// No line of ours is so long; a longer one is passed over, in bytes.
const LONGEST_LINE: usize = 64 * 1024;
/// So much is read at once, in bytes.
const BUFFER: usize = 256 * 1024;
/// Of creations without an outcome so many are kept: a user may yet come of the latest ones.
const CREATIONS: usize = 64;

/// A change that was made to a user, or tried, put together from its two lines. The texts are as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// When it was asked for; none where the line does not tell.
    pub at: Option<Timestamp>,
    /// What was done: `ban`.
    pub action: String,
    /// Which part of the user it was done to.
    pub part: Option<String>,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// The account on the machine that did it.
    pub os_user: String,
    /// That machine.
    pub machine: String,
    /// The entry of the change that this one took back.
    pub undoes: Option<EntryId>,
    /// How it ended; none where nothing has been recorded: it is under way, or the program did not live to see it.
    pub ending: Option<Ending>,
    /// The HTTP status, where an answer came.
    pub status: Option<u16>,
    /// Clerk's code, where it refused.
    pub code: Option<String>,
    /// The id of the request at Clerk.
    pub trace_id: Option<String>,
    /// The version of lazyclerk that wrote it, where its lines can hold more than this one reads.
    pub newer_version: Option<String>,
}

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
    let path = directory.join(FILE);
    let failed = |source| AuditError::Io { path: path.display().to_string(), source };
    match fs::symlink_metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(History::default()),
        Err(error) => return Err(failed(error)),
        Ok(metadata) if !metadata.is_file() => return Err(AuditError::NotAFile(path.display().to_string())),
        Ok(_) => {}
    }
    let mut lines = Lines::of(File::open(&path).map_err(failed)?);
    let mut search = Search::new(host, user, offset.saturating_add(limit));
    while let Some(line) = lines.next().map_err(failed)? {
        if let Ok(line) = str::from_utf8(line) {
            search.take(line);
        }
    }
    Ok(search.end(offset))
}

/// The lines of a file, one at a time.
struct Lines<R> {
    file: BufReader<R>,
    line: Vec<u8>,
}

impl<R: Read> Lines<R> {
    fn of(file: R) -> Self {
        Self { file: BufReader::with_capacity(BUFFER, file), line: Vec::new() }
    }

    /// The next line; none at the end. One that is too long is empty here.
    fn next(&mut self) -> io::Result<Option<&[u8]>> {
        self.line.clear();
        let limit = u64::try_from(LONGEST_LINE).unwrap_or(u64::MAX);
        if self.file.by_ref().take(limit).read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        if self.line.len() == LONGEST_LINE && !self.line.ends_with(b"\n") {
            self.line.clear();
            self.file.skip_until(b'\n')?;
        }
        Ok(Some(&self.line))
    }
}

/// A line with nothing in it that must be there: what is missing or of another kind is another program's.
#[derive(Deserialize)]
struct Told {
    v: u32,
    line: Kind,
    entry: EntryId,
    host: String,
    #[serde(default)]
    time: String,
    #[serde(default)]
    action: String,
    part: Option<String>,
    reason: Option<String>,
    user_id: Option<UserId>,
    undoes: Option<EntryId>,
    #[serde(default)]
    os_user: String,
    #[serde(default)]
    machine: String,
    #[serde(default)]
    version: String,
    outcome: Option<Ending>,
    status: Option<u16>,
    code: Option<String>,
    trace_id: Option<String>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Intent,
    Outcome,
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
        let Ok(told) = serde_json::from_str::<Told>(line) else { return };
        if told.host != self.host {
            return;
        }
        match (&told.line, &told.user_id) {
            (Kind::Intent, Some(user)) if user == self.user => self.begin(told),
            (Kind::Intent, None) => {
                if self.creations.len() == CREATIONS {
                    self.creations.pop_front();
                }
                self.creations.push_back(intended(told));
            }
            (Kind::Intent, Some(_)) => {}
            (Kind::Outcome, _) => self.end_entry(told),
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
        self.keep(intended(told));
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
                self.keep(ended(creation, told));
            }
        } else if let Some(entry) =
            self.found.iter_mut().rev().find(|entry| entry.id == told.entry && entry.ending.is_none())
        {
            *entry = ended(std::mem::take(entry), told);
            self.open -= usize::from(entry.ending.is_some());
        }
    }

    fn end(self, offset: usize) -> History {
        History { entries: self.found.into_iter().rev().skip(offset).collect(), total: self.total }
    }
}

fn intended(told: Told) -> Entry {
    Entry {
        id: told.entry,
        at: told.time.parse::<jiff::Timestamp>().ok().map(Timestamp::from),
        action: told.action,
        part: told.part,
        reason: told.reason,
        os_user: told.os_user,
        machine: told.machine,
        undoes: told.undoes,
        newer_version: (told.v > LINE_VERSION).then_some(told.version),
        ..Entry::default()
    }
}

fn ended(entry: Entry, told: Told) -> Entry {
    Entry { ending: told.outcome, status: told.status, code: told.code, trace_id: told.trace_id, ..entry }
}
