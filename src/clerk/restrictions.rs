//! Who may sign up: the blocklist and the allowlist.

use super::{
    Answer, Clerk, Error,
    body::Fields,
    decode,
    model::{AllowlistIdentifier, BlocklistIdentifier, DeletedObject, Page},
    query::PageLimit,
    request::Request,
};

/// The endpoints of both lists. From [`Clerk::restrictions`].
#[derive(Clone, Copy, Debug)]
pub struct Restrictions<'clerk> {
    pub(super) clerk: &'clerk Clerk,
}

impl Restrictions<'_> {
    /// The whole blocklist: Clerk does not divide it into pages. `GET /v1/blocklist_identifiers`
    ///
    /// # Errors
    ///
    /// 402 when the instance's plan does not include it.
    pub async fn blocklist(&self) -> Result<Answer<Vec<BlocklistIdentifier>>, Error> {
        self.clerk.send(&Request::get(&["blocklist_identifiers"])?, decode::rows).await
    }

    /// Keeps an identifier out: an email address, a phone number, a wallet, or `*@domain`. It is sent once.
    /// `POST /v1/blocklist_identifiers`
    ///
    /// # Errors
    ///
    /// 402 when the plan does not include it, 400 when it is on the list, 422 for what is no identifier.
    pub async fn block(&self, identifier: &str) -> Result<Answer<BlocklistIdentifier>, Error> {
        let fields = Fields::default().set("identifier", identifier);
        self.clerk.send(&Request::post(&["blocklist_identifiers"])?.with_fields(fields), decode::object).await
    }

    /// Takes an identifier off the blocklist. `DELETE /v1/blocklist_identifiers/{id}`
    ///
    /// # Errors
    ///
    /// 404 when it is not on it.
    pub async fn unblock(&self, id: &str) -> Result<Answer<DeletedObject>, Error> {
        self.delete("blocklist_identifiers", id).await
    }

    /// The allowlist. `GET /v1/allowlist_identifiers`
    ///
    /// # Errors
    ///
    /// 402 when the instance's plan does not include it.
    pub async fn allowlist(&self, limit: PageLimit, offset: u64) -> Result<Answer<Page<AllowlistIdentifier>>, Error> {
        let mut parameters = limit.to_parameters(offset);
        parameters.push(("paginated", "true".to_owned()));
        let request = Request::get(&["allowlist_identifiers"])?.with(parameters);
        self.clerk.send(&request, |body| decode::page(body, limit.get(), offset)).await
    }

    /// Lets an identifier in, and perhaps tells its owner. It is sent once. `POST /v1/allowlist_identifiers`
    ///
    /// # Errors
    ///
    /// As of [`Restrictions::block`].
    pub async fn allow(&self, identifier: &str, notify: bool) -> Result<Answer<AllowlistIdentifier>, Error> {
        let fields = Fields::default().set("identifier", identifier).set("notify", notify);
        self.clerk.send(&Request::post(&["allowlist_identifiers"])?.with_fields(fields), decode::object).await
    }

    /// Takes an identifier off the allowlist. `DELETE /v1/allowlist_identifiers/{id}`
    ///
    /// # Errors
    ///
    /// 404 when it is not on it.
    pub async fn disallow(&self, id: &str) -> Result<Answer<DeletedObject>, Error> {
        self.delete("allowlist_identifiers", id).await
    }

    async fn delete(&self, list: &str, id: &str) -> Result<Answer<DeletedObject>, Error> {
        self.clerk.send(&Request::delete(&[list, id])?, decode::deleted(id)).await
    }
}
