//! Sessions: where a user is signed in.

use super::{Object, OrganizationId, SessionId, Tagged, Timestamp, UserId, tolerant::null_as_default};
use serde::{Deserialize, Serialize};

/// Where a session stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionStatus {
    /// Signed in.
    #[default]
    Active,
    /// Ended from outside: by an administrator, or by a ban.
    Revoked,
    /// Ended by the user.
    Ended,
    /// Ended by its age.
    Expired,
    /// Ended together with its client.
    Removed,
    /// Not used for too long.
    Abandoned,
    /// A newer session took its place.
    Replaced,
    /// Waits for a task, such as choosing an organization.
    Pending,
    /// A word that this version does not know, as it came.
    #[serde(untagged)]
    Other(String),
}

impl SessionStatus {
    /// The word as Clerk writes it, `active`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Active => "active",
            Self::Revoked => "revoked",
            Self::Ended => "ended",
            Self::Expired => "expired",
            Self::Removed => "removed",
            Self::Abandoned => "abandoned",
            Self::Replaced => "replaced",
            Self::Pending => "pending",
            Self::Other(word) => word,
        }
    }
}

/// The device and the place of a session's latest activity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionActivity {
    /// Always `session_activity`.
    pub object: Object<SessionActivity>,
    /// Its id.
    #[serde(deserialize_with = "null_as_default")]
    pub id: String,
    /// Such as "Macintosh".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_type: Option<String>,
    /// Whether it is a phone or a tablet.
    #[serde(deserialize_with = "null_as_default")]
    pub is_mobile: bool,
    /// Such as "Firefox".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser_name: Option<String>,
    /// Such as "131.0".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser_version: Option<String>,
    /// The address it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<String>,
    /// The city of that address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// The country of that address, two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

impl Tagged for SessionActivity {
    const OBJECT: &'static str = "session_activity";
}

/// Something that the user has to do before a session is active.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionTask {
    /// What, such as `choose-organization`.
    #[serde(deserialize_with = "null_as_default")]
    pub key: String,
}

/// A session of a user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// Always `session`.
    pub object: Object<Session>,
    /// Its id, `sess_…`.
    #[serde(deserialize_with = "null_as_default")]
    pub id: SessionId,
    /// Whose it is.
    #[serde(deserialize_with = "null_as_default")]
    pub user_id: UserId,
    /// The browser or device, `client_…`.
    #[serde(deserialize_with = "null_as_default")]
    pub client_id: String,
    /// Who acts in the user's place, when the session is an impersonation.
    pub actor: Option<serde_json::Value>,
    /// Where it stands.
    #[serde(deserialize_with = "null_as_default")]
    pub status: SessionStatus,
    /// The organization last chosen in it.
    pub last_active_organization_id: Option<OrganizationId>,
    /// When it was last used.
    #[serde(deserialize_with = "null_as_default")]
    pub last_active_at: Timestamp,
    /// The device and the place of the latest activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_activity: Option<SessionActivity>,
    /// When it expires.
    #[serde(deserialize_with = "null_as_default")]
    pub expire_at: Timestamp,
    /// When it counts as abandoned unless used.
    #[serde(deserialize_with = "null_as_default")]
    pub abandon_at: Timestamp,
    /// When it last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
    /// When the user signed in.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// What the user has to do before it is active.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tasks: Option<Vec<SessionTask>>,
}

impl Session {
    /// What it runs on, in words: `Firefox, Macintosh`; empty when Clerk does not tell. As it came, unsafe to print.
    #[must_use]
    pub fn device(&self) -> String {
        self.told(|activity| [&activity.browser_name, &activity.device_type])
    }

    /// Where it was last used, in words: `Berlin, DE`; empty when Clerk does not tell. As it came, unsafe to print.
    #[must_use]
    pub fn place(&self) -> String {
        self.told(|activity| [&activity.city, &activity.country])
    }

    fn told(&self, of: impl Fn(&SessionActivity) -> [&Option<String>; 2]) -> String {
        let words = self.latest_activity.iter().flat_map(of).flatten().map(String::as_str);
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

impl Tagged for Session {
    const OBJECT: &'static str = "session";
}
