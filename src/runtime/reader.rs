//! Reads the terminal, on a thread of its own.

use crossterm::event::{Event, EventStream};
use futures_util::{Stream, StreamExt};
use std::{
    io,
    pin::{Pin, pin},
    sync::mpsc as blocking,
    task::{Context, Poll},
    thread,
    time::Duration,
};
use tokio::{
    runtime::Builder,
    select,
    sync::{mpsc, oneshot},
};

/// So many events are read ahead; the rest waits in the terminal, and whoever types too fast for it is slowed down there.
const AHEAD: usize = 1024;
/// So long is the end of reading waited for. It takes far less, but never comes where the terminal is gone.
const ENDING: Duration = Duration::from_millis(100);

/// Keys, mouse, pastes and sizes, as they come from the terminal. Ends when the terminal cannot be read; dropped, it reads
/// no more.
///
/// The thread is there because of terminals that are taken away: crossterm 0.29 reads such a one again and again, and does
/// not return ([its issue 793](https://github.com/crossterm-rs/crossterm/issues/793)). Then it is not the loop that hangs,
/// which the system tells of the end by a signal.
#[derive(Debug)]
pub struct Reader {
    events: mpsc::Receiver<io::Result<Event>>,
    /// Sent when no more is to be read.
    stop: Option<oneshot::Sender<()>>,
    /// Disconnected once no more is read.
    ended: blocking::Receiver<()>,
}

impl Reader {
    /// Begins to read the terminal.
    pub(super) fn begin() -> Self {
        Self::over(EventStream::new)
    }

    /// Reads what is made on the thread: already to set it up may take a terminal that is there.
    pub(super) fn over<S>(terminal: impl FnOnce() -> S + Send + 'static) -> Self
    where
        S: Stream<Item = io::Result<Event>>,
    {
        let (sender, events) = mpsc::channel(AHEAD);
        let (stop, stopped) = oneshot::channel();
        let (reading, ended) = blocking::channel();
        thread::spawn(move || {
            // Moved here, to be dropped with all else when the thread ends.
            let _reading = reading;
            match Builder::new_current_thread().build() {
                Ok(runtime) => runtime.block_on(read(terminal(), sender, stopped)),
                Err(error) => drop(sender.blocking_send(Err(error))),
            }
        });
        Self { events, stop: Some(stop), ended }
    }
}

impl Stream for Reader {
    type Item = io::Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.events.poll_recv(context)
    }
}

impl Drop for Reader {
    /// Waits until the terminal is let go of: who reads next, an editor or another reader, is to have every key.
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
            let _ = self.ended.recv_timeout(ENDING);
        }
    }
}

/// Hands on what is read, until nobody takes it or wants more, or there is no more.
///
/// It ends while it waits for a key, if at all possible, and what was typed ahead before that is lost: whoever reads next
/// cannot be given it. For what wakes crossterm's own thread to its end lies about for as long as that thread does not
/// wait, and the next reader would take it for all there is, and overlook the first key.
async fn read(
    terminal: impl Stream<Item = io::Result<Event>>,
    events: mpsc::Sender<io::Result<Event>>,
    mut stopped: oneshot::Receiver<()>,
) {
    let mut terminal = pin!(terminal);
    loop {
        let read = select! {
            biased;
            read = terminal.next() => read,
            _ = &mut stopped => break,
        };
        let Some(event) = read else { break };
        let is_last = event.is_err();
        let is_taken = select! {
            biased;
            sent = events.send(event) => sent.is_ok(),
            _ = &mut stopped => false,
        };
        if is_last || !is_taken {
            break;
        }
    }
}
