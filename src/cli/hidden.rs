//! Lines that are typed at the terminal: one that is not shown, and one that is.

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
        let terminal = terminal()?;
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

/// The terminal, which shows nothing of what is typed as long as this lives; dropped, it is as it was.
pub(super) struct Hidden(Quiet);

impl Hidden {
    /// Takes the terminal.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub(super) fn begin() -> io::Result<Self> {
        Quiet::begin().map(Self)
    }

    /// Asks, and gives the line that is typed.
    ///
    /// # Errors
    ///
    /// When the terminal is gone.
    pub(super) async fn line(&mut self, question: &str) -> io::Result<SecretString> {
        self.0.terminal.write_all(question.as_bytes())?;
        line_of(self.0.terminal.try_clone()?).await.map(SecretString::from)
    }
}

/// Asks at the terminal, and gives the line that is typed, without the blanks around it; it is shown.
///
/// # Errors
///
/// When there is no terminal, or it is gone.
pub(super) async fn shown_line(question: &str) -> io::Result<String> {
    let mut terminal = terminal()?;
    terminal.write_all(question.as_bytes())?;
    line_of(terminal).await.map(|line| line.trim().to_owned())
}

fn terminal() -> io::Result<File> {
    File::options().read(true).write(true).open("/dev/tty")
}

async fn line_of(terminal: File) -> io::Result<String> {
    let read = tokio::task::spawn_blocking(move || {
        let mut line = String::new();
        match BufReader::new(terminal).read_line(&mut line)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(line),
        }
    });
    read.await.map_err(io::Error::other)?
}
