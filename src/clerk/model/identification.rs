//! What a user can be identified by: email addresses, phone numbers, web3 wallets, passkeys.

use super::{Object, Tagged, Timestamp, Verification, tolerant::null_as_default};
use serde::{Deserialize, Serialize};

/// Puts the primary one of somebody's identifications before the others, which stay in their order.
pub fn primary_first<T>(identifications: &mut [T], is_primary: impl FnMut(&T) -> bool) {
    if let Some(place) = identifications.iter().position(is_primary) {
        identifications[..=place].rotate_right(1);
    }
}

/// Another identification that this one came with or from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IdentificationLink {
    /// What it is, such as `oauth_google`.
    #[serde(rename = "type", deserialize_with = "null_as_default")]
    pub kind: String,
    /// Its identification id, `idn_…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// An email address of a user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EmailAddress {
    /// Its identification id, `idn_…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Always `email_address`.
    pub object: Object<EmailAddress>,
    /// The address, lower-cased by Clerk.
    #[serde(deserialize_with = "null_as_default")]
    pub email_address: String,
    /// Held for this user without having been verified.
    #[serde(deserialize_with = "null_as_default")]
    pub reserved: bool,
    /// How it was proven; `None` when nobody tried.
    pub verification: Option<Verification>,
    /// The connected accounts that share it.
    #[serde(deserialize_with = "null_as_default")]
    pub linked_to: Vec<IdentificationLink>,
    /// Whether its domain belongs to an enterprise connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matches_sso_connection: Option<bool>,
    /// When it was added.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
}

impl Tagged for EmailAddress {
    const OBJECT: &'static str = "email_address";
}

/// A phone number of a user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PhoneNumber {
    /// Its identification id, `idn_…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Always `phone_number`.
    pub object: Object<PhoneNumber>,
    /// The number in E.164, `+12015550100`.
    #[serde(deserialize_with = "null_as_default")]
    pub phone_number: String,
    /// Codes for multi-factor authentication go to it.
    #[serde(deserialize_with = "null_as_default")]
    pub reserved_for_second_factor: bool,
    /// The one that a code goes to when the user has several.
    #[serde(deserialize_with = "null_as_default")]
    pub default_second_factor: bool,
    /// Held for this user without having been verified.
    #[serde(deserialize_with = "null_as_default")]
    pub reserved: bool,
    /// How it was proven; `None` when nobody tried.
    pub verification: Option<Verification>,
    /// The connected accounts that share it.
    #[serde(deserialize_with = "null_as_default")]
    pub linked_to: Vec<IdentificationLink>,
    /// Shown once, when multi-factor authentication is first set up; otherwise `None`.
    pub backup_codes: Option<Vec<String>>,
    /// When it was added.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
}

impl Tagged for PhoneNumber {
    const OBJECT: &'static str = "phone_number";
}

/// A web3 wallet of a user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Web3Wallet {
    /// Its identification id, `idn_…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Always `web3_wallet`.
    pub object: Object<Web3Wallet>,
    /// The address, `0x…` on Ethereum.
    #[serde(deserialize_with = "null_as_default")]
    pub web3_wallet: String,
    /// How it was proven; `None` when nobody tried.
    pub verification: Option<Verification>,
    /// When it was added.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
}

impl Tagged for Web3Wallet {
    const OBJECT: &'static str = "web3_wallet";
}

/// A passkey of a user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Passkey {
    /// Its identification id, `idn_…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Always `passkey`.
    pub object: Object<Passkey>,
    /// What the user calls it, such as "Chrome on Linux".
    #[serde(deserialize_with = "null_as_default")]
    pub name: String,
    /// When it was last used.
    #[serde(deserialize_with = "null_as_default")]
    pub last_used_at: Timestamp,
    /// How it was proven; `None` when nobody tried.
    pub verification: Option<Verification>,
}

impl Tagged for Passkey {
    const OBJECT: &'static str = "passkey";
}
