//! Roles in organizations, and what they permit.

use super::{Object, Tagged, Timestamp, tolerant::null_as_default};
use serde::{Deserialize, Serialize};

/// Something that a role may permit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Permission {
    /// Always `permission`.
    pub object: Object<Permission>,
    /// Its id, `perm_…`.
    #[serde(deserialize_with = "null_as_default")]
    pub id: String,
    /// What it is called.
    #[serde(deserialize_with = "null_as_default")]
    pub name: String,
    /// Its key, `org:sys_memberships:read`.
    #[serde(deserialize_with = "null_as_default")]
    pub key: String,
    /// What it is for.
    #[serde(deserialize_with = "null_as_default")]
    pub description: String,
    /// `system` for Clerk's own, `user` for the instance's.
    #[serde(deserialize_with = "null_as_default")]
    pub r#type: String,
    /// When it was made.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
}

impl Tagged for Permission {
    const OBJECT: &'static str = "permission";
}

/// A role in organizations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Role {
    /// Always `role`.
    pub object: Object<Role>,
    /// Its id, `role_…`.
    #[serde(deserialize_with = "null_as_default")]
    pub id: String,
    /// What it is called.
    #[serde(deserialize_with = "null_as_default")]
    pub name: String,
    /// Its key, `org:admin`.
    #[serde(deserialize_with = "null_as_default")]
    pub key: String,
    /// What it is for.
    pub description: Option<String>,
    /// Whether the creator of an organization can have it.
    #[serde(deserialize_with = "null_as_default")]
    pub is_creator_eligible: bool,
    /// What it permits.
    #[serde(deserialize_with = "null_as_default")]
    pub permissions: Vec<Permission>,
    /// When it was made.
    #[serde(deserialize_with = "null_as_default")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub updated_at: Timestamp,
}

impl Tagged for Role {
    const OBJECT: &'static str = "role";
}
