//! The secret key, looked for where Clerk's own tools put it; one file for each place.
//!
//! The first place that holds one decides: a key that cannot be used is told, and not passed over for another. The address
//! goes with the key. It is taken from the same place, and only where that names none from the environment: so no file of a
//! project can ever send the key of another place to an address of its own.

mod chosen;
mod dotenv;
mod environment;
mod error;
mod keyless;
mod project;

pub(super) use chosen::private_key;
pub use chosen::read_key;
pub use error::{ConnectionError, Looked};

use super::{Config, Connection, Identity, KeyPlace, Profile};
use crate::app::ReadOnly;
use crate::clerk::{Endpoint, InstanceKind, SecretKey};
use std::{
    fmt,
    path::{Path, PathBuf},
};

/// The variables that can hold the API's address, the first found first: the SDKs' name, then that of Clerk's own command
/// line.
const ENDPOINTS: [&str; 2] = ["CLERK_API_URL", "CLERK_BACKEND_API_URL"];

/// Where to look.
pub struct Search<'search> {
    /// Gives the value of a variable of the environment.
    pub lookup: &'search dyn Fn(&str) -> Option<String>,
    /// The folder that the program was started in; none where that is gone.
    pub folder: Option<PathBuf>,
    /// Where the person is at home: no project is looked for above it.
    pub home: Option<PathBuf>,
    /// Where the program keeps what it writes; none where there is no such place.
    pub state: Option<PathBuf>,
}

/// A key, and what was found out about it without a request.
#[derive(Clone, Debug)]
pub struct Found {
    /// The way to the instance.
    pub connection: Connection,
    /// Where the key comes from.
    pub source: KeySource,
    /// What holds for the instance beside; none where it has no name.
    pub profile: Option<Profile>,
}

/// Where a key comes from. Displayed it is what a sentence calls it: "`CLERK_SECRET_KEY` in the environment".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// A variable of the environment.
    Environment(&'static str),
    /// A variable in a file of the project.
    Project {
        /// Its name.
        variable: &'static str,
        /// The file.
        file: PathBuf,
    },
    /// The application that Clerk's SDK has made for itself.
    Keyless(PathBuf),
    /// A file that was named.
    File(PathBuf),
    /// Standard input.
    Input,
    /// Somebody at the terminal.
    Typed,
    /// A profile.
    Profile {
        /// Its name.
        name: String,
        /// Where its key is kept.
        place: KeyPlace,
    },
}

impl fmt::Display for KeySource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment(variable) => write!(formatter, "{variable} in the environment"),
            Self::Project { variable, file } => write!(formatter, "{variable} in {}", file.display()),
            Self::Keyless(file) => write!(formatter, "the keyless application in {}", file.display()),
            Self::File(file) => write!(formatter, "{}", file.display()),
            Self::Input => formatter.write_str("standard input"),
            Self::Typed => formatter.write_str("what was typed"),
            Self::Profile { name, place } => write!(formatter, "the profile {name}, {}", place.words()),
        }
    }
}

impl Search<'_> {
    /// Looks in the environment, then in the folders of the project, then for the profile that is to be opened else.
    ///
    /// # Errors
    ///
    /// When there is no key, or what is there cannot be used.
    pub fn key(&self, config: &Config) -> Result<Found, ConnectionError> {
        if let Some(found) = environment::find(self)? {
            return Ok(found);
        }
        match project::find(self)? {
            Ok(found) => Ok(found),
            Err(looked) => match &config.default_profile {
                Some(name) => self.key_of(config.profile(name)?),
                None => Err(ConnectionError::NoKey(Looked { profiles: config.profiles.len(), ..looked })),
            },
        }
    }

    /// The key in this file, or in the first line of standard input where that is `-`.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or others can read it as well, or what it holds cannot be used.
    pub fn key_in(&self, file: &Path) -> Result<Found, ConnectionError> {
        let (key, source) = chosen::read_key(file)?;
        self.found(key, source, None)
    }

    /// The way that a key opens which somebody has typed.
    ///
    /// # Errors
    ///
    /// When it can be none, or the environment names an address that is none.
    pub fn key_typed(&self, typed: &str) -> Result<Found, ConnectionError> {
        let source = KeySource::Typed;
        self.found(key_from(typed, &source)?, source, None)
    }

    /// A variable that says something.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        (self.lookup)(name).filter(|value| !value.trim().is_empty())
    }

    /// The key with the address that came with it; with that of the environment, or Clerk's own, where none did.
    fn found(&self, key: SecretKey, source: KeySource, beside: Option<Address>) -> Result<Found, ConnectionError> {
        let from_environment = || {
            ENDPOINTS.into_iter().find_map(|variable| {
                Some(Address { url: self.variable(variable)?, place: KeySource::Environment(variable) })
            })
        };
        let endpoint = match beside.or_else(from_environment) {
            Some(Address { url, place }) => Endpoint::parse(&url)
                .map_err(|source| ConnectionError::Endpoint { place: place.to_string(), source })?,
            None => Endpoint::default(),
        };
        Ok(Found::new(Connection { endpoint, key, profile: None }, source))
    }
}

/// An address, and where it was found.
struct Address {
    url: String,
    place: KeySource,
}

/// The key that a place holds.
pub(super) fn key_from(text: &str, source: &KeySource) -> Result<SecretKey, ConnectionError> {
    SecretKey::new(text).map_err(|reason| ConnectionError::Key { place: source.to_string(), reason })
}

impl Found {
    /// A key without a profile.
    #[must_use]
    pub fn new(connection: Connection, source: KeySource) -> Self {
        Self { connection, source, profile: None }
    }

    /// The key of a profile.
    pub(super) fn of_profile(endpoint: Endpoint, key: SecretKey, source: KeySource, profile: &Profile) -> Self {
        let identity = Identity {
            profile: profile.name.clone(),
            actor: profile.actor.clone(),
            instance_id: profile.instance_id.clone(),
        };
        let connection = Connection { endpoint, key, profile: Some(Box::new(identity)) };
        Self { connection, source, profile: Some(profile.clone()) }
    }

    /// The name of the instance: that of the profile, or its host.
    #[must_use]
    pub fn name(&self) -> &str {
        self.profile.as_ref().map_or_else(|| self.host(), |profile| &profile.name)
    }

    /// The configuration as it is for this instance: what the profile says goes before what is said for all, and whom it
    /// protects is protected beside.
    #[must_use]
    pub fn settle(&self, mut config: Config) -> Config {
        let Some(profile) = &self.profile else { return config };
        if let Some(read_only) = profile.read_only {
            config.read_only = if read_only { ReadOnly::On } else { ReadOnly::Off };
        }
        config.rate_share = profile.rate_share.or(config.rate_share);
        config.preferences.instance_color = profile.color;
        config.preferences.protected = config.preferences.protected.and(profile.protected.clone());
        config
    }

    /// The kind of the instance, as key and host tell it.
    #[must_use]
    pub fn instance_kind(&self) -> InstanceKind {
        self.connection.endpoint.instance_kind(&self.connection.key)
    }

    /// Where the instance is.
    #[must_use]
    pub fn host(&self) -> &str {
        self.connection.endpoint.host()
    }
}

#[cfg(test)]
mod tests;
