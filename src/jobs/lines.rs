//! What the audit log is told of a job: one pair of lines for each user that something was sent about.

use super::{journal::Header, look::Glimpse, send::Trace};
use crate::{
    app::job::{Fault, FaultKind, Job, JobAct, JobId, Outcome, Plan},
    audit::{Content, Ending, Entry, EntryId, Intent, JobHeader, Origin, Outcome as Came},
    clerk::model::Timestamp,
    trash::{Line, UserCopy, Whose},
};
use serde_json::{Value, json};

/// What stands in the log before anything of a job is sent.
pub(super) fn header(header: &Header) -> (EntryId, Content) {
    (EntryId::from(header.job.to_string()), Content::Job(told(header)))
}

/// What stands there where it was only looked at what a job would send.
#[must_use]
pub fn dry_run(plan: &Plan, instance: &str, at: Timestamp) -> (EntryId, Content) {
    let header = Header::of(plan, instance, at);
    (EntryId::from(header.job.to_string()), Content::Job(JobHeader { dry_run: true, ..told(&header) }))
}

fn told(header: &Header) -> JobHeader {
    JobHeader {
        job: header.job.to_string(),
        action: header.act.name().to_owned(),
        users: u64::try_from(header.users).unwrap_or(u64::MAX),
        chosen: header.chosen.clone(),
        undoes_job: header.undoes.clone(),
        reason: header.reason.clone(),
        // An act is made of texts and JSON: it can be written as such.
        parameters: serde_json::to_value(&header.act).ok(),
        dry_run: false,
    }
}

/// Under which name the log has what is done to somebody: the same after a restart.
fn entry(id: &JobId, job: &Job, place: usize) -> EntryId {
    entry_of_round(id, place, job.round(place))
}

/// The same of any round: somebody is taken up again after it failed, as often as is asked for.
pub(super) fn entry_of_round(id: &JobId, place: usize, round: u32) -> EntryId {
    match round {
        0 => EntryId::from(format!("{id}/{place}")),
        round => EntryId::from(format!("{id}/{place}/{round}")),
    }
}

/// That it is about to be done to these; nothing about those that it was said of already.
pub(super) fn intents(id: &JobId, job: &Job, places: &[usize]) -> Vec<(EntryId, Content)> {
    let fresh = places.iter().filter(|place| !job.is_announced(**place));
    let intent = |place: usize| {
        let (target, plan) = (job.target(place), job.plan());
        Intent {
            action: plan.act.name().to_owned(),
            part: plan.act.part(),
            user_id: Some(target.id.clone()),
            identifier: target.person.identifier.as_ref().map(|identifier| identifier.as_str().to_owned()),
            name: target.person.name.clone(),
            reason: plan.grounds.reason.clone(),
            undoes: target.undoes.clone().map(EntryId::from),
            job: Some(id.to_string()),
            parameters: job.before(place).map(|before| json!({ "before": before })),
            ..Intent::default()
        }
    };
    fresh.map(|place| (entry(id, job, *place), Content::Intent(intent(*place)))).collect()
}

/// The copies of these, who are about to be deleted as `told`; none where the job keeps none.
///
/// # Errors
///
/// When nothing is told of them: then they must not be deleted.
pub(super) fn copies(
    id: &JobId,
    job: &Job,
    places: &[usize],
    told: Option<&Glimpse>,
    origin: &Origin,
) -> Result<Vec<Line>, Fault> {
    if !keeps_copies(job) {
        return Ok(Vec::new());
    }
    let (Some(told), [place]) = (told, places) else {
        return Err(Fault::own(FaultKind::NotSent, "no_copy", "there is no recovery copy of the user"));
    };
    let copy = UserCopy::new(told.user.clone(), told.memberships.clone(), now(), origin, entry(id, job, *place));
    Ok(vec![Line::Copy(Box::new(copy.of_job(id.to_string())))])
}

/// That these were not deleted, so that their copies are not needed.
pub(super) fn withdrawals(job: &Job, places: &[usize], origin: &Origin) -> Vec<Line> {
    let whose = |place: &usize| Whose { host: origin.host.clone(), user: job.target(*place).id.clone() };
    let withdrawal = |place| Line::Withdrawn { whose: whose(place), at: now() };
    if keeps_copies(job) { places.iter().map(withdrawal).collect() } else { Vec::new() }
}

fn keeps_copies(job: &Job) -> bool {
    job.plan().act == JobAct::Delete { copies: true }
}

fn now() -> Timestamp {
    Timestamp::from(jiff::Timestamp::now())
}

/// What came of it for these. Of those that nothing was sent about, the journal alone tells.
pub(super) fn outcomes(id: &JobId, job: &Job, ended: &[(usize, Outcome)], trace: &Trace) -> Vec<(EntryId, Content)> {
    let told = ended.iter().filter(|(place, _)| job.is_announced(*place));
    told.map(|(place, outcome)| (entry(id, job, *place), Content::Outcome(came(outcome, trace)))).collect()
}

/// What the log says came of it, as the journal has it; nothing where it does not say.
pub(super) fn outcome_of(entry: &Entry, before: Option<&Value>) -> Option<Outcome> {
    let fault = |kind| {
        let code = entry.code.clone().unwrap_or_default();
        Fault { kind, reason: code.clone(), code, status: entry.status, trace_id: entry.trace_id.clone() }
    };
    Some(match entry.ending? {
        Ending::Done => Outcome::Done { before: before.cloned() },
        Ending::Unchanged => Outcome::Unchanged,
        Ending::Failed if entry.code.is_none() => Outcome::Gone,
        Ending::Failed | Ending::Partly => Outcome::Failed(fault(FaultKind::Refused)),
        Ending::Unknown => Outcome::Failed(fault(FaultKind::Unknown)),
    })
}

fn came(outcome: &Outcome, trace: &Trace) -> Came {
    let (ending, fault) = match outcome {
        Outcome::Done { .. } => (Ending::Done, None),
        Outcome::Unchanged => (Ending::Unchanged, None),
        Outcome::Failed(fault) if fault.kind == FaultKind::Unknown => (Ending::Unknown, Some(fault)),
        Outcome::Failed(fault) => (Ending::Failed, Some(fault)),
        Outcome::Gone => (Ending::Failed, None),
    };
    Came {
        outcome: ending,
        status: fault.and_then(|fault| fault.status).or(trace.status),
        code: fault.map(|fault| fault.code.clone()),
        trace_id: fault.and_then(|fault| fault.trace_id.clone()).or_else(|| trace.trace_id.clone()),
        done: None,
        user_id: None,
        made: None,
    }
}
