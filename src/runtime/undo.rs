//! What can be taken back, or done again: from what the audit log and the journals of jobs tell.

use super::{disk::on_disk, invitations::Pending, restrictions::Lists};
use crate::{
    app::{
        Act, Deleted, Failure, Identifier, Person, RecordId, Retrace, Step,
        act::{InvitationAct, RestrictionAct},
        job::{JobAct, Outcome, Target},
    },
    audit::{self, Entry, Gesture, JobHeader},
    clerk::{Clerk, Error, model::UserId},
    jobs::journal::{Journal, folder},
    trash::{Trash, in_brief},
};
use serde_json::Value;
use std::{
    cell::OnceCell,
    collections::HashMap,
    path::{Path, PathBuf},
};

/// What the audit log calls the deletion of a user.
const DELETE: &str = "delete";
/// So far back it is looked for something that has a way back.
const FAR: usize = 200;

/// The latest step on this way. What has no way back is passed over, and so is whoever is not there any more.
pub(super) async fn find(clerk: &Clerk, directory: PathBuf, instance: String, way: Retrace) -> Result<Step, Failure> {
    let gestures = on_disk(Failure::RecordUnread, move || {
        let told = audit::undoable(&directory, &instance, FAR);
        let told = told.map_err(|error| Failure::RecordUnread(error.to_string()))?;
        let gestures = if way == Retrace::Back { told.undo } else { told.redo };
        let copies = Copies::in_state(&directory);
        Ok(gestures.into_iter().filter_map(|gesture| candidate(&directory, &copies, gesture)).collect::<Vec<_>>())
    });
    let (mut pending, mut lists) = (Pending::new(clerk), Lists::new(clerk));
    for candidate in gestures.await? {
        match candidate {
            Candidate::Many(step) => return Ok(*step),
            Candidate::Restriction { act, beside, record } => {
                if lists.let_through(&act).await? {
                    return Ok(Step::Restriction { act, beside, record });
                }
            }
            Candidate::Deletion(deleted) => match clerk.users().get(&deleted.user).await {
                Err(error) if error.is_not_found() => return Ok(Step::Restoration(deleted)),
                // It was not deleted after all.
                Ok(_) => {}
                Err(error) => return Err(Error::into(error)),
            },
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
    /// What leads back.
    Restriction {
        act: RestrictionAct,
        beside: Option<(UserId, Person)>,
        record: RecordId,
    },
    Deletion(Box<Deleted>),
    /// As it was done; what leads back Clerk has to be asked about.
    Invitation {
        act: InvitationAct,
        made: Option<String>,
        beside: Option<(UserId, Person)>,
        record: RecordId,
    },
}

fn candidate(directory: &Path, copies: &Copies, gesture: Gesture) -> Option<Candidate> {
    if let Some(header) = gesture.job {
        let record = RecordId(gesture.id.as_str().to_owned());
        let step = if header.action == DELETE { copies.of_job(&header.job) } else { None };
        let step = step.or_else(|| many(directory, &header, gesture.changes, record));
        return step.map(|step| Candidate::Many(Box::new(step)));
    }
    let change = gesture.changes.into_iter().next()?;
    let record = RecordId(change.id.as_str().to_owned());
    if change.action == DELETE {
        return copies.of_change(&record).map(|deleted| Candidate::Deletion(Box::new(deleted)));
    }
    let way_back = |part: &str| RestrictionAct::way_back(&change.action, part, change.made.as_deref());
    if let Some(act) = change.part.as_deref().and_then(way_back) {
        return Some(Candidate::Restriction { act, beside: beside(change), record });
    }
    if let Some(act) = InvitationAct::recorded(&change.action, change.parameters.as_ref()) {
        let made = change.made.clone();
        return Some(Candidate::Invitation { act, made, beside: beside(change), record });
    }
    let act = Act::recorded(&change.action, change.parameters.as_ref())?.inverse()?;
    Some(Candidate::One { act, user: change.user_id?, record })
}

/// Because of whom something was done.
fn beside(change: Entry) -> Option<(UserId, Person)> {
    let person = Person { name: change.name, identifier: change.identifier.map(identifier) };
    change.user_id.map(|id| (id, person))
}

/// The copies of the deleted from whom nobody has been made anew, read once somebody wants to know.
struct Copies {
    trash: Trash,
    /// In brief, with the job that it was.
    told: OnceCell<Vec<(Deleted, Option<String>)>>,
}

impl Copies {
    fn in_state(directory: &Path) -> Self {
        Self { trash: Trash::of(directory), told: OnceCell::new() }
    }

    /// Where they cannot be read there is no way back through them; whoever opens the trash is told why.
    fn told(&self) -> &[(Deleted, Option<String>)] {
        let read = || {
            let all = self.trash.copies(|copy| (in_brief(copy, None), copy.job.clone())).unwrap_or_default();
            all.into_iter().filter(|(_, restored_as)| restored_as.is_none()).map(|(told, _)| told).collect()
        };
        self.told.get_or_init(read)
    }

    fn of_change(&self, record: &RecordId) -> Option<Deleted> {
        self.told().iter().map(|(deleted, _)| deleted).find(|deleted| deleted.record == *record).cloned()
    }

    fn of_job(&self, job: &str) -> Option<Step> {
        let users = self.told().iter().filter(|(_, of)| of.as_deref() == Some(job)).count();
        (users > 0).then(|| Step::Deletions { job: job.to_owned(), users })
    }
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
