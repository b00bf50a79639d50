//! Checking the chain: whether each line is as it was written, and none is missing.
//!
//! Who can write to the files can also write the whole chain anew. Against that helps a hash that is kept elsewhere:
//! [`Verified::hash`] of today must be in the chain tomorrow.

use super::{
    AuditError,
    chain::{Hash, Link},
    files::{self, Lines, LogFile},
    head::Head,
};
use std::path::{Path, PathBuf};

/// Where a line stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// In which file.
    pub file: PathBuf,
    /// The number of the line, from 1.
    pub line: u64,
}

/// What is wrong in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The first line that is not as it should be; behind the last one where lines are missing at the end.
    pub place: Place,
    /// What is wrong with it.
    pub kind: FaultKind,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The line is not as it was written.
    Changed,
    /// What came before the line is missing, or stands elsewhere.
    Gap,
    /// The line was not written by a program that knows of the chain.
    Foreign,
    /// Lines are missing here, at the end.
    CutOff,
    /// The hash that was asked for is that of no line.
    NotFound,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many files there are.
    pub files: usize,
    /// How many lines, in all of them.
    pub lines: u64,
    /// How many of the first lines have no hash: an older version wrote them. The chain covers them from its first line on.
    pub before_chain: u64,
    /// Lines that a crash broke off. They are no fault.
    pub torn: Vec<Place>,
    /// What is wrong, in order.
    pub faults: Vec<Fault>,
    /// Whether it is known how far the log went: else nobody can tell whether lines are missing at its end.
    pub is_end_known: bool,
    /// The hash of the last line.
    pub hash: Hash,
}

/// Checks the log in `directory`; with `known`, also that a line with this hash is in it. A log that is not there is a
/// sound one, unless there has been one.
///
/// # Errors
///
/// When a file cannot be read, or is none.
pub fn verify(directory: &Path, known: Option<Hash>) -> Result<Verified, AuditError> {
    // Before the files: a line that is added meanwhile is in them and not in the head, never the other way round.
    let head = Head::look(directory);
    let files = files::open(directory)?;
    let mut walk = Walk { found: Verified { files: files.len(), ..Verified::default() }, ..Walk::new(head, known) };
    for LogFile { path, number, file } in files {
        let mut lines = Lines::of(file);
        (walk.place, walk.number) = (Place { file: path.clone(), line: 0 }, number);
        while let Some(line) = lines.next().map_err(|source| AuditError::io(&path, source))? {
            walk.take(line);
            walk.pass_head(lines.position());
        }
        walk.end_file(lines.position());
    }
    Ok(walk.end(directory))
}

/// A line without a hash, and what is known of it.
struct Unlinked {
    place: Place,
    is_json: bool,
}

/// How far the check has come.
struct Walk {
    head: Option<Head>,
    known: Option<Hash>,
    found: Verified,
    /// The chain has begun.
    begun: bool,
    /// What the next line should build on; also this, where the line before was changed.
    hash: Hash,
    or: Hash,
    /// The lines without a hash since the last one with it.
    unlinked: Vec<Unlinked>,
    /// Of the line at hand.
    place: Place,
    number: u32,
    /// It has a line feed.
    is_ended: bool,
    /// What the head tells of has been seen.
    is_past_head: bool,
}

impl Walk {
    fn new(head: Option<Head>, known: Option<Hash>) -> Self {
        Self {
            head,
            known,
            found: Verified::default(),
            begun: false,
            hash: Hash::default(),
            or: Hash::default(),
            unlinked: Vec::new(),
            place: Place { file: PathBuf::new(), line: 0 },
            number: 0,
            is_ended: true,
            is_past_head: false,
        }
    }

    fn take(&mut self, line: &[u8]) {
        self.place.line += 1;
        self.found.lines += 1;
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        self.is_ended = text.len() < line.len();
        let Some(said) = Link::of(text) else { return self.take_unlinked(text) };
        let fits = said.prev == self.hash || said.prev == self.or;
        if fits {
            self.settle();
        }
        if !self.unlinked.is_empty() {
            self.fault_from_unlinked();
        } else if said.hash != said.computed {
            self.fault(FaultKind::Changed);
        } else if !fits {
            self.fault(FaultKind::Gap);
        }
        (self.hash, self.or, self.begun) = (said.hash, said.computed, true);
        self.known = self.known.filter(|known| *known != said.hash);
    }

    fn take_unlinked(&mut self, text: &[u8]) {
        let is_json = self.is_ended && serde_json::from_slice::<serde::de::IgnoredAny>(text).is_ok();
        self.unlinked.push(Unlinked { place: self.place.clone(), is_json });
        (self.hash, self.or) = (self.hash.then(text), self.or.then(text));
    }

    /// The chain goes on over lines without a hash: a writer saw them as they are.
    fn settle(&mut self) {
        let unlinked = std::mem::take(&mut self.unlinked);
        if !self.begun {
            self.found.before_chain = u64::try_from(unlinked.len()).unwrap_or(u64::MAX);
            return;
        }
        for Unlinked { place, is_json } in unlinked {
            if is_json {
                self.found.faults.push(Fault { place, kind: FaultKind::Foreign });
            } else {
                self.found.torn.push(place);
            }
        }
    }

    /// The line that ends here may be the one that the head means: then it has to be the last that was written.
    fn pass_head(&mut self, position: u64) {
        let Some(head) = self.head.filter(|head| head.number == self.number && head.length == position) else { return };
        self.is_past_head = true;
        if !self.unlinked.is_empty() {
            self.fault_from_unlinked();
        } else if head.hash != self.hash && head.hash != self.or && self.found.faults.is_empty() {
            self.fault(FaultKind::Changed);
        }
    }

    /// The file ends here; it should not be shorter than the head tells, and a line should end where the head says.
    fn end_file(&mut self, length: u64) {
        let Some(head) = self.head.filter(|head| head.number == self.number && !self.is_past_head) else { return };
        self.is_past_head = true;
        if length < head.length {
            // A last line without its end is the first that is not as it was.
            let line = self.place.line + u64::from(self.is_ended || length == 0);
            self.found.faults.push(Fault { place: Place { line, ..self.place.clone() }, kind: FaultKind::CutOff });
            self.unlinked.clear();
        } else if self.found.faults.is_empty() {
            self.fault(FaultKind::Changed);
        }
    }

    /// One of the lines without a hash is not as it was written, or was not there.
    fn fault_from_unlinked(&mut self) {
        let first = std::mem::take(&mut self.unlinked).into_iter().next();
        self.found.faults.extend(first.map(|first| Fault { place: first.place, kind: FaultKind::Changed }));
    }

    fn fault(&mut self, kind: FaultKind) {
        self.found.faults.push(Fault { place: self.place.clone(), kind });
    }

    fn end(mut self, directory: &Path) -> Verified {
        if self.head.is_some() && !self.is_past_head {
            let place = Place { file: files::newest(directory), line: 1 };
            self.found.faults.push(Fault { place, kind: FaultKind::CutOff });
        }
        // Whoever breaks a line off leaves it without its end, and who writes next ends it and goes on behind it.
        let is_put_in = self.begun && self.is_ended && self.unlinked.last().is_some_and(|line| !line.is_json);
        if is_put_in && let Some(line) = self.unlinked.pop() {
            self.settle();
            self.found.faults.push(Fault { place: line.place, kind: FaultKind::Foreign });
        }
        self.settle();
        self.found.is_end_known = self.head.is_some() || self.found.lines == 0;
        if self.known.is_some() {
            self.fault(FaultKind::NotFound);
        }
        self.found.hash = self.hash;
        self.found
    }
}
