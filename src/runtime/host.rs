//! The terminal and the process, as the loop needs them.

use super::multiplexer::Multiplexer;
use crate::clerk::model::Timestamp;
use crossterm::event::Event as TerminalEvent;
use futures_util::Stream;
use ratatui::layout::Size;
use std::{io, path::Path};

/// What the system tells the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// `SIGHUP`: the terminal is gone.
    Hangup,
    /// `SIGINT`, sent from outside: in raw mode ctrl-c is a key.
    Interrupt,
    /// `SIGTERM`.
    Terminate,
    /// `SIGTSTP`, sent from outside: in raw mode ctrl-z is a key.
    Stop,
    /// `SIGCONT`: the process was stopped, and anything may stand on the screen now.
    Continue,
}

/// What the loop needs of the world.
pub trait Host {
    /// Keys, mouse, pastes and sizes. It ends, or fails, when the terminal is gone. Dropping it stops reading.
    type Input: Stream<Item = io::Result<TerminalEvent>> + Unpin;
    /// What the system tells.
    type Signals: Stream<Item = Signal> + Unpin;

    /// The time.
    fn now(&self) -> Timestamp;

    /// The size of the terminal, in cells.
    ///
    /// # Errors
    ///
    /// When the terminal does not tell.
    fn size(&self) -> io::Result<Size>;

    /// Writes all of `bytes` to the terminal, in one piece where it takes them so.
    ///
    /// # Errors
    ///
    /// When the terminal does not take them.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Puts a text into the clipboard of this machine, if it has one and the person sits at it, and into that of tmux. The
    /// terminal is asked beside, by what is written to it.
    fn copy(&mut self, text: &str);

    /// What stands between this program and the terminal.
    fn multiplexer(&self) -> Multiplexer {
        Multiplexer::None
    }

    /// Switches raw mode on, or back to what was before it.
    ///
    /// # Errors
    ///
    /// When the terminal refuses.
    fn set_raw(&mut self, raw: bool) -> io::Result<()>;

    /// Begins to read the terminal.
    fn input(&mut self) -> Self::Input;

    /// Begins to listen to signals.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn signals(&mut self) -> io::Result<Self::Signals>;

    /// Begins to open an address in the browser, beside the terminal. The future ends once it is open, or cannot be.
    fn browse(&mut self, url: &str) -> impl Future<Output = io::Result<()>> + Send + 'static;

    /// Whether a shell with job control began this process, so that somebody can continue it once it is stopped.
    fn has_shell(&self) -> bool;

    /// Stops whatever else runs in this process's job, as ctrl-z in a shell does: `cargo run`, say, which waits for it.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn stop_others(&mut self) -> io::Result<()>;

    /// Begins the person's editor on a file, on this terminal. The future ends with it: well, or with why what it has
    /// written is not to be taken. Dropped before, it ends the editor.
    fn edit(&mut self, file: &Path) -> impl Future<Output = Result<(), String>> + 'static;

    /// Stops this process, until it is continued.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn stop(&mut self) -> io::Result<()>;
}
