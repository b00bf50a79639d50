//! The instance that the key opens.

use super::{Answer, Clerk, Error, body::Fields, decode, model, request::Request};

/// Switches to set; those left out stay as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RestrictionsUpdate {
    /// Only the allowlist is let in.
    pub allowlist: Option<bool>,
    /// The blocklist is kept out.
    pub blocklist: Option<bool>,
    /// Both lists are for signing up alone.
    pub allowlist_blocklist_disabled_on_sign_in: Option<bool>,
    /// Addresses with `+`, `=` or `#` are kept out.
    pub block_email_subaddresses: Option<bool>,
}

/// The instance endpoints. From [`Clerk::instance`].
#[derive(Clone, Copy, Debug)]
pub struct Instance<'clerk> {
    pub(super) clerk: &'clerk Clerk,
}

impl Instance<'_> {
    /// What the instance is: development or production, say. `GET /v1/instance`
    ///
    /// # Errors
    ///
    /// 401 when Clerk does not know the key.
    pub async fn get(&self) -> Result<Answer<model::Instance>, Error> {
        self.clerk.send(&Request::get(&["instance"])?, decode::object).await
    }

    /// Switches what the instance keeps out. `PATCH /v1/instance/restrictions`
    ///
    /// # Errors
    ///
    /// 402 when the instance's plan does not include it.
    pub async fn update_restrictions(
        &self,
        update: RestrictionsUpdate,
    ) -> Result<Answer<model::InstanceRestrictions>, Error> {
        let fields = Fields::default()
            .set_some("allowlist", update.allowlist)
            .set_some("blocklist", update.blocklist)
            .set_some("allowlist_blocklist_disabled_on_sign_in", update.allowlist_blocklist_disabled_on_sign_in)
            .set_some("block_email_subaddresses", update.block_email_subaddresses);
        let request = Request::patch(&["instance", "restrictions"])?.with_fields(fields);
        self.clerk.send(&request, decode::object).await
    }
}
