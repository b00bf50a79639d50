//! What changes would send: told and recorded as a dry run, in the place of being sent.

use super::{
    Performer,
    disk::on_disk,
    recorded::{intent_to, intent_to_create, now},
    send::{Sent, send, send_creation},
};
use crate::{
    app::{Change, Failure, NewUser, job::Plan},
    audit::{Audit, Intent},
    clerk::{Clerk, Unsent},
    jobs,
};
use std::sync::Arc;

impl Performer {
    /// What a change would send, as far as that can be known before anything of it is answered. Only what reads is sent;
    /// the audit log has it as a dry run.
    ///
    /// # Errors
    ///
    /// When it would fail before anything is sent, or cannot be recorded.
    pub async fn rehearse(&self, change: Change) -> Result<Vec<Unsent>, Failure> {
        let (clerk, audit) = (self.clerk().await?, self.audit().await?);
        rehearsed(&clerk, audit, intent_to(&change), |clerk| async move { send(&clerk, &change).await }).await
    }

    /// The same of a user to create.
    ///
    /// # Errors
    ///
    /// As of [`Performer::rehearse`].
    pub async fn rehearse_creation(&self, new: NewUser) -> Result<Vec<Unsent>, Failure> {
        let (clerk, audit) = (self.clerk().await?, self.audit().await?);
        let intent = intent_to_create(&new);
        rehearsed(&clerk, audit, intent, |clerk| async move { send_creation(&clerk, new).await }).await
    }

    /// Records that it was looked at what a job would send.
    ///
    /// # Errors
    ///
    /// When it cannot be recorded.
    pub async fn rehearse_job(&self, plan: &Plan) -> Result<(), Failure> {
        rehearsed_job(self.audit().await?, plan).await
    }
}

/// What a request would send. Nothing is sent but what reads.
pub(super) async fn rehearsed<F>(
    clerk: &Clerk,
    audit: Arc<Audit>,
    intent: Intent,
    request: impl FnOnce(Clerk) -> F,
) -> Result<Vec<Unsent>, Failure>
where
    F: Future<Output = Result<Sent, Failure>>,
{
    let (rehearsal, recorder) = clerk.dry_run();
    let ended = request(rehearsal).await;
    let kept_back = recorder.take();
    if kept_back.is_empty() {
        ended?;
    }
    let intent = Intent { dry_run: true, ..intent };
    let note = move || audit.intent(now(), intent).map_err(|error| Failure::NotRecorded(error.to_string()));
    on_disk(Failure::NotRecorded, note).await?;
    Ok(kept_back)
}

/// Records that it was looked at what a job would send.
pub(super) async fn rehearsed_job(audit: Arc<Audit>, plan: &Plan) -> Result<(), Failure> {
    let entry = jobs::dry_run(plan, &audit.origin().host, now());
    let note = move || audit.append_all(now(), vec![entry]).map_err(|error| Failure::NotRecorded(error.to_string()));
    on_disk(Failure::NotRecorded, note).await
}
