//! Doing it: from some users of a job to the request that changes them.

use super::look::{check, given, identifier_of};
use crate::{
    app::{
        act::Bag,
        job::{Fault, FaultKind, JobAct, Outcome, Target},
    },
    clerk::{
        Answer, Clerk, Error,
        model::{Metadata, Received, SessionStatus, User, UserId},
        query::PageLimit,
        users::MetadataBags,
    },
};
use serde_json::Value;
use std::collections::HashSet;

/// What came of a request.
#[derive(Debug)]
pub(super) enum Sent {
    /// It is done to all of them.
    Done(Trace),
    /// It is done to these; the answer does not have the others.
    DoneTo(HashSet<UserId>, Trace),
    /// So it ended for the one that it was about.
    Ended(Outcome, Trace),
    /// It is not done to any, or nobody knows.
    Refused(Fault),
}

/// Where Clerk's support finds the request, and how it was answered.
#[derive(Clone, Debug, Default)]
pub(super) struct Trace {
    /// The HTTP status.
    pub(super) status: Option<u16>,
    /// The id of the request at Clerk.
    pub(super) trace_id: Option<String>,
}

impl<T> From<&Answer<T>> for Trace {
    fn from(answer: &Answer<T>) -> Self {
        Self { status: Some(answer.status), trace_id: answer.trace_id.clone() }
    }
}

/// Sends it. `user` is what was seen of the one that it is about, where that is needed.
pub(super) async fn send(clerk: &Clerk, act: &JobAct, targets: &[Target], user: Option<&User>) -> Sent {
    let sent = match (act, targets) {
        (JobAct::Ban | JobAct::Unban, _) => set_bans(clerk, act, targets).await,
        (_, [target]) => send_one(clerk, act, target, user).await,
        _ => Ok(Sent::Refused(Fault::own(FaultKind::Refused, "internal", "one request changes one user here"))),
    };
    sent.unwrap_or_else(|error| Sent::Refused(Fault::from(&error)))
}

async fn set_bans(clerk: &Clerk, act: &JobAct, targets: &[Target]) -> Result<Sent, Error> {
    let (ids, is_ban) = (targets.iter().map(|target| target.id.clone()).collect::<Vec<_>>(), *act == JobAct::Ban);
    let users = clerk.users();
    let answer = if is_ban { users.ban_all(&ids).await? } else { users.unban_all(&ids).await? };
    if let Err(fault) = check(targets, answer.value.iter().map(|user| &user.id)) {
        return Ok(Sent::Refused(Fault { status: Some(answer.status), trace_id: answer.trace_id, ..fault }));
    }
    let trace = Trace::from(&answer);
    let done = answer.value.into_iter().filter(|user| user.banned == is_ban).map(|user| user.id.clone());
    Ok(Sent::DoneTo(done.collect(), trace))
}

async fn send_one(clerk: &Clerk, act: &JobAct, target: &Target, user: Option<&User>) -> Result<Sent, Error> {
    let (users, id) = (clerk.users(), &target.id);
    match act {
        JobAct::Lock => gone_is_gone(users.lock(id).await),
        JobAct::Unlock => gone_is_gone(users.unlock(id).await),
        JobAct::Delete { .. } => match users.delete(id).await {
            // They were there when they were looked at: a first try went through, and its answer was lost.
            Err(error) if error.is_not_found() => Ok(Sent::Done(trace_of(&error))),
            answer => answer.map(|answer| Sent::Done(Trace::from(&answer))),
        },
        JobAct::SignOut => sign_out(clerk, id).await,
        JobAct::RemoveFromOrganization { organization, .. } => {
            match clerk.organizations().remove_member(organization, id).await {
                Err(error) if error.is_not_found() => Ok(Sent::Ended(Outcome::Unchanged, trace_of(&error))),
                answer => answer.map(|answer| Sent::Done(Trace::from(&answer))),
            }
        }
        JobAct::AddToOrganization { organization, .. } => {
            let role = given(target);
            let role = role.as_str().unwrap_or_default();
            match clerk.organizations().add_member(organization, id, role).await {
                Err(error) if error.code() == Some("already_a_member_in_organization") => {
                    Ok(Sent::Ended(Outcome::Unchanged, trace_of(&error)))
                }
                answer => answer.map(|answer| Sent::Done(Trace::from(&answer))),
            }
        }
        JobAct::SetMetadata { bag, key, to } => set_key(clerk, id, *bag, key, to.clone()).await,
        JobAct::RestoreMetadata { bag, key, .. } => set_key(clerk, id, *bag, key, target.given.clone()).await,
        JobAct::Block { what } => match user.and_then(|user| identifier_of(*what, user)) {
            Some(identifier) => block(clerk, &identifier).await,
            None => Ok(Sent::Ended(Outcome::Unchanged, Trace::default())),
        },
        JobAct::Unblock { .. } => match given(target).as_str() {
            Some(entry) => match clerk.restrictions().unblock(entry).await {
                Err(error) if error.is_not_found() => Ok(Sent::Ended(Outcome::Unchanged, trace_of(&error))),
                answer => answer.map(|answer| Sent::Done(Trace::from(&answer))),
            },
            None => Ok(Sent::Ended(Outcome::Unchanged, Trace::default())),
        },
        JobAct::Ban | JobAct::Unban => set_bans(clerk, act, std::slice::from_ref(target)).await,
    }
}

fn trace_of(error: &Error) -> Trace {
    Trace { status: error.status(), trace_id: error.trace_id().map(str::to_owned) }
}

/// A user who was deleted meanwhile has nothing more to be changed.
fn gone_is_gone(answer: Result<Answer<Received<User>>, Error>) -> Result<Sent, Error> {
    match answer {
        Err(error) if error.is_not_found() => Ok(Sent::Ended(Outcome::Gone, trace_of(&error))),
        answer => answer.map(|answer| Sent::Done(Trace::from(&answer))),
    }
}

/// Ends one session after the other, until none is active: one that ended by itself meanwhile is as good.
async fn sign_out(clerk: &Clerk, id: &UserId) -> Result<Sent, Error> {
    let mut ended = 0_u64;
    loop {
        let active = clerk.sessions().list(id, Some(SessionStatus::Active), PageLimit::MAX, 0).await?;
        if active.value.is_empty() {
            let trace = Trace::from(&active);
            return Ok(if ended == 0 { Sent::Ended(Outcome::Unchanged, trace) } else { Sent::Done(trace) });
        }
        for session in active.value {
            match clerk.sessions().revoke(&session.id).await {
                Err(error) if !error.is_not_found() => return Err(error),
                Ok(_) | Err(_) => ended += 1,
            }
        }
    }
}

/// Merges one key in; `null` takes it away.
async fn set_key(clerk: &Clerk, id: &UserId, bag: Bag, key: &str, to: Option<Value>) -> Result<Sent, Error> {
    let metadata: Metadata = [(key.to_owned(), to.unwrap_or(Value::Null))].into_iter().collect();
    let mut bags = MetadataBags::default();
    match bag {
        Bag::Public => bags.public = Some(metadata),
        Bag::Private => bags.private = Some(metadata),
        Bag::Unsafe => bags.r#unsafe = Some(metadata),
    }
    gone_is_gone(clerk.users().merge_metadata(id, &bags).await)
}

/// An identifier that is on the list already is as it was meant; many share a domain.
async fn block(clerk: &Clerk, identifier: &str) -> Result<Sent, Error> {
    match clerk.restrictions().block(identifier).await {
        Err(error) if error.code() == Some("duplicate_record") => Ok(Sent::Ended(Outcome::Unchanged, trace_of(&error))),
        answer => answer.map(|answer| {
            let trace = Trace::from(&answer);
            Sent::Ended(Outcome::Done { before: Some(Value::String(answer.value.id)) }, trace)
        }),
    }
}
