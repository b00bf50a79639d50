//! The loop around the first start: the same terminal, the same signals, and at most one request under way.

use super::{
    display::{Display, Suspend, Woken},
    heard::is_gone,
    host::{Host, Signal},
    screen::View,
};
use crate::app::{KeyRefusal, Secret, Welcome, WelcomeEffect, WelcomeEvent, WelcomeInstance, Welcomed};
use crossterm::event::Event as TerminalEvent;
use futures_util::{FutureExt, StreamExt, future::LocalBoxFuture};
use ratatui::layout::Size;
use std::{future::pending, io};
use tokio::select;

/// Who tries a key, and keeps it.
pub trait Guide {
    /// What the key opens; or why that is not known. Dropped, it is given up.
    fn try_key(&self, key: Secret) -> impl Future<Output = Result<WelcomeInstance, KeyRefusal>>;

    /// Keeps the key that was tried last as a profile of this name. What there is to say of that; or why it is not kept, as
    /// a sentence.
    fn keep(&self, name: String) -> impl Future<Output = Result<Vec<String>, String>>;
}

/// How the first start ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WelcomeEnding {
    /// The person has decided.
    Decided(Welcomed),
    /// The system wanted the end.
    Signal(Signal),
    /// The terminal is gone.
    Lost,
}

/// Runs the first start until it ends. The terminal is given back on every way out but a panic.
///
/// # Errors
///
/// When the terminal or the system refuses what the loop needs. A terminal that is gone is no error, but an ending.
pub async fn welcome<H, V, G>(welcome: Welcome, mut host: H, view: V, guide: &G) -> io::Result<WelcomeEnding>
where
    H: Host,
    V: View<State = Welcome>,
    G: Guide,
{
    let signals = host.signals()?;
    let display = Display::new(host, view, welcome.grounds().size)?;
    let mut door = Door { welcome, display, signals, input: None };
    let lived = door.live(guide).await;
    door.input = None;
    let left = door.display.give_back();
    match lived {
        Err(error) if is_gone(&error) => Ok(WelcomeEnding::Lost),
        Ok(ending @ WelcomeEnding::Decided(_)) => left.map(|()| ending),
        lived => lived,
    }
}

/// Where somebody is welcomed.
struct Door<H: Host, V> {
    welcome: Welcome,
    display: Display<H, V>,
    signals: H::Signals,
    /// None before and after.
    input: Option<H::Input>,
}

/// What the guide is asked to do.
type UnderWay<'guide> = Option<LocalBoxFuture<'guide, WelcomeEvent>>;

/// What woke the loop.
enum Happened {
    Signal(Option<Signal>),
    Input(Option<io::Result<TerminalEvent>>),
    Done(WelcomeEvent),
}

impl<H: Host, V: View<State = Welcome>> Door<H, V> {
    async fn live<G: Guide>(&mut self, guide: &G) -> io::Result<WelcomeEnding> {
        self.display.enter()?;
        self.draw()?;
        self.input = Some(self.display.host.input());
        let mut under_way: UnderWay<'_> = None;
        loop {
            let effect = match self.next(&mut under_way).await {
                Happened::Signal(signal) => {
                    if let Some(ending) = self.hear(signal).await? {
                        return Ok(ending);
                    }
                    continue;
                }
                Happened::Input(None) => return Ok(WelcomeEnding::Lost),
                Happened::Input(Some(event)) => match heard(event?) {
                    Some(event) => self.welcome.update(event),
                    None => continue,
                },
                Happened::Done(event) => {
                    under_way = None;
                    self.welcome.update(event)
                }
            };
            match effect {
                Some(WelcomeEffect::End(welcomed)) => return Ok(WelcomeEnding::Decided(welcomed)),
                Some(WelcomeEffect::Suspend) => {
                    // Without a shell nobody could continue the program any more.
                    if self.display.host.has_shell()
                        && let Some(ending) = self.suspend(Suspend::Job).await?
                    {
                        return Ok(ending);
                    }
                    continue;
                }
                Some(WelcomeEffect::GiveUp) => under_way = None,
                Some(WelcomeEffect::Try(key)) => {
                    under_way = Some(guide.try_key(key).map(WelcomeEvent::Tried).boxed_local());
                }
                Some(WelcomeEffect::Keep(name)) => {
                    under_way = Some(guide.keep(name).map(WelcomeEvent::Kept).boxed_local());
                }
                None => {}
            }
            self.draw()?;
        }
    }

    /// Waits for what happens next: signals and keys before answers, so that it can always be left at once.
    async fn next(&mut self, under_way: &mut UnderWay<'_>) -> Happened {
        let Self { signals, input, .. } = self;
        let read = async {
            match input {
                Some(input) => input.next().await,
                None => pending().await,
            }
        };
        let done = async {
            match under_way {
                Some(under_way) => under_way.await,
                None => pending().await,
            }
        };
        select! {
            biased;
            signal = signals.next() => Happened::Signal(signal),
            event = read => Happened::Input(event),
            event = done => Happened::Done(event),
        }
    }

    /// What a signal leads to: an ending, or none where it goes on.
    async fn hear(&mut self, signal: Option<Signal>) -> io::Result<Option<WelcomeEnding>> {
        match signal {
            Some(Signal::Stop) if self.display.is_own_stop() => Ok(None),
            Some(Signal::Stop) => self.suspend(Suspend::Process).await,
            Some(Signal::Continue) => {
                // Stopped from outside, so that the terminal was not given back.
                self.display.give_back()?;
                self.enter_again().map(|()| None)
            }
            Some(signal) => Ok(Some(WelcomeEnding::Signal(signal))),
            None => Ok(Some(WelcomeEnding::Lost)),
        }
    }

    async fn suspend(&mut self, whom: Suspend) -> io::Result<Option<WelcomeEnding>> {
        match self.display.suspend(whom, &mut self.signals).await? {
            Woken::Continued | Woken::Heard(Some(Signal::Stop | Signal::Continue)) => self.enter_again().map(|()| None),
            Woken::Heard(Some(signal)) => Ok(Some(WelcomeEnding::Signal(signal))),
            Woken::Heard(None) => Ok(Some(WelcomeEnding::Lost)),
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let now = self.display.host.now();
        self.display.draw(&self.welcome, self.welcome.grounds().size, now)
    }

    /// Takes the terminal again after the process was stopped: somebody else may have used and resized it.
    fn enter_again(&mut self) -> io::Result<()> {
        self.display.enter()?;
        let size = self.display.host.size()?;
        self.welcome.update(WelcomeEvent::Resize(size));
        self.draw()
    }
}

/// What the first start wants to know of what comes from the terminal.
fn heard(event: TerminalEvent) -> Option<WelcomeEvent> {
    match event {
        TerminalEvent::Key(key) => Some(WelcomeEvent::Key(key)),
        TerminalEvent::Paste(text) => Some(WelcomeEvent::Paste(text)),
        TerminalEvent::Resize(width, height) => Some(WelcomeEvent::Resize(Size::new(width, height))),
        TerminalEvent::Mouse(_) | TerminalEvent::FocusGained | TerminalEvent::FocusLost => None,
    }
}
