//! What the log has of one job.

use super::{
    AuditError,
    entry::Entry,
    latest::{self, Met},
    line::EntryId,
};
use std::{collections::HashMap, ops::ControlFlow, path::Path};

/// The changes of a job, by their ids, as the log in `directory` has them: read from its end, as far as the head of the job.
///
/// # Errors
///
/// When a file cannot be read, or is none.
pub fn of_job(directory: &Path, job: &str) -> Result<HashMap<EntryId, Entry>, AuditError> {
    let mut changes = HashMap::new();
    latest::walk(directory, |met| match met {
        Met::Change(entry) if entry.job.as_deref() == Some(job) => {
            // Where an intent stands twice, the later one has the outcome.
            changes.entry(entry.id.clone()).or_insert(entry);
            ControlFlow::Continue(())
        }
        Met::Job(_, header) if header.job == job => ControlFlow::Break(()),
        Met::Change(_) | Met::Job(..) => ControlFlow::Continue(()),
    })?;
    Ok(changes)
}
