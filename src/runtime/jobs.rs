//! Jobs: asking for them, and telling them what somebody wants.

use super::{disk::on_disk, rehearsal::rehearsed_job};
use crate::{
    app::{
        Failure,
        job::{JobAnswer, JobReport, JobRequest, Target},
    },
    audit::Audit,
    clerk::Clerk,
    jobs::{self, JobError, Jobs},
};
use std::{path::PathBuf, sync::Arc};
use tokio::sync::{OnceCell, mpsc::UnboundedSender};

impl From<JobError> for Failure {
    fn from(error: JobError) -> Self {
        Self::Job(error.to_string())
    }
}

/// The jobs of the instance, once there is one.
#[derive(Debug)]
pub(super) struct Work {
    jobs: OnceCell<Jobs>,
    reports: UnboundedSender<JobReport>,
}

impl Work {
    /// What becomes of jobs is told to `reports`.
    pub(super) fn new(reports: UnboundedSender<JobReport>) -> Self {
        Self { jobs: OnceCell::new(), reports }
    }

    /// Begins what is asked for, or tells a job of it.
    pub(super) async fn ask(
        &self,
        request: JobRequest,
        instance: &str,
        clerk: &Clerk,
        audit: Arc<Audit>,
        state_directory: PathBuf,
    ) -> Result<JobAnswer, Failure> {
        let new = async || Jobs::new(instance, clerk, audit, state_directory, self.reports.clone());
        let jobs = self.jobs.get_or_init(new).await;
        Ok(match request {
            JobRequest::Begin(plan) => JobAnswer::Begun(jobs.begin(*plan).await?),
            JobRequest::GoOn(journal) => JobAnswer::Begun(jobs.go_on(journal).await?),
            JobRequest::GiveUp(journal) => {
                jobs.give_up(journal).await?;
                JobAnswer::GivenUp
            }
            JobRequest::Tell(job, command) if jobs.tell(&job, command) => JobAnswer::Told,
            JobRequest::Tell(..) => return Err(Failure::Job("this job has ended".to_owned())),
            JobRequest::ShiftShare(points) => JobAnswer::Share(jobs.shift_share(points)),
            JobRequest::Save(journal) => {
                let save = move || jobs::save_outcomes(&journal).map_err(|error| Failure::Job(error.to_string()));
                JobAnswer::Saved(on_disk(Failure::Job, save).await?)
            }
        })
    }

    /// Waits for what is under way; the rest of each job is for the next start.
    pub(super) async fn leave(&self) {
        if let Some(jobs) = self.jobs.get() {
            jobs.leave().await;
        }
    }
}

/// Of what is asked of jobs in a dry run: lets through what changes nothing, and records what would have been begun.
pub(super) async fn rehearse(request: &JobRequest, audit: Arc<Audit>) -> Result<(), Failure> {
    match request {
        JobRequest::ShiftShare(_) | JobRequest::Save(_) => return Ok(()),
        JobRequest::Begin(plan) => rehearsed_job(audit, plan).await?,
        JobRequest::GoOn(_) | JobRequest::GiveUp(_) | JobRequest::Tell(..) => {}
    }
    Err(Failure::DryRun(Vec::new()))
}

/// Whom the job of a journal could not change.
pub(super) async fn failed(journal: PathBuf) -> Result<Vec<Target>, Failure> {
    let read = move || jobs::failed(&journal).map_err(|error| Failure::Job(error.to_string()));
    on_disk(Failure::Job, read).await
}

/// The jobs at an instance that broke off.
pub(super) async fn unfinished(state_directory: PathBuf, instance: String) -> Result<Vec<JobReport>, Failure> {
    let look = move || jobs::unfinished(&state_directory, &instance).map_err(|error| Failure::Job(error.to_string()));
    on_disk(Failure::Job, look).await
}
