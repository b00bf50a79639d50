//! Organizations, and who belongs to them.

use super::{MembershipId, Metadata, Object, OrganizationId, Tagged, Timestamp, UserId, tolerant::null_as_default};
use serde::{Deserialize, Serialize};

/// An organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Organization {
    /// Always `organization`.
    pub object: Object<Organization>,
    /// Its id, `org_…`.
    #[serde(deserialize_with = "null_as_default")]
    pub id: OrganizationId,
    /// Its name.
    #[serde(deserialize_with = "null_as_default")]
    pub name: String,
    /// Its name in URLs.
    #[serde(deserialize_with = "null_as_default")]
    pub slug: String,
    /// Its logo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// Whether the logo was uploaded; otherwise Clerk draws one.
    #[serde(deserialize_with = "null_as_default")]
    pub has_image: bool,
    /// How many members it has; only where it was asked for. Signed like every number of the contract, so that no
    /// number whatever fails a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members_count: Option<i64>,
    /// Whether nobody in it may manage it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing_member_with_elevated_permissions: Option<bool>,
    /// How many invitations are open; only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending_invitations_count: Option<i64>,
    /// How many members it may have; 0 means no limit.
    #[serde(deserialize_with = "null_as_default")]
    pub max_allowed_memberships: i64,
    /// Whether its admins may delete it.
    #[serde(deserialize_with = "null_as_default")]
    pub admin_delete_enabled: bool,
    /// Metadata that the frontend may read.
    #[serde(deserialize_with = "null_as_default")]
    pub public_metadata: Metadata,
    /// Metadata that only the backend may read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_metadata: Option<Metadata>,
    /// Who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_by: Option<UserId>,
    /// When it was made.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
    /// When somebody was last active in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_active_at: Option<Timestamp>,
    /// The key of its role set.
    pub role_set_key: Option<String>,
}

impl Tagged for Organization {
    const OBJECT: &'static str = "organization";
}

/// What a membership shows of its user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PublicUserData {
    /// The user.
    #[serde(deserialize_with = "null_as_default")]
    pub user_id: UserId,
    /// The first name.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// Deprecated by `image_url`.
    pub profile_image_url: Option<String>,
    /// The picture.
    #[serde(deserialize_with = "null_as_default")]
    pub image_url: String,
    /// Whether the picture was uploaded.
    #[serde(deserialize_with = "null_as_default")]
    pub has_image: bool,
    /// What the user is called by: an email address, say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
    /// The username.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Whether the user is banned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub banned: Option<bool>,
    /// Whether a directory has removed the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprovisioned: Option<bool>,
}

/// That a user belongs to an organization, and as what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrganizationMembership {
    /// Its id, `orgmem_…`.
    #[serde(deserialize_with = "null_as_default")]
    pub id: MembershipId,
    /// Always `organization_membership`.
    pub object: Object<OrganizationMembership>,
    /// The role's key: `org:admin`, `org:member`, or the application's own.
    #[serde(deserialize_with = "null_as_default")]
    pub role: String,
    /// The role's name, "Admin".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_name: Option<String>,
    /// What the role allows, such as `org:sys_memberships:manage`.
    #[serde(deserialize_with = "null_as_default")]
    pub permissions: Vec<String>,
    /// Metadata that the frontend may read.
    #[serde(deserialize_with = "null_as_default")]
    pub public_metadata: Metadata,
    /// Metadata that only the backend may read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_metadata: Option<Metadata>,
    /// The organization.
    #[serde(deserialize_with = "null_as_default")]
    pub organization: Organization,
    /// The user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_user_data: Option<PublicUserData>,
    /// When the user joined.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
}

impl Tagged for OrganizationMembership {
    const OBJECT: &'static str = "organization_membership";
}
