//! The instance that a secret key opens.

use super::{InstanceId, Object, Tagged, tolerant::null_as_default};
use serde::{Deserialize, Serialize};

/// Which side of an application an instance is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnvironmentType {
    /// The real users.
    Production,
    /// For trying things.
    #[default]
    Development,
    /// A word that this version does not know, as it came.
    #[serde(untagged)]
    Other(String),
}

/// The answer of `GET /v1/instance`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Instance {
    /// Always `instance`.
    pub object: Object<Instance>,
    /// Its id, `ins_…`.
    #[serde(deserialize_with = "null_as_default")]
    pub id: InstanceId,
    /// Development or production. What is missing or unknown has to count as production.
    pub environment_type: Option<EnvironmentType>,
    /// The web origins that may use it.
    pub allowed_origins: Option<Vec<String>>,
    /// The Clerk workspace that owns it.
    pub workspace_id: Option<String>,
}

impl Tagged for Instance {
    const OBJECT: &'static str = "instance";
}
