//! Changes with their record: the intent before the request, the outcome after it.

use super::{disk::on_disk, send::Sent};
use crate::{
    app::{Change, Changed, Failure, Grounds, LeftOut, Made, NewUser, Person, RecordId},
    audit::{Audit, AuditError, Ending, EntryId, Intent, Outcome},
    clerk::model::{Timestamp, UserId},
};
use std::sync::Arc;

/// What is about to be done, to nobody yet.
pub(super) fn intent_of(action: &str, part: Option<String>, grounds: &Grounds) -> Intent {
    Intent {
        action: action.to_owned(),
        part,
        undoes: grounds.undoes.as_ref().map(|record| EntryId::from(record.0.clone())),
        reason: grounds.reason.clone(),
        ..Intent::default()
    }
}

/// What a change is about to do.
pub(super) fn intent_to(change: &Change) -> Intent {
    let intent = intent_of(change.act.name(), change.act.part(), &change.grounds);
    let intent = Intent { parameters: change.act.parameters(), ..intent };
    about(intent, Some(change.user.clone()), change.person.clone())
}

/// That a user is about to be created.
pub(super) fn intent_to_create(user: &NewUser) -> Intent {
    Intent {
        action: "create".to_owned(),
        identifier: user.identifier().map(str::to_owned),
        name: Some(user.call()),
        ..Intent::default()
    }
}

/// The same, done to somebody or because of them.
pub(super) fn about(intent: Intent, user_id: Option<UserId>, person: Person) -> Intent {
    let identifier = person.identifier.map(|identifier| identifier.as_str().to_owned());
    Intent { user_id, identifier, name: person.name, ..intent }
}

/// Intent, request, outcome: one after the other, and nothing between them. Without the first there is no second.
pub(super) async fn recorded<F>(
    audit: Arc<Audit>,
    intent: Intent,
    request: impl FnOnce(EntryId) -> F,
) -> Result<Changed, Failure>
where
    F: Future<Output = Result<Sent, Failure>>,
{
    let is_creation = intent.user_id.is_none();
    let entry = record(&audit, move |audit| audit.intent(now(), intent)).await.map_err(Failure::NotRecorded)?;
    let made = request(entry.clone()).await;
    let (mut outcome, of) = (outcome_of(&made), entry.clone());
    if let (true, Ok(Sent { made: Made::User(user) | Made::Restored { user, .. }, .. })) = (is_creation, &made) {
        outcome.user_id = Some(user.id.clone());
    }
    let recorded = record(&audit, move |audit| audit.outcome(now(), &of, outcome)).await;
    let sent = match (made, &recorded) {
        (Ok(sent), _) => sent,
        (Err(failure), Ok(())) => return Err(failure),
        (Err(failure), Err(reason)) => {
            return Err(Failure::AndNotRecorded { failure: Box::new(failure), reason: reason.clone() });
        }
    };
    Ok(Changed {
        made: sent.made,
        trace_id: sent.trace_id,
        record: RecordId(entry.as_str().to_owned()),
        unrecorded_outcome: recorded.err(),
        active_sessions: None,
    })
}

/// Writes a line. Fails with why it is not there.
async fn record<T: Send + 'static>(
    audit: &Arc<Audit>,
    line: impl FnOnce(&Audit) -> Result<T, AuditError> + Send + 'static,
) -> Result<T, String> {
    let audit = Arc::clone(audit);
    on_disk(|lost| lost, move || line(&audit).map_err(|error| error.to_string())).await
}

/// What of it could not be done, where that is no failure of all.
fn left_out(made: &Made) -> &[LeftOut] {
    match made {
        Made::Restored { left_out, .. } => left_out,
        _ => &[],
    }
}

/// `all but the membership of Acme (there is no such organization)`.
fn all_but(left_out: &[LeftOut]) -> Option<String> {
    let left_out: Vec<String> = left_out.iter().map(ToString::to_string).collect();
    (!left_out.is_empty()).then(|| format!("all but {}", left_out.join(", ")))
}

fn outcome_of(made: &Result<Sent, Failure>) -> Outcome {
    match made {
        Ok(sent) => Outcome {
            outcome: if left_out(&sent.made).is_empty() { Ending::Done } else { Ending::Partly },
            done: all_but(left_out(&sent.made)),
            status: Some(sent.status),
            code: None,
            trace_id: sent.trace_id.clone(),
            user_id: None,
            made: match &sent.made {
                Made::Invited(id) | Made::Listed(id) => Some(id.clone()),
                _ => None,
            },
        },
        Err(error) => Outcome {
            outcome: match error {
                Failure::Partly { .. } => Ending::Partly,
                _ if error.may_have_happened() => Ending::Unknown,
                _ => Ending::Failed,
            },
            done: match error {
                Failure::Partly { done, .. } => Some(done.to_string()),
                _ => None,
            },
            status: error.status(),
            code: error.code().map(str::to_owned),
            trace_id: error.trace_id().map(str::to_owned),
            user_id: None,
            made: None,
        },
    }
}

pub(super) fn now() -> Timestamp {
    Timestamp::from(jiff::Timestamp::now())
}
