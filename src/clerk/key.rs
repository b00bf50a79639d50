//! The secret key, and the kind of instance that it opens.

use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use strum::{Display, EnumString};

/// Which side of an application is worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum InstanceKind {
    /// For trying things: invented users, 100 requests in 10 seconds.
    Development,
    /// The real users, 1,000 requests in 10 seconds.
    Production,
}

/// A secret key of the Backend API, `sk_test_…` or `sk_live_…`.
///
/// It is wiped from memory when dropped, and neither `Debug` nor an error ever shows it:
///
/// ```
/// use lazyclerk::clerk::SecretKey;
///
/// let key = SecretKey::new("sk_test_nobody_sees_this").unwrap();
/// assert_eq!(format!("{key:?}"), "SecretKey(sk_test_…this)");
/// ```
#[derive(Clone)]
pub struct SecretKey(SecretString);

/// Why a text cannot be a secret key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Nothing but white space.
    #[error("the secret key is empty")]
    Empty,
    /// A publishable key, which the Backend API does not take.
    #[error("this is a publishable key (pk_…); the Backend API needs the secret key (sk_…)")]
    Publishable,
    /// Holds a character that no key has, such as a space in the middle.
    #[error("the secret key holds a character that no key has; was it copied whole, and alone?")]
    Malformed,
}

impl SecretKey {
    /// A key from its text; white space around it is dropped, as it comes with copying.
    ///
    /// # Errors
    ///
    /// When the text cannot be a secret key. Whether Clerk knows it, only a request tells.
    pub fn new(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(KeyError::Empty);
        }
        if text.starts_with("pk_") {
            return Err(KeyError::Publishable);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(KeyError::Malformed);
        }
        Ok(Self(SecretString::from(text)))
    }

    /// The kind of instance that the key opens, by its prefix. A prefix that nobody knows counts as production.
    #[must_use]
    pub fn instance_kind(&self) -> InstanceKind {
        if self.0.expose_secret().starts_with("sk_test_") {
            InstanceKind::Development
        } else {
            InstanceKind::Production
        }
    }

    /// The key itself, for the one place that sends it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SecretKey({self})")
    }
}

/// The prefix and the last four characters: enough to tell two keys apart, too little to use one.
impl fmt::Display for SecretKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.0.expose_secret();
        let prefix = ["sk_test_", "sk_live_"].into_iter().find(|prefix| key.starts_with(prefix)).unwrap_or_default();
        let rest = &key[prefix.len()..];
        // A short key would be given away by its end.
        let end = if rest.len() >= 12 { &rest[rest.len() - 4..] } else { "" };
        write!(formatter, "{prefix}…{end}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_tells_the_kind_and_the_unknown_is_production() {
        let kind = |text| SecretKey::new(text).unwrap().instance_kind();
        assert_eq!(kind("sk_test_1"), InstanceKind::Development);
        assert_eq!(kind("sk_live_1"), InstanceKind::Production);
        assert_eq!(kind("something"), InstanceKind::Production);
    }

    #[test]
    fn what_is_no_key_is_refused_with_the_reason() {
        assert_eq!(SecretKey::new(" \n").unwrap_err(), KeyError::Empty);
        assert_eq!(SecretKey::new("pk_test_x").unwrap_err(), KeyError::Publishable);
        assert_eq!(SecretKey::new("sk_test_a b").unwrap_err(), KeyError::Malformed);
        assert_eq!(SecretKey::new("sk_test_é").unwrap_err(), KeyError::Malformed);
    }

    #[test]
    fn a_short_key_shows_nothing_of_itself() {
        assert_eq!(SecretKey::new("sk_live_abcdefgh").unwrap().to_string(), "sk_live_…");
    }
}
