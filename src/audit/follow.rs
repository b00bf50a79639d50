//! What comes to the log while somebody watches.

use super::{
    AuditError,
    entry::{Entry, Kind, Told},
    files::{self, LogFile},
    line::EntryId,
    search::{Found, Job},
};
use std::{collections::HashMap, os::unix::fs::FileExt, path::PathBuf};

/// A place in the log behind which everything is news.
#[derive(Debug)]
pub struct Follow {
    directory: PathBuf,
    /// In the file of this number, or of a later one.
    number: u32,
    /// Behind so many bytes of it.
    position: u64,
    /// Changes that have begun and not ended.
    open: HashMap<EntryId, Entry>,
}

impl Follow {
    /// Behind all that is there now.
    ///
    /// # Errors
    ///
    /// When a file of the log in `directory` cannot be read, or is none.
    pub fn from_now(directory: PathBuf) -> Result<Self, AuditError> {
        let (mut number, mut position) = (1, 0);
        if let Some(last) = files::open(&directory)?.last() {
            let length = last.file.metadata().map_err(|source| AuditError::io(&last.path, source))?.len();
            (number, position) = (last.number, length);
        }
        Ok(Self { directory, number, position, open: HashMap::new() })
    }

    /// Changes that have ended, and jobs that have begun, since it was last asked, in order. What has begun before the
    /// first time is not told.
    ///
    /// # Errors
    ///
    /// When a file of the log cannot be read, or is none.
    pub fn news(&mut self) -> Result<Vec<Found>, AuditError> {
        let mut news = Vec::new();
        for LogFile { path, number, file } in files::open(&self.directory)? {
            if number < self.number {
                continue;
            }
            if number > self.number {
                (self.number, self.position) = (number, 0);
            }
            let failed = |source| AuditError::io(&path, source);
            let length = file.metadata().map_err(failed)?.len().saturating_sub(self.position);
            let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
            file.read_exact_at(&mut bytes, self.position).map_err(failed)?;
            // A last line without its end is still being written.
            let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            self.position += u64::try_from(whole).unwrap_or(u64::MAX);
            let lines = bytes[..whole].split(|byte| *byte == b'\n');
            news.extend(lines.filter_map(Told::of).filter_map(|told| self.take(told)));
        }
        Ok(news)
    }

    fn take(&mut self, told: Told) -> Option<Found> {
        match told.line {
            Kind::Intent => {
                let entry = told.into_entry();
                if entry.dry_run {
                    return Some(Found::Change(Box::new(entry)));
                }
                self.open.insert(entry.id.clone(), entry);
                None
            }
            Kind::Outcome => {
                let entry = self.open.remove(&told.entry)?;
                Some(Found::Change(Box::new(entry.ended(told))))
            }
            Kind::Job => {
                let (written, header) = told.into_header();
                let (id, at, origin) = (written.id, written.at, written.origin);
                Some(Found::Job(Box::new(Job { id, at, header, origin, ..Job::default() })))
            }
            Kind::Other => None,
        }
    }
}
