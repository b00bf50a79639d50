//! Tokens that let somebody in: live secrets, which no debug output shows.

use super::{Metadata, Object, Tagged, Timestamp, UserId, tolerant::null_as_default};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A text that lets whoever has it in: it is not shown in debug output.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself, for the one who is meant to have it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// Where a token stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenStatus {
    /// Not used yet.
    #[default]
    Pending,
    /// Used: it works once.
    Accepted,
    /// Taken back.
    Revoked,
    /// A word that this version does not know, as it came.
    #[serde(untagged)]
    Other(String),
}

impl TokenStatus {
    /// The word as Clerk writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Revoked => "revoked",
            Self::Other(word) => word,
        }
    }
}

/// A token to act in a user's place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActorToken {
    /// Always `actor_token`.
    pub object: Object<ActorToken>,
    /// Its id, `act_…`.
    #[serde(deserialize_with = "null_as_default")]
    pub id: String,
    /// Where it stands.
    #[serde(deserialize_with = "null_as_default")]
    pub status: TokenStatus,
    /// In whose place.
    #[serde(deserialize_with = "null_as_default")]
    pub user_id: UserId,
    /// Who acts; `sub` is their id.
    #[serde(deserialize_with = "null_as_default")]
    pub actor: Metadata,
    /// The token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<Secret>,
    /// Where it is used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Secret>,
    /// When it was made.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
}

impl Tagged for ActorToken {
    const OBJECT: &'static str = "actor_token";
}

/// A token to sign in with, once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignInToken {
    /// Always `sign_in_token`.
    pub object: Object<SignInToken>,
    /// Its id, `sit_…`.
    #[serde(deserialize_with = "null_as_default")]
    pub id: String,
    /// Where it stands.
    #[serde(deserialize_with = "null_as_default")]
    pub status: TokenStatus,
    /// Who signs in.
    #[serde(deserialize_with = "null_as_default")]
    pub user_id: UserId,
    /// The token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<Secret>,
    /// Where it is used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Secret>,
    /// When it was made.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
}

impl Tagged for SignInToken {
    const OBJECT: &'static str = "sign_in_token";
}

/// A token of an account elsewhere: with it the provider takes the bearer for the user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OAuthAccessToken {
    /// Always `oauth_access_token`.
    pub object: Object<OAuthAccessToken>,
    /// Which account, `eac_…`.
    #[serde(deserialize_with = "null_as_default")]
    pub external_account_id: String,
    /// The user's id at the provider.
    #[serde(deserialize_with = "null_as_default")]
    pub provider_user_id: String,
    /// The token.
    #[serde(deserialize_with = "null_as_default")]
    pub token: Secret,
    /// When it expires.
    pub expires_at: Option<Timestamp>,
    /// Which provider, `oauth_google`.
    #[serde(deserialize_with = "null_as_default")]
    pub provider: String,
    /// What belongs to the account.
    #[serde(deserialize_with = "null_as_default")]
    pub public_metadata: Metadata,
    /// What it is called.
    pub label: Option<String>,
    /// What it allows, with OAuth 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// The identity token of `OpenID` Connect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_token: Option<Secret>,
    /// The second half, with OAuth 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_secret: Option<Secret>,
}

impl Tagged for OAuthAccessToken {
    const OBJECT: &'static str = "oauth_access_token";
}
