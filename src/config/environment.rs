//! What the environment tells, and the way to an instance.

use crate::clerk::{Endpoint, SecretKey};

/// Where the API is, and the key to it.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Where the API is.
    pub endpoint: Endpoint,
    /// The key to it.
    pub key: SecretKey,
    /// The profile that they are of, where they are of one.
    pub profile: Option<Box<Identity>>,
}

/// Whom a profile is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its name.
    pub profile: String,
    /// Who acts from it.
    pub actor: Option<String>,
    /// The instance that its key belongs to, as far as the configuration says.
    pub instance_id: Option<String>,
}

/// Whether the person sits at another machine, so that browser and clipboard of this one are of no use to them; `lookup`
/// gives the value of a variable.
#[must_use]
pub fn is_remote(lookup: impl Fn(&str) -> Option<String>) -> bool {
    ["SSH_CONNECTION", "SSH_TTY"].iter().any(|name| lookup(name).is_some_and(|value| !value.is_empty()))
}
