//! Writing down what a job does, in its journal and in the audit log, before and after every request; and what it deletes,
//! before it does.
//!
//! A disk takes some milliseconds to say that a line is safe, and a job sends many requests a second. So whatever waits is
//! written together, with one sync for each of the files; nobody goes on before their own lines are safe.

use super::journal::Journal;
use crate::{
    app::job::{Fault, FaultKind, Record},
    audit::{Audit, Content, EntryId},
    clerk::model::Timestamp,
    trash::{Line, Trash},
};
use std::sync::Arc;
use tokio::{
    sync::{mpsc, oneshot},
    task::{JoinHandle, spawn_blocking},
};

/// So many entries are written together at most.
const TOGETHER: usize = 256;

/// What has to be on the disk.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// For the journal.
    pub(super) records: Vec<(usize, Record)>,
    /// For the audit log.
    pub(super) lines: Vec<(EntryId, Content)>,
    /// For the recovery copies.
    pub(super) copies: Vec<Line>,
    /// Whether the job is given up: nothing further is begun.
    pub(super) is_cancelled: bool,
}

#[derive(Debug)]
struct Waiting {
    entry: Entry,
    written: oneshot::Sender<Result<(), String>>,
}

/// Takes what has to be written down.
#[derive(Clone, Debug)]
pub(super) struct Recorder {
    waiting: mpsc::UnboundedSender<Waiting>,
}

impl Recorder {
    /// Writes into this journal, this log and these copies, until every clone of it is dropped; the journal comes back then.
    pub(super) fn start(journal: Journal, audit: Arc<Audit>, trash: Trash) -> (Self, JoinHandle<Journal>) {
        let (waiting, mut queue) = mpsc::unbounded_channel::<Waiting>();
        let task = spawn_blocking(move || {
            let mut journal = journal;
            while let Some(first) = queue.blocking_recv() {
                let mut together = vec![first];
                while together.len() < TOGETHER
                    && let Ok(next) = queue.try_recv()
                {
                    together.push(next);
                }
                write(&mut journal, &audit, &trash, together);
            }
            journal
        });
        (Self { waiting }, task)
    }

    /// Writes this down. When it returns, it is on the disk.
    ///
    /// # Errors
    ///
    /// Why it is not: then what it announces must not be done.
    pub(super) async fn write(&self, entry: Entry) -> Result<(), Fault> {
        let failed = |reason: String| Fault::own(FaultKind::NotRecorded, "not_recorded", reason);
        let (written, answer) = oneshot::channel();
        let stopped = || "nothing is written down any more".to_owned();
        self.waiting.send(Waiting { entry, written }).map_err(|_| failed(stopped()))?;
        answer.await.unwrap_or_else(|_| Err(stopped())).map_err(failed)
    }
}

/// First the copies, without which nothing is announced; then the log, which is for good; then the journal, which says where
/// to go on.
fn write(journal: &mut Journal, audit: &Audit, trash: &Trash, together: Vec<Waiting>) {
    let now = Timestamp::from(jiff::Timestamp::now());
    let together = keep_copies(trash, now, together);
    let (mut records, mut lines, mut answers, mut is_cancelled) = (Vec::new(), Vec::new(), Vec::new(), false);
    for Waiting { entry, written } in together {
        records.extend(entry.records);
        lines.extend(entry.lines);
        answers.push(written);
        is_cancelled |= entry.is_cancelled;
    }
    let outcome = if lines.is_empty() { Ok(()) } else { audit.append_all(now, lines) };
    let outcome = outcome.map_err(|error| error.to_string()).and_then(|()| {
        let mut written = if records.is_empty() { Ok(()) } else { journal.record(&records) };
        if is_cancelled {
            written = written.and_then(|()| journal.cancel());
        }
        written.map_err(|error| error.to_string())
    });
    for answer in answers {
        // Who does not wait any more has no use for it.
        let _ = answer.send(outcome.clone());
    }
}

/// Writes the copies, and gives those that may go on. Where they cannot be written, who is to be deleted goes no further;
/// what has been done already is written down all the same.
fn keep_copies(trash: &Trash, now: Timestamp, together: Vec<Waiting>) -> Vec<Waiting> {
    let Err(error) = trash.append(now, together.iter().flat_map(|waiting| &waiting.entry.copies)) else {
        return together;
    };
    let reason = format!("no recovery copy can be kept: {error}");
    let is_held = |waiting: &Waiting| waiting.entry.copies.iter().any(|line| matches!(line, Line::Copy(_)));
    let (held, others): (Vec<_>, Vec<_>) = together.into_iter().partition(is_held);
    for Waiting { written, .. } in held {
        // As above.
        let _ = written.send(Err(reason.clone()));
    }
    others
}
