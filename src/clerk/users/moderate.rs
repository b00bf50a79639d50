//! Bans and locks, of one user and of many.

use super::Users;
use crate::clerk::{
    Answer, Error,
    body::Fields,
    decode,
    error::NotSent,
    model::{Received, User, UserId},
    request::Request,
};

/// So many users can be banned with one request.
pub const BULK: usize = 50;

impl Users<'_> {
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

    /// Bans up to [`BULK`] users with one request. `POST /v1/users/ban`
    ///
    /// The answer has those that are banned now, in no promised order.
    ///
    /// # Errors
    ///
    /// 402 when the instance's plan does not include bans, 404 when one of them does not exist. Nothing is sent for no
    /// users, nor for too many.
    pub async fn ban_all(&self, ids: &[UserId]) -> Result<Answer<Vec<Received<User>>>, Error> {
        self.set_all("ban", ids).await
    }

    /// Takes the bans of up to [`BULK`] users back with one request. `POST /v1/users/unban`
    ///
    /// # Errors
    ///
    /// As of [`Users::ban_all`].
    pub async fn unban_all(&self, ids: &[UserId]) -> Result<Answer<Vec<Received<User>>>, Error> {
        self.set_all("unban", ids).await
    }

    async fn set_all(&self, state: &str, ids: &[UserId]) -> Result<Answer<Vec<Received<User>>>, Error> {
        if ids.is_empty() || ids.len() > BULK {
            return Err(Error::NotSent(NotSent::Number { given: ids.len(), most: BULK }));
        }
        let ids: Vec<&str> = ids.iter().map(UserId::as_str).collect();
        let request = Request::post(&["users", state])?.setting();
        self.clerk.send(&request.with_fields(Fields::default().set("user_ids", ids)), decode::rows).await
    }

    async fn set(&self, id: &UserId, state: &str) -> Result<Answer<Received<User>>, Error> {
        self.user(id, &Request::post(&["users", id.as_str(), state])?.setting_state_of(id)).await
    }
}
