//! The user, with all its parts.

use super::{
    EmailAddress, EnterpriseAccount, ExternalAccount, Metadata, Object, OrganizationMembership, Passkey, PhoneNumber,
    SamlAccount, Tagged, Timestamp, UserId, Web3Wallet, tolerant::null_as_default,
};
use serde::{Deserialize, Serialize};

/// The directory that manages a user through SCIM.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScimLink {
    /// The directory's id.
    #[serde(deserialize_with = "null_as_default")]
    pub directory_id: String,
    /// Whether the directory is in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub directory_enabled: Option<bool>,
    /// The user's id in it.
    pub external_id: Option<String>,
}

/// A user, with every field of the contract.
#[expect(clippy::struct_excessive_bools, reason = "the contract has these flags")]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct User {
    /// The id, `user_…`.
    #[serde(deserialize_with = "null_as_default")]
    pub id: UserId,
    /// Always `user`.
    pub object: Object<User>,
    /// The user's id in the application's own records; unique in an instance.
    pub external_id: Option<String>,
    /// Which of [`User::email_addresses`] comes first.
    pub primary_email_address_id: Option<String>,
    /// Which of [`User::phone_numbers`] comes first.
    pub primary_phone_number_id: Option<String>,
    /// Which of [`User::web3_wallets`] comes first.
    pub primary_web3_wallet_id: Option<String>,
    /// The username.
    pub username: Option<String>,
    /// The first name.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// A BCP-47 language tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// The picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// Deprecated by `image_url`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_image_url: Option<String>,
    /// Whether the picture was uploaded; otherwise Clerk draws one.
    #[serde(deserialize_with = "null_as_default")]
    pub has_image: bool,
    /// Metadata that the frontend may read and the backend may write.
    #[serde(deserialize_with = "null_as_default")]
    pub public_metadata: Metadata,
    /// Metadata that only the backend may read and write.
    pub private_metadata: Option<Metadata>,
    /// Metadata that the frontend may read and write.
    #[serde(deserialize_with = "null_as_default")]
    pub unsafe_metadata: Metadata,
    /// Email addresses, in no order that is promised.
    #[serde(deserialize_with = "null_as_default")]
    pub email_addresses: Vec<EmailAddress>,
    /// Phone numbers.
    #[serde(deserialize_with = "null_as_default")]
    pub phone_numbers: Vec<PhoneNumber>,
    /// Web3 wallets.
    #[serde(deserialize_with = "null_as_default")]
    pub web3_wallets: Vec<Web3Wallet>,
    /// Passkeys.
    #[serde(deserialize_with = "null_as_default")]
    pub passkeys: Vec<Passkey>,
    /// Accounts at OAuth providers.
    #[serde(deserialize_with = "null_as_default")]
    pub external_accounts: Vec<ExternalAccount>,
    /// Accounts of SAML connections.
    #[serde(deserialize_with = "null_as_default")]
    pub saml_accounts: Vec<SamlAccount>,
    /// Accounts of enterprise connections.
    #[serde(deserialize_with = "null_as_default")]
    pub enterprise_accounts: Vec<EnterpriseAccount>,
    /// Memberships; the Backend API leaves them out here, `GET /v1/users/{id}/organization_memberships` has them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_memberships: Option<Vec<OrganizationMembership>>,
    /// Whether the user has a password.
    #[serde(deserialize_with = "null_as_default")]
    pub password_enabled: bool,
    /// When the password was last set.
    pub password_last_updated_at: Option<Timestamp>,
    /// Whether a second factor is asked for.
    #[serde(deserialize_with = "null_as_default")]
    pub two_factor_enabled: bool,
    /// Whether an authenticator app is a second factor.
    #[serde(deserialize_with = "null_as_default")]
    pub totp_enabled: bool,
    /// Whether there are backup codes.
    #[serde(deserialize_with = "null_as_default")]
    pub backup_code_enabled: bool,
    /// When multi-factor authentication was last switched on.
    pub mfa_enabled_at: Option<Timestamp>,
    /// When multi-factor authentication was last switched off.
    pub mfa_disabled_at: Option<Timestamp>,
    /// When the user last signed in.
    pub last_sign_in_at: Option<Timestamp>,
    /// When the user was last active, to the day.
    pub last_active_at: Option<Timestamp>,
    /// When the user accepted the legal terms.
    pub legal_accepted_at: Option<Timestamp>,
    /// Signed out everywhere and not let in again.
    #[serde(deserialize_with = "null_as_default")]
    pub banned: bool,
    /// Not let in for a while, after too many wrong attempts or by an administrator.
    #[serde(deserialize_with = "null_as_default")]
    pub locked: bool,
    /// Whether a directory has removed the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprovisioned: Option<bool>,
    /// While locked: seconds until the lock ends, or `None` when it never does.
    pub lockout_expires_in_seconds: Option<i64>,
    /// Attempts left before a lock; `None` where lockout is off.
    pub verification_attempts_remaining: Option<i64>,
    /// When the user signed up.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// When the user last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
    /// Whether the user may delete the account.
    #[serde(deserialize_with = "null_as_default")]
    pub delete_self_enabled: bool,
    /// Whether the user may make organizations.
    #[serde(deserialize_with = "null_as_default")]
    pub create_organization_enabled: bool,
    /// How many organizations the user may make; 0 means no limit, `None` the instance's limit.
    pub create_organizations_limit: Option<i64>,
    /// Whether sign-in from an unknown client is let through without a further check.
    #[serde(deserialize_with = "null_as_default")]
    pub bypass_client_trust: bool,
    /// Whether the next sign-in asks for a new password. Sent by the live API, not in the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requires_password_reset: Option<bool>,
    /// The directory that manages the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scim: Option<ScimLink>,
}

impl Tagged for User {
    const OBJECT: &'static str = "user";
}

impl User {
    /// First and last name as one, or `None` when the user has neither.
    #[must_use]
    pub fn full_name(&self) -> Option<String> {
        let part =
            |name: &Option<String>| name.as_deref().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        match (part(&self.first_name), part(&self.last_name)) {
            (Some(first), Some(last)) => Some(format!("{first} {last}")),
            (one, other) => one.or(other),
        }
    }

    /// The primary email address, or the first one where none is marked.
    #[must_use]
    pub fn primary_email_address(&self) -> Option<&EmailAddress> {
        let primary = |email: &&EmailAddress| email.id.is_some() && email.id == self.primary_email_address_id;
        self.email_addresses.iter().find(primary).or(self.email_addresses.first())
    }

    /// The primary phone number, or the first one where none is marked.
    #[must_use]
    pub fn primary_phone_number(&self) -> Option<&PhoneNumber> {
        let primary = |phone: &&PhoneNumber| phone.id.is_some() && phone.id == self.primary_phone_number_id;
        self.phone_numbers.iter().find(primary).or(self.phone_numbers.first())
    }

    /// The primary web3 wallet, or the first one where none is marked.
    #[must_use]
    pub fn primary_web3_wallet(&self) -> Option<&Web3Wallet> {
        let primary = |wallet: &&Web3Wallet| wallet.id.is_some() && wallet.id == self.primary_web3_wallet_id;
        self.web3_wallets.iter().find(primary).or(self.web3_wallets.first())
    }
}
