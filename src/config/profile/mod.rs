//! Profiles: instances that have a name, and what holds when they are worked on.

mod edit;
mod instances;
mod keeping;
mod keyring;
mod written;

pub use edit::{Edit, EditError, NewProfile};
pub use instances::{remember_instance, remembered_instance};
pub use keeping::{KeepError, Kept, forget_key, has_keyring, keep_key};
pub(super) use written::Written;

use crate::{
    app::{InstanceColor, Protected, nearest},
    clerk::{Endpoint, Share},
};
use std::{fmt, path::PathBuf};

/// An instance that has a name in the configuration file.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// Where its key is kept.
    pub key: KeyPlace,
    /// Where its API is; none where that is Clerk's own.
    pub endpoint: Option<Endpoint>,
    /// What its name is coloured like.
    pub color: Option<InstanceColor>,
    /// Whether nothing is changed at first; none where that is as for all.
    pub read_only: Option<bool>,
    /// Who acts from it.
    pub actor: Option<String>,
    /// Whom no act on many touches, beside those whom none touches anywhere.
    pub protected: Protected,
    /// How much of the rate limit jobs may use; none where that is as for all.
    pub rate_share: Option<Share>,
    /// Clerk's id of the instance, as far as the file says.
    pub instance_id: Option<String>,
}

/// Where a profile's key is kept. Displayed it is as the file writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// In the keyring of the system.
    Keyring,
    /// In a file among what the program keeps, for its owner alone.
    Kept,
    /// In this file.
    File(PathBuf),
    /// In this variable of the environment.
    Environment(String),
}

impl fmt::Display for KeyPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keyring => formatter.write_str("keyring"),
            Self::Kept => formatter.write_str("kept"),
            Self::File(file) => write!(formatter, "file:{}", file.display()),
            Self::Environment(variable) => write!(formatter, "env:{variable}"),
        }
    }
}

impl KeyPlace {
    /// The same in a sentence: "the key in the keyring".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Keyring => "the key in the keyring".to_owned(),
            Self::Kept => "the key in the state directory".to_owned(),
            Self::File(file) => format!("the key in {}", file.display()),
            Self::Environment(variable) => format!("the key in ${variable}"),
        }
    }
}

/// Why a text cannot be the name of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a profile's name is of letters, digits, - and _, and at most 40 of them")]
pub struct NameError;

/// The name, if it can be one. It is the name of a file and of an entry in the keyring as well.
///
/// # Errors
///
/// When it holds anything but letters, digits, `-` and `_`, or nothing, or too much.
pub fn profile_name(text: &str) -> Result<&str, NameError> {
    let is_right = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_');
    if !text.is_empty() && text.len() <= 40 && !text.starts_with('-') && text.chars().all(is_right) {
        Ok(text)
    } else {
        Err(NameError)
    }
}

/// That there is no profile of this name, and which was meant perhaps.
pub(super) fn no_profile<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.collect();
    let missing = format!("there is no profile \"{}\"", name.escape_debug());
    match nearest(name, known.iter().copied()) {
        Some(nearest) => format!("{missing}; did you mean \"{nearest}\"?"),
        None if known.is_empty() => {
            format!("{missing}, nor any other: lazyclerk profile add {} makes it", name.escape_debug())
        }
        None => format!("{missing}; there are {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests;
