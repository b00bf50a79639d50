//! The loop where there is no screen: lines in, lines out, the same core between them.
//!
//! A line is taken once everything that the one before it asked for has been answered: so lines can be typed ahead, or
//! come from a file, and mean what they would mean to somebody who waits.

use super::{host::Signal, perform::Perform, shell::Ending, tasks::Tasks, timers::Timers};
use crate::{
    app::{App, Effect, Effects, Event, Failure, Reply, Timer},
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

/// Runs `app` until it ends, or its lines do. Changes under way are waited for in any case: no line is taken before.
///
/// # Errors
///
/// When what is told cannot be written.
pub async fn run_plain<P, L, S, W>(app: App, performer: P, lines: L, signals: S, out: W) -> io::Result<Ending>
where
    P: Perform,
    L: Stream<Item = String>,
    S: Stream<Item = Signal>,
    W: Write,
{
    let mut reader = Reader {
        app,
        performer,
        out,
        tasks: Tasks::default(),
        timers: Timers::default(),
        told: plain::Told::default(),
        pane: plain::Told::default(),
        ending: None,
    };
    match reader.live(lines, signals).await {
        // Nobody listens any more.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Ending::Lost),
        ended => ended,
    }
}

enum Happened {
    Signal(Option<Signal>),
    Reply(Reply),
    Due(Timer),
    Line(Option<String>),
}

struct Reader<P, W> {
    app: App,
    performer: P,
    out: W,
    tasks: Tasks,
    timers: Timers,
    told: plain::Told,
    /// What was told last of list or detail: of those, only what has changed since is told.
    pane: plain::Told,
    ending: Option<Ending>,
}

impl<P: Perform, W: Write> Reader<P, W> {
    async fn live(
        &mut self,
        lines: impl Stream<Item = String>,
        signals: impl Stream<Item = Signal>,
    ) -> io::Result<Ending> {
        let (mut lines, mut signals) = (pin!(lines), pin!(signals));
        let effects = self.app.start(now());
        self.carry_out(effects)?;
        let mut greeted = false;
        loop {
            self.settle(&mut signals).await?;
            if !greeted {
                greeted = true;
                let greeting = plain::greeting(&self.app);
                self.say(&greeting)?;
            }
            self.tell()?;
            if let Some(ending) = self.ending {
                return Ok(ending);
            }
            let happened = select! {
                biased;
                signal = signals.next() => Happened::Signal(signal),
                reply = self.tasks.next() => Happened::Reply(reply),
                timer = self.timers.next() => Happened::Due(timer),
                line = lines.next() => Happened::Line(line),
            };
            self.take(happened)?;
        }
    }

    /// Waits until everything that was asked for is there; a long wait is told.
    async fn settle(&mut self, signals: &mut (impl Stream<Item = Signal> + Unpin)) -> io::Result<()> {
        let mut patience = pin!(sleep(PATIENCE));
        let mut told = false;
        while !self.app.is_idle() && self.ending.is_none() {
            let happened = select! {
                biased;
                signal = signals.next() => Happened::Signal(signal),
                reply = self.tasks.next() => Happened::Reply(reply),
                timer = self.timers.next() => Happened::Due(timer),
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
            Happened::Reply(reply) => Event::Reply(reply),
            Happened::Due(timer) => Event::Due(timer),
            Happened::Line(Some(line)) => Event::Line(line),
            Happened::Line(None) => {
                self.ending = Some(Ending::Quit);
                return Ok(());
            }
            Happened::Signal(Some(Signal::Stop | Signal::Continue)) => return Ok(()),
            Happened::Signal(signal) => {
                self.ending = Some(signal.map_or(Ending::Lost, Ending::Signal));
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
                Effect::Fetch { slot, generation, fetch } => {
                    self.tasks.fetch(slot, generation, self.performer.fetch(fetch));
                }
                Effect::Cancel(slot) => self.tasks.cancel(slot),
                Effect::Change(change) => self.tasks.change(change.id, self.performer.change(change)),
                Effect::Create(id, user) => self.tasks.change(id, self.performer.create(user)),
                Effect::Restrict(change) => self.tasks.change(change.id, self.performer.restrict(change)),
                Effect::KeepNote { id, user, text } => self.tasks.note(id, self.performer.keep_note(user, text)),
                // Whoever has no screen opens it from the line.
                Effect::Browse(url) => self.say(Shown::foreign(url).as_str())?,
                Effect::CopySecret(secret) => self.say(Shown::foreign(secret.inner().expose_secret()).as_str())?,
                Effect::Remember(remember) => self.tasks.remember(self.performer.remember(remember)),
                Effect::After(timer, after) => self.timers.arm(timer, after),
                Effect::Disarm(timer) => self.timers.disarm(timer),
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
                // There is none to give away, and whoever began the program can stop it.
                Effect::Mouse(_) | Effect::Suspend => {}
                Effect::Quit => self.ending = Some(Ending::Quit),
            }
        }
        Ok(())
    }

    /// Tells what is new: what came of it first, then where one is. An open dialog has been told then, and takes answers.
    fn tell(&mut self) -> io::Result<()> {
        let told = plain::tell(&self.app, now());
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
