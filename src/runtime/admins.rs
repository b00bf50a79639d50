//! Who else is admin where a user is one.

use crate::{
    app::{
        Failure,
        act::{Place, RoleName},
        admins::{ADMIN, AdminPlaces, AdminsFound, OtherAdmins},
    },
    clerk::{
        Clerk,
        model::{OrganizationMembership, PublicUserData, UserId},
        organizations::MembershipQuery,
        query::PageLimit,
    },
};

/// At an instance without organizations nobody is admin.
const NO_ORGANIZATIONS: &str = "organization_not_enabled_in_instance";
/// At most so many organizations are looked at, a request each.
const LOOKED: usize = 10;
/// The user and another: whoever there are more of, their count says it.
const BOTH: u16 = 2;

/// The other admins there, one request for each place.
pub(super) async fn read(clerk: &Clerk, user: &UserId, places: AdminPlaces) -> Result<AdminsFound, Failure> {
    let mut places = match places {
        AdminPlaces::One(place) => vec![place],
        AdminPlaces::All => places_of(clerk, user).await?,
    };
    let unlooked = u64::try_from(places.len().saturating_sub(LOOKED)).unwrap_or(u64::MAX);
    places.truncate(LOOKED);
    let mut found = AdminsFound { places: Vec::with_capacity(places.len()), unlooked };
    for place in places {
        found.places.push(others(clerk, user, place).await?);
    }
    Ok(found)
}

/// Where the user is admin, among the latest memberships; there are not more of them than a page has.
async fn places_of(clerk: &Clerk, user: &UserId) -> Result<Vec<Place>, Failure> {
    let memberships = match clerk.users().organization_memberships(user, PageLimit::MAX, 0).await {
        Err(error) if error.code() == Some(NO_ORGANIZATIONS) => return Ok(Vec::new()),
        page => page?.value.data,
    };
    let admin = memberships.iter().filter(|membership| RoleName::of(membership).key == ADMIN);
    Ok(admin.map(Place::of).collect())
}

async fn others(clerk: &Clerk, user: &UserId, place: Place) -> Result<OtherAdmins, Failure> {
    let query = MembershipQuery { roles: vec![ADMIN.to_owned()], ..MembershipQuery::default() };
    let page = clerk.organizations().memberships(&place.id, &query, PageLimit::new(BOTH), 0).await?.value;
    if page.data.iter().any(|membership| membership.role != ADMIN) {
        // Else an ignored filter would take every member for an admin, and nobody for the last one.
        return Err(Failure::Untrusted("members came who have another role than was asked for".to_owned()));
    }
    let data = |membership: &OrganizationMembership| membership.public_user_data.clone().unwrap_or_default();
    let listed: Vec<PublicUserData> = page.data.iter().map(data).collect();
    let is_whole = u64::try_from(listed.len()).is_ok_and(|rows| rows >= page.total_count);
    // Where not all are listed, the user is taken to be among the others: it is their role that is being taken.
    let is_among = !is_whole || listed.iter().any(|data| data.user_id == *user);
    let count = page.total_count.saturating_sub(u64::from(is_among));
    let only = listed.into_iter().find(|data| data.user_id != *user).filter(|_| count == 1);
    Ok(OtherAdmins { place, count, only: only.map(|data| (data.user_id.clone(), called(data))) })
}

/// What they sign in by, else the name, else the id.
fn called(data: PublicUserData) -> String {
    let names: Vec<String> = [data.first_name, data.last_name].into_iter().flatten().collect();
    let name = Some(names.join(" ")).filter(|name| !name.is_empty());
    let identifier = data.identifier.filter(|identifier| !identifier.is_empty());
    identifier.or(name).unwrap_or_else(|| data.user_id.to_string())
}
