//! The waitlist: who wants to sign up.

use super::{Invitation, Object, Tagged, Timestamp, tolerant::null_as_default};
use serde::{Deserialize, Serialize};

/// Where an entry stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitlistStatus {
    /// Waits.
    #[default]
    Pending,
    /// Has an invitation.
    Invited,
    /// Is not let in.
    Rejected,
    /// Has signed up.
    Completed,
    /// A word that this version does not know, as it came.
    #[serde(untagged)]
    Other(String),
}

impl WaitlistStatus {
    /// The word as Clerk writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Invited => "invited",
            Self::Rejected => "rejected",
            Self::Completed => "completed",
            Self::Other(word) => word,
        }
    }
}

/// Somebody who waits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WaitlistEntry {
    /// Always `waitlist_entry`.
    pub object: Object<WaitlistEntry>,
    /// Its id.
    #[serde(deserialize_with = "null_as_default")]
    pub id: String,
    /// Who waits.
    #[serde(deserialize_with = "null_as_default")]
    pub email_address: String,
    /// Where it stands.
    #[serde(deserialize_with = "null_as_default")]
    pub status: WaitlistStatus,
    /// Whether it is being worked on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_locked: Option<bool>,
    /// When it was made.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
    /// The invitation, once there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invitation: Option<Invitation>,
}

impl Tagged for WaitlistEntry {
    const OBJECT: &'static str = "waitlist_entry";
}
