//! A terminal together with the screen that is painted for it: what is drawn goes out in one write.

use super::{
    host::{Host, Signal},
    screen::{Screen, View},
};
use crate::clerk::model::Timestamp;
use futures_util::StreamExt;
use ratatui::layout::Size;
use std::{io, mem, pin::pin, time::Duration};
use tokio::{select, time::sleep};

/// How long it takes at most until a signal to oneself takes effect.
const STOPPING: Duration = Duration::from_millis(100);

/// The terminal, and what stands on it.
pub(super) struct Display<H, V> {
    /// The terminal and the process.
    pub host: H,
    /// What is painted.
    pub screen: Screen<V>,
    /// It has stopped its job, itself included, and that signal has not come yet: it may come after the one to go on.
    stopped_itself: bool,
}

/// What is to be stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Suspend {
    /// All that the shell began with this process: ctrl-z was pressed.
    Job,
    /// This process: somebody wants it so.
    Process,
}

/// What ended the time for which the process was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Woken {
    /// It goes on: the terminal is to be taken again.
    Continued,
    /// This was heard in the place of it; none where nothing can be heard any more.
    Heard(Option<Signal>),
}

impl<H: Host, V: View> Display<H, V> {
    /// For a terminal of this size; nothing is changed yet.
    pub fn new(host: H, view: V, size: Size) -> io::Result<Self> {
        let screen = Screen::new(view, size, host.multiplexer())?;
        Ok(Self { host, screen, stopped_itself: false })
    }

    /// Whether a signal to stop is the one that this process has sent itself, and so is done with.
    pub fn is_own_stop(&mut self) -> bool {
        mem::take(&mut self.stopped_itself)
    }

    /// Gives the terminal back, stops, and waits until the process is continued; nothing else happens meanwhile.
    pub async fn suspend(&mut self, whom: Suspend, signals: &mut H::Signals) -> io::Result<Woken> {
        self.give_back()?;
        if whom == Suspend::Job {
            self.host.stop_others()?;
            self.stopped_itself = true;
        }
        self.host.stop()?;
        // The signal may take effect a moment later: else the terminal would be taken again just before.
        let mut stopping = pin!(sleep(STOPPING));
        loop {
            let signal = select! {
                biased;
                signal = signals.next() => signal,
                () = &mut stopping => return Ok(Woken::Continued),
            };
            match signal {
                Some(Signal::Stop) if self.is_own_stop() => {}
                Some(Signal::Continue) => return Ok(Woken::Continued),
                signal => return Ok(Woken::Heard(signal)),
            }
        }
    }

    /// Takes the terminal. The bytes go out with the next frame.
    pub fn enter(&mut self) -> io::Result<()> {
        self.host.set_raw(true)?;
        self.screen.enter()
    }

    /// Paints the state, for a terminal of this size, as it is now.
    pub fn draw(&mut self, state: &V::State, size: Size, now: Timestamp) -> io::Result<()> {
        self.screen.draw(state, size, now)?;
        self.write()
    }

    /// Hands what is to be painted to the terminal.
    pub fn write(&mut self) -> io::Result<()> {
        let bytes = self.screen.bytes();
        if bytes.is_empty() {
            return Ok(());
        }
        let written = self.host.write(bytes);
        bytes.clear();
        written
    }

    /// Gives the terminal back, as far as that goes: what cannot be done does not keep the rest from being done.
    ///
    /// What reads the terminal stays as it is. A process that is stopped reads nothing, and a reader that is taken down
    /// and set up anew in one breath can overlook what was typed meanwhile, until the next key: the thread that crossterm
    /// wakes for its end may find that key there too, and leaves it lying without another ever being told of it.
    pub fn give_back(&mut self) -> io::Result<()> {
        // What was to be painted is of no use any more.
        self.screen.bytes().clear();
        let left = self.screen.leave().and_then(|()| self.write());
        let cooked = self.host.set_raw(false);
        left.and(cooked)
    }
}
