//! What a user signs in by: replacing it, and taking parts of it away.

use super::Users;
use crate::clerk::{
    Answer, Error,
    body::Fields,
    decode,
    model::{DeletedObject, EmailAddress, ExternalAccount, PhoneNumber, UserId},
    request::Request,
};
use strum::IntoStaticStr;

/// What an address that replaces others counts as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ReplacementStatus {
    /// Known to be the user's.
    #[default]
    Verified,
    /// Not known to be; the user can sign in with it, and nobody else can claim it.
    Reserved,
    /// Not known to be.
    Unverified,
}

/// An email address that takes the place of all that a user has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplaceEmailAddress {
    /// The address.
    pub email_address: String,
    /// What it counts as.
    pub status: ReplacementStatus,
    /// Whether the user is told at the address before.
    pub notify_primary_email_address_changed: bool,
}

impl Users<'_> {
    /// Replaces all email addresses of a user by one. `PUT /v1/users/{id}/email_address`
    ///
    /// # Errors
    ///
    /// 422 for an address that is none or is taken, 403 while one of them is linked to an account elsewhere.
    pub async fn replace_email_address(
        &self,
        id: &UserId,
        replacement: &ReplaceEmailAddress,
    ) -> Result<Answer<EmailAddress>, Error> {
        let notify = replacement.notify_primary_email_address_changed.then_some(true);
        let fields = Fields::default()
            .set("email_address", replacement.email_address.as_str())
            .set("identification_status", <&str>::from(replacement.status))
            .set_some("notify_primary_email_address_changed", notify);
        let request = Request::put(&["users", id.as_str(), "email_address"])?.with_fields(fields).changing(id);
        self.clerk.send(&request, decode::object).await
    }

    /// Replaces all phone numbers of a user by one, `+442079460958`. `PUT /v1/users/{id}/phone_number`
    ///
    /// # Errors
    ///
    /// 422 for a number that is none or is taken.
    pub async fn replace_phone_number(
        &self,
        id: &UserId,
        phone_number: &str,
        status: ReplacementStatus,
    ) -> Result<Answer<PhoneNumber>, Error> {
        let fields =
            Fields::default().set("phone_number", phone_number).set("identification_status", <&str>::from(status));
        let request = Request::put(&["users", id.as_str(), "phone_number"])?.with_fields(fields).changing(id);
        self.clerk.send(&request, decode::object).await
    }

    /// Deletes a passkey, `idn_…`. Clerk tells the user by email. `DELETE /v1/users/{id}/passkeys/{passkey}`
    ///
    /// # Errors
    ///
    /// 404 when the user has no such passkey.
    pub async fn delete_passkey(&self, id: &UserId, passkey: &str) -> Result<Answer<DeletedObject>, Error> {
        self.delete_part(id, "passkeys", passkey).await
    }

    /// Deletes a wallet, `idn_…`. `DELETE /v1/users/{id}/web3_wallets/{wallet}`
    ///
    /// # Errors
    ///
    /// 404 when the user has no such wallet, 400 when it is the last thing to sign in by.
    pub async fn delete_web3_wallet(&self, id: &UserId, wallet: &str) -> Result<Answer<DeletedObject>, Error> {
        self.delete_part(id, "web3_wallets", wallet).await
    }

    /// Disconnects an account elsewhere. `DELETE /v1/users/{id}/external_accounts/{account}`
    ///
    /// # Errors
    ///
    /// 404 when the user has no such account, 400 when it is the last thing to sign in by.
    pub async fn delete_external_account(
        &self,
        id: &UserId,
        account: &ExternalAccount,
    ) -> Result<Answer<DeletedObject>, Error> {
        // For Google and Facebook the id can be that of the identification, which Clerk refuses here.
        let account = account.external_account_id.as_deref().unwrap_or(&account.id);
        self.delete_part(id, "external_accounts", account).await
    }

    async fn delete_part(&self, id: &UserId, parts: &str, part: &str) -> Result<Answer<DeletedObject>, Error> {
        let request = Request::delete(&["users", id.as_str(), parts, part])?.changing(id);
        self.clerk.send(&request, decode::deleted(part)).await
    }
}
