//! The real terminal and the real process.

use super::{
    browser,
    clipboard::{self, Clipboard},
    editor::Editor,
    host::{Host, Signal},
    multiplexer::Multiplexer,
    reader::Reader,
    screen::write_leave,
};
use crate::clerk::model::Timestamp;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode, size};
use futures_util::stream::{BoxStream, StreamExt, poll_fn};
use ratatui::layout::Size;
use rustix::{
    process,
    stdio::dup2_stdin,
    termios::{OptionalActions, Termios, tcgetattr, tcsetattr},
};
use std::{
    fs,
    io::{self, IsTerminal, Write},
    panic,
    path::Path,
    task::Poll,
    thread,
};
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::mpsc::unbounded_channel,
};

/// The terminal that the program was started in.
#[derive(Debug, Default)]
pub struct Console {
    clipboard: Clipboard,
}

impl Console {
    /// The terminal, if there is one to read from and to write to.
    #[must_use]
    pub fn open() -> Option<Self> {
        (io::stdin().is_terminal() && io::stdout().is_terminal()).then(Self::default)
    }

    /// Puts the terminal in the place of standard input, which has been read to its end: keys come from there.
    ///
    /// # Errors
    ///
    /// When the program was started without a terminal.
    pub fn take_over_input() -> io::Result<()> {
        let terminal = fs::File::options().read(true).write(true).open("/dev/tty")?;
        Ok(dup2_stdin(&terminal)?)
    }

    /// Lets a panic give the terminal back before it is told. Call it on the thread that the loop runs on: a task that
    /// panics elsewhere becomes a notice, and its report must not be written over the screen.
    pub fn restore_on_panic() {
        let loop_thread = thread::current().id();
        let tell = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().id() == loop_thread {
                give_back();
                tell(info);
            } else {
                tracing::error!(%info, "a task panicked");
            }
        }));
    }
}

/// The terminal's modes, put back when this is dropped: an editor that was killed has left its own.
struct Modes(Option<Termios>);

impl Modes {
    fn keep() -> Self {
        Self(tcgetattr(rustix::stdio::stdin()).ok())
    }
}

impl Drop for Modes {
    fn drop(&mut self) {
        if let Some(modes) = &self.0 {
            let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, modes);
        }
    }
}

/// Gives the terminal back, whatever its state; what cannot be done is left undone, as there is nobody to tell.
fn give_back() {
    let mut bytes = Vec::new();
    let _ = write_leave(&mut bytes);
    let _ = io::stdout().write_all(&bytes).and_then(|()| io::stdout().flush());
    let _ = disable_raw_mode();
}

/// What asks a process to end.
const ENDS: [(SignalKind, Signal); 3] = [
    (SignalKind::hangup(), Signal::Hangup),
    (SignalKind::interrupt(), Signal::Interrupt),
    (SignalKind::terminate(), Signal::Terminate),
];

/// What asks the process to end, listened to from now on. Ctrl-z and fg are left to the system, which stops it and lets
/// it go on as long as nobody listens.
///
/// # Errors
///
/// When the system refuses.
pub fn ends() -> io::Result<BoxStream<'static, Signal>> {
    listen(ENDS)
}

/// These signals; of those that have come already, the first named goes first.
fn listen(signals: impl IntoIterator<Item = (SignalKind, Signal)>) -> io::Result<BoxStream<'static, Signal>> {
    let listened = signals.into_iter().map(|(kind, name)| Ok((signal(kind)?, name)));
    let mut listened = listened.collect::<io::Result<Vec<_>>>()?;
    let next = poll_fn(move |context| {
        for (listener, name) in &mut listened {
            if let Poll::Ready(came) = listener.poll_recv(context) {
                return Poll::Ready(came.map(|()| *name));
            }
        }
        Poll::Pending
    });
    Ok(next.boxed())
}

/// The lines of standard input, until it ends or a line cannot be read: as when it is no UTF-8. They are read on a thread
/// of their own, which ends with the process.
#[must_use]
pub fn lines() -> BoxStream<'static, io::Result<String>> {
    let (sender, mut receiver) = unbounded_channel();
    thread::spawn(move || {
        for line in io::stdin().lines() {
            let is_last = line.is_err();
            if sender.send(line).is_err() || is_last {
                break;
            }
        }
    });
    poll_fn(move |context| receiver.poll_recv(context)).boxed()
}

impl Host for Console {
    type Input = Reader;
    type Signals = BoxStream<'static, Signal>;

    fn now(&self) -> Timestamp {
        Timestamp::from(jiff::Timestamp::now())
    }

    fn size(&self) -> io::Result<Size> {
        let (width, height) = size()?;
        Ok(Size { width, height })
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        // Past the standard library's line buffer, which would cut a frame at its line ends.
        let stdout = rustix::stdio::stdout();
        let mut rest = bytes;
        while !rest.is_empty() {
            match rustix::io::write(stdout, rest) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => rest = &rest[written..],
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn multiplexer(&self) -> Multiplexer {
        Multiplexer::of(|name| std::env::var(name).ok())
    }

    fn copy(&mut self, text: &str) {
        if self.multiplexer() == Multiplexer::Tmux {
            clipboard::give_to_tmux(text.to_owned());
        }
        self.clipboard.put(text.to_owned());
    }

    fn set_raw(&mut self, raw: bool) -> io::Result<()> {
        if raw { enable_raw_mode() } else { disable_raw_mode() }
    }

    fn input(&mut self) -> Reader {
        Reader::begin()
    }

    fn signals(&mut self) -> io::Result<Self::Signals> {
        let stop = SignalKind::from_raw(process::Signal::TSTP.as_raw());
        let go_on = SignalKind::from_raw(process::Signal::CONT.as_raw());
        listen(ENDS.into_iter().chain([(stop, Signal::Stop), (go_on, Signal::Continue)]))
    }

    fn browse(&mut self, url: &str) -> impl Future<Output = io::Result<()>> + Send + 'static {
        browser::open(url)
    }

    fn has_shell(&self) -> bool {
        // A shell with job control leads the session, and gives each of its jobs a group of its own.
        process::getsid(None).is_ok_and(|leader| leader != process::getpgrp())
    }

    fn stop_others(&mut self) -> io::Result<()> {
        // It reaches this process too, where it is listened to.
        Ok(process::kill_current_process_group(process::Signal::TSTP)?)
    }

    fn edit(&mut self, file: &Path) -> impl Future<Output = Result<(), String>> + 'static {
        let editor = Editor::from_environment(|name| std::env::var(name).ok());
        let modes = Modes::keep();
        let begun = editor.begin(file);
        async move {
            // Given back also when the editor is ended with the program.
            let _modes = modes;
            let cannot = |error: io::Error| format!("the editor cannot be run: {error}");
            let mut child = begun.map_err(cannot)?;
            let status = child.wait().await.map_err(cannot)?;
            editor.fault(status).map_or(Ok(()), Err)
        }
    }

    fn stop(&mut self) -> io::Result<()> {
        Ok(process::kill_process(process::getpid(), process::Signal::STOP)?)
    }
}
