//! Who carries out requests.

use crate::{
    app::{
        Change, Changed, Failure, Fetch, Fetched, InvitationChange, NewUser, Remember, Remembered, Restoration,
        RestrictionChange,
        job::{JobAnswer, JobReport, JobRequest},
    },
    clerk::{Exchange, model::UserId},
};
use tokio::sync::mpsc::UnboundedReceiver;

/// Carries out what the core asks for. Each future runs as a task of its own.
pub trait Perform {
    /// What tells of every request that is sent, once it has ended; none where nothing does. Asked for once.
    fn exchanges(&mut self) -> Option<UnboundedReceiver<Exchange>>;

    /// Reads something. The future is dropped when the answer is not wanted any more.
    fn fetch(&self, fetch: Fetch) -> impl Future<Output = Result<Fetched, Failure>> + Send + 'static;

    /// Makes a change and records it. The future runs to its end.
    fn change(&self, change: Change) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static;

    /// Creates a user and records it. The future runs to its end.
    fn create(&self, user: NewUser) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static;

    /// Makes somebody anew from the recovery copy and records it. The future runs to its end.
    fn restore(&self, restoration: Restoration) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static;

    /// Throws away the recovery copies of these users. The future runs to its end.
    fn purge(&self, users: Vec<UserId>) -> impl Future<Output = Result<(), Failure>> + Send + 'static;

    /// Keeps a private note on this machine, or none any more. The future runs to its end.
    fn keep_note(
        &self,
        user: UserId,
        text: Option<String>,
    ) -> impl Future<Output = Result<(), Failure>> + Send + 'static;

    /// Changes the blocklist or the allowlist and records it. The future runs to its end.
    fn restrict(&self, change: RestrictionChange) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static;

    /// Makes an invitation to an organization, or takes one back, and records it. The future runs to its end.
    fn invite(&self, change: InvitationChange) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static;

    /// What tells how far jobs are; none where nothing does. Asked for once.
    fn job_reports(&mut self) -> Option<UnboundedReceiver<JobReport>>;

    /// Begins a job, or tells one what somebody wants of it. The future runs to its end.
    fn ask_of_job(&self, request: JobRequest) -> impl Future<Output = Result<JobAnswer, Failure>> + Send + 'static;

    /// Begins nothing further of any job, and waits for what is under way.
    fn leave_jobs(&self) -> impl Future<Output = ()> + Send + 'static;

    /// Lets nothing leave any more but what reads, or again everything; from now on, whatever is under way.
    fn set_read_only(&self, on: bool);

    /// Writes something down, to be remembered at the next start; all that is remembered then, or why it could not be.
    fn remember(&self, remember: Remember) -> impl Future<Output = Result<Remembered, String>> + Send + 'static;
}
