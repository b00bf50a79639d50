//! Changes: sent with their record, or told where the run is a dry run.

use super::Shared;
use crate::{
    app::{Act, Change, Changed, Failure, Grounds, Person},
    audit::Intent,
    clerk::Clerk,
    runtime::{
        recorded::{about, intent_of, intent_to, recorded},
        rehearsal::rehearsed,
        send::{Sent, left_active, send},
        trash,
    },
    trash::Kept,
};

impl Shared {
    /// Sends it with its record; in a dry run tells what would be sent.
    pub(super) async fn act<F>(&self, intent: Intent, request: impl FnOnce(Clerk) -> F) -> Result<Changed, Failure>
    where
        F: Future<Output = Result<Sent, Failure>>,
    {
        let clerk = self.clerk().await?;
        self.act_at(clerk.clone(), intent, request).await
    }

    /// The same through this handle.
    async fn act_at<F>(
        &self,
        clerk: Clerk,
        intent: Intent,
        request: impl FnOnce(Clerk) -> F,
    ) -> Result<Changed, Failure>
    where
        F: Future<Output = Result<Sent, Failure>>,
    {
        let audit = self.audit(&clerk).await?;
        if self.dry_run {
            return Err(Failure::DryRun(rehearsed(&clerk, audit, intent, request).await?));
        }
        recorded(audit, intent, |_| request(clerk)).await
    }

    /// Sends a change with its record.
    pub(super) async fn send(&self, change: Change) -> Result<Changed, Failure> {
        let intent = intent_to(&change);
        // It only reads, though what is a secret.
        if matches!(change.act, Act::OAuth(_)) {
            let clerk = self.clerk().await?;
            return recorded(self.audit(clerk).await?, intent, |_| send(clerk, &change)).await;
        }
        self.act(intent, |clerk| async move { send(&clerk, &change).await }).await
    }

    /// Bans somebody, and looks how many sessions are left.
    pub(super) async fn ban(&self, change: Change) -> Result<Changed, Failure> {
        let user = change.user.clone();
        let changed = self.send(change).await?;
        Ok(Changed { active_sessions: left_active(self.clerk().await?, &user).await, ..changed })
    }

    /// Deletes somebody, with a copy on the disk before it; a dry run leaves none.
    pub(super) async fn delete_with_copy(&self, change: Change) -> Result<Changed, Failure> {
        let clerk = self.clerk().await?;
        let (audit, trash) = (self.audit(clerk).await?, self.trash());
        let origin = audit.origin().clone();
        recorded(audit, intent_to(&change), |entry| trash::delete(clerk, trash, origin, entry, &change.user)).await
    }

    /// Makes a new user from a copy.
    pub(super) async fn restore(&self, clerk: Clerk, kept: Kept, grounds: &Grounds) -> Result<Changed, Failure> {
        trash::assure_absent(&clerk, &kept).await?;
        let intent = intent_of("restore", Some(kept.copy.user.id.to_string()), grounds);
        let intent = about(intent, None, Person::of(&kept.copy.user));
        let trash = self.trash();
        self.act_at(clerk, intent, |clerk| async move { trash::make(&clerk, trash, kept.copy).await }).await
    }
}
