//! Which instance to work on, from the environment.

use crate::clerk::{Endpoint, EndpointError, KeyError, SecretKey};

/// Where the API is, and the key to it.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Where the API is.
    pub endpoint: Endpoint,
    /// The key to it.
    pub key: SecretKey,
}

/// Why the environment names no instance.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConnectionError {
    /// No key.
    #[error("there is no CLERK_SECRET_KEY in the environment")]
    NoKey,
    /// A key that is none.
    #[error("CLERK_SECRET_KEY cannot be used: {0}")]
    Key(#[from] KeyError),
    /// An address that is none.
    #[error("{variable} cannot be used: {source}")]
    Endpoint {
        /// The variable that holds it.
        variable: &'static str,
        /// Why.
        source: EndpointError,
    },
}

/// The variables that can hold the API's address, the first found first: the SDKs' name, then that of Clerk's own command
/// line.
const ENDPOINTS: [&str; 2] = ["CLERK_API_URL", "CLERK_BACKEND_API_URL"];

impl Connection {
    /// What the environment names; `lookup` gives the value of a variable.
    ///
    /// # Errors
    ///
    /// When there is no key, or what is there cannot be used. An empty variable is as good as none.
    pub fn from_environment(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, ConnectionError> {
        let lookup = |name: &str| lookup(name).filter(|value| !value.trim().is_empty());
        let key = SecretKey::new(&lookup("CLERK_SECRET_KEY").ok_or(ConnectionError::NoKey)?)?;
        let found = ENDPOINTS.into_iter().find_map(|variable| Some((variable, lookup(variable)?)));
        let (variable, url) = found.unwrap_or((ENDPOINTS[0], Endpoint::DEFAULT.to_owned()));
        let endpoint = Endpoint::parse(&url).map_err(|source| ConnectionError::Endpoint { variable, source })?;
        Ok(Self { endpoint, key })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Connection, ConnectionError> {
        let find =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Connection::from_environment(find)
    }

    #[test]
    fn the_key_alone_means_clerks_own_api() {
        let connection = read(&[("CLERK_SECRET_KEY", "sk_test_1")]).unwrap();
        assert_eq!(connection.endpoint.host(), "api.clerk.com");
    }

    #[test]
    fn the_sdks_name_for_the_address_goes_before_that_of_the_command_line() {
        let key = ("CLERK_SECRET_KEY", "sk_test_1");
        let (one, other) =
            (("CLERK_API_URL", "http://localhost:1/v1"), ("CLERK_BACKEND_API_URL", "http://localhost:2"));
        assert_eq!(read(&[key, one, other]).unwrap().endpoint.host(), "localhost:1");
        assert_eq!(read(&[key, ("CLERK_API_URL", " "), other]).unwrap().endpoint.host(), "localhost:2");
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        assert_eq!(read(&[]).unwrap_err(), ConnectionError::NoKey);
        assert_eq!(read(&[("CLERK_SECRET_KEY", "")]).unwrap_err(), ConnectionError::NoKey);
        let wrong = read(&[("CLERK_SECRET_KEY", "pk_test_1")]).unwrap_err();
        assert!(wrong.to_string().contains("publishable"), "{wrong}");
        let wrong =
            read(&[("CLERK_SECRET_KEY", "sk_test_1"), ("CLERK_BACKEND_API_URL", "http://example.com")]).unwrap_err();
        assert!(wrong.to_string().starts_with("CLERK_BACKEND_API_URL"), "{wrong}");
    }
}
