//! Writing down what an import does, in the audit log and in its journal, before and after every request.

use super::{
    Draft, Outcome, Told,
    journal::{Happened, Journal},
};
use crate::{
    audit::{Audit, Content, Ending, Entry, EntryId, Intent, JobHeader, Outcome as Recorded, of_job},
    clerk::model::Timestamp,
};
use serde_json::json;
use std::{collections::HashMap, sync::Arc};
use tokio::task::spawn_blocking;

/// What came of a row, and what the log says of it.
#[derive(Clone, Debug)]
pub(super) struct Ended {
    pub(super) row: u64,
    pub(super) outcome: Outcome,
    pub(super) status: Option<u16>,
    pub(super) trace_id: Option<String>,
}

/// The journal and the log of an import. What cannot be written down must not be done.
pub(super) struct Ledger {
    journal: Option<Journal>,
    audit: Arc<Audit>,
    pub(super) told: Told,
    /// Why, in the words of who imports.
    reason: Option<String>,
}

impl Ledger {
    pub(super) fn new(journal: Journal, audit: Arc<Audit>, told: Told, reason: Option<String>) -> Self {
        Self { journal: Some(journal), audit, told, reason }
    }

    /// What the log has of an import that was begun before: it can know of more than the journal, which is written second.
    pub(super) async fn look_up(&mut self) -> Result<HashMap<EntryId, Entry>, String> {
        let (directory, run) = (self.audit.directory().to_owned(), self.told.header.run.clone());
        let log = spawn_blocking(move || of_job(&directory, &run)).await.map_err(|lost| lost.to_string())?;
        let log = log.map_err(|error| error.to_string())?;
        for entry in log.values() {
            let row = entry.parameters.as_ref().and_then(|parameters| parameters.get("row")?.as_u64());
            // What was announced, and whether it was sent then nobody has written down.
            if let Some(row) = row
                && entry.ending.is_none()
                && self.told.rows.get(&row).is_none_or(|sent| sent.entry < entry.id)
            {
                self.told.note(Happened::Sent(vec![(row, entry.id.clone())]));
            }
        }
        Ok(log)
    }

    /// Announces the import itself.
    pub(super) async fn begin(&mut self, now: Timestamp) -> Result<(), String> {
        let header = &self.told.header;
        let told = JobHeader {
            job: header.run.clone(),
            action: "create".to_owned(),
            users: header.users.saturating_sub(self.told.existing.len() as u64),
            chosen: format!("imported from {}", header.file),
            reason: self.reason.clone(),
            parameters: Some(json!({ "source": header.source, "sha256": header.content })),
            ..JobHeader::default()
        };
        let line = (EntryId::from(header.run.clone()), Content::Job(told));
        let existing = self.existing();
        self.write(now, vec![line], existing).await
    }

    /// Goes on with one that was begun before.
    pub(super) async fn go_on(&mut self, now: Timestamp) -> Result<(), String> {
        match self.existing() {
            existing if existing.is_empty() => Ok(()),
            existing => self.write(now, Vec::new(), existing).await,
        }
    }

    /// How many exist already, where the journal does not say so yet.
    fn existing(&self) -> Vec<Happened> {
        let count = self.told.existing.len() as u64;
        if count == self.told.left_alone { Vec::new() } else { vec![Happened::LeftAlone(count)] }
    }

    /// Announces that these rows are sent.
    pub(super) async fn announce(&mut self, now: Timestamp, rows: &[(u64, Box<Draft>)]) -> Result<(), String> {
        let (mut lines, mut sent) = (Vec::new(), Vec::new());
        for (row, draft) in rows {
            let entry = EntryId::new(now);
            let intent = Intent {
                action: "create".to_owned(),
                identifier: draft.identifier().map(str::to_owned),
                name: draft.name(),
                job: Some(self.told.header.run.clone()),
                reason: self.reason.clone(),
                parameters: Some(json!({ "row": row })),
                ..Intent::default()
            };
            lines.push((entry.clone(), Content::Intent(intent)));
            sent.push((*row, entry));
        }
        self.write(now, lines, vec![Happened::Sent(sent)]).await
    }

    /// Writes down what came of them.
    pub(super) async fn end(&mut self, now: Timestamp, ended: Vec<Ended>) -> Result<(), String> {
        let rows = &self.told.rows;
        let line = |ended: &Ended| {
            let entry = rows.get(&ended.row)?.entry.clone();
            Some((entry, Content::Outcome(recorded(ended))))
        };
        let lines = ended.iter().filter_map(line).collect();
        let happened = ended.into_iter().map(|ended| (ended.row, ended.outcome)).collect();
        self.write(now, lines, vec![Happened::Ended(happened)]).await
    }

    /// Writes down in the journal what the log has already.
    pub(super) async fn catch_up(&mut self, now: Timestamp, ended: Vec<(u64, Outcome)>) -> Result<(), String> {
        self.write(now, Vec::new(), vec![Happened::Ended(ended)]).await
    }

    /// First the log, which is for good; then the journal, which says where to go on.
    async fn write(
        &mut self,
        now: Timestamp,
        lines: Vec<(EntryId, Content)>,
        happened: Vec<Happened>,
    ) -> Result<(), String> {
        let Some(mut journal) = self.journal.take() else { return Err("nothing is written down any more".to_owned()) };
        let (audit, noted) = (Arc::clone(&self.audit), happened.clone());
        let written = spawn_blocking(move || {
            let written = audit.append_all(now, lines).map_err(|error| error.to_string());
            let written = written.and_then(|()| journal.record(&happened).map_err(|error| error.to_string()));
            (journal, written)
        });
        let (journal, written) = written.await.map_err(|lost| lost.to_string())?;
        self.journal = Some(journal);
        written?;
        for happened in noted {
            self.told.note(happened);
        }
        Ok(())
    }
}

/// As the log has it.
fn recorded(ended: &Ended) -> Recorded {
    let (outcome, code, user_id) = match &ended.outcome {
        Outcome::Created { user } => (Ending::Done, None, Some(user.clone())),
        Outcome::Failed { code, .. } => (Ending::Failed, Some(code.clone()), None),
        Outcome::Unknown { .. } => (Ending::Unknown, None, None),
    };
    Recorded { outcome, done: None, status: ended.status, code, trace_id: ended.trace_id.clone(), user_id, made: None }
}
