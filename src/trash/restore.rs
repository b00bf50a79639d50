//! From a copy to a new user, as much as Clerk takes.

use super::{
    CopiedMembership, UserCopy,
    taken::{Claim, set_aside},
};
use crate::{
    app::{Deleted, LeftOut, Lost, Person, RecordId},
    clerk::{
        Answer, Clerk, Error,
        identifications::PhoneNumberUpdate,
        model::{Metadata, PhoneNumber, Received, Timestamp, User, UserId},
        users::CreateUser,
    },
};
use serde_json::{Value, json};
use std::time::Duration;

/// What came of it.
#[derive(Debug)]
pub struct Restored {
    /// The new user.
    pub user: Received<User>,
    /// What could not be put back.
    pub left_out: Vec<LeftOut>,
    /// How the creation was answered.
    pub status: u16,
    /// The id of the creation at Clerk.
    pub trace_id: Option<String>,
}

/// In brief; `restored_as` is the user that was made from it.
#[must_use]
pub fn in_brief(copy: &UserCopy, restored_as: Option<UserId>) -> Deleted {
    Deleted {
        user: copy.user.id.clone(),
        person: Person::of(&copy.user),
        at: copy.at,
        by: copy.by(),
        memberships: Some(copy.memberships.len()),
        lost: Lost::of(&copy.user),
        record: RecordId(copy.entry.as_str().to_owned()),
        restored_as,
    }
}

/// The user that a copy makes at `now`.
#[must_use]
pub fn creation(copy: &UserCopy, now: Timestamp) -> CreateUser {
    CreateUser::anew(&copy.user, is_locked(copy, now))
}

/// Whether a lock that held when the copy was made holds still.
fn is_locked(copy: &UserCopy, now: Timestamp) -> bool {
    let end = copy
        .user
        .lockout_expires_in_seconds
        .map(|seconds| copy.at.plus(Duration::from_secs(u64::try_from(seconds).unwrap_or(0))));
    copy.user.locked && end.is_none_or(|end| end > now)
}

fn some(bag: &Metadata) -> Option<Metadata> {
    (!bag.is_empty()).then(|| bag.clone())
}

/// Makes the user anew, and puts back where they belonged. What of that Clerk refuses is told, and costs nothing else; so is
/// an address or a number that was never verified and belongs to somebody else by now.
///
/// # Errors
///
/// When the user cannot be made, such as where a verified identifier belongs to somebody else by now: then nothing was
/// done. Where no answer came, the user may be there all the same.
pub async fn restore(clerk: &Clerk, copy: &UserCopy, now: Timestamp) -> Result<Restored, Error> {
    let (Answer { value: user, status, trace_id, .. }, set_aside) = create(clerk, creation(copy, now)).await?;
    let mut left_out = Vec::new();
    // Of several that were never verified, some may be nobody else's.
    for claim in set_aside {
        note(&mut left_out, || claim.value().to_owned(), claim.make_for(clerk, &user.id).await);
    }
    for phone in copy.user.phone_numbers.iter().filter(|phone| phone.reserved_for_second_factor) {
        let what = || format!("{} as a second factor", phone.phone_number);
        note(&mut left_out, what, make_second_factor(clerk, &user, phone).await);
    }
    for membership in &copy.memberships {
        join(clerk, &user.id, membership, &mut left_out).await;
    }
    Ok(Restored { user, left_out, status, trace_id })
}

/// Creates the user without what was never theirs for certain, if it has to be; and gives that.
async fn create(clerk: &Clerk, mut creation: CreateUser) -> Result<(Answer<Received<User>>, Vec<Claim>), Error> {
    let mut claims = Vec::new();
    loop {
        let error = match clerk.users().create(&creation).await {
            Ok(answer) => return Ok((answer, claims)),
            Err(error) => error,
        };
        let taken = set_aside(&mut creation, &error);
        if taken.is_empty() {
            return Err(error);
        }
        claims.extend(taken);
    }
}

async fn make_second_factor(clerk: &Clerk, user: &User, phone: &PhoneNumber) -> Result<(), Error> {
    let new = user.phone_numbers.iter().find(|new| new.phone_number == phone.phone_number);
    if let Some(id) = new.and_then(|new| new.id.as_deref()) {
        let update = PhoneNumberUpdate { reserved_for_second_factor: Some(true), ..PhoneNumberUpdate::default() };
        clerk.identifications().update_phone_number(id, update).await?;
    }
    Ok(())
}

async fn join(clerk: &Clerk, user: &UserId, membership: &CopiedMembership, left_out: &mut Vec<LeftOut>) {
    let organizations = clerk.organizations();
    let CopiedMembership { organization, name, role, public_metadata, private_metadata } = membership;
    let joined = organizations.add_member(organization, user, role).await;
    let is_in = joined.is_ok();
    note(left_out, || format!("the membership of {name}"), joined);
    let (public, private) = (some(public_metadata), some(private_metadata));
    if is_in && (public.is_some() || private.is_some()) {
        let merged = organizations.merge_membership_metadata(organization, user, public, private).await;
        note(left_out, || format!("the metadata of the membership of {name}"), merged);
    }
}

/// Notes what could not be put back.
fn note<T>(left_out: &mut Vec<LeftOut>, what: impl Fn() -> String, done: Result<T, Error>) {
    left_out.extend(done.err().map(|error| LeftOut { what: what(), reason: error.to_string() }));
}

/// A request as it would be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// Its verb.
    pub method: &'static str,
    /// Its path; of what is not there yet, what it will be stands in brackets.
    pub path: String,
    /// What it carries.
    pub body: Value,
}

/// The requests of [`restore`], without sending them.
#[must_use]
pub fn requests(copy: &UserCopy, now: Timestamp) -> Vec<Planned> {
    let planned = |method, path: String, body| Planned { method, path, body };
    let mut requests = vec![planned("POST", "/v1/users".to_owned(), creation(copy, now).to_json())];
    for phone in copy.user.phone_numbers.iter().filter(|phone| phone.reserved_for_second_factor) {
        let path = format!("/v1/phone_numbers/[the id of {}]", phone.phone_number);
        requests.push(planned("PATCH", path, json!({ "reserved_for_second_factor": true })));
    }
    for membership in &copy.memberships {
        let members = format!("/v1/organizations/{}/memberships", membership.organization);
        let body = json!({ "user_id": "[the new user]", "role": membership.role });
        requests.push(planned("POST", members.clone(), body));
        let bags =
            [("public_metadata", &membership.public_metadata), ("private_metadata", &membership.private_metadata)];
        let body: Metadata = bags
            .into_iter()
            .filter(|(_, bag)| !bag.is_empty())
            .map(|(name, bag)| (name.to_owned(), Value::Object(bag.clone())))
            .collect();
        if !body.is_empty() {
            requests.push(planned("PATCH", format!("{members}/[the new user]/metadata"), Value::Object(body)));
        }
    }
    requests
}
