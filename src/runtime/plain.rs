//! The loop where there is no screen: lines in, lines out, the same core between them.
//!
//! A line is taken once everything that the one before it asked for has been answered: so lines can be typed ahead, or
//! come from a file, and mean what they would mean to somebody who waits.

use super::{
    background::Background,
    ended::{Ended, Ending},
    host::Signal,
    perform::Perform,
};
use crate::{
    app::{App, Effect, Effects, Event, Failure},
    clerk::model::Timestamp,
    ui::{Shown, plain},
};
use futures_util::{Stream, StreamExt};
use secrecy::ExposeSecret;
use std::{
    io::{self, Write},
    pin::pin,
    time::Duration,
};
use tokio::{select, time::sleep};

/// When a wait is told.
const PATIENCE: Duration = Duration::from_secs(1);

/// Why there is no editor.
const NO_EDITOR: &str = "an editor needs a screen";

/// What stops the program.
const SUSPEND: &str = "Ctrl-z stops the program, and fg goes on with it.";

/// Runs `app` until it ends, its lines do, or the first of `signals` comes. Changes under way are
/// waited for in any case, if not for ever.
///
/// # Errors
///
/// When a line cannot be read, or what is told cannot be written.
pub async fn run_plain<P, L, S, W>(app: App, performer: P, lines: L, signals: S, out: W) -> io::Result<Ended>
where
    P: Perform,
    L: Stream<Item = io::Result<String>>,
    S: Stream<Item = Signal>,
    W: Write,
{
    let mut reader = Reader {
        app,
        background: Background::new(performer),
        out,
        told: plain::Told::default(),
        pane: plain::Told::default(),
        ending: None,
    };
    let mut signals = pin!(signals);
    let lived = reader.live(lines, &mut signals).await;
    let Reader { background, out, .. } = &mut reader;
    let tell = |words: &str| {
        // That nobody listens any more keeps nothing from being done.
        let _ = writeln!(out, "{words}").and_then(|()| out.flush());
    };
    let unfinished_changes = background.finish_changes(&mut signals, tell).await;
    Ok(Ended { ending: Ending::of(lived)?, unfinished_changes })
}

enum Happened {
    Signal(Option<Signal>),
    Background(Event),
    Line(Option<io::Result<String>>),
}

struct Reader<P, W> {
    app: App,
    background: Background<P>,
    out: W,
    told: plain::Told,
    /// What was told last of list or detail: of those, only what has changed since is told.
    pane: plain::Told,
    ending: Option<Ending>,
}

impl<P: Perform, W: Write> Reader<P, W> {
    async fn live(
        &mut self,
        lines: impl Stream<Item = io::Result<String>>,
        signals: &mut (impl Stream<Item = Signal> + Unpin),
    ) -> io::Result<Ending> {
        let mut lines = pin!(lines);
        let effects = self.app.start(now());
        self.carry_out(effects)?;
        let mut greeted = false;
        loop {
            self.settle(signals).await?;
            if !greeted {
                greeted = true;
                let greeting = plain::greeting(&self.app);
                self.say(&greeting)?;
            }
            self.tell()?;
            if let Some(ending) = self.ending.take() {
                return Ok(ending);
            }
            let happened = select! {
                biased;
                signal = signals.next() => Happened::Signal(signal),
                event = self.background.next() => Happened::Background(event),
                line = lines.next() => Happened::Line(line),
            };
            self.take(happened)?;
        }
    }

    /// Waits until everything that was asked for is there, and all that is to be remembered is written down; a long wait
    /// is told.
    async fn settle(&mut self, signals: &mut (impl Stream<Item = Signal> + Unpin)) -> io::Result<()> {
        let mut patience = pin!(sleep(PATIENCE));
        let mut told = false;
        while self.ending.is_none() && !(self.app.is_idle() && self.app.is_settled()) {
            let happened = select! {
                biased;
                signal = signals.next() => Happened::Signal(signal),
                event = self.background.next() => Happened::Background(event),
                () = &mut patience, if !told => {
                    told = true;
                    self.say("Waiting …")?;
                    continue;
                }
            };
            self.take(happened)?;
        }
        Ok(())
    }

    fn take(&mut self, happened: Happened) -> io::Result<()> {
        let event = match happened {
            Happened::Background(event) => event,
            // What cannot be read is not passed over: the lines behind it may be its answers.
            Happened::Line(Some(line)) => Event::Line(line?),
            Happened::Line(None) => {
                self.ending = Some(Ending::Quit);
                return Ok(());
            }
            Happened::Signal(signal) => {
                self.ending = Some(Ending::of_signal(signal));
                return Ok(());
            }
        };
        let asked = matches!(event, Event::Line(_));
        let effects = self.app.update(now(), event);
        if asked {
            // The same answer twice is told twice.
            self.told.notice.clear();
        }
        self.carry_out(effects)
    }

    fn carry_out(&mut self, effects: Effects) -> io::Result<()> {
        for effect in effects {
            match effect {
                Effect::Work(work) => self.background.carry_out(*work),
                // Whoever has no screen opens it from the line.
                Effect::Browse(url) => self.say(Shown::foreign(url).as_str())?,
                Effect::CopySecret(secret) => self.say(Shown::foreign(secret.inner().expose_secret()).as_str())?,
                // Whoever has no screen takes it from the lines.
                Effect::Copy(text) => self.say(Shown::foreign(text).as_str())?,
                Effect::Redraw => {
                    self.told = plain::Told::default();
                    self.pane = plain::Told::default();
                }
                Effect::Edit { .. } => {
                    let effects = self.app.update(now(), Event::Edited(Err(Failure::Editor(NO_EDITOR.to_owned()))));
                    self.carry_out(effects)?;
                }
                // The system does it, once it is asked by the key.
                Effect::Suspend => self.say(SUSPEND)?,
                // There is none to give away.
                Effect::Mouse(_) => {}
                Effect::Quit => self.ending = Some(Ending::Quit),
                Effect::Switch(profile) => self.ending = Some(Ending::Switch(profile)),
            }
        }
        Ok(())
    }

    /// Tells what is new: what came of it first, then where one is. An open dialog has been told then, and takes answers.
    fn tell(&mut self) -> io::Result<()> {
        let told = plain::tell(&self.app, now());
        let step = |told: &plain::Told| told.work.as_ref().map(|work| work.step.clone());
        if let Some(work) = told.work.as_ref().filter(|_| step(&told) != step(&self.told)) {
            self.say(&work.line)?;
        }
        if told.notice != self.told.notice {
            self.say_all(&told.notice)?;
        }
        if self.app.dialog().is_some() {
            if told.place != self.told.place {
                self.say_all(&told.place)?;
            }
        } else {
            let news = plain::news(&self.pane, &told);
            self.say_all(&news)?;
            self.pane = told.clone();
        }
        self.told = told;
        let effects = self.app.update(now(), Event::Drawn);
        self.carry_out(effects)
    }

    fn say_all(&mut self, lines: &[String]) -> io::Result<()> {
        lines.iter().try_for_each(|line| self.say(line))
    }

    fn say(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{line}")?;
        self.out.flush()
    }
}

fn now() -> Timestamp {
    Timestamp::from(jiff::Timestamp::now())
}
