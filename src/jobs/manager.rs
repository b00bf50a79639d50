//! The jobs of an instance: beginning them, going on with those that broke off, and telling each what somebody wants.

use super::{
    journal::{self, Header, Journal, JournalError, Told},
    lines, reconcile,
    recorder::Recorder,
    runner::{Runner, Told as Heard},
};
use crate::{
    app::job::{Job, JobCommand, JobId, JobReport, JobState, Pace, Pause, Plan},
    audit::{Audit, AuditError, of_job},
    clerk::{Clerk, model::Timestamp},
    trash::Trash,
};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::{Mutex, mpsc},
    task::{JoinHandle, spawn_blocking},
};

/// Why a job cannot begin or go on.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It cannot be written down, and so nothing was sent.
    #[error("nothing was sent, as the job cannot be written down: {0}")]
    Journal(#[from] JournalError),
    /// The audit log cannot be written.
    #[error("nothing was sent, as the audit log cannot be written: {0}")]
    Audit(#[from] AuditError),
    /// Its journal says nothing: it broke off before anything was sent.
    #[error("it broke off before anything was sent; there is nothing to go on with")]
    Empty,
    /// The program itself has a defect.
    #[error("the program failed: {0}")]
    Internal(String),
}

/// The jobs of one instance, as long as the program runs. They go one after the other.
#[derive(Debug)]
pub struct Jobs {
    clerk: Clerk,
    /// The instance, as journals name it.
    instance: String,
    audit: Arc<Audit>,
    state_directory: PathBuf,
    turns: Arc<Mutex<()>>,
    reports: mpsc::UnboundedSender<JobReport>,
    running: std::sync::Mutex<HashMap<JobId, Handle>>,
}

#[derive(Debug)]
struct Handle {
    commands: mpsc::UnboundedSender<Heard>,
    task: JoinHandle<()>,
    /// Gives the journal back, and with it the lock on it, once nothing more is to be written.
    written: JoinHandle<Journal>,
}

impl Jobs {
    /// The jobs at `instance`, in the background lane of `clerk`. What becomes of them is told to `reports`.
    #[must_use]
    pub fn new(
        instance: &str,
        clerk: &Clerk,
        audit: Arc<Audit>,
        state_directory: PathBuf,
        reports: mpsc::UnboundedSender<JobReport>,
    ) -> Self {
        let (turns, running) = (Arc::default(), std::sync::Mutex::default());
        let instance = instance.to_owned();
        Self { clerk: clerk.in_background(), instance, audit, state_directory, turns, reports, running }
    }

    /// Begins a job: when this returns, it is on the disk, and goes on by itself.
    ///
    /// # Errors
    ///
    /// When it cannot be written down: then nothing is sent.
    pub async fn begin(&self, plan: Plan) -> Result<JobId, JobError> {
        let begun_at = Timestamp::from(jiff::Timestamp::now());
        let header = Header::of(&plan, &self.instance, begun_at);
        let (directory, audit) = (self.state_directory.clone(), Arc::clone(&self.audit));
        let begun = on_disk(move || {
            let journal = Journal::begin(&directory, &header, &plan)?;
            if let Err(error) = audit.append_all(begun_at, vec![lines::header(&header)]) {
                journal.discard();
                return Err(error.into());
            }
            Ok((header, plan, journal))
        });
        let (header, plan, journal) = begun.await?;
        Ok(self.carry_out(&header, Job::new(plan), journal))
    }

    /// Takes up a job that broke off: it goes on where it was, and looks first at whoever may have been changed.
    ///
    /// # Errors
    ///
    /// When its journal cannot be read, or another program works on it.
    pub async fn go_on(&self, path: PathBuf) -> Result<JobId, JobError> {
        let audit = Arc::clone(&self.audit);
        let (journal, told) = on_disk(move || take_up(&path, &audit)).await?.ok_or(JobError::Empty)?;
        let Told { header, mut job } = told;
        job.resume();
        Ok(self.carry_out(&header, job, journal))
    }

    fn carry_out(&self, header: &Header, job: Job, journal: Journal) -> JobId {
        let path = journal.path().to_owned();
        let trash = Trash::of(&self.state_directory);
        let (recorder, written) = Recorder::start(journal, Arc::clone(&self.audit), trash);
        let runner = Runner {
            id: header.job.clone(),
            job,
            begun_at: header.begun_at,
            journal: path,
            clerk: self.clerk.clone(),
            recorder,
            origin: self.audit.origin().clone(),
            turns: Arc::clone(&self.turns),
            reports: self.reports.clone(),
        };
        let (commands, heard) = mpsc::unbounded_channel();
        let task = tokio::spawn(runner.run(heard));
        self.running().insert(header.job.clone(), Handle { commands, task, written });
        header.job.clone()
    }

    /// Gives up a job that broke off: nothing more comes of it.
    ///
    /// # Errors
    ///
    /// As of [`Jobs::go_on`].
    pub async fn give_up(&self, path: PathBuf) -> Result<(), JobError> {
        on_disk(move || match Journal::take_up(&path)? {
            Some((mut journal, _)) => Ok(journal.cancel()?),
            None => Ok(()),
        })
        .await
    }

    /// Gives background work so many points more of the rate limit, or fewer; how much it has then, in percent.
    #[must_use]
    pub fn shift_share(&self, points: i8) -> u8 {
        let share = self.clerk.share().shifted(points);
        self.clerk.set_share(share);
        share.percent()
    }

    /// Tells a job what somebody wants of it. Whether it is there.
    pub fn tell(&self, id: &JobId, command: JobCommand) -> bool {
        self.running().get(id).is_some_and(|handle| handle.commands.send(Heard::Command(command)).is_ok())
    }

    /// Begins nothing further, and waits for what is under way. The rest is for the next start.
    pub async fn leave(&self) {
        let handles: Vec<Handle> = self.running().drain().map(|(_, handle)| handle).collect();
        for handle in &handles {
            // One that has ended does not hear it.
            let _ = handle.commands.send(Heard::Leave);
        }
        for handle in handles {
            // A job that panicked has no more to wait for; its journal says what is left.
            let _ = handle.task.await;
            // Nor is anything left to be written. Who comes next finds the job in nobody's hands.
            let _ = handle.written.await;
        }
    }

    fn running(&self) -> std::sync::MutexGuard<'_, HashMap<JobId, Handle>> {
        // Nothing panics while it is held.
        self.running.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The jobs at `instance` that broke off in an earlier run, the oldest first, as they stand; not those that another program
/// works on. Reads files: call it where waiting is allowed.
///
/// # Errors
///
/// When the folder cannot be read. A journal that cannot be understood is passed over.
pub fn unfinished(state_directory: &Path, instance: &str) -> Result<Vec<JobReport>, JournalError> {
    let mut reports = Vec::new();
    for path in journal::all(state_directory)? {
        if Journal::is_in_use(&path)? {
            continue;
        }
        let Ok(Some(Told { header, job })) = Journal::look(&path) else { continue };
        if header.instance == instance && !job.state().is_over() {
            reports.push(report_of(&header, &job, path));
        }
    }
    Ok(reports)
}

/// Takes away the journals of jobs that are over, and the tables of their outcomes, once they are older than `age` at
/// `now`. What broke off stays, as somebody may want to go on with it. Looks at names alone where nothing is so old.
///
/// # Errors
///
/// When the folder cannot be read, or a file of it not be removed.
pub fn expire(state_directory: &Path, now: Timestamp, age: Duration) -> Result<(), JournalError> {
    let oldest = now.minus(age).to_jiff().map(|at| at.strftime("%Y%m%dT%H%M%S").to_string()).unwrap_or_default();
    for path in journal::all(state_directory)? {
        // The name begins with the time.
        let is_old = path.file_name().is_some_and(|name| name.to_string_lossy().as_ref() < oldest.as_str());
        if !is_old || Journal::is_in_use(&path)? {
            continue;
        }
        // What cannot be understood may be of a later version, which knows better; what says nothing never began.
        let is_over = match Journal::look(&path) {
            Ok(Some(told)) => told.job.state().is_over(),
            Ok(None) => true,
            Err(_) => false,
        };
        if is_over {
            journal::remove(&path)?;
        }
    }
    Ok(())
}

/// Takes up a journal, once it knows what the log knows.
fn take_up(path: &Path, audit: &Audit) -> Result<Option<(Journal, Told)>, JobError> {
    let Some((mut journal, told)) = Journal::take_up(path)? else { return Ok(None) };
    let id = &told.header.job;
    let lacking = reconcile::lacking(id, &told.job, &of_job(audit.directory(), id.as_str())?);
    if lacking.is_empty() {
        return Ok(Some((journal, told)));
    }
    journal.record(&lacking)?;
    // Its lock goes with it.
    drop(journal);
    Ok(Journal::take_up(path)?)
}

fn report_of(header: &Header, job: &Job, journal: PathBuf) -> JobReport {
    JobReport {
        id: header.job.clone(),
        act: header.act.clone(),
        reason: header.reason.clone(),
        chosen: header.chosen.clone(),
        state: JobState::Paused(Pause::Interrupted),
        counts: job.counts(),
        failures: job.failures(),
        sessions: None,
        pace: Pace::default(),
        begun_at: header.begun_at,
        ended_at: None,
        journal,
        news: Vec::new(),
    }
}

/// Waits for the disk off the threads that serve.
async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, JobError> + Send + 'static,
) -> Result<T, JobError> {
    spawn_blocking(work).await.map_err(|error| JobError::Internal(error.to_string()))?
}
