//! Reading the record of changes, off the threads that serve.

use crate::{
    app::{
        Failure, RecordId,
        detail::{Batch, HistoryEnding, HistoryEntry},
    },
    audit::{Ending, Entry, history},
    clerk::{model::UserId, query::PageLimit},
};
use std::path::PathBuf;
use tokio::task::spawn_blocking;

/// What the audit log in `directory` has about a user of the instance at `host`.
pub(super) async fn read(
    directory: PathBuf,
    host: String,
    user: UserId,
    limit: PageLimit,
    offset: u64,
) -> Result<Batch<HistoryEntry>, Failure> {
    let offset = usize::try_from(offset).unwrap_or(usize::MAX);
    let reading = spawn_blocking(move || history(&directory, &host, &user, offset, usize::from(limit.get())));
    let read = reading.await.map_err(|error| Failure::Internal(error.to_string()))?;
    let read = read.map_err(|error| Failure::RecordUnread(error.to_string()))?;
    Ok(Batch { rows: read.entries.into_iter().map(told).collect(), total: Some(read.total) })
}

fn told(entry: Entry) -> HistoryEntry {
    let record = |id: crate::audit::EntryId| RecordId(id.as_str().to_owned());
    HistoryEntry {
        record: record(entry.id),
        at: entry.at,
        action: entry.action,
        part: entry.part,
        reason: entry.reason,
        by: entry.os_user,
        machine: entry.machine,
        undoes: entry.undoes.map(record),
        ending: match entry.ending {
            Some(Ending::Done) => HistoryEnding::Done,
            Some(Ending::Failed) => HistoryEnding::Failed,
            Some(Ending::Unknown) => HistoryEnding::Unknown,
            None => HistoryEnding::Open,
        },
        status: entry.status,
        code: entry.code,
        trace_id: entry.trace_id,
        newer_version: entry.newer_version,
    }
}
