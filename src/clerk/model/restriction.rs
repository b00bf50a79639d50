//! Who may sign up: identifiers that are let in or kept out, and the switches of the instance.

use super::{InstanceId, Object, Tagged, Timestamp, tolerant::null_as_default};
use serde::{Deserialize, Serialize};

/// What an identifier is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentifierType {
    /// An address, or `*@domain`.
    #[default]
    EmailAddress,
    /// A number.
    PhoneNumber,
    /// A wallet.
    Web3Wallet,
    /// A word that this version does not know, as it came.
    #[serde(untagged)]
    Other(String),
}

impl IdentifierType {
    /// The word as Clerk writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::EmailAddress => "email_address",
            Self::PhoneNumber => "phone_number",
            Self::Web3Wallet => "web3_wallet",
            Self::Other(word) => word,
        }
    }
}

/// An identifier that cannot be used to sign up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BlocklistIdentifier {
    /// Always `blocklist_identifier`.
    pub object: Object<BlocklistIdentifier>,
    /// Its id, `blid_…`.
    #[serde(deserialize_with = "null_as_default")]
    pub id: String,
    /// The identifier, or `*@domain`.
    #[serde(deserialize_with = "null_as_default")]
    pub identifier: String,
    /// What it is.
    #[serde(deserialize_with = "null_as_default")]
    pub identifier_type: IdentifierType,
    /// Where it holds.
    #[serde(deserialize_with = "null_as_default")]
    pub instance_id: InstanceId,
    /// When it was made.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
}

impl Tagged for BlocklistIdentifier {
    const OBJECT: &'static str = "blocklist_identifier";
}

/// An identifier that can be used to sign up where others cannot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AllowlistIdentifier {
    /// Always `allowlist_identifier`.
    pub object: Object<AllowlistIdentifier>,
    /// Its id, `alid_…`.
    #[serde(deserialize_with = "null_as_default")]
    pub id: String,
    /// The invitation sent with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invitation_id: Option<String>,
    /// The identifier, or `*@domain`.
    #[serde(deserialize_with = "null_as_default")]
    pub identifier: String,
    /// What it is.
    #[serde(deserialize_with = "null_as_default")]
    pub identifier_type: IdentifierType,
    /// Where it holds.
    #[serde(deserialize_with = "null_as_default")]
    pub instance_id: InstanceId,
    /// When it was made.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
}

impl Tagged for AllowlistIdentifier {
    const OBJECT: &'static str = "allowlist_identifier";
}

/// What the instance keeps out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "the contract has them so")]
pub struct InstanceRestrictions {
    /// Always `instance_restrictions`.
    pub object: Object<InstanceRestrictions>,
    /// Whether only the allowlist is let in.
    #[serde(deserialize_with = "null_as_default")]
    pub allowlist: bool,
    /// Whether the blocklist is kept out.
    #[serde(deserialize_with = "null_as_default")]
    pub blocklist: bool,
    /// Whether both lists are for signing up alone.
    #[serde(deserialize_with = "null_as_default")]
    pub allowlist_blocklist_disabled_on_sign_in: bool,
    /// Whether addresses with `+`, `=` or `#` are kept out.
    #[serde(deserialize_with = "null_as_default")]
    pub block_email_subaddresses: bool,
    /// Whether disposable addresses are kept out.
    #[serde(deserialize_with = "null_as_default")]
    pub block_disposable_email_domains: bool,
}

impl Tagged for InstanceRestrictions {
    const OBJECT: &'static str = "instance_restrictions";
}
