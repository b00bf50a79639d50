//! What goes on in the background of either loop: requests as tasks, timers, and what is told of the wire.

use super::{host::Signal, perform::Perform, tasks::Tasks, timers::Timers};
use crate::{
    app::{Event, Work, job::JobReport},
    clerk::Exchange,
};
use futures_util::{Stream, StreamExt};
use std::{future, io, pin::pin, time::Duration};
use tokio::{select, sync::mpsc::UnboundedReceiver, time::sleep};

/// How long the program waits for changes under way before it ends.
const LAST_CHANGES: Duration = Duration::from_secs(10);
/// When a wait for them is told.
const PATIENCE: Duration = Duration::from_millis(300);
/// How it is told.
const WAITING: &str = "Waiting for the change under way to end. Ctrl-c leaves without its outcome.";

/// All that is under way. Dropping it aborts what is.
pub(super) struct Background<P> {
    performer: P,
    tasks: Tasks,
    timers: Timers,
    /// None where nobody tells of the requests.
    exchanges: Option<UnboundedReceiver<Exchange>>,
    /// None where nobody tells of jobs.
    job_reports: Option<UnboundedReceiver<JobReport>>,
}

impl<P: Perform> Background<P> {
    /// Nothing is under way yet.
    pub fn new(mut performer: P) -> Self {
        let (exchanges, job_reports) = (performer.exchanges(), performer.job_reports());
        Self { performer, tasks: Tasks::default(), timers: Timers::default(), exchanges, job_reports }
    }

    /// Begins what is asked for, puts it off, or leaves it.
    pub fn carry_out(&mut self, work: Work) {
        let Self { performer, tasks, timers, .. } = self;
        match work {
            Work::Fetch { slot, generation, fetch } => tasks.fetch(slot, generation, performer.fetch(fetch)),
            Work::Cancel(slot) => tasks.cancel(slot),
            Work::Change(change) => tasks.change(change.id, performer.change(change)),
            Work::Create(id, user) => tasks.change(id, performer.create(user)),
            Work::Restrict(change) => tasks.change(change.id, performer.restrict(change)),
            Work::Invite(change) => tasks.change(change.id, performer.invite(change)),
            Work::Restore(restoration) => tasks.change(restoration.id, performer.restore(restoration)),
            Work::Purge(id, user) => tasks.purge(id, performer.purge(vec![user])),
            Work::KeepNote { id, user, text } => tasks.note(id, performer.keep_note(user, text)),
            Work::Job(id, request) => tasks.ask_of_job(id, performer.ask_of_job(request)),
            Work::ReadOnly(on) => performer.set_read_only(on),
            Work::Remember(remember) => tasks.remember(performer.remember(remember)),
            Work::After(timer, after) => timers.arm(timer, after),
            Work::Disarm(timer) => timers.disarm(timer),
        }
    }

    /// Waits until an address is open. There is one at a time.
    pub fn browse(&mut self, url: String, opening: impl Future<Output = io::Result<()>> + Send + 'static) {
        self.tasks.browse(url, opening);
    }

    /// What comes of it next; never, while nothing is under way. What went over the wire goes before the reply that it
    /// led to. Nothing is lost when it is dropped while it waits.
    pub async fn next(&mut self) -> Event {
        let Self { tasks, timers, exchanges, job_reports, .. } = self;
        select! {
            biased;
            exchange = told_by(exchanges) => Event::Sent(Box::new(exchange)),
            reply = tasks.next() => Event::Reply(reply),
            report = told_by(job_reports) => Event::Job(Box::new(report)),
            timer = timers.next() => Event::Due(timer),
        }
    }

    /// Waits for the changes under way, until they have ended, it takes too long, or the person or the system insists; a
    /// long wait is told. How many had no answer.
    pub async fn finish_changes(
        &mut self,
        signals: &mut (impl Stream<Item = Signal> + Unpin),
        tell: impl FnOnce(&str),
    ) -> usize {
        let Self { performer, tasks, .. } = self;
        tasks.cancel_reads();
        let mut leaving = pin!(performer.leave_jobs());
        let mut jobs = true;
        let mut telling = pin!(sleep(PATIENCE));
        let mut giving_up = pin!(sleep(LAST_CHANGES));
        let mut tell = Some(tell);
        while jobs || tasks.changes() > 0 {
            select! {
                biased;
                signal = signals.next() => if !matches!(signal, Some(Signal::Continue | Signal::Stop)) { break },
                _ = tasks.next(), if tasks.changes() > 0 => {}
                () = &mut leaving, if jobs => jobs = false,
                () = &mut telling, if tell.is_some() => if let Some(tell) = tell.take() { tell(WAITING) },
                () = &mut giving_up => break,
            }
        }
        tasks.changes()
    }
}

/// What comes out of a channel next; never, once nobody is left who could tell.
async fn told_by<T>(channel: &mut Option<UnboundedReceiver<T>>) -> T {
    if let Some(receiver) = channel {
        if let Some(told) = receiver.recv().await {
            return told;
        }
        *channel = None;
    }
    future::pending().await
}
