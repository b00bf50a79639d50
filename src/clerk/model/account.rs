//! Accounts elsewhere that a user signs in with: OAuth providers, SAML and enterprise connections.

use super::{Metadata, Object, Tagged, Timestamp, Verification, tolerant::null_as_default};
use serde::{Deserialize, Serialize};

/// An account at an OAuth provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExternalAccount {
    /// `external_account`, `google_account` or `facebook_account`.
    #[serde(deserialize_with = "null_as_default")]
    pub object: String,
    /// Its id: `eac_…`, but for Google and Facebook it can be the `idn_…` of the identification.
    #[serde(deserialize_with = "null_as_default")]
    pub id: String,
    /// For Google and Facebook the `eac_…` id. Not in the contract; Clerk's own SDK knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_account_id: Option<String>,
    /// The provider with its prefix, `oauth_google`.
    #[serde(deserialize_with = "null_as_default")]
    pub provider: String,
    /// The identification that it proves, `idn_…`.
    #[serde(deserialize_with = "null_as_default")]
    pub identification_id: String,
    /// The user's id at the provider.
    #[serde(deserialize_with = "null_as_default")]
    pub provider_user_id: String,
    /// What the user let us see, separated by spaces.
    #[serde(deserialize_with = "null_as_default")]
    pub approved_scopes: String,
    /// The address that the provider has.
    #[serde(deserialize_with = "null_as_default")]
    pub email_address: String,
    /// Whether the provider has verified it, where it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_address_verified: Option<bool>,
    /// The first name that the provider has, perhaps empty.
    #[serde(deserialize_with = "null_as_default")]
    pub first_name: String,
    /// The last name that the provider has, perhaps empty.
    #[serde(deserialize_with = "null_as_default")]
    pub last_name: String,
    /// Deprecated by `image_url`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    /// The picture that the provider has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// The user's name at the provider.
    pub username: Option<String>,
    /// The phone number that the provider has.
    pub phone_number: Option<String>,
    /// Metadata of the account.
    #[serde(deserialize_with = "null_as_default")]
    pub public_metadata: Metadata,
    /// What the application calls it.
    pub label: Option<String>,
    /// When it was connected.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
    /// How it was proven.
    pub verification: Option<Verification>,
}

/// An account of a SAML connection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SamlAccount {
    /// Its id.
    #[serde(deserialize_with = "null_as_default")]
    pub id: String,
    /// Always `saml_account`.
    pub object: Object<SamlAccount>,
    /// The identity provider, such as `saml_okta`.
    #[serde(deserialize_with = "null_as_default")]
    pub provider: String,
    /// Whether the connection is in use.
    #[serde(deserialize_with = "null_as_default")]
    pub active: bool,
    /// The address that the provider has.
    #[serde(deserialize_with = "null_as_default")]
    pub email_address: String,
    /// The first name that the provider has.
    pub first_name: Option<String>,
    /// The last name that the provider has.
    pub last_name: Option<String>,
    /// The user's id at the provider.
    pub provider_user_id: Option<String>,
    /// When the user last came through it.
    pub last_authenticated_at: Option<Timestamp>,
    /// Metadata of the account.
    #[serde(deserialize_with = "null_as_default")]
    pub public_metadata: Metadata,
    /// How it was proven.
    pub verification: Option<Verification>,
    /// The connection, in Clerk's own shape.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saml_connection: Option<serde_json::Value>,
}

impl Tagged for SamlAccount {
    const OBJECT: &'static str = "saml_account";
}

/// An account of an enterprise connection, whatever its protocol.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EnterpriseAccount {
    /// Its id.
    #[serde(deserialize_with = "null_as_default")]
    pub id: String,
    /// Always `enterprise_account`.
    pub object: Object<EnterpriseAccount>,
    /// `oauth` or `saml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// The identity provider, such as `saml_okta`.
    #[serde(deserialize_with = "null_as_default")]
    pub provider: String,
    /// Whether the connection is in use.
    #[serde(deserialize_with = "null_as_default")]
    pub active: bool,
    /// The address that the provider has.
    #[serde(deserialize_with = "null_as_default")]
    pub email_address: String,
    /// The first name that the provider has.
    pub first_name: Option<String>,
    /// The last name that the provider has.
    pub last_name: Option<String>,
    /// The user's id at the provider.
    pub provider_user_id: Option<String>,
    /// The connection's id.
    pub enterprise_connection_id: Option<String>,
    /// When the user last came through it.
    pub last_authenticated_at: Option<Timestamp>,
    /// Metadata of the account.
    #[serde(deserialize_with = "null_as_default")]
    pub public_metadata: Metadata,
    /// How it was proven.
    pub verification: Option<Verification>,
    /// The connection, in Clerk's own shape.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enterprise_connection: Option<serde_json::Value>,
}

impl Tagged for EnterpriseAccount {
    const OBJECT: &'static str = "enterprise_account";
}
