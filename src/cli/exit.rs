//! What the program tells the shell when it ends.

use crate::runtime::Signal;
use std::process::ExitCode;

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// What was asked for was done.
    Done,
    /// It was not, or not all of it.
    Failed,
    /// It was asked for in a way that cannot be done; clap's own code for it.
    Usage,
    /// There is no key, or one that cannot be used.
    Key,
    /// What it is about is not there.
    NotFound,
    /// `SIGHUP`: the terminal went away.
    HungUp,
    /// `SIGINT`.
    Interrupted,
    /// `SIGTERM`.
    Terminated,
}

impl Exit {
    /// How it ends after a signal that asks it to.
    pub(super) fn of(signal: Signal) -> Self {
        match signal {
            Signal::Interrupt => Self::Interrupted,
            Signal::Terminate => Self::Terminated,
            Signal::Hangup | Signal::Stop | Signal::Continue => Self::HungUp,
        }
    }

    /// The number for it.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Key => 3,
            Self::NotFound => 4,
            // As shells tell of a program that a signal ended: 128 and its number.
            Self::HungUp => 129,
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
