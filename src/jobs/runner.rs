//! Carrying a job out: as much at once as the rate limit gives, each piece written down before it is sent.

use super::{
    check::{check_sessions, sample},
    lines,
    look::{Glimpse, Seen, look},
    memberships::Memberships,
    pace::Speed,
    recorder::{Entry, Recorder},
    send::{Sent, Trace, send},
};
use crate::{
    app::job::{
        Fault, FaultKind, Job, JobAct, JobCommand, JobId, JobReport, JobState, Outcome, Pause, Record, SessionCheck,
        Work,
    },
    audit::Origin,
    clerk::{Clerk, model::Timestamp},
};
use std::{collections::HashMap, path::PathBuf, sync::Arc, time::Duration};
use tokio::{
    sync::{Mutex, OwnedMutexGuard, mpsc},
    task::JoinSet,
    time::{Instant, sleep_until},
};

/// So many pieces of work are under way at once at most. The rate limit holds them back; this holds the memory.
const UNDER_WAY: usize = 64;
/// The same where one piece is fifty users.
const FULL_UNDER_WAY: usize = 16;
/// Reports come no closer than this.
const BETWEEN_REPORTS: Duration = Duration::from_millis(100);

/// What a job is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Somebody wants something of it.
    Command(JobCommand),
    /// The program ends: begin nothing further, and leave the rest for the next start.
    Leave,
}

/// What a job needs to be carried out.
#[derive(Debug)]
pub(super) struct Runner {
    pub(super) id: JobId,
    pub(super) job: Job,
    pub(super) begun_at: Timestamp,
    pub(super) journal: PathBuf,
    pub(super) clerk: Clerk,
    pub(super) recorder: Recorder,
    /// Where it is done, and by whom, for the copies.
    pub(super) origin: Origin,
    /// Jobs go one after the other.
    pub(super) turns: Arc<Mutex<()>>,
    pub(super) reports: mpsc::UnboundedSender<JobReport>,
}

/// Something that was under way has ended.
enum Finished {
    Looked(Vec<usize>, Result<Seen, Fault>),
    Sent(Vec<usize>, Sent),
    Written(Result<(), Fault>),
    Checked(SessionCheck),
}

/// The runner at work.
struct Running {
    runner: Runner,
    under_way: JoinSet<Finished>,
    /// What was seen of those that are about to be changed, where it is needed for that.
    seen: HashMap<usize, Box<Glimpse>>,
    memberships: Arc<Memberships>,
    turn: Option<OwnedMutexGuard<()>>,
    speed: Speed,
    /// What is left of the sessions of those who were banned, once it has been looked.
    check: Option<SessionCheck>,
    ended_at: Option<Timestamp>,
    is_leaving: bool,
}

impl Runner {
    /// Carries it out, until it is over and nobody can ask for more, or the program ends.
    pub(super) async fn run(self, mut commands: mpsc::UnboundedReceiver<Told>) {
        let users = self.job.plan().targets.iter().map(|target| target.id.clone());
        let mut running = Running {
            memberships: Arc::new(Memberships::of_job(users)),
            runner: self,
            under_way: JoinSet::new(),
            seen: HashMap::new(),
            turn: None,
            speed: Speed::default(),
            check: None,
            ended_at: None,
            is_leaving: false,
        };
        running.runner.job.queue();
        let mut next_report = Instant::now();
        let mut is_told = false;
        loop {
            running.begin_work();
            running.begin_check();
            running.come_to_rest().await;
            if !is_told && (next_report <= Instant::now() || running.is_resting()) {
                running.report();
                (is_told, next_report) = (true, Instant::now() + BETWEEN_REPORTS);
            }
            if running.is_leaving && running.under_way.is_empty() {
                return;
            }
            let is_queued = *running.runner.job.state() == JobState::Queued;
            tokio::select! {
                Some(finished) = running.under_way.join_next() => {
                    running.take(finished.unwrap_or_else(|error| {
                        Finished::Written(Err(Fault::own(FaultKind::NotRecorded, "internal", error.to_string())))
                    }));
                }
                told = commands.recv() => match told {
                    Some(Told::Command(command)) => running.obey(command),
                    Some(Told::Leave) | None => running.leave(),
                },
                turn = Arc::clone(&running.runner.turns).lock_owned(), if is_queued => {
                    running.turn = Some(turn);
                    running.runner.job.resume();
                }
                () = sleep_until(next_report), if !is_told => continue,
            }
            is_told = false;
        }
    }
}

impl Running {
    /// Whether nothing happens before somebody says something.
    fn is_resting(&self) -> bool {
        self.under_way.is_empty() && *self.runner.job.state() != JobState::Running
    }

    fn obey(&mut self, command: JobCommand) {
        let job = &mut self.runner.job;
        match command {
            JobCommand::Pause => job.pause(Pause::Asked),
            JobCommand::Resume | JobCommand::Retry => {
                let goes_on = if command == JobCommand::Retry { job.retry() } else { job.resume() };
                // Others may be at work.
                if goes_on && self.turn.is_none() {
                    job.queue();
                }
                if goes_on {
                    (self.ended_at, self.check) = (None, None);
                }
            }
            JobCommand::Cancel => job.cancel(),
        }
    }

    fn leave(&mut self) {
        self.runner.job.pause(Pause::Interrupted);
        self.is_leaving = true;
    }

    /// Begins as much as may be under way at once.
    fn begin_work(&mut self) {
        let most = if self.runner.job.plan().act.at_once() > 1 { FULL_UNDER_WAY } else { UNDER_WAY };
        while self.under_way.len() < most && self.turn.is_some() {
            match self.runner.job.next_work() {
                Some(Work::Look(places)) => self.begin_look(places),
                Some(Work::Send(places)) => self.begin_send(places),
                None => return,
            }
        }
    }

    /// Whether all have been banned, and nobody knows yet what is left of their sessions.
    fn awaits_check(&self) -> bool {
        let job = &self.runner.job;
        let has_ended = self.turn.is_some() && *job.state() == JobState::Ended && !self.is_leaving;
        has_ended && job.plan().act == JobAct::Ban && job.counts().done > 0 && self.check.is_none()
    }

    /// Looks at some of those who have been banned, whether they are signed in still.
    fn begin_check(&mut self) {
        if self.under_way.is_empty() && self.awaits_check() {
            let (clerk, sample) = (self.runner.clerk.clone(), sample(&self.runner.job));
            self.under_way.spawn(async move { Finished::Checked(check_sessions(&clerk, sample).await) });
        }
    }

    fn begin_look(&mut self, places: Vec<usize>) {
        let (clerk, act) = (self.runner.clerk.clone(), self.runner.job.plan().act.clone());
        let targets: Vec<_> = places.iter().map(|place| self.runner.job.target(*place).clone()).collect();
        let memberships = Arc::clone(&self.memberships);
        self.under_way.spawn(async move { Finished::Looked(places, look(&clerk, &act, &targets, &memberships).await) });
    }

    fn begin_send(&mut self, places: Vec<usize>) {
        let job = &mut self.runner.job;
        let sent = places.iter().map(|place| (*place, Record::Sent(job.before(*place).cloned()))).collect();
        let lines = lines::intents(&self.runner.id, job, &places);
        let told = places.first().and_then(|place| self.seen.remove(place));
        let copies = lines::copies(&self.runner.id, job, &places, told.as_deref(), &self.runner.origin);
        job.mark_sent(&places);
        let targets: Vec<_> = places.iter().map(|place| job.target(*place).clone()).collect();
        let (clerk, act) = (self.runner.clerk.clone(), job.plan().act.clone());
        let recorder = self.runner.recorder.clone();
        self.under_way.spawn(async move {
            // Without a line that says so, and a copy where one is kept, nothing is sent.
            let written =
                async { recorder.write(Entry { records: sent, lines, copies: copies?, ..Entry::default() }).await };
            let sent = match written.await {
                Err(fault) => Sent::Refused(fault),
                Ok(()) => send(&clerk, &act, &targets, told.as_deref().map(|told| &*told.user)).await,
            };
            Finished::Sent(places, sent)
        });
    }

    fn take(&mut self, finished: Finished) {
        let job = &mut self.runner.job;
        let (places, ended, trace) = match finished {
            Finished::Written(Ok(())) => return,
            Finished::Checked(check) => return self.check = Some(check),
            Finished::Written(Err(fault)) => return job.pause(Pause::NotRecorded(fault.reason)),
            Finished::Looked(places, Err(fault)) => (Vec::new(), job.not_looked(&places, &fault), Trace::default()),
            Finished::Looked(places, Ok(seen)) => {
                let mut sights = Vec::with_capacity(places.len());
                for (place, (sight, user)) in places.into_iter().zip(seen) {
                    sights.push((place, sight));
                    self.seen.extend(user.map(|user| (place, user)));
                }
                (Vec::new(), job.looked(sights), Trace::default())
            }
            Finished::Sent(places, sent) => {
                let (not_done, ended, trace) = came_of(job, places, sent);
                (not_done, ended, trace)
            }
        };
        if self.speed.is_crowded_out(&self.runner.clerk) {
            job.pause(Pause::LimitTaken);
        }
        self.speed.note(ended.len(), Instant::now());
        for (place, _) in &ended {
            self.seen.remove(place);
        }
        let lines = lines::outcomes(&self.runner.id, job, &ended, &trace);
        let copies = lines::withdrawals(job, &places, &self.runner.origin);
        let not_done = places.into_iter().map(|place| (place, Record::NotDone));
        let records: Vec<_> =
            not_done.chain(ended.into_iter().map(|(place, outcome)| (place, Record::Ended(outcome)))).collect();
        if !records.is_empty() {
            let recorder = self.runner.recorder.clone();
            self.under_way.spawn(async move {
                Finished::Written(recorder.write(Entry { records, lines, copies, is_cancelled: false }).await)
            });
        }
    }

    /// What is to be done when nothing more is under way: others get their turn, and what was given up stays so.
    async fn come_to_rest(&mut self) {
        if !self.is_resting() {
            return;
        }
        self.turn = None;
        if self.runner.job.state().is_over() && self.ended_at.is_none() {
            self.ended_at = Some(Timestamp::from(jiff::Timestamp::now()));
            if *self.runner.job.state() == JobState::Cancelled {
                // Where that cannot be written, the next start offers to go on; nothing is lost by it.
                let _ = self.runner.recorder.write(Entry { is_cancelled: true, ..Entry::default() }).await;
            }
        }
    }

    fn report(&mut self) {
        let (now, awaits_check) = (Instant::now(), self.awaits_check());
        let runner = &mut self.runner;
        let (counts, plan) = (runner.job.counts(), runner.job.plan());
        let report = JobReport {
            id: runner.id.clone(),
            act: plan.act.clone(),
            reason: plan.grounds.reason.clone(),
            chosen: plan.chosen.clone(),
            // It has not ended before it is known what is left of the sessions.
            state: if awaits_check { JobState::Running } else { runner.job.state().clone() },
            counts,
            failures: runner.job.failures(),
            sessions: self.check,
            pace: self.speed.pace(counts.left(), &runner.clerk, now),
            begun_at: runner.begun_at,
            ended_at: self.ended_at,
            journal: runner.journal.clone(),
            news: runner.job.take_news(),
        };
        // Nobody looks any more when the program ends; the job goes on until it is told to leave.
        let _ = runner.reports.send(report);
    }
}

/// Tells the job what came of a request: to whom nothing has been done, who has an outcome now, and where Clerk has it.
fn came_of(job: &mut Job, places: Vec<usize>, sent: Sent) -> (Vec<usize>, Vec<(usize, Outcome)>, Trace) {
    match sent {
        Sent::Done(trace) => (Vec::new(), job.done(&places), trace),
        Sent::DoneTo(users, trace) => {
            let (done, missing): (Vec<_>, Vec<_>) =
                places.into_iter().partition(|place| users.contains(&job.target(*place).id));
            // Who is not in the answer may be changed all the same: how they are is read.
            let fault = Fault::own(FaultKind::Unknown, "not_answered", "the answer does not have the user");
            let ended = if missing.is_empty() { job.done(&done) } else { job.done_in_part(&done, &missing, &fault) };
            (Vec::new(), ended, trace)
        }
        Sent::Ended(outcome, trace) => {
            let ended = places.first().map(|place| job.found(*place, outcome)).unwrap_or_default();
            (Vec::new(), ended, trace)
        }
        Sent::Refused(fault) => {
            let trace = Trace { status: fault.status, trace_id: fault.trace_id.clone() };
            let not_done = if fault.kind == FaultKind::Unknown { Vec::new() } else { places.clone() };
            (not_done, job.refused(&places, &fault), trace)
        }
    }
}
