//! The waitlist: who wants to sign up.

use super::{
    Answer, Clerk, Error, decode,
    model::{DeletedObject, Page, WaitlistEntry, WaitlistStatus},
    query::PageLimit,
    request::Request,
};

/// The waitlist endpoints. From [`Clerk::waitlist`].
#[derive(Clone, Copy, Debug)]
pub struct Waitlist<'clerk> {
    pub(super) clerk: &'clerk Clerk,
}

impl Waitlist<'_> {
    /// Who waits, newest first, and only those of `status` where one is given. `GET /v1/waitlist_entries`
    ///
    /// # Errors
    ///
    /// None of its own.
    pub async fn list(
        &self,
        status: Option<WaitlistStatus>,
        query: Option<&str>,
        limit: PageLimit,
        offset: u64,
    ) -> Result<Answer<Page<WaitlistEntry>>, Error> {
        let mut parameters = limit.to_parameters(offset);
        parameters.extend(status.map(|status| ("status", status.as_str().to_owned())));
        parameters.extend(query.map(|query| ("query", query.to_owned())));
        let request = Request::get(&["waitlist_entries"])?.with(parameters);
        self.clerk.send(&request, |body| decode::page(body, limit.get(), offset)).await
    }

    /// Invites somebody who waits. `POST /v1/waitlist_entries/{id}/invite`
    ///
    /// # Errors
    ///
    /// 404 when there is no such entry, 409 while it is being worked on.
    pub async fn invite(&self, id: &str) -> Result<Answer<WaitlistEntry>, Error> {
        self.set(id, "invite").await
    }

    /// Does not let somebody in who waits. `POST /v1/waitlist_entries/{id}/reject`
    ///
    /// # Errors
    ///
    /// As of [`Waitlist::invite`].
    pub async fn reject(&self, id: &str) -> Result<Answer<WaitlistEntry>, Error> {
        self.set(id, "reject").await
    }

    /// Deletes an entry. `DELETE /v1/waitlist_entries/{id}`
    ///
    /// # Errors
    ///
    /// 404 when there is no such entry.
    pub async fn delete(&self, id: &str) -> Result<Answer<DeletedObject>, Error> {
        self.clerk.send(&Request::delete(&["waitlist_entries", id])?, decode::deleted(id)).await
    }

    async fn set(&self, id: &str, state: &str) -> Result<Answer<WaitlistEntry>, Error> {
        let request = Request::post(&["waitlist_entries", id, state])?.setting();
        self.clerk.send(&request, |body| decode::only(body, |it: &WaitlistEntry| it.id == id)).await
    }
}
