//! What changes would send.

use super::{
    Performer,
    send::{send, send_creation},
};
use crate::{
    app::{Change, Failure, NewUser},
    clerk::{Error, NotSent, Recorder, Unsent},
};

impl Performer {
    /// What a change would send, as far as that can be known before anything of it is answered. Only what reads is sent.
    ///
    /// # Errors
    ///
    /// When it would fail before anything is sent.
    pub async fn rehearse(&self, change: Change) -> Result<Vec<Unsent>, Failure> {
        let (rehearsal, recorder) = self.clerk().await?.dry_run();
        noted(&recorder, send(&rehearsal, &change).await)
    }

    /// The same of a user to create.
    ///
    /// # Errors
    ///
    /// As of [`Performer::rehearse`].
    pub async fn rehearse_creation(&self, new: NewUser) -> Result<Vec<Unsent>, Failure> {
        let (rehearsal, recorder) = self.clerk().await?.dry_run();
        noted(&recorder, send_creation(&rehearsal, new).await)
    }
}

/// What was not sent; the failure, unless it is that nothing was.
fn noted<T>(recorder: &Recorder, ended: Result<T, Failure>) -> Result<Vec<Unsent>, Failure> {
    match ended {
        Ok(_) | Err(Failure::Clerk(Error::NotSent(NotSent::DryRun))) => Ok(recorder.take()),
        Err(failure) => Err(failure),
    }
}
