//! Why an import breaks off.

use super::{ReadError, Told};
use crate::clerk::{Error, model::UserId};

/// Why it broke off.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// Clerk refuses, or cannot be reached.
    #[error(transparent)]
    Clerk(Error),
    /// An answer has somebody who has nothing of what was asked for: it says nothing of whether those exist who were meant.
    #[error("the answer has {0}, whom nobody asked for: the API ignores a filter")]
    Stranger(UserId),
    /// What is done cannot be written down.
    #[error("it cannot be recorded: {0}")]
    NotRecorded(String),
    /// The file cannot be read to its end.
    #[error(transparent)]
    File(#[from] ReadError),
    /// The program failed.
    #[error("the program failed: {0}")]
    Internal(String),
}

/// It broke off, or not; and what it did until then.
#[derive(Debug)]
pub struct ImportError {
    /// Why.
    pub why: Broken,
    /// What was done.
    pub told: Box<Told>,
}
