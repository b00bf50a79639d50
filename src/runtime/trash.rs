//! Recovery copies: keeping one before somebody is deleted, listing them, and making somebody anew from one.

use super::{
    disk::on_disk,
    recorded::now,
    send::{Sent, done},
};
use crate::{
    app::{Deleted, Failure, LeftOut, Made},
    audit::{EntryId, Origin},
    clerk::{
        Clerk,
        model::{OrganizationMembership, UserId},
        query::PageLimit,
    },
    trash::{CopiedMembership, Kept, Line, Trash, TrashError, UserCopy, Whose, in_brief, restore as anew},
};

/// What Clerk says where an instance has no organizations.
const NO_ORGANIZATIONS: &str = "organization_not_enabled_in_instance";

/// The copies of users of the instance at `host`, in brief, the latest first.
pub(super) async fn list(trash: Trash, host: String) -> Result<Vec<Deleted>, Failure> {
    with(trash, move |trash| {
        let all = trash.copies(|copy| (copy.host == host).then(|| in_brief(copy, None)))?;
        let told = |(deleted, restored_as): (Option<Deleted>, _)| Some(Deleted { restored_as, ..deleted? });
        Ok(all.into_iter().filter_map(told).collect())
    })
    .await
}

/// Takes away all that is kept of these users of the instance at `host`.
pub(super) async fn purge(trash: Trash, host: String, users: Vec<UserId>) -> Result<(), Failure> {
    with(trash, move |trash| trash.remove(|whose| whose.host == host && users.contains(&whose.user))).await
}

/// Deletes somebody, as `entry` of the audit log tells, with a copy of how they are at this moment on the disk before it.
pub(super) async fn delete(
    clerk: &Clerk,
    trash: Trash,
    origin: Origin,
    entry: EntryId,
    id: &UserId,
) -> Result<Sent, Failure> {
    let user = clerk.users().get(id).await?.value;
    let memberships = memberships(clerk, id).await?;
    let copy = UserCopy::new(user, memberships, now(), &origin, entry);
    let whose = copy.whose();
    let kept = with(trash.clone(), move |trash| trash.append(now(), &[Line::Copy(Box::new(copy))])).await;
    kept.map_err(|failure| Failure::NotCopied(failure.to_string()))?;
    match clerk.users().delete(id).await {
        Ok(answer) => Ok(Sent { made: Made::Deleted, ..done(answer) }),
        Err(error) => {
            if !error.may_have_happened() && !error.is_not_found() {
                let line = Line::Withdrawn { whose, at: now() };
                // Where it cannot be written, the copy stays for its thirty days; who wants to restore it is told that
                // the user is there.
                let _ = with(trash, move |trash| trash.append(now(), &[line])).await;
            }
            Err(error.into())
        }
    }
}

async fn memberships(clerk: &Clerk, id: &UserId) -> Result<Vec<CopiedMembership>, Failure> {
    let mut all: Vec<OrganizationMembership> = Vec::new();
    loop {
        let offset = u64::try_from(all.len()).unwrap_or(u64::MAX);
        let page = match clerk.users().organization_memberships(id, PageLimit::MAX, offset).await {
            Err(error) if error.code() == Some(NO_ORGANIZATIONS) => return Ok(Vec::new()),
            page => page?.value,
        };
        let is_last = page.data.len() < usize::from(PageLimit::MAX.get());
        all.extend(page.data);
        if is_last {
            return Ok(all.into_iter().map(Into::into).collect());
        }
    }
}

/// The copy of a user of the instance at `host`.
///
/// # Errors
///
/// When there is none.
pub(super) async fn find(trash: Trash, host: String, user: &UserId) -> Result<Kept, Failure> {
    let whose = Whose { host, user: user.clone() };
    let found = with(trash, move |trash| trash.find(|copy| copy.whose() == whose)).await?;
    let none = || Failure::Trash("no recovery copy of the user is kept here any more".to_owned());
    found.into_iter().next().ok_or_else(none)
}

/// Makes sure that nobody is made anew who is there: not deleted at all, or restored already.
pub(super) async fn assure_absent(clerk: &Clerk, kept: &Kept) -> Result<(), Failure> {
    let (user, restored_as) = (Some(&kept.copy.user.id), kept.restored_as.as_ref());
    for (id, is_so) in [(user, "is still there"), (restored_as, "has been made from the copy already")] {
        let Some(id) = id else { continue };
        match clerk.users().get(id).await {
            Ok(_) => return Err(Failure::Trash(format!("nobody was restored: {id} {is_so}"))),
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Makes a new user from a copy, and notes that beside it.
pub(super) async fn make(clerk: &Clerk, trash: Trash, copy: UserCopy) -> Result<Sent, Failure> {
    let restored = anew(clerk, &copy, now()).await?;
    let mut left_out = restored.left_out;
    let line = Line::Restored { whose: copy.whose(), restored_as: restored.user.id.clone(), at: now() };
    if let Err(failure) = with(trash, move |trash| trash.append(now(), &[line])).await {
        left_out.push(LeftOut { what: "the note of it among the copies".to_owned(), reason: failure.to_string() });
    }
    let made = Made::Restored { user: Box::new(restored.user), left_out };
    Ok(Sent { made, status: restored.status, trace_id: restored.trace_id })
}

/// Does something with the copies, off the threads that serve.
async fn with<T: Send + 'static>(
    trash: Trash,
    work: impl FnOnce(&Trash) -> Result<T, TrashError> + Send + 'static,
) -> Result<T, Failure> {
    on_disk(Failure::Trash, move || work(&trash).map_err(|error| Failure::Trash(error.to_string()))).await
}
