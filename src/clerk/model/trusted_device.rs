//! Devices that a user has enrolled.

use super::{Object, Tagged, Timestamp, tolerant::null_as_default};
use serde::{Deserialize, Serialize};

/// Where a trusted device stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrustedDeviceStatus {
    /// It can be used.
    #[default]
    Active,
    /// Taken back.
    Revoked,
    /// A word that this version does not know, as it came.
    #[serde(untagged)]
    Other(String),
}

impl TrustedDeviceStatus {
    /// The word as Clerk writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Active => "active",
            Self::Revoked => "revoked",
            Self::Other(word) => word,
        }
    }
}

/// A device that a user trusts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TrustedDevice {
    /// Always `trusted_device`.
    pub object: Object<TrustedDevice>,
    /// Its id.
    #[serde(deserialize_with = "null_as_default")]
    pub id: String,
    /// `ios` or `android`.
    #[serde(deserialize_with = "null_as_default")]
    pub platform: String,
    /// The application's id in its store.
    #[serde(deserialize_with = "null_as_default")]
    pub app_identifier: String,
    /// What the user calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How it signs, `ES256`.
    #[serde(deserialize_with = "null_as_default")]
    pub algorithm: String,
    /// Where it stands.
    #[serde(deserialize_with = "null_as_default")]
    pub status: TrustedDeviceStatus,
    /// When it was made.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
    /// When it was last used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
    /// When it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Timestamp>,
}

impl Tagged for TrustedDevice {
    const OBJECT: &'static str = "trusted_device";
}
