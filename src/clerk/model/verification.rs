//! How an identification was proven to be its user's.

use super::{Timestamp, tolerant::null_as_default};
use serde::{Deserialize, Serialize};

/// Where a verification stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerificationStatus {
    /// Begun, not proven.
    #[default]
    Unverified,
    /// Proven.
    Verified,
    /// Too many wrong answers.
    Failed,
    /// Not answered in time.
    Expired,
    /// Belongs to another user, who could take the identification over.
    Transferable,
    /// A word that this version does not know, as it came.
    #[serde(untagged)]
    Other(String),
}

/// The verification of an identification. Clerk sends one of eleven shapes, told apart by `object`; they differ
/// only in the optional fields, so one type reads them all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Verification {
    /// The shape, such as `verification_otp`, `verification_admin` or `verification_oauth`.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "null_as_default")]
    pub object: String,
    /// Where it stands.
    #[serde(deserialize_with = "null_as_default")]
    pub status: VerificationStatus,
    /// By which means, such as `email_code`, `admin` or `from_oauth_google`.
    #[serde(deserialize_with = "null_as_default")]
    pub strategy: String,
    /// Answers tried so far.
    pub attempts: Option<i64>,
    /// Until when it can be answered.
    pub expire_at: Option<Timestamp>,
    /// Phone codes only: `sms` or `whatsapp`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// Wallets and passkeys: what has to be signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// Wallets: the text around the nonce.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// OAuth and SAML: where the user is sent to prove it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_verification_redirect_url: Option<String>,
    /// OAuth: why it failed, in Clerk's error shape.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<serde_json::Value>,
    /// The browser that proved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified_at_client: Option<String>,
}

impl Verification {
    /// Whether the identification is proven.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.status == VerificationStatus::Verified
    }
}
