//! Sessions: where users are signed in.

use super::{
    Answer, Clerk, Error, decode,
    model::{Session, SessionId, SessionStatus, UserId},
    query::PageLimit,
    request::Request,
};

/// The session endpoints. From [`Clerk::sessions`].
#[derive(Clone, Copy, Debug)]
pub struct Sessions<'clerk> {
    pub(super) clerk: &'clerk Clerk,
}

impl Sessions<'_> {
    /// The sessions of a user, newest first: at most `limit` of them, after the first `offset`, and only those of
    /// `status` where one is given. `GET /v1/sessions`
    ///
    /// Clerk forgets old sessions after a while. It cannot be asked for [`SessionStatus::Pending`].
    ///
    /// # Errors
    ///
    /// 422 for a status that Clerk does not take.
    pub async fn list(
        &self,
        user: &UserId,
        status: Option<SessionStatus>,
        limit: PageLimit,
        offset: u64,
    ) -> Result<Answer<Vec<Session>>, Error> {
        let mut parameters = vec![("user_id", user.to_string())];
        parameters.extend(status.map(|status| ("status", status.as_str().to_owned())));
        parameters.extend(limit.to_parameters(offset));
        let request = Request::get(&["sessions"])?.with(parameters);
        self.clerk.send(&request, decode::rows).await
    }

    /// One session. `GET /v1/sessions/{id}`
    ///
    /// # Errors
    ///
    /// 404 when there is no such session (any more).
    pub async fn get(&self, id: &SessionId) -> Result<Answer<Session>, Error> {
        self.session(id, &Request::get(&["sessions", id.as_str()])?).await
    }

    /// Signs a user out of one session. `POST /v1/sessions/{id}/revoke`
    ///
    /// # Errors
    ///
    /// 404 when there is no such session, 400 when it is over already.
    pub async fn revoke(&self, id: &SessionId) -> Result<Answer<Session>, Error> {
        self.session(id, &Request::post(&["sessions", id.as_str(), "revoke"])?.setting()).await
    }

    async fn session(&self, id: &SessionId, request: &Request) -> Result<Answer<Session>, Error> {
        self.clerk.send(request, |body| decode::only(body, |session: &Session| session.id == *id)).await
    }
}
