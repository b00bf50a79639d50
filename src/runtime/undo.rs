//! What can be taken back, or done again: from what the audit log and the journals of jobs tell.

use super::{disk::on_disk, invitations::Pending};
use crate::{
    app::{
        Act, Failure, Identifier, Person, RecordId, Retrace, Step,
        act::InvitationAct,
        job::{JobAct, Outcome, Target},
    },
    audit::{self, Entry, Gesture, JobHeader},
    clerk::{Clerk, Error, model::UserId},
    jobs::journal::{Journal, folder},
};
use serde_json::Value;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

/// So far back it is looked for something that has a way back.
const FAR: usize = 200;

/// The latest step on this way. What has no way back is passed over, and so is whoever is not there any more.
pub(super) async fn find(clerk: &Clerk, directory: PathBuf, instance: String, way: Retrace) -> Result<Step, Failure> {
    let gestures = on_disk(Failure::RecordUnread, move || {
        let told = audit::undoable(&directory, &instance, FAR);
        let told = told.map_err(|error| Failure::RecordUnread(error.to_string()))?;
        let gestures = if way == Retrace::Back { told.undo } else { told.redo };
        Ok(gestures.into_iter().filter_map(|gesture| candidate(&directory, gesture)).collect::<Vec<_>>())
    });
    let mut pending = Pending::new(clerk);
    for candidate in gestures.await? {
        match candidate {
            Candidate::Many(step) => return Ok(*step),
            Candidate::Invitation { act, made, beside, record } => {
                let lets_back = pending.lets_back(&act, made.as_deref()).await?;
                if let Some(act) = act.inverse(made.as_deref()).filter(|_| lets_back) {
                    return Ok(Step::Invitation { act: Box::new(act), beside, record });
                }
            }
            Candidate::One { act, user, record } => match clerk.users().get(&user).await {
                Ok(answer) => return Ok(Step::One { act, user: Box::new(answer.value), record }),
                Err(error) if error.is_not_found() => {}
                Err(error) => return Err(Error::into(error)),
            },
        }
    }
    Ok(Step::None)
}

/// Something with a way back.
enum Candidate {
    One {
        act: Act,
        user: UserId,
        record: RecordId,
    },
    Many(Box<Step>),
    /// As it was done; what leads back Clerk has to be asked about.
    Invitation {
        act: InvitationAct,
        made: Option<String>,
        beside: Option<(UserId, Person)>,
        record: RecordId,
    },
}

fn candidate(directory: &Path, gesture: Gesture) -> Option<Candidate> {
    if let Some(header) = gesture.job {
        let record = RecordId(gesture.id.as_str().to_owned());
        return many(directory, &header, gesture.changes, record).map(|step| Candidate::Many(Box::new(step)));
    }
    let change = gesture.changes.into_iter().next()?;
    let record = RecordId(change.id.as_str().to_owned());
    if let Some(act) = InvitationAct::recorded(&change.action, change.parameters.as_ref()) {
        let person = Person { name: change.name, identifier: change.identifier.map(identifier) };
        let beside = change.user_id.map(|id| (id, person));
        return Some(Candidate::Invitation { act, made: change.made, beside, record });
    }
    let act = Act::recorded(&change.action, change.parameters.as_ref())?.inverse()?;
    Some(Candidate::One { act, user: change.user_id?, record })
}

/// What takes a job back: done to those alone whom it has changed.
fn many(directory: &Path, header: &JobHeader, changes: Vec<Entry>, record: RecordId) -> Option<Step> {
    let act: JobAct = serde_json::from_value(header.parameters.clone()?).ok()?;
    let act = act.inverse()?;
    let mut before = befores(directory, &header.job);
    let target = |change: Entry| {
        let id = change.user_id?;
        let given = before.remove(&id).or_else(|| change.parameters?.get("before").cloned());
        let person = Person { name: change.name, identifier: change.identifier.map(identifier) };
        Some(Target { id, person, given, undoes: Some(change.id.as_str().to_owned()) })
    };
    // They come the latest first.
    let targets: Vec<Target> = changes.into_iter().rev().filter_map(target).collect();
    let chosen = format!("those whom the job {} has changed", header.job);
    (!targets.is_empty()).then_some(Step::Many { act, targets, chosen, record })
}

/// What the journal of a job tells of how each was before. A journal that is not there any more tells nothing.
fn befores(directory: &Path, job: &str) -> HashMap<UserId, Value> {
    let path = folder(directory).join(format!("{job}.jsonl"));
    let Ok(Some(told)) = Journal::look(&path) else { return HashMap::new() };
    let before = |(target, outcome): (&Target, &Outcome)| match outcome {
        Outcome::Done { before: Some(before) } => Some((target.id.clone(), before.clone())),
        _ => None,
    };
    told.job.outcomes().filter_map(before).collect()
}

/// What somebody signed in by, of which the log has the text alone.
fn identifier(text: String) -> Identifier {
    match text.chars().next() {
        Some('+') => Identifier::PhoneNumber(text),
        _ if text.contains('@') => Identifier::EmailAddress(text),
        _ if text.starts_with("0x") => Identifier::Web3Wallet(text),
        _ => Identifier::Username(text),
    }
}
