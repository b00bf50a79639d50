//! What is left of a thing that was deleted.

use super::tolerant::null_as_default;
use serde::{Deserialize, Serialize};

/// The answer to a deletion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeletedObject {
    /// What it was: `user`, `passkey`.
    #[serde(deserialize_with = "null_as_default")]
    pub object: String,
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its slug, of an organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// That it is gone.
    #[serde(deserialize_with = "null_as_default")]
    pub deleted: bool,
    /// The id that the customer had given it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
}
