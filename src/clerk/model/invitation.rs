//! Invitations: to the application, and to an organization.

use super::{Metadata, Object, OrganizationId, Tagged, Timestamp, UserId, tolerant::null_as_default};
use serde::{Deserialize, Serialize};

/// Where an invitation stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationStatus {
    /// Waits for an answer.
    #[default]
    Pending,
    /// Taken.
    Accepted,
    /// Taken back.
    Revoked,
    /// Too old to be taken.
    Expired,
    /// A word that this version does not know, as it came.
    #[serde(untagged)]
    Other(String),
}

impl InvitationStatus {
    /// The word as Clerk writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
            Self::Other(word) => word,
        }
    }
}

/// An invitation to sign up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Invitation {
    /// Always `invitation`.
    pub object: Object<Invitation>,
    /// Its id, `inv_…`.
    #[serde(deserialize_with = "null_as_default")]
    pub id: String,
    /// Who is invited.
    #[serde(deserialize_with = "null_as_default")]
    pub email_address: String,
    /// What the user will have.
    #[serde(deserialize_with = "null_as_default")]
    pub public_metadata: Metadata,
    /// Whether it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<bool>,
    /// Where it stands.
    #[serde(deserialize_with = "null_as_default")]
    pub status: InvitationStatus,
    /// Where it is accepted. Whoever has it can sign up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it expires; none when it does not.
    pub expires_at: Option<Timestamp>,
    /// When it was made.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
}

impl Tagged for Invitation {
    const OBJECT: &'static str = "invitation";
}

/// Who has invited, as far as the invited may know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PublicInviterData {
    /// Their id.
    #[serde(deserialize_with = "null_as_default")]
    pub user_id: UserId,
    /// Their first name.
    pub first_name: Option<String>,
    /// Their last name.
    pub last_name: Option<String>,
    /// Their picture.
    #[serde(deserialize_with = "null_as_default")]
    pub image_url: String,
    /// Whether it is one of their own.
    #[serde(deserialize_with = "null_as_default")]
    pub has_image: bool,
    /// What they sign in by.
    #[serde(deserialize_with = "null_as_default")]
    pub identifier: String,
}

/// The organization, as far as the invited may know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PublicOrganizationData {
    /// Its id.
    #[serde(deserialize_with = "null_as_default")]
    pub id: OrganizationId,
    /// Its name.
    #[serde(deserialize_with = "null_as_default")]
    pub name: String,
    /// Its slug.
    #[serde(deserialize_with = "null_as_default")]
    pub slug: String,
    /// Its logo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// Whether it is one of its own.
    #[serde(deserialize_with = "null_as_default")]
    pub has_image: bool,
}

/// An invitation to an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrganizationInvitation {
    /// Always `organization_invitation`.
    pub object: Object<OrganizationInvitation>,
    /// Its id, `orginv_…`.
    #[serde(deserialize_with = "null_as_default")]
    pub id: String,
    /// Who is invited.
    #[serde(deserialize_with = "null_as_default")]
    pub email_address: String,
    /// The key of the role, `org:member`.
    #[serde(deserialize_with = "null_as_default")]
    pub role: String,
    /// What the role is called.
    #[serde(deserialize_with = "null_as_default")]
    pub role_name: String,
    /// Where to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// Who has invited.
    pub inviter_id: Option<UserId>,
    /// The same, in words.
    pub public_inviter_data: Option<PublicInviterData>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<InvitationStatus>,
    /// What the membership will have.
    #[serde(deserialize_with = "null_as_default")]
    pub public_metadata: Metadata,
    /// The same, for the server alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_metadata: Option<Metadata>,
    /// Where it is accepted. Whoever has it can join.
    pub url: Option<String>,
    /// When it expires.
    pub expires_at: Option<Timestamp>,
    /// When it was made.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
    /// The organization, where a user's invitations are listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_organization_data: Option<PublicOrganizationData>,
}

impl Tagged for OrganizationInvitation {
    const OBJECT: &'static str = "organization_invitation";
}
