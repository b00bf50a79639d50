//! Where the Backend API is.

use super::{
    key::{InstanceKind, SecretKey},
    query::Parameters,
};
use std::{fmt, str::FromStr};
use url::{Host, Url};

/// The hosts that Clerk serves the Backend API on: today's, and the one that it had before.
const CLERK_HOSTS: [&str; 2] = ["api.clerk.com", "api.clerk.dev"];

/// The base URL of a Backend API: scheme, host, port, and the path before `/v1` where there is one.
///
/// ```
/// use lazyclerk::clerk::Endpoint;
///
/// let endpoint = Endpoint::parse("http://127.0.0.1:4000/v1/").unwrap();
/// assert_eq!((endpoint.to_string().as_str(), endpoint.host()), ("http://127.0.0.1:4000", "127.0.0.1:4000"));
/// assert!(Endpoint::parse("http://api.example.com").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Ends without a slash and without `/v1`.
    base: String,
    host: String,
    loopback: bool,
    clerks_own: bool,
}

/// Why a text is not the base URL of an API to which a key may be sent.
///
/// What was given is not repeated: it may hold a password, or be a key in the wrong place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// Not a URL.
    #[error("this is not a URL ({0}); it should look like https://api.clerk.com")]
    Malformed(url::ParseError),
    /// Neither https nor http.
    #[error("the API URL has to begin with https://")]
    Scheme,
    /// Plain http to another machine: everyone on the way could read the key.
    #[error("the key would cross the network unprotected: use https:// for {host} (http:// only reaches this machine)")]
    Unprotected {
        /// The host.
        host: String,
    },
    /// A user name or a password before the host.
    #[error("the API URL must not hold a user name or a password")]
    UserInfo,
    /// Something after the path.
    #[error("the API URL must end with its path: no `?` and no `#`")]
    Extras,
}

impl Endpoint {
    /// Clerk's own.
    pub const DEFAULT: &str = "https://api.clerk.com";

    /// Reads a base URL. A trailing `/`, `/v1` or `/v1/` is dropped, as Clerk's SDKs differ in which they want.
    ///
    /// # Errors
    ///
    /// When it is not a URL, or not one that a secret key may be sent to: plain http is for this machine alone
    /// (127.0.0.0/8, `::1` and `localhost`).
    pub fn parse(text: &str) -> Result<Self, EndpointError> {
        let url = Url::parse(text.trim()).map_err(EndpointError::Malformed)?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(EndpointError::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(EndpointError::UserInfo);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(EndpointError::Extras);
        }
        let (loopback, clerks_own) = match url.host() {
            Some(Host::Ipv4(address)) => (address.is_loopback(), false),
            Some(Host::Ipv6(address)) => (address.is_loopback(), false),
            Some(Host::Domain(name)) => (name == "localhost", CLERK_HOSTS.contains(&name)),
            None => return Err(EndpointError::Scheme),
        };
        // The host as a URL writes it: an IPv6 address in brackets, the port only where it is not the usual one.
        let host = match (url.host_str().unwrap_or_default(), url.port()) {
            (name, Some(port)) => format!("{name}:{port}"),
            (name, None) => name.to_owned(),
        };
        if url.scheme() == "http" && !loopback {
            return Err(EndpointError::Unprotected { host });
        }
        let path = url.path().trim_end_matches('/');
        let path = path.strip_suffix("/v1").unwrap_or(path).trim_end_matches('/');
        Ok(Self { base: format!("{}://{host}{path}", url.scheme()), host, loopback, clerks_own })
    }

    /// Whether it is on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// Host and port, to be shown; the port is left out where it is the usual one.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether it is Clerk's own API.
    #[must_use]
    pub fn is_clerks_own(&self) -> bool {
        self.clerks_own
    }

    /// Whether requests are encrypted.
    pub(super) fn is_https(&self) -> bool {
        self.base.starts_with("https:")
    }

    /// What an instance behind this host has to be taken for.
    ///
    /// The key's prefix tells, on Clerk's own hosts and on this machine, where the emulator runs. Anywhere else a
    /// key that says "test" proves nothing about what stands behind it, so it counts as production.
    #[must_use]
    pub fn instance_kind(&self, key: &SecretKey) -> InstanceKind {
        if self.loopback || self.clerks_own { key.instance_kind() } else { InstanceKind::Production }
    }

    /// The URL of `path`, which begins with a slash and is percent-encoded already.
    pub(super) fn url(&self, path: &str, parameters: &Parameters) -> String {
        let mut url = format!("{}/v1{path}", self.base);
        if !parameters.is_empty() {
            url.push('?');
            // Form encoding writes `+` as %2B. A raw one would arrive as a space: `order_by=+created_at`.
            url.push_str(&url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish());
        }
        url
    }
}

impl Default for Endpoint {
    fn default() -> Self {
        Self { base: Self::DEFAULT.to_owned(), host: CLERK_HOSTS[0].to_owned(), loopback: false, clerks_own: true }
    }
}

/// The base URL, without a trailing slash.
impl fmt::Display for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.base)
    }
}

impl FromStr for Endpoint {
    type Err = EndpointError;

    fn from_str(text: &str) -> Result<Self, EndpointError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*, sample::select};
    use rstest::rstest;

    #[rstest]
    #[case("https://api.clerk.com", "https://api.clerk.com", "api.clerk.com")]
    #[case(" https://API.clerk.com/ ", "https://api.clerk.com", "api.clerk.com")]
    #[case("https://api.clerk.com/v1", "https://api.clerk.com", "api.clerk.com")]
    #[case("https://api.clerk.com:443/v1/", "https://api.clerk.com", "api.clerk.com")]
    #[case("https://gate.example:8443/clerk/v1", "https://gate.example:8443/clerk", "gate.example:8443")]
    #[case("https://gate.example/v1beta", "https://gate.example/v1beta", "gate.example")]
    #[case("http://localhost:3000", "http://localhost:3000", "localhost:3000")]
    #[case("http://127.8.9.1", "http://127.8.9.1", "127.8.9.1")]
    #[case("http://[::1]:80/v1", "http://[::1]", "[::1]")]
    #[case("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443", "[2001:db8::1]:8443")]
    fn a_base_url_is_read(#[case] text: &str, #[case] base: &str, #[case] host: &str) {
        let endpoint = Endpoint::parse(text).unwrap();
        assert_eq!((endpoint.to_string().as_str(), endpoint.host()), (base, host));
    }

    #[rstest]
    #[case("http://api.clerk.com")]
    #[case("http://localhost.example.com")]
    #[case("http://127.0.0.1.nip.io")]
    #[case("http://10.0.0.1")]
    #[case("http://0.0.0.0")]
    #[case("http://[::2]")]
    fn plain_http_leaves_this_machine_for_nobody(#[case] text: &str) {
        assert!(matches!(Endpoint::parse(text), Err(EndpointError::Unprotected { .. })), "{text}");
    }

    #[rstest]
    #[case("api.clerk.com", EndpointError::Malformed(url::ParseError::RelativeUrlWithoutBase))]
    #[case("", EndpointError::Malformed(url::ParseError::RelativeUrlWithoutBase))]
    #[case("https://", EndpointError::Malformed(url::ParseError::EmptyHost))]
    #[case("ftp://api.clerk.com", EndpointError::Scheme)]
    #[case("localhost:3000", EndpointError::Scheme)]
    #[case("https://me@api.clerk.com", EndpointError::UserInfo)]
    #[case("https://me:secret@api.clerk.com", EndpointError::UserInfo)]
    #[case("https://api.clerk.com?x=1", EndpointError::Extras)]
    #[case("https://api.clerk.com/#x", EndpointError::Extras)]
    fn what_is_no_base_url_is_refused_with_the_reason(#[case] text: &str, #[case] error: EndpointError) {
        assert_eq!(Endpoint::parse(text), Err(error));
    }

    #[test]
    fn the_default_is_what_its_text_reads_as() {
        assert_eq!(Endpoint::default(), Endpoint::parse(Endpoint::DEFAULT).unwrap());
    }

    #[rstest]
    #[case("https://api.clerk.com", "sk_test_1", InstanceKind::Development)]
    #[case("https://api.clerk.dev", "sk_test_1", InstanceKind::Development)]
    #[case("https://api.clerk.com", "sk_live_1", InstanceKind::Production)]
    #[case("http://127.0.0.1:4000", "sk_test_1", InstanceKind::Development)]
    #[case("http://localhost:4000", "sk_live_1", InstanceKind::Production)]
    #[case("https://api.clerk.com.example", "sk_test_1", InstanceKind::Production)]
    #[case("http://localhost:4000", "unknown", InstanceKind::Production)]
    fn an_unknown_host_is_production(#[case] host: &str, #[case] key: &str, #[case] kind: InstanceKind) {
        let key = SecretKey::new(key).unwrap();
        assert_eq!(Endpoint::parse(host).unwrap().instance_kind(&key), kind);
    }

    #[test]
    fn a_plus_survives_the_query() {
        let endpoint = Endpoint::default();
        let parameters = vec![("order_by", "+created_at".to_owned()), ("query", "a+b@x c".to_owned())];
        let url = "https://api.clerk.com/v1/users?order_by=%2Bcreated_at&query=a%2Bb%40x+c";
        assert_eq!(endpoint.url("/users", &parameters), url);
        assert_eq!(endpoint.url("/users", &Vec::new()), "https://api.clerk.com/v1/users");
    }

    proptest! {
        #[test]
        fn whatever_the_parameters_a_server_reads_them_as_they_were(
            parameters in vec((select(vec!["query", "order_by", "email_address"]), any::<String>()), 0..8),
        ) {
            let url = Url::parse(&Endpoint::default().url("/users", &parameters)).unwrap();
            prop_assert_eq!((url.path(), url.fragment()), ("/v1/users", None));
            let read = url::form_urlencoded::parse(url.query().unwrap_or_default().as_bytes()).into_owned();
            let sent = parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
            prop_assert_eq!(read.collect::<Vec<_>>(), sent.collect::<Vec<_>>());
        }
    }
}
