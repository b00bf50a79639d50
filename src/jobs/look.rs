//! Seeing how users are before they are changed, many with one request.

use super::memberships::Memberships;
use crate::{
    app::job::{Blocking, Fault, FaultKind, JobAct, Sight, Target},
    clerk::{
        Clerk,
        model::{OrganizationId, OrganizationMembership, Received, User, UserId},
        organizations::MembershipQuery,
        query::{PageLimit, PageStart, Select, UserFilter, UserPage, UserQuery},
    },
    trash::CopiedMembership,
};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// How some users are, in the order asked for; with each what Clerk told, where that is needed later.
pub(super) type Seen = Vec<(Sight, Option<Box<Glimpse>>)>;

/// What Clerk told about a user.
#[derive(Clone, Debug)]
pub(super) struct Glimpse {
    /// The user.
    pub(super) user: Received<User>,
    /// Where they belong; only where a copy of them is made.
    pub(super) memberships: Vec<CopiedMembership>,
}

/// Looks at some of the users of a job.
///
/// # Errors
///
/// Why they could not be looked at. An answer with anybody who was not asked for stops the job for all: where a filter is
/// ignored, what follows would be done to whoever comes first.
pub(super) async fn look(
    clerk: &Clerk,
    act: &JobAct,
    targets: &[Target],
    memberships: &Memberships,
) -> Result<Seen, Fault> {
    match act {
        JobAct::RemoveFromOrganization { organization, .. } => {
            let members = members(clerk, organization, targets).await?;
            let sight = |target: &Target| match members.get(&target.id) {
                Some(membership) => Sight::Open(Some(Value::String(membership.role.clone()))),
                None => Sight::Already,
            };
            Ok(targets.iter().map(|target| (sight(target), None)).collect())
        }
        JobAct::AddToOrganization { organization, .. } => {
            let members = members(clerk, organization, targets).await?;
            let sight = |target: &Target| {
                if members.contains_key(&target.id) { Sight::Already } else { Sight::Open(None) }
            };
            Ok(targets.iter().map(|target| (sight(target), None)).collect())
        }
        _ => {
            let mut users = users(clerk, targets).await?;
            let mut memberships = match act {
                JobAct::Delete { copies: true } => memberships.of(clerk, targets, users.keys()).await?,
                _ => HashMap::new(),
            };
            let look = |target: &Target| match users.remove(&target.id) {
                Some(user) => {
                    let sight = sight_of(act, &user, target);
                    // A copy is made of it, or its address is blocked.
                    let is_needed = matches!(act, JobAct::Delete { copies: true } | JobAct::Block { .. });
                    let memberships = memberships.remove(&target.id).unwrap_or_default();
                    (sight, is_needed.then(|| Box::new(Glimpse { user, memberships })))
                }
                None => (Sight::Absent, None),
            };
            Ok(targets.iter().map(look).collect())
        }
    }
}

/// How a user is, for an act.
fn sight_of(act: &JobAct, user: &User, target: &Target) -> Sight {
    let open_unless = |already: bool| if already { Sight::Already } else { Sight::Open(None) };
    // A lock that has run out is told as locked for a moment still.
    let is_locked = user.locked && user.lockout_expires_in_seconds.is_none_or(|seconds| seconds > 0);
    match act {
        JobAct::Ban => open_unless(user.banned),
        JobAct::Unban => open_unless(!user.banned),
        JobAct::Lock => open_unless(is_locked),
        JobAct::Unlock => open_unless(!is_locked),
        JobAct::SetMetadata { bag, key, to } => {
            let is = bag.read(user).get(key).cloned();
            if is == *to { Sight::Already } else { Sight::Open(Some(is.unwrap_or(Value::Null))) }
        }
        JobAct::RestoreMetadata { bag, key, expected } => {
            let (is, to) = (bag.read(user).get(key).cloned().unwrap_or(Value::Null), given(target));
            match expected {
                _ if is == to => Sight::Already,
                Some(expected) if *expected != is => Sight::Overtaken,
                _ => Sight::Open(Some(is)),
            }
        }
        // Somebody without such an identifier has nothing to block.
        JobAct::Block { what } => open_unless(identifier_of(*what, user).is_none()),
        JobAct::Delete { .. }
        | JobAct::SignOut
        | JobAct::Unblock { .. }
        | JobAct::RemoveFromOrganization { .. }
        | JobAct::AddToOrganization { .. } => Sight::Open(None),
    }
}

/// What is put back, with `null` for nothing.
pub(super) fn given(target: &Target) -> Value {
    target.given.clone().unwrap_or(Value::Null)
}

/// What of a user is blocked, as Clerk takes it.
pub(super) fn identifier_of(what: Blocking, user: &User) -> Option<String> {
    let email = || user.primary_email_address().map(|email| email.email_address.clone());
    match what {
        Blocking::EmailAddress => email(),
        Blocking::Domain => email().and_then(|email| email.rsplit_once('@').map(|(_, domain)| format!("*@{domain}"))),
        Blocking::PhoneNumber => user.primary_phone_number().map(|phone| phone.phone_number.clone()),
    }
}

async fn users(clerk: &Clerk, targets: &[Target]) -> Result<HashMap<UserId, Received<User>>, Fault> {
    let user_id = targets.iter().map(|target| Select::Include(target.id.clone())).collect();
    let query = UserQuery { filter: UserFilter { user_id, ..UserFilter::default() }, ..UserQuery::default() };
    let page = UserPage { start: PageStart::Offset(0), limit: page_of(targets) };
    let users = clerk.users().list(&query, &page).await.map_err(|error| Fault::from(&error))?.value;
    check(targets, users.iter().map(|user| &user.id))?;
    Ok(users.into_iter().map(|user| (user.id.clone(), user)).collect())
}

async fn members(
    clerk: &Clerk,
    organization: &OrganizationId,
    targets: &[Target],
) -> Result<HashMap<UserId, OrganizationMembership>, Fault> {
    let user_ids = targets.iter().map(|target| target.id.clone()).collect();
    let query = MembershipQuery { user_ids, ..MembershipQuery::default() };
    let page = clerk.organizations().memberships(organization, &query, page_of(targets), 0).await;
    let members = page.map_err(|error| Fault::from(&error))?.value.data;
    let member = |membership: OrganizationMembership| {
        let user = membership.public_user_data.as_ref().map(|user| user.user_id.clone())?;
        Some((user, membership))
    };
    let members: HashMap<_, _> = members.into_iter().filter_map(member).collect();
    check(targets, members.keys())?;
    Ok(members)
}

fn page_of(targets: &[Target]) -> PageLimit {
    u16::try_from(targets.len()).map_or(PageLimit::MAX, PageLimit::new)
}

/// Everybody in an answer was asked for.
pub(super) fn check<'a>(targets: &[Target], answered: impl Iterator<Item = &'a UserId>) -> Result<(), Fault> {
    let asked: HashSet<&UserId> = targets.iter().map(|target| &target.id).collect();
    match answered.into_iter().find(|id| !asked.contains(id)) {
        None => Ok(()),
        Some(stranger) => Err(Fault::own(
            FaultKind::RefusedToAll,
            "answer_widened",
            format!("the answer has {stranger}, whom nobody asked for: the API ignores a filter"),
        )),
    }
}
