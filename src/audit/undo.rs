//! What can be taken back: what was made and has not been taken back since.

use super::{
    AuditError,
    entry::Entry,
    latest::{self, Met},
    line::{Ending, EntryId, JobHeader},
};
use crate::clerk::model::Timestamp;
use std::{collections::HashMap, ops::ControlFlow, path::Path};

/// What was done with one gesture: one change, or those of a job, as far as they were made and still are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gesture {
    /// The id of the change, or of the head of the job.
    pub id: EntryId,
    /// When it was asked for.
    pub at: Option<Timestamp>,
    /// The head of the job; none for one change.
    pub job: Option<JobHeader>,
    /// The changes, the latest first. Some were made in part: [`Entry::ending`] tells.
    pub changes: Vec<Entry>,
}

/// What can be taken back, and what of that is itself a taking back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reversible {
    /// The latest first; also what was done again.
    pub undo: Vec<Gesture>,
    /// What took something back since the last change that did not: taken back in turn, it is done again. The latest
    /// first.
    pub redo: Vec<Gesture>,
}

/// The latest gestures, at most `limit`, that were made from this machine to the instance at `host` and not taken back
/// since. Whether there is a way back from them their actions decide.
///
/// # Errors
///
/// When a file of the log in `directory` cannot be read, or is none.
pub fn undoable(directory: &Path, host: &str, limit: usize) -> Result<Reversible, AuditError> {
    let mut search = Search { limit, ..Search::default() };
    latest::walk(directory, |met| {
        match met {
            Met::Change(entry) if entry.origin.host == host => search.take(entry),
            Met::Job(written, header) if written.origin.host == host => search.take_head(written, header),
            Met::Change(_) | Met::Job(..) => {}
        }
        if search.has_enough() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(search.end())
}

/// A gesture that was met, by the id of its job or its change.
struct Candidate {
    key: String,
    gesture: Gesture,
    /// It was met behind a change that took nothing back.
    is_closed: bool,
}

#[derive(Default)]
struct Search {
    limit: usize,
    /// In order.
    found: Vec<Candidate>,
    /// What has been met of jobs whose heads have not.
    jobs: HashMap<String, Candidate>,
    /// Of what is yet to be met: the gesture that it leads to, and by how many takings back.
    chains: HashMap<EntryId, (String, u32)>,
    /// By how many takings back a gesture is away from what was done first; known once that has been met.
    depths: HashMap<String, u32>,
    is_closed: bool,
}

impl Search {
    fn take(&mut self, entry: Entry) {
        let key = entry.job.clone().unwrap_or_else(|| entry.id.as_str().to_owned());
        let chain = self.chains.remove(&entry.id);
        // What a later one took back, or did again, is told by that.
        let is_told = chain.is_some() || entry.undone_by.is_some();
        match (&entry.undoes, chain) {
            (Some(undoes), Some((of, depth))) => _ = self.chains.insert(undoes.clone(), (of, depth + 1)),
            (Some(undoes), None) if !is_told && entry.is_made() && entry.ending == Some(Ending::Done) => {
                self.chains.insert(undoes.clone(), (key.clone(), 1));
            }
            (None, Some((of, depth))) => _ = self.depths.insert(of, depth),
            (Some(_) | None, None) => {}
        }
        self.is_closed |= entry.is_made() && entry.undoes.is_none();
        if is_told || !entry.is_made() {
            return;
        }
        let is_closed = self.is_closed;
        let candidate = || Candidate {
            key: key.clone(),
            gesture: Gesture { id: entry.id.clone(), at: entry.at, ..Gesture::default() },
            is_closed,
        };
        if entry.job.is_some() {
            self.jobs.entry(key.clone()).or_insert_with(candidate).gesture.changes.push(entry);
        } else {
            let mut candidate = candidate();
            candidate.gesture.changes.push(entry);
            self.found.push(candidate);
        }
    }

    fn take_head(&mut self, written: Entry, header: JobHeader) {
        // Of a job that changed nothing there is nothing to take back.
        let Some(mut candidate) = self.jobs.remove(&header.job) else { return };
        candidate.gesture.id = written.id;
        candidate.gesture.at = written.at;
        candidate.gesture.job = Some(header);
        self.found.push(candidate);
    }

    /// Whether what comes further back can tell nothing new of what was found.
    fn has_enough(&self) -> bool {
        self.chains.is_empty() && self.jobs.is_empty() && self.found.len() >= self.limit && {
            self.found.iter().filter(|candidate| !self.takes_back(candidate)).count() >= self.limit
        }
    }

    /// Whether a gesture takes something back, and does not do it again.
    fn takes_back(&self, candidate: &Candidate) -> bool {
        let undoes = candidate.gesture.changes.first().is_some_and(|change| change.undoes.is_some());
        // Where what was done first is not in the log any more, what was met last stands for it.
        undoes && self.depths.get(&candidate.key).is_none_or(|depth| depth % 2 == 1)
    }

    fn end(mut self) -> Reversible {
        let mut headless: Vec<Candidate> = std::mem::take(&mut self.jobs).into_values().collect();
        headless.sort_by_key(|candidate| std::cmp::Reverse(candidate.gesture.at));
        let mut reversible = Reversible::default();
        for (of, depth) in std::mem::take(&mut self.chains).into_values() {
            self.depths.insert(of, depth);
        }
        for candidate in std::mem::take(&mut self.found).into_iter().chain(headless) {
            match (self.takes_back(&candidate), candidate.is_closed) {
                (true, false) => reversible.redo.push(candidate.gesture),
                (true, true) => {}
                (false, _) => reversible.undo.push(candidate.gesture),
            }
        }
        reversible.undo.truncate(self.limit);
        reversible.redo.truncate(self.limit);
        reversible
    }
}
