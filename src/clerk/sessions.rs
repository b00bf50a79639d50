//! The operations on sessions.

use super::{
    Answer, Error,
    model::{Session, SessionStatus, UserId},
    query::PageLimit,
    transport::{Request, Transport},
};

/// The sessions of an instance; see [`Clerk::sessions`](super::Clerk::sessions).
#[derive(Clone, Copy, Debug)]
pub struct Sessions<'a> {
    pub(super) transport: &'a Transport,
}

impl Sessions<'_> {
    /// A page of a user's sessions, newest first, perhaps only those of one status: `GET /v1/sessions`.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn list(
        &self,
        user: &UserId,
        status: Option<SessionStatus>,
        limit: PageLimit,
        offset: u64,
    ) -> Result<Answer<Vec<Session>>, Error> {
        let mut query = vec![("user_id", user.to_string())];
        query.extend(status.map(|status| ("status", status.to_string())));
        query.extend([("limit", limit.get().to_string()), ("offset", offset.to_string())]);
        self.transport.send_list(&Request::get(&["sessions"], query)).await
    }
}
