//! What the program tells the shell when it ends.

use std::process::ExitCode;

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// What was asked for was done.
    Done,
    /// It was not.
    Failed,
    /// It was asked for in a way that cannot be done; clap's own code for it.
    Usage,
    /// There is no key, or one that cannot be used.
    Key,
    /// `SIGHUP`: the terminal went away.
    HungUp,
    /// `SIGINT`.
    Interrupted,
    /// `SIGTERM`.
    Terminated,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Key => 3,
            // As shells tell of a program that a signal ended: 128 and its number.
            Exit::HungUp => 129,
            Exit::Interrupted => 130,
            Exit::Terminated => 143,
        })
    }
}
