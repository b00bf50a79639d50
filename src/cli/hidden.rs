//! A line that is typed and not shown.

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use secrecy::SecretString;
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Write},
};

/// The terminal that does not show what is typed; it does again when this is dropped.
struct Quiet {
    terminal: File,
    before: Termios,
}

impl Quiet {
    fn begin() -> io::Result<Self> {
        let terminal = File::options().read(true).write(true).open("/dev/tty")?;
        let before = tcgetattr(&terminal)?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        quiet.local_modes.insert(LocalModes::ECHONL);
        // What was typed before is no part of it.
        tcsetattr(&terminal, OptionalActions::Flush, &quiet)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        let _ = tcsetattr(&self.terminal, OptionalActions::Flush, &self.before);
    }
}

/// Asks at the terminal, and gives the line that is typed. Dropped before that, it leaves the terminal as it was.
///
/// # Errors
///
/// When there is no terminal, or it is gone.
pub(super) async fn hidden_line(question: &str) -> io::Result<SecretString> {
    let mut quiet = Quiet::begin()?;
    quiet.terminal.write_all(question.as_bytes())?;
    let terminal = quiet.terminal.try_clone()?;
    let read = tokio::task::spawn_blocking(move || {
        let mut line = String::new();
        BufReader::new(terminal).read_line(&mut line)?;
        Ok(SecretString::from(line))
    });
    read.await.map_err(io::Error::other)?
}
