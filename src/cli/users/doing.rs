//! Doing it: to one with one change, to several as a job, with the record of both. Ctrl-c lets what is under way end.

use crate::{
    app::{
        Act, Change, ChangeId, counted, grouped,
        job::{JobAct, JobAnswer, JobReport, JobRequest, JobState, Outcome, Pause, Plan, Target},
    },
    cli::{fault::Stop, instance::Opened, progress::Progress},
    jobs::journal::Journal,
    runtime::Perform,
};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// What became of somebody; none when it has not come to them.
#[derive(Clone, Debug)]
pub(super) struct Ended {
    pub(super) target: Target,
    pub(super) outcome: Option<Outcome>,
}

/// What became of all of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Done {
    /// As which job it was done, where it was one.
    pub(super) job: Option<String>,
    pub(super) ended: Vec<Ended>,
    /// Whether somebody wanted it to stop.
    pub(super) is_interrupted: bool,
    /// What else went wrong, as a sentence. Can hold Clerk's words, unsafe to print.
    pub(super) trouble: Option<String>,
}

/// Does it, and waits until it is done.
pub(super) async fn carry_out(plan: Plan, opened: &mut Opened) -> Result<Done, Stop> {
    // From now on ctrl-c does not end the program by itself.
    let interrupt = signal(SignalKind::interrupt()).map_err(|error| Stop::failed(error.to_string()))?;
    match (plan.targets.as_slice(), act_on_one(&plan.act)) {
        ([target], Some(act)) => {
            let (target, failed) = (target.clone(), format!("{} was not changed", target.person.call(&target.id)));
            let is_ban = plan.act.is_ban();
            let change = Change {
                id: ChangeId(1),
                act,
                user: target.id.clone(),
                person: target.person.clone(),
                grounds: plan.grounds,
            };
            let done = do_one(change, target, interrupt, opened).await;
            let advised = |stop: Stop| if is_ban { stop.advising_at(402, Pause::NO_BANS) } else { stop };
            done.map_err(|stop| advised(stop).about(&failed))
        }
        _ => do_many(plan, interrupt, opened).await,
    }
}

/// The change that does it to one; none where only a job does it, since that keeps copies and the value of before.
fn act_on_one(act: &JobAct) -> Option<Act> {
    match act {
        JobAct::Ban => Some(Act::Ban),
        JobAct::Unban => Some(Act::Unban),
        JobAct::Lock => Some(Act::Lock),
        JobAct::Unlock => Some(Act::Unlock),
        JobAct::SignOut => Some(Act::SignOut),
        _ => None,
    }
}

async fn do_one(change: Change, target: Target, interrupt: Signal, opened: &Opened) -> Result<Done, Stop> {
    let (changed, is_interrupted) = finish(Box::pin(opened.performer.change(change)), interrupt).await;
    let changed = changed?;
    let trouble = changed.unrecorded_outcome;
    let trouble = trouble.map(|reason| format!("It was done, and its outcome could not be recorded: {reason}"));
    let active = changed.active_sessions.unwrap_or(0);
    let are = if active == 1 { "is" } else { "are" };
    let left = (active > 0).then(|| format!("{} {are} still active.", counted(active, "session", "sessions")));
    let trouble = trouble.or(left);
    let ended = vec![Ended { target, outcome: Some(Outcome::Done { before: None }) }];
    Ok(Done { job: None, ended, is_interrupted, trouble })
}

/// Waits for the end of something that must not be broken off; whether somebody wanted it to stop meanwhile.
pub(super) async fn finish<T>(work: impl Future<Output = T>, mut interrupt: Signal) -> (T, bool) {
    let mut work = std::pin::pin!(work);
    let mut is_interrupted = false;
    loop {
        tokio::select! {
            result = &mut work => return (result, is_interrupted),
            Some(()) = interrupt.recv() => is_interrupted = true,
        }
    }
}

async fn do_many(plan: Plan, mut interrupt: Signal, opened: &mut Opened) -> Result<Done, Stop> {
    let reports = opened.performer.job_reports();
    let mut reports = reports.ok_or_else(|| Stop::failed("the program failed: nobody tells how far the job is"))?;
    let JobAnswer::Begun(job) = opened.performer.ask_of_job(JobRequest::Begin(Box::new(plan))).await? else {
        return Err(Stop::failed("the program failed: another answer came than was asked for"));
    };
    let progress = Progress::new();
    let (mut last, mut is_interrupted): (Option<JobReport>, bool) = (None, false);
    loop {
        tokio::select! {
            report = reports.recv() => {
                let Some(report) = report else { break };
                progress.tell(&words_of(&report));
                let stands = report.state.is_over() || matches!(report.state, JobState::Paused(_));
                last = Some(report);
                if stands {
                    break;
                }
            }
            Some(()) = interrupt.recv() => {
                is_interrupted = true;
                break;
            }
        }
    }
    // What is under way ends, and is written down; what is left is for whoever goes on.
    opened.performer.leave_jobs().await;
    progress.clear();
    while let Ok(report) = reports.try_recv() {
        last = Some(report);
    }
    let report = last.ok_or_else(|| Stop::failed(format!("the job {job} ended and told nothing")))?;
    let told = Journal::look(&report.journal).map_err(|error| Stop::failed(error.to_string()))?;
    let told = told.ok_or_else(|| Stop::failed(format!("the journal of the job {job} says nothing")))?;
    let ended = told.job.all_outcomes().map(|(target, outcome)| (target.clone(), outcome.cloned()));
    let ended = ended.map(|(target, outcome)| Ended { target, outcome }).collect();
    let left = report.sessions.filter(|check| check.active > 0).map(|check| check.to_string());
    let trouble = match &report.state {
        JobState::Paused(Pause::Asked | Pause::Interrupted) => None,
        JobState::Paused(pause) => Some(format!("The job stands still: {pause}")),
        _ => left,
    };
    Ok(Done { job: Some(job.to_string()), ended, is_interrupted, trouble })
}

/// `214 of 3,000 users, 2 failed, 40 s left`.
fn words_of(report: &JobReport) -> String {
    let (counts, pace) = (report.counts, report.pace);
    let number = |count: usize| grouped(u64::try_from(count).unwrap_or(u64::MAX));
    let failed = if counts.failed > 0 { format!(", {} failed", number(counts.failed)) } else { String::new() };
    let left = pace.seconds_left.map(|seconds| format!(", {seconds} s left")).unwrap_or_default();
    let users = counted(counts.total, "user", "users");
    format!("{} of {users}{failed}{left}", number(counts.ended()))
}
