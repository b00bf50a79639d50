//! Users: finding and reading them, and what can be done to one.

use super::{
    Answer, Clerk, Error, decode,
    model::{OrganizationMembership, Page, Received, TotalCount, User, UserId},
    query::{PageLimit, UserFilter, UserPage, UserQuery},
    request::Request,
};

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
        let request = Request::get(&["users"])?.with(page.to_parameters(query));
        self.clerk.send(&request, decode::rows).await
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

    /// Bans a user: all sessions end, and no new one begins. `POST /v1/users/{id}/ban`
    ///
    /// Banning a banned user changes nothing.
    ///
    /// # Errors
    ///
    /// 402 when the instance's plan does not include bans, 404 when there is no such user.
    pub async fn ban(&self, id: &UserId) -> Result<Answer<Received<User>>, Error> {
        self.set(id, "ban").await
    }

    /// Takes a ban back. The sessions that it ended stay ended. `POST /v1/users/{id}/unban`
    ///
    /// # Errors
    ///
    /// As of [`Users::ban`].
    pub async fn unban(&self, id: &UserId) -> Result<Answer<Received<User>>, Error> {
        self.set(id, "unban").await
    }

    /// Locks a user: no sign-in until the lock ends, by default for an hour. Sessions go on.
    /// `POST /v1/users/{id}/lock`
    ///
    /// Locking a locked user begins the hour anew.
    ///
    /// # Errors
    ///
    /// 403 when lockout is off in the instance, 404 when there is no such user.
    pub async fn lock(&self, id: &UserId) -> Result<Answer<Received<User>>, Error> {
        self.set(id, "lock").await
    }

    /// Ends a lock, and gives back all attempts. `POST /v1/users/{id}/unlock`
    ///
    /// # Errors
    ///
    /// As of [`Users::lock`].
    pub async fn unlock(&self, id: &UserId) -> Result<Answer<Received<User>>, Error> {
        self.set(id, "unlock").await
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

    async fn set(&self, id: &UserId, state: &str) -> Result<Answer<Received<User>>, Error> {
        self.user(id, &Request::post(&["users", id.as_str(), state])?.setting_state_of(id)).await
    }

    /// Sends what is answered with the user `id`. An answer about anybody else is not believed: it would be shown,
    /// and recorded, as what became of this one.
    async fn user(&self, id: &UserId, request: &Request) -> Result<Answer<Received<User>>, Error> {
        self.clerk.send(request, |body| decode::only(body, |user: &Received<User>| user.id == *id)).await
    }
}
