//! The loop itself.

mod away;

use super::{
    background::Background,
    display::{Display, Suspend},
    ended::{Ended, Ending},
    heard::terminal_event,
    host::{Host, Signal},
    perform::Perform,
    screen::View,
};
use crate::app::{App, Effect, Effects, Event};
use crossterm::event::Event as TerminalEvent;
use futures_util::{StreamExt, future::poll_immediate};
use secrecy::ExposeSecret;
use std::{future, io, pin::pin, time::Duration};
use tokio::{
    select,
    task::unconstrained,
    time::{Instant, sleep_until},
};

/// Frames are at least so far apart: faster than a screen shows them nobody gains.
const FRAME_GAP: Duration = Duration::from_millis(8);
/// So many events are taken before a frame is drawn, if they wait already …
const BATCH_EVENTS: usize = 256;
/// … and for at most so long.
const BATCH_TIME: Duration = Duration::from_millis(4);

/// Runs `app` until it ends. The terminal is given back on every way out but a panic, which is the business of a hook;
/// changes under way are waited for, if not for ever.
///
/// # Errors
///
/// When the terminal or the system refuses what the loop needs. A terminal that is gone is no error, but an [`Ending`].
pub async fn run<H, V, P>(app: App, mut host: H, view: V, performer: P) -> io::Result<Ended>
where
    H: Host,
    V: View<State = App>,
    P: Perform,
{
    let signals = host.signals()?;
    let display = Display::new(host, view, app.settings().size)?;
    let mut shell = Shell {
        app,
        display,
        background: Background::new(performer),
        signals,
        input: None,
        drawn_at: None,
        dirty: true,
        suspending: None,
        editing: None,
        ending: None,
    };
    let lived = shell.live().await;
    let left = shell.leave();
    let unfinished_changes = shell.finish_changes(left.is_ok()).await;
    let ending = Ending::of(lived)?;
    if matches!(ending, Ending::Quit | Ending::Switch(_)) {
        left?;
    }
    Ok(Ended { ending, unfinished_changes })
}

struct Shell<H: Host, V, P> {
    app: App,
    display: Display<H, V>,
    background: Background<P>,
    signals: H::Signals,
    /// None while nothing is read from the terminal.
    input: Option<H::Input>,
    drawn_at: Option<Instant>,
    /// Something has happened since the last frame.
    dirty: bool,
    suspending: Option<Suspend>,
    /// What is to be handed to an editor outside: what it is, and the text.
    editing: Option<(&'static str, String)>,
    ending: Option<Ending>,
}

/// What woke the loop.
enum Happened {
    Signal(Option<Signal>),
    Input(Option<io::Result<TerminalEvent>>),
    Background(Event),
    /// It is time for the frame that was put off.
    Frame,
}

impl<H: Host, V: View<State = App>, P: Perform> Shell<H, V, P> {
    async fn live(&mut self) -> io::Result<Ending> {
        self.display.enter()?;
        let effects = self.app.start(self.display.host.now());
        // The first frame comes before anything is begun: it stands while the rest gets going.
        self.draw()?;
        self.carry_out(effects)?;
        self.input = Some(self.display.host.input());
        loop {
            if let Some(ending) = self.ending.take() {
                return Ok(ending);
            }
            if let Some(whom) = self.suspending.take() {
                self.suspend(whom).await?;
                continue;
            }
            if let Some((name, text)) = self.editing.take() {
                self.edit(name, &text).await?;
                continue;
            }
            if self.frame_at().is_some_and(|at| at <= Instant::now()) {
                self.draw()?;
                continue;
            }
            let happened = self.next(self.frame_at()).await;
            self.take(happened)?;
            self.take_what_waits().await?;
        }
    }

    /// When the next frame is due; none when the last one still shows the state.
    fn frame_at(&self) -> Option<Instant> {
        self.dirty.then(|| self.drawn_at.map_or_else(Instant::now, |drawn_at| drawn_at + FRAME_GAP))
    }

    /// Waits for what happens next. Signals and keys go before replies, so that the program can always be left at once.
    /// Nothing is lost when it is dropped while it waits.
    async fn next(&mut self, frame_at: Option<Instant>) -> Happened {
        let Self { signals, input, background, .. } = self;
        let frame = async {
            match frame_at {
                Some(at) => sleep_until(at).await,
                None => future::pending().await,
            }
        };
        let read = async {
            match input {
                Some(input) => input.next().await,
                None => future::pending().await,
            }
        };
        // Unconstrained: the loop itself sees to it that a flood leaves time for drawing.
        unconstrained(async {
            select! {
                biased;
                signal = signals.next() => Happened::Signal(signal),
                event = read => Happened::Input(event),
                event = background.next() => Happened::Background(event),
                () = frame => Happened::Frame,
            }
        })
        .await
    }

    /// Takes what has happened already, so that one frame shows it all; a flood has its bounds.
    async fn take_what_waits(&mut self) -> io::Result<()> {
        let until = Instant::now() + BATCH_TIME;
        for _ in 1..BATCH_EVENTS {
            if self.ending.is_some() || self.suspending.is_some() || self.editing.is_some() || Instant::now() >= until {
                break;
            }
            let Some(happened) = poll_immediate(pin!(self.next(None))).await else { break };
            self.take(happened)?;
        }
        Ok(())
    }

    fn take(&mut self, happened: Happened) -> io::Result<()> {
        match happened {
            // Stopped from outside, so that the terminal was not given back.
            Happened::Signal(Some(Signal::Continue)) => self.display.give_back().and_then(|()| self.enter_again()),
            Happened::Signal(Some(Signal::Stop)) if self.display.is_own_stop() => Ok(()),
            Happened::Signal(Some(Signal::Stop)) => {
                self.suspending = Some(Suspend::Process);
                Ok(())
            }
            Happened::Signal(signal) => {
                self.ending = Some(Ending::of_signal(signal));
                Ok(())
            }
            Happened::Input(Some(event)) => terminal_event(event?).map_or(Ok(()), |event| self.update(event)),
            Happened::Input(None) => {
                self.ending = Some(Ending::Lost);
                Ok(())
            }
            Happened::Background(event) => self.update(event),
            Happened::Frame => Ok(()),
        }
    }

    fn update(&mut self, event: Event) -> io::Result<()> {
        self.dirty = true;
        let effects = self.app.update(self.display.host.now(), event);
        self.carry_out(effects)
    }

    fn carry_out(&mut self, effects: Effects) -> io::Result<()> {
        for effect in effects {
            match effect {
                Effect::Work(work) => self.background.carry_out(*work),
                Effect::Browse(url) => {
                    let opening = self.display.host.browse(&url);
                    self.background.browse(url, opening);
                }
                Effect::Mouse(mouse) => {
                    self.display.screen.set_mouse(mouse)?;
                    self.display.write()?;
                }
                Effect::Copy(text) => {
                    self.display.host.copy(&text);
                    self.display.screen.copy(&text)?;
                    self.display.write()?;
                }
                Effect::CopySecret(secret) => {
                    self.display.screen.copy(secret.inner().expose_secret())?;
                    self.display.write()?;
                }
                Effect::Redraw => {
                    self.display.screen.repaint()?;
                    self.dirty = true;
                }
                // Without a shell nobody could continue the program any more.
                Effect::Suspend if !self.display.host.has_shell() => {}
                Effect::Suspend => self.suspending = Some(Suspend::Job),
                Effect::Edit { name, text } => self.editing = Some((name, text)),
                Effect::Quit => self.ending = Some(Ending::Quit),
                Effect::Switch(profile) => self.ending = Some(Ending::Switch(profile)),
            }
        }
        Ok(())
    }

    /// Draws a frame, and lets the state know of it. What follows from that is no reason for another frame.
    fn draw(&mut self) -> io::Result<()> {
        self.dirty = false;
        self.drawn_at = Some(Instant::now());
        self.display.draw(&self.app, self.app.settings().size, self.display.host.now())?;
        let effects = self.app.update(self.display.host.now(), Event::Drawn);
        self.carry_out(effects)
    }

    /// Gives the terminal back for good.
    fn leave(&mut self) -> io::Result<()> {
        self.input = None;
        self.display.give_back()
    }

    /// Takes the terminal again after the process was stopped: somebody else may have used and resized it.
    fn enter_again(&mut self) -> io::Result<()> {
        self.display.enter()?;
        let size = self.display.host.size()?;
        self.update(Event::Resize(size))
    }

    /// Waits for the changes under way; how many had no answer.
    async fn finish_changes(&mut self, terminal_is_there: bool) -> usize {
        let Self { background, signals, display: Display { host, .. }, .. } = self;
        let tell = |words: &str| {
            if terminal_is_there {
                // A terminal that does not take it keeps nothing from being done.
                let _ = host.write(format!("{words}\n").as_bytes());
            }
        };
        background.finish_changes(signals, tell).await
    }
}
