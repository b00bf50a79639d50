//! How a loop ends.

use super::{heard::is_gone, host::Signal};
use std::io;

/// Why the loop ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The person wanted to leave.
    Quit,
    /// The person wanted to work on the instance of this profile instead.
    Switch(String),
    /// The system wanted it.
    Signal(Signal),
    /// The terminal, or whoever read what was told, is gone.
    Lost,
}

impl Ending {
    /// Of what was heard: a signal, or that no other can come.
    pub(super) fn of_signal(signal: Option<Signal>) -> Self {
        signal.map_or(Self::Lost, Self::Signal)
    }

    /// That somebody is gone is no error, but an ending.
    pub(super) fn of(lived: io::Result<Self>) -> io::Result<Self> {
        lived.or_else(|error| if is_gone(&error) { Ok(Self::Lost) } else { Err(error) })
    }
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Why.
    pub ending: Ending,
    /// Changes that had no answer when the program did not wait any longer. The audit log has their intent.
    pub unfinished_changes: usize,
}
