//! Users: finding and reading them. What can be done to one stands in a file for each kind of doing.

mod anew;
mod create;
mod identifications;
mod moderate;
mod pages;
mod password;
mod profile;
mod security;
mod unread;
mod update;

pub use create::{CreateUser, IdentificationStatus, MetadataBags, NewIdentification};
pub use identifications::{ReplaceEmailAddress, ReplacementStatus};
pub use moderate::BULK;
pub use pages::{UserListRow, UserPages};
pub use password::{NewPassword, PasswordHasher};
pub use security::{CodeType, VerifiedCode};
pub use unread::UnreadUsers;
pub use update::{PasswordUpdate, UpdateUser};

use super::{
    Answer, Clerk, Error, decode,
    model::{
        InvitationStatus, OrganizationInvitation, OrganizationMembership, Page, Received, TotalCount, User, UserId,
    },
    query::{PageLimit, UserFilter, UserPage, UserQuery},
    request::Request,
};
use serde::de::DeserializeOwned;

/// The user endpoints. From [`Clerk::users`].
#[derive(Clone, Copy, Debug)]
pub struct Users<'clerk> {
    pub(super) clerk: &'clerk Clerk,
}

impl Users<'_> {
    /// One page of the users that `query` asks for. `GET /v1/users`
    ///
    /// # Errors
    ///
    /// 422 where Clerk does not take the query, such as a cursor in an order that has none.
    pub async fn list(&self, query: &UserQuery, page: &UserPage) -> Result<Answer<Vec<Received<User>>>, Error> {
        self.list_of(query, page).await
    }

    /// The same, read as something else: where the JSON is passed on as it came, little of it has to be understood.
    ///
    /// # Errors
    ///
    /// As of [`Users::list`].
    pub async fn list_of<T: DeserializeOwned>(
        &self,
        query: &UserQuery,
        page: &UserPage,
    ) -> Result<Answer<Vec<T>>, Error> {
        self.list_unread(query, page).await?.read()
    }

    /// The same, for whoever reads it later.
    ///
    /// # Errors
    ///
    /// As of [`Users::list`].
    pub async fn list_unread(&self, query: &UserQuery, page: &UserPage) -> Result<UnreadUsers, Error> {
        let request = Request::get(&["users"])?.with(page.to_parameters(query));
        self.clerk.send_unread(&request).await.map(UnreadUsers)
    }

    /// How many users pass `filter`. `GET /v1/users/count`
    ///
    /// # Errors
    ///
    /// As of [`Users::list`].
    pub async fn count(&self, filter: &UserFilter) -> Result<Answer<u64>, Error> {
        let request = Request::get(&["users", "count"])?.with(filter.to_parameters());
        self.clerk.send(&request, |body| Ok(decode::object::<TotalCount>(body)?.total_count)).await
    }

    /// One user, as it is now. `GET /v1/users/{id}`
    ///
    /// # Errors
    ///
    /// 404 when there is no such user (any more).
    pub async fn get(&self, id: &UserId) -> Result<Answer<Received<User>>, Error> {
        self.user(id, &Request::get(&["users", id.as_str()])?).await
    }

    /// The organizations that a user belongs to, the newest membership first: at most `limit` of them, after the
    /// first `offset`. `GET /v1/users/{id}/organization_memberships`
    ///
    /// # Errors
    ///
    /// 403 when organizations are off in the instance, 404 when there is no such user.
    pub async fn organization_memberships(
        &self,
        id: &UserId,
        limit: PageLimit,
        offset: u64,
    ) -> Result<Answer<Page<OrganizationMembership>>, Error> {
        let request = Request::get(&["users", id.as_str(), "organization_memberships"])?;
        let request = request.with(limit.to_parameters(offset));
        self.clerk.send(&request, |body| decode::page(body, limit.get(), offset)).await
    }

    /// The organizations that a user is invited to, the newest invitation first, and only those of `status` where one
    /// is given. `GET /v1/users/{id}/organization_invitations`
    ///
    /// # Errors
    ///
    /// As of [`Users::organization_memberships`].
    pub async fn organization_invitations(
        &self,
        id: &UserId,
        status: Option<InvitationStatus>,
        limit: PageLimit,
        offset: u64,
    ) -> Result<Answer<Page<OrganizationInvitation>>, Error> {
        let mut parameters = limit.to_parameters(offset);
        parameters.extend(status.map(|status| ("status", status.as_str().to_owned())));
        let request = Request::get(&["users", id.as_str(), "organization_invitations"])?.with(parameters);
        self.clerk.send(&request, |body| decode::page(body, limit.get(), offset)).await
    }

    /// Sends what is answered with the user `id`. An answer about anybody else is not believed: it would be shown,
    /// and recorded, as what became of this one.
    async fn user(&self, id: &UserId, request: &Request) -> Result<Answer<Received<User>>, Error> {
        self.clerk.send(request, |body| decode::only(body, |user: &Received<User>| user.id == *id)).await
    }
}
