//! A text that must not be seen unasked: what was typed as a password or a code, what a provider gave.

use secrecy::{ExposeSecret, SecretString};
use std::{fmt, time::Duration};

/// A secret that is shown on the screen is masked by itself after so long.
pub const SHOWN_FOR: Duration = Duration::from_secs(30);

/// A secret that can be compared, so that an effect that carries one can. It shows in no debug output.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// The secret, for the request that sends it.
    #[must_use]
    pub fn inner(&self) -> &SecretString {
        &self.0
    }

    /// The text itself, for the place that is meant to have it: a request, the clipboard, a screen that was asked for it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned().into())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_compared_and_not_shown() {
        assert_eq!(Secret::from("hunter2"), Secret::from("hunter2"));
        assert_ne!(Secret::from("hunter2"), Secret::from("hunter3"));
        assert_eq!(format!("{:?}", Secret::from("hunter2")), "Secret(…)");
    }
}
