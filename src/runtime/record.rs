//! Reading the record of all changes, off the threads that serve.

use super::{disk::on_disk, history};
use crate::{
    app::{
        Failure,
        detail::{Batch, HistoryEnding},
        dialog::{RecordFilter, RecordRow, RecordedChange, RecordedJob},
    },
    audit::{Audit, Ending, Entry, Filter, Found, Job, Tally, search},
    clerk::{model::Instance, query::PageLimit},
};
use std::{ops::ControlFlow, path::PathBuf, sync::Arc};

/// What the audit log in `directory` has of the instance at `host` and passes the filter, the latest first.
pub(super) async fn read(
    directory: PathBuf,
    host: String,
    filter: RecordFilter,
    limit: PageLimit,
    offset: u64,
) -> Result<Batch<RecordRow>, Failure> {
    let filter = Filter {
        host: Some(host),
        user: filter.user,
        action: filter.action,
        ending: filter.ending.and_then(ending_of),
        since: filter.since,
        by: filter.by,
        job: filter.job,
        os_user: None,
    };
    let (first, count) = (usize::try_from(offset).unwrap_or(usize::MAX), usize::from(limit.get()));
    let last = first.saturating_add(count);
    on_disk(Failure::RecordUnread, move || {
        let (mut index, mut rows) = (0, Vec::new());
        search(&directory, &filter, true, |found| {
            if index >= first {
                rows.push(row(found));
            }
            index += 1;
            if index >= last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        Ok(Batch { rows, total: None })
    })
    .await
}

/// Has the lines from now on say which instance it is. A log that cannot be opened is told where something is changed.
pub(super) fn tell_instance(audit: Result<Arc<Audit>, Failure>, instance: &Instance) {
    if let (Ok(audit), false) = (audit, instance.id.as_str().is_empty()) {
        audit.tell_instance(instance.id.as_str());
    }
}

/// Those that can be asked for; without an outcome counts as unknown.
fn ending_of(ending: HistoryEnding) -> Option<Ending> {
    match ending {
        HistoryEnding::Done => Some(Ending::Done),
        HistoryEnding::Unchanged => Some(Ending::Unchanged),
        HistoryEnding::Partly => Some(Ending::Partly),
        HistoryEnding::Failed => Some(Ending::Failed),
        HistoryEnding::Unknown | HistoryEnding::Open => Some(Ending::Unknown),
        HistoryEnding::DryRun => None,
    }
}

fn row(found: Found) -> RecordRow {
    match found {
        Found::Change(entry) => RecordRow::Change(Box::new(change(*entry))),
        Found::Job(job) => RecordRow::Job(Box::new(folded(*job))),
    }
}

fn change(entry: Entry) -> RecordedChange {
    RecordedChange {
        user: entry.user_id.clone(),
        identifier: entry.identifier.clone(),
        name: entry.name.clone(),
        job: entry.job.clone(),
        undone: entry.undone_by.is_some(),
        entry: history::told(entry),
    }
}

fn folded(job: Job) -> RecordedJob {
    let Job { id, at, header, outcomes, origin } = job;
    let Tally { done, unchanged, partly, failed, unknown, undone } = outcomes;
    let head = Entry {
        id,
        at,
        action: header.action,
        reason: header.reason,
        dry_run: header.dry_run,
        ending: Some(if done == 0 && unchanged > 0 { Ending::Unchanged } else { Ending::Done }),
        origin,
        ..Entry::default()
    };
    RecordedJob {
        entry: history::told(head),
        job: header.job,
        users: header.users,
        chosen: header.chosen,
        outcomes: [done, unchanged, partly, failed, unknown],
        undone,
    }
}
