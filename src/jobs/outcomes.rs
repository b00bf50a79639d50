//! What became of each user of a job, as a table for somebody to keep.

use super::journal::{Journal, JournalError, TABLE, Told};
use crate::{
    app::job::{Outcome, Target},
    cells, private,
};
use std::{
    io,
    path::{Path, PathBuf},
};

/// What the columns hold.
const HEADS: &str = "user_id,identifier,name,outcome,code,reason,trace_id\r\n";

/// Writes what became of each user beside the journal, as comma-separated values that a spreadsheet can open without
/// running any of them. Where it is. Reads and writes files: call it where waiting is allowed.
///
/// # Errors
///
/// When the journal cannot be read, or the table not be written.
pub fn save_outcomes(journal: &Path) -> Result<PathBuf, JournalError> {
    let path = journal.with_extension(TABLE);
    let failed = |source| JournalError::Io { path: path.display().to_string(), source };
    let Some(Told { job, .. }) = Journal::look(journal)? else {
        return Err(failed(io::Error::new(io::ErrorKind::UnexpectedEof, "the journal says nothing")));
    };
    let mut text = HEADS.to_owned();
    for (target, outcome) in job.all_outcomes() {
        text.push_str(&row(target, outcome));
    }
    private::replace(&path, text.as_bytes()).map_err(failed)?;
    Ok(path)
}

/// Whom a job could not change, as its journal tells. Reads a file: call it where waiting is allowed.
///
/// # Errors
///
/// When the journal cannot be read.
pub fn failed(journal: &Path) -> Result<Vec<Target>, JournalError> {
    let Some(Told { job, .. }) = Journal::look(journal)? else { return Ok(Vec::new()) };
    let failed = job.outcomes().filter(|(_, outcome)| matches!(outcome, Outcome::Failed(_)));
    // What was to be put back belongs to that job, and not to what is done to them next.
    Ok(failed.map(|(target, _)| Target { given: None, undoes: None, ..target.clone() }).collect())
}

fn row(target: &Target, outcome: Option<&Outcome>) -> String {
    let identifier = target.person.identifier.as_ref().map_or("", |identifier| identifier.as_str());
    let fault = match outcome {
        Some(Outcome::Failed(fault)) => Some(fault),
        _ => None,
    };
    cells::row([
        target.id.as_str(),
        identifier,
        target.person.name.as_deref().unwrap_or_default(),
        outcome.map_or("left", Outcome::name),
        fault.map_or("", |fault| &fault.code),
        fault.map_or("", |fault| &fault.reason),
        fault.and_then(|fault| fault.trace_id.as_deref()).unwrap_or_default(),
    ])
}
