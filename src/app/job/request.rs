//! What can be asked of whoever carries jobs out, and the answers.

use super::{JobId, Plan};
use std::path::PathBuf;

/// What somebody wants of a job that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobCommand {
    /// Stand still.
    Pause,
    /// Go on.
    Resume,
    /// Begin nothing further.
    Cancel,
    /// Try once more what failed.
    Retry,
}

/// Something to ask.
#[derive(Clone, Debug, PartialEq)]
pub enum JobRequest {
    /// Begin this one; answered by [`JobAnswer::Begun`].
    Begin(Box<Plan>),
    /// Go on with the one of this journal, which broke off; answered by [`JobAnswer::Begun`].
    GoOn(PathBuf),
    /// Never go on with the one of this journal, which broke off; answered by [`JobAnswer::GivenUp`].
    GiveUp(PathBuf),
    /// Tell one that is there; answered by [`JobAnswer::Told`].
    Tell(JobId, JobCommand),
    /// Give background work so many points more of the rate limit, or fewer; answered by [`JobAnswer::Share`].
    ShiftShare(i8),
    /// Write down what became of each user in the job of this journal, where somebody can find it; answered by
    /// [`JobAnswer::Saved`].
    Save(PathBuf),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobAnswer {
    /// It goes on by itself; its reports tell how far it is.
    Begun(JobId),
    /// Nothing more comes of it.
    GivenUp,
    /// It has been told, and its next report shows it.
    Told,
    /// Background work has so much of the rate limit now, in percent.
    Share(u8),
    /// It is in this file.
    Saved(PathBuf),
}
