//! Reading the record of changes, off the threads that serve.

use super::disk::on_disk;
use crate::{
    app::{
        Failure, RecordId,
        detail::{Batch, HistoryEnding, HistoryEntry},
    },
    audit::{Ending, Entry, history},
    clerk::{model::UserId, query::PageLimit},
};
use std::path::PathBuf;

/// What the audit log in `directory` has about a user of the instance at `host`.
pub(super) async fn read(
    directory: PathBuf,
    host: String,
    user: UserId,
    limit: PageLimit,
    offset: u64,
) -> Result<Batch<HistoryEntry>, Failure> {
    let offset = usize::try_from(offset).unwrap_or(usize::MAX);
    let read = on_disk(Failure::RecordUnread, move || {
        let read = history(&directory, &host, &user, offset, usize::from(limit.get()));
        read.map_err(|error| Failure::RecordUnread(error.to_string()))
    })
    .await?;
    Ok(Batch { rows: read.entries.into_iter().map(told).collect(), total: Some(read.total) })
}

pub(super) fn told(entry: Entry) -> HistoryEntry {
    let record = |id: crate::audit::EntryId| RecordId(id.as_str().to_owned());
    HistoryEntry {
        record: record(entry.id),
        at: entry.at,
        action: entry.action,
        part: entry.part,
        reason: entry.reason,
        by: entry.origin.actor.unwrap_or(entry.origin.os_user),
        machine: entry.origin.machine,
        undoes: entry.undoes.map(record),
        ending: match entry.ending {
            _ if entry.dry_run => HistoryEnding::DryRun,
            Some(Ending::Done) => HistoryEnding::Done,
            Some(Ending::Unchanged) => HistoryEnding::Unchanged,
            Some(Ending::Partly) => HistoryEnding::Partly,
            Some(Ending::Failed) => HistoryEnding::Failed,
            Some(Ending::Unknown) => HistoryEnding::Unknown,
            None => HistoryEnding::Open,
        },
        done: entry.done,
        status: entry.status,
        code: entry.code,
        trace_id: entry.trace_id,
        newer_version: entry.newer_version,
    }
}
