//! Where the users of a job belong, for their copies: with few requests, however many they are.
//!
//! Asked for each user, it would cost as many requests as the deletion itself. So a hundred are asked about at once: to which
//! organizations any of them belongs. Most often to none, as with a wave of sign-ups. Where there are some, each organization
//! tells its members: all of them with one request where they are few, and then the answer holds for the rest of the job as
//! well; those of the hundred where they are many.

use super::look::check;
use crate::{
    app::job::{Fault, Target},
    clerk::{
        Clerk,
        model::{OrganizationId, OrganizationMembership, Page, UserId},
        organizations::{MembershipQuery, OrganizationQuery},
        query::PageLimit,
    },
    trash::CopiedMembership,
};
use futures_util::{StreamExt, TryStreamExt, stream};
use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};
use tokio::{sync::Mutex, time::Instant};

/// So long the members of an organization are taken to be as they were told. People come and go while a job runs.
const FRESH: Duration = Duration::from_mins(2);
/// So many organizations are asked at once.
const AT_ONCE: usize = 8;
/// What Clerk says where an instance has no organizations.
const NO_ORGANIZATIONS: &str = "organization_not_enabled_in_instance";

/// Where each belongs.
type Belonging = HashMap<UserId, Vec<CopiedMembership>>;

/// Where the users of a job belong.
#[derive(Debug)]
pub(super) struct Memberships {
    /// The users of the job: nothing is kept of others.
    users: HashSet<UserId>,
    known: Mutex<HashMap<OrganizationId, Members>>,
    /// More members than that are not told with one request.
    page: PageLimit,
}

/// What is known of the members of an organization.
#[derive(Debug)]
struct Members {
    /// Those of the job; none where they are too many to be told with one request.
    all: Option<Belonging>,
    as_of: Instant,
}

impl Memberships {
    /// Of a job on these users.
    pub(super) fn of_job(users: impl Iterator<Item = UserId>) -> Self {
        Self { users: users.collect(), known: Mutex::default(), page: PageLimit::MAX }
    }

    /// Where these belong. Of nobody who is not among `targets` anything is told.
    ///
    /// # Errors
    ///
    /// Why nobody knows.
    pub(super) async fn of(
        &self,
        clerk: &Clerk,
        targets: &[Target],
        users: impl Iterator<Item = &UserId>,
    ) -> Result<Belonging, Fault> {
        let users: Vec<UserId> = users.cloned().collect();
        let organizations = organizations(clerk, &users).await?;
        // One after the other: what one has learnt the next need not ask.
        let mut known = self.known.lock().await;
        known.retain(|_, members| members.as_of.elapsed() < FRESH);
        let is_in = |members: &Members| match &members.all {
            // Somebody has come since.
            Some(all) => users.iter().any(|user| all.contains_key(user)),
            None => true,
        };
        let is_unknown = |organization: &&OrganizationId| !known.get(*organization).is_some_and(is_in);
        let unknown: Vec<OrganizationId> = organizations.iter().filter(is_unknown).cloned().collect();
        let asked = stream::iter(unknown).map(|organization| self.members(clerk, organization));
        // What some have told is kept where others fail: the next try asks for the rest.
        let mut failure = None;
        for told in asked.buffer_unordered(AT_ONCE).collect::<Vec<_>>().await {
            match told {
                Ok((organization, members)) => _ = known.insert(organization, members),
                Err(fault) => failure = Some(fault),
            }
        }
        if let Some(fault) = failure {
            return Err(fault);
        }
        let (mut belonging, mut large) = (Belonging::new(), Vec::new());
        for organization in organizations {
            match known.get(&organization).and_then(|members| members.all.as_ref()) {
                Some(all) => collect(&mut belonging, &users, all),
                None => large.push(organization),
            }
        }
        drop(known);
        let asked = stream::iter(large).map(|organization| some_members(clerk, organization, targets));
        for members in asked.buffer_unordered(AT_ONCE).try_collect::<Vec<_>>().await? {
            collect(&mut belonging, &users, &members);
        }
        Ok(belonging)
    }

    /// The members of an organization that are of the job, if one request tells all of its members.
    async fn members(&self, clerk: &Clerk, id: OrganizationId) -> Result<(OrganizationId, Members), Fault> {
        let as_of = Instant::now();
        let page = page_of_members(clerk, &id, &MembershipQuery::default(), self.page).await?;
        let is_whole = page.total_count <= u64::from(self.page.get());
        let of_job = page.data.into_iter().filter_map(member).filter(|(user, _)| self.users.contains(user));
        Ok((id, Members { all: is_whole.then(|| gathered(of_job)), as_of }))
    }
}

fn collect(into: &mut Belonging, users: &[UserId], from: &Belonging) {
    for user in users {
        if let Some(memberships) = from.get(user) {
            into.entry(user.clone()).or_default().extend_from_slice(memberships);
        }
    }
}

fn gathered(members: impl Iterator<Item = (UserId, CopiedMembership)>) -> Belonging {
    let mut belonging = Belonging::new();
    for (user, membership) in members {
        belonging.entry(user).or_default().push(membership);
    }
    belonging
}

fn member(membership: OrganizationMembership) -> Option<(UserId, CopiedMembership)> {
    let user = membership.public_user_data.as_ref()?.user_id.clone();
    Some((user, membership.into()))
}

/// The organizations that any of these belongs to.
async fn organizations(clerk: &Clerk, users: &[UserId]) -> Result<Vec<OrganizationId>, Fault> {
    let mut found = Vec::new();
    if users.is_empty() {
        return Ok(found);
    }
    let query = OrganizationQuery { user_ids: users.to_vec(), ..OrganizationQuery::default() };
    loop {
        let offset = u64::try_from(found.len()).unwrap_or(u64::MAX);
        let page = match clerk.organizations().list(&query, PageLimit::MAX, offset).await {
            Err(error) if error.code() == Some(NO_ORGANIZATIONS) => return Ok(found),
            page => page.map_err(|error| Fault::from(&error))?.value,
        };
        let is_last = page.data.len() < usize::from(PageLimit::MAX.get());
        found.extend(page.data.into_iter().map(|organization| organization.id));
        if is_last {
            return Ok(found);
        }
    }
}

/// Which of these are members of an organization.
async fn some_members(clerk: &Clerk, id: OrganizationId, targets: &[Target]) -> Result<Belonging, Fault> {
    let user_ids = targets.iter().map(|target| target.id.clone()).collect();
    let query = MembershipQuery { user_ids, ..MembershipQuery::default() };
    let page = page_of_members(clerk, &id, &query, PageLimit::MAX).await?;
    let members = gathered(page.data.into_iter().filter_map(member));
    check(targets, members.keys())?;
    Ok(members)
}

/// Members of an organization; none of one that is gone since.
async fn page_of_members(
    clerk: &Clerk,
    id: &OrganizationId,
    query: &MembershipQuery,
    limit: PageLimit,
) -> Result<Page<OrganizationMembership>, Fault> {
    match clerk.organizations().memberships(id, query, limit, 0).await {
        Err(error) if error.is_not_found() => Ok(Page { data: Vec::new(), total_count: 0 }),
        page => Ok(page.map_err(|error| Fault::from(&error))?.value),
    }
}

#[cfg(test)]
mod tests;
