//! Reading the log from its end: each change as soon as its intent is met, with what came of it.

use super::{
    AuditError,
    entry::{Entry, Kind, Told},
    files::{self, LinesBack, LogFile},
    line::{Ending, EntryId, JobHeader},
};
use std::{collections::HashMap, ops::ControlFlow, path::Path};

/// What is met on the way.
pub(super) enum Met {
    /// A change.
    Change(Entry),
    /// The head of a job; what was done in it has been met before. The entry has where and when it was written.
    Job(Entry, JobHeader),
}

/// Goes through the log in `directory` from its end, until there is no more or enough has been met.
pub(super) fn walk(directory: &Path, mut take: impl FnMut(Met) -> ControlFlow<()>) -> Result<(), AuditError> {
    let mut join = Join::default();
    for LogFile { path, file, .. } in files::open(directory)?.into_iter().rev() {
        let failed = |source| AuditError::io(&path, source);
        let length = file.metadata().map_err(failed)?.len();
        let mut lines = LinesBack::of(&file, length);
        while let Some(line) = lines.next().map_err(failed)? {
            let met = Told::of(&line).and_then(|told| join.take(told));
            if met.is_some_and(|met| take(met).is_break()) {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// What has been met and belongs to what is yet to be met.
#[derive(Default)]
struct Join {
    outcomes: HashMap<EntryId, Told>,
    /// Which change was taken back by which.
    undone: HashMap<EntryId, EntryId>,
}

impl Join {
    fn take(&mut self, told: Told) -> Option<Met> {
        match told.line {
            Kind::Outcome => {
                // Of two the first counts, which is met last.
                self.outcomes.insert(told.entry.clone(), told);
                None
            }
            Kind::Intent => Some(Met::Change(self.join(told))),
            Kind::Job => {
                let (written, header) = told.into_header();
                Some(Met::Job(written, header))
            }
            Kind::Other => None,
        }
    }

    fn join(&mut self, told: Told) -> Entry {
        let intended = told.into_entry();
        let mut entry = match self.outcomes.remove(&intended.id) {
            Some(outcome) => intended.ended(outcome),
            None => intended,
        };
        entry.undone_by = self.undone.remove(&entry.id);
        // Where it was so already, that counts too: it is as it was before.
        let holds = !entry.dry_run && matches!(entry.ending, Some(Ending::Done | Ending::Unchanged));
        if let (true, None, Some(undoes)) = (holds, &entry.undone_by, &entry.undoes) {
            self.undone.insert(undoes.clone(), entry.id.clone());
        }
        entry
    }
}
