//! Carrying an import out: each user is created once, whatever breaks off.

use super::{
    Broken, Draft, ImportError, Journal, Mapping, Outcome, Told,
    drafts::{Drafts, Numbered},
    ledger::{Ended as RowEnded, Ledger},
    read_back,
};
use crate::{
    audit::{Audit, Ending, Entry, EntryId},
    clerk::{Clerk, Error, NotSent, model::Timestamp},
};
use std::{collections::HashMap, fs::File, sync::Arc, time::Duration};
use tokio::{sync::watch, task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;

/// So many are announced together, and sent at the same time.
const TOGETHER: usize = 20;
/// A row for which there was no room in the rate limit is tried so often.
const TRIES: u32 = 20;
/// What refuses one for its key, or for what the instance's plan has, refuses all.
const FOR_ALL: [u16; 3] = [401, 402, 403];

/// How far an import is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many users are there.
    pub created: u64,
    /// How many are not.
    pub failed: u64,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Every row was sent.
    Whole,
    /// It was stopped.
    Stopped,
}

/// Users on their way from a file to an instance.
#[derive(Debug)]
pub struct Import {
    /// The instance, with work in the background.
    pub clerk: Clerk,
    /// Where changes are recorded.
    pub audit: Arc<Audit>,
    /// Where it is written down how far it is.
    pub journal: Journal,
    /// What that says so far, and who exists already.
    pub told: Told,
    /// The file.
    pub file: File,
    /// Which of its columns is what.
    pub mapping: Mapping,
    /// Why, in the words of who imports.
    pub reason: Option<String>,
}

impl Import {
    /// Sends every row that makes a user, and has not made one, until the end or until it is stopped; what is under way then
    /// is finished. What was sent and has no outcome is looked for before it is sent again.
    ///
    /// # Errors
    ///
    /// When it broke off: the same import goes on later.
    pub async fn run(
        self,
        stop: &CancellationToken,
        progress: &watch::Sender<Progress>,
    ) -> Result<(Ended, Told), ImportError> {
        let Self { clerk, audit, journal, told, file, mapping, reason } = self;
        let mut running = Running { clerk, ledger: Ledger::new(journal, audit, told, reason), log: HashMap::new() };
        let ended = running.carry_out(file, mapping, stop, progress).await;
        let told = running.ledger.told;
        match ended {
            Ok(ended) => Ok((ended, told)),
            Err(why) => Err(ImportError { why, told: Box::new(told) }),
        }
    }
}

struct Running {
    clerk: Clerk,
    ledger: Ledger,
    log: HashMap<EntryId, Entry>,
}

impl Running {
    async fn carry_out(
        &mut self,
        file: File,
        mapping: Mapping,
        stop: &CancellationToken,
        progress: &watch::Sender<Progress>,
    ) -> Result<Ended, Broken> {
        self.log = self.ledger.look_up().await.map_err(Broken::NotRecorded)?;
        if self.ledger.told.rows.is_empty() && self.log.is_empty() {
            self.ledger.begin(now()).await.map_err(Broken::NotRecorded)?;
        } else {
            self.ledger.go_on(now()).await.map_err(Broken::NotRecorded)?;
        }
        let mut drafts = Drafts::of(file, mapping, TOGETHER * 2);
        let sent = self.send_all(&mut drafts, stop, progress).await;
        let read = drafts.end().await;
        let ended = sent?;
        read?;
        Ok(ended)
    }

    async fn send_all(
        &mut self,
        drafts: &mut Drafts,
        stop: &CancellationToken,
        progress: &watch::Sender<Progress>,
    ) -> Result<Ended, Broken> {
        loop {
            progress.send_replace(self.progress());
            let batch = tokio::select! {
                biased;
                () = stop.cancelled() => return Ok(Ended::Stopped),
                batch = drafts.next(TOGETHER) => batch,
            };
            if batch.is_empty() {
                return Ok(Ended::Whole);
            }
            self.send(batch).await?;
        }
    }

    fn progress(&self) -> Progress {
        let mut progress = Progress::default();
        for sent in self.ledger.told.rows.values() {
            match &sent.outcome {
                Some(Outcome::Created { .. }) => progress.created += 1,
                Some(Outcome::Failed { .. } | Outcome::Unknown { .. }) => progress.failed += 1,
                None => {}
            }
        }
        progress
    }

    async fn send(&mut self, batch: Vec<Numbered>) -> Result<(), Broken> {
        let batch = self.look_for_the_doubtful(batch).await?;
        if batch.is_empty() {
            return Ok(());
        }
        let begun = now();
        self.ledger.announce(begun, &batch).await.map_err(Broken::NotRecorded)?;
        let mut requests = JoinSet::new();
        for (row, draft) in batch {
            let clerk = self.clerk.clone();
            requests.spawn(async move { create(&clerk, row, &draft, begun).await });
        }
        let (mut ended, mut hopeless) = (Vec::new(), None);
        while let Some(made) = requests.join_next().await {
            let (made, error) = made.map_err(|lost| Broken::Internal(lost.to_string()))?;
            hopeless = error.filter(is_for_all).or(hopeless);
            ended.push(made);
        }
        self.ledger.end(now(), ended).await.map_err(Broken::NotRecorded)?;
        hopeless.map_or(Ok(()), |error| Err(Broken::Clerk(error)))
    }

    /// Those who are to be sent: not who is there, whoever has made them, nor who was sent and is found. What is found out
    /// is written down.
    async fn look_for_the_doubtful(&mut self, batch: Vec<Numbered>) -> Result<Vec<Numbered>, Broken> {
        let (mut to_send, mut ended, mut known) = (Vec::new(), Vec::new(), Vec::new());
        let end = |row, outcome| RowEnded { row, outcome, status: None, trace_id: None };
        for (row, draft) in batch {
            match self.verdict(row, &draft).await.map_err(Broken::Clerk)? {
                Verdict::Send => to_send.push((row, draft)),
                Verdict::Leave => {}
                Verdict::Known(outcome) => known.push((row, outcome)),
                Verdict::Ended(outcome) => ended.push(end(row, outcome)),
                Verdict::NotMade(outcome) => {
                    ended.push(end(row, outcome));
                    to_send.push((row, draft));
                }
            }
        }
        if !ended.is_empty() {
            self.ledger.end(now(), ended).await.map_err(Broken::NotRecorded)?;
        }
        if !known.is_empty() {
            self.ledger.catch_up(now(), known).await.map_err(Broken::NotRecorded)?;
        }
        Ok(to_send)
    }

    /// What is to become of a row, as far as it was sent before.
    async fn verdict(&self, row: u64, draft: &Draft) -> Result<Verdict, Error> {
        let told = &self.ledger.told;
        if told.existing.contains_key(&row) {
            return Ok(Verdict::Leave);
        }
        let Some(sent) = told.rows.get(&row) else { return Ok(Verdict::Send) };
        let entry = self.log.get(&sent.entry);
        match &sent.outcome {
            Some(Outcome::Created { .. } | Outcome::Unknown { user: Some(_), .. }) => return Ok(Verdict::Leave),
            // It was refused, and may be taken now.
            Some(Outcome::Failed { .. }) => return Ok(Verdict::Send),
            None | Some(Outcome::Unknown { user: None, .. }) => {}
        }
        let made = entry.filter(|entry| entry.ending == Some(Ending::Done)).and_then(|entry| entry.user_id.clone());
        if let Some(user) = made {
            return Ok(Verdict::Known(Outcome::Created { user }));
        }
        // The log tells of its end already: it is not ended twice.
        let has_ended = sent.outcome.is_some() || entry.is_some_and(|entry| entry.ending.is_some());
        Ok(match read_back::find(&self.clerk, draft, told.header.begun_at).await? {
            Some(outcome) if has_ended => Verdict::Known(outcome),
            Some(outcome) => Verdict::Ended(outcome),
            None if has_ended => Verdict::Send,
            None => {
                let reason = "the program ended before it was sent".to_owned();
                Verdict::NotMade(Outcome::Failed { code: "not_made".to_owned(), reason })
            }
        })
    }
}

/// What is to become of a row that may have been sent.
enum Verdict {
    /// It is sent.
    Send,
    /// It has its outcome, or is of somebody who exists already.
    Leave,
    /// It has this one, which the log knows, or cannot be told any more.
    Known(Outcome),
    /// It has this one.
    Ended(Outcome),
    /// It has this one, and is sent.
    NotMade(Outcome),
}

/// Whether who comes next would fare no better.
fn is_for_all(error: &Error) -> bool {
    matches!(error, Error::Unreachable { .. } | Error::NotSent(_))
        || error.status().is_some_and(|status| FOR_ALL.contains(&status))
}

/// Creates a user. A request that has not been taken for want of room is sent again, one without an answer is not: it is
/// looked whether the user is there.
async fn create(clerk: &Clerk, row: u64, draft: &Draft, begun: Timestamp) -> (RowEnded, Option<Error>) {
    let mut tries = 0;
    loop {
        tries += 1;
        let error = match clerk.users().create(&draft.user).await {
            Ok(answer) => {
                let outcome = Outcome::Created { user: answer.value.id.clone() };
                let (status, trace_id) = (Some(answer.status), answer.trace_id);
                return (RowEnded { row, outcome, status, trace_id }, None);
            }
            Err(error) => error,
        };
        let has_no_room = error.status() == Some(429) || matches!(error, Error::NotSent(NotSent::Held { .. }));
        let may_pass = matches!(error, Error::Unreachable { .. }) && tries < 3;
        if has_no_room && tries < TRIES || may_pass {
            sleep(error.retry_after().unwrap_or(Duration::from_secs(1))).await;
            continue;
        }
        let outcome = if error.may_have_happened() {
            read_back::find_in_time(clerk, draft, begun, &error).await
        } else {
            let code = error.code().unwrap_or(if error.status().is_some() { "refused" } else { "not_sent" });
            Outcome::Failed { code: code.to_owned(), reason: error.to_string() }
        };
        let (status, trace_id) = (error.status(), error.trace_id().map(str::to_owned));
        return (RowEnded { row, outcome, status, trace_id }, Some(error));
    }
}

fn now() -> Timestamp {
    Timestamp::from(jiff::Timestamp::now())
}
