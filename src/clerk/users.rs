//! The operations on users.

use super::{
    Answer, Error,
    model::{OrganizationMembership, Page, Received, TotalCount, User, UserId},
    query::{PageLimit, UserFilter, UserPage, UserQuery},
    transport::{Request, Transport},
};

/// The users of an instance; see [`Clerk::users`](super::Clerk::users).
#[derive(Clone, Copy, Debug)]
pub struct Users<'a> {
    pub(super) transport: &'a Transport,
}

impl Users<'_> {
    /// A page of users: `GET /v1/users`.
    ///
    /// # Errors
    ///
    /// See [`Error`]; 422 when a filter holds what Clerk does not take.
    pub async fn list(&self, query: &UserQuery, page: &UserPage) -> Result<Answer<Vec<Received<User>>>, Error> {
        self.transport.send_list(&Request::get(&["users"], page.to_parameters(query))).await
    }

    /// How many users pass a filter: `GET /v1/users/count`.
    ///
    /// # Errors
    ///
    /// See [`Error`]; 422 when the filter holds what Clerk does not take.
    pub async fn count(&self, filter: &UserFilter) -> Result<Answer<u64>, Error> {
        let request = Request::get(&["users", "count"], filter.to_parameters());
        Ok(self.transport.send::<TotalCount>(&request).await?.map(|count| count.total_count))
    }

    /// One user: `GET /v1/users/{id}`.
    ///
    /// # Errors
    ///
    /// See [`Error`]; 404 when there is no such user.
    pub async fn get(&self, user: &UserId) -> Result<Answer<Received<User>>, Error> {
        self.transport.send(&Request::get(&["users", user.as_str()], Vec::new())).await
    }

    /// Bans a user, and so ends every session: `POST /v1/users/{id}/ban`.
    ///
    /// # Errors
    ///
    /// See [`Error`]; 402 when the instance's plan does not include it, 404 when there is no such user.
    pub async fn ban(&self, user: &UserId) -> Result<Answer<Received<User>>, Error> {
        self.set(user, "ban").await
    }

    /// Lifts a ban; ended sessions stay ended: `POST /v1/users/{id}/unban`.
    ///
    /// # Errors
    ///
    /// As [`Users::ban`].
    pub async fn unban(&self, user: &UserId) -> Result<Answer<Received<User>>, Error> {
        self.set(user, "unban").await
    }

    /// Keeps a user from signing in for as long as the instance's lockout lasts; open sessions go on:
    /// `POST /v1/users/{id}/lock`.
    ///
    /// # Errors
    ///
    /// See [`Error`]; 403 when lockout is switched off, 404 when there is no such user.
    pub async fn lock(&self, user: &UserId) -> Result<Answer<Received<User>>, Error> {
        self.set(user, "lock").await
    }

    /// Ends a lock, and gives the attempts back: `POST /v1/users/{id}/unlock`.
    ///
    /// # Errors
    ///
    /// As [`Users::lock`].
    pub async fn unlock(&self, user: &UserId) -> Result<Answer<Received<User>>, Error> {
        self.set(user, "unlock").await
    }

    /// A page of a user's memberships, newest first: `GET /v1/users/{id}/organization_memberships`.
    ///
    /// # Errors
    ///
    /// See [`Error`]; 403 when organizations are switched off, 404 when there is no such user.
    pub async fn organization_memberships(
        &self,
        user: &UserId,
        limit: PageLimit,
        offset: u64,
    ) -> Result<Answer<Page<OrganizationMembership>>, Error> {
        let query = vec![("limit", limit.get().to_string()), ("offset", offset.to_string())];
        self.transport.send(&Request::get(&["users", user.as_str(), "organization_memberships"], query)).await
    }

    async fn set(&self, user: &UserId, act: &str) -> Result<Answer<Received<User>>, Error> {
        self.transport.send(&Request::set(&["users", user.as_str(), act], user)).await
    }
}
