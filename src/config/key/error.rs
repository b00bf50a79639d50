//! Why there is no way to an instance.

use crate::clerk::{EndpointError, KeyError};
use std::{fmt, io, path::PathBuf};

/// Why there is no key, or none that can be used. No message repeats a key or an address.
#[derive(Debug, thiserror::Error)]
pub enum ConnectionError {
    /// No key anywhere.
    #[error("no secret key was found: {0}")]
    NoKey(Looked),
    /// A key that is none.
    #[error("{place} cannot be used: {reason}")]
    Key {
        /// Where it stands.
        place: String,
        /// Why.
        reason: KeyError,
    },
    /// In a file of a project, where it may be what a template says.
    #[error("{place} cannot be used: a secret key begins with sk_, and this does not")]
    Placeholder {
        /// Where it stands.
        place: String,
    },
    /// An address that is none.
    #[error("{place} cannot be used: {source}")]
    Endpoint {
        /// Where it stands.
        place: String,
        /// Why.
        source: EndpointError,
    },
    /// No profile of a name.
    #[error("{0}")]
    NoProfile(String),
    /// A profile whose key is not there.
    #[error("the profile {name} cannot be opened: {reason}")]
    Profile {
        /// Its name.
        name: String,
        /// Why.
        reason: String,
    },
    /// A file that was named, and cannot be read.
    #[error("the key cannot be read from {}: {reason}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// A file that was named, and that others can read.
    #[error("others on this machine can read {0}, so the key in it is no secret; close it to them: chmod 600 {0}", file.display())]
    Open {
        /// The file.
        file: PathBuf,
    },
}

/// What was looked at, and held no key.
#[derive(Debug, Default)]
pub struct Looked {
    /// The folders, the nearest first.
    pub folders: Vec<PathBuf>,
    /// Files that might have held one, and why they were passed over.
    pub passed_over: Vec<(PathBuf, &'static str)>,
    /// How many profiles there are, none of which is the one to open.
    pub profiles: usize,
}

impl fmt::Display for Looked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CLERK_SECRET_KEY is not in the environment")?;
        if let (Some(nearest), Some(last)) = (self.folders.first(), self.folders.last()) {
            write!(
                formatter,
                ", and there is none in .env.local, .env or .clerk/.tmp/keyless.json in {}",
                nearest.display()
            )?;
            if nearest != last {
                write!(formatter, " or above it, up to {}", last.display())?;
            }
        }
        for (file, reason) in &self.passed_over {
            write!(formatter, "; {} was passed over: {reason}", file.display())?;
        }
        if self.profiles > 0 {
            formatter.write_str("; there are profiles, and --profile NAME or lazyclerk profile use NAME opens one")?;
        }
        Ok(())
    }
}
