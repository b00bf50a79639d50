//! Where the Backend API is.

use std::net::IpAddr;
use url::{Host, Url};

/// The base address of a Backend API: scheme, host, port, and perhaps a path before `/v1`.
///
/// ```
/// use lazyclerk::clerk::Endpoint;
///
/// let endpoint = Endpoint::parse("http://127.0.0.1:4000/v1/").unwrap();
/// assert_eq!(endpoint.host(), "127.0.0.1:4000");
/// assert!(Endpoint::parse("http://api.clerk.com").is_err(), "the key would cross the network in the clear");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    base: Url,
}

/// Why a text cannot be the address of a Backend API.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// No URL.
    #[error("\"{0}\" is not a URL; it should look like {default}", default = Endpoint::DEFAULT)]
    NotAUrl(String),
    /// Neither http nor https.
    #[error("the API URL begins with {0}: it has to be https")]
    Scheme(String),
    /// Plain http to a host that is not this machine.
    #[error("the API URL is plain http: the secret key would cross the network readable to everybody; use https")]
    Insecure,
    /// Holds what an API URL does not have: a user, a query, a fragment.
    #[error("the API URL may hold a host, a port and a path, and nothing else")]
    Extra,
}

impl Endpoint {
    /// Clerk's own.
    pub const DEFAULT: &str = "https://api.clerk.com";

    /// The endpoint at `text`. A trailing `/` or `/v1` makes no difference, as Clerk's SDKs differ in it.
    ///
    /// # Errors
    ///
    /// When it is no URL, or one that the key must not be sent to.
    pub fn parse(text: &str) -> Result<Self, EndpointError> {
        let text = text.trim();
        let mut base = Url::parse(text).map_err(|_| EndpointError::NotAUrl(text.to_owned()))?;
        if !matches!(base.scheme(), "http" | "https") {
            return Err(EndpointError::Scheme(base.scheme().to_owned()));
        }
        let has_user = !base.username().is_empty() || base.password().is_some();
        if has_user || base.query().is_some() || base.fragment().is_some() {
            return Err(EndpointError::Extra);
        }
        let path = base.path().trim_end_matches('/');
        let path = path.strip_suffix("/v1").unwrap_or(path).to_owned();
        base.set_path(&path);
        let endpoint = Self { base };
        if endpoint.base.scheme() == "http" && !endpoint.is_loopback() {
            return Err(EndpointError::Insecure);
        }
        Ok(endpoint)
    }

    /// Whether it is on this machine, so that nothing crosses a network.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match self.base.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
            Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
            None => false,
        }
    }

    /// Whether it is Clerk's own.
    #[must_use]
    pub fn is_clerk(&self) -> bool {
        matches!(self.base.host_str(), Some("api.clerk.com" | "api.clerk.dev"))
    }

    /// Host and port, for people.
    #[must_use]
    pub fn host(&self) -> &str {
        let from_host = self.base.as_str().split_once("://").map_or("", |(_, rest)| rest);
        from_host.split('/').next().unwrap_or_default()
    }

    /// The address of an operation: `/v1`, then each segment, encoded so that none can lead elsewhere.
    #[must_use]
    pub(super) fn operation(&self, segments: &[&str], query: &[(&'static str, String)]) -> Url {
        let mut url = self.base.clone();
        // A base of http or https can always be extended.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push("v1");
            for segment in segments {
                // A lone dot or two would climb; as text they are an id that nobody has.
                path.push(if matches!(*segment, "." | "..") { "%2E" } else { segment });
            }
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("https://api.clerk.com", "https://api.clerk.com/v1/users")]
    #[case("https://api.clerk.com/v1", "https://api.clerk.com/v1/users")]
    #[case(" https://api.clerk.com/v1/ ", "https://api.clerk.com/v1/users")]
    #[case("http://localhost:3000", "http://localhost:3000/v1/users")]
    #[case("http://[::1]:80/proxy/", "http://[::1]/proxy/v1/users")]
    fn the_usual_spellings_are_understood(#[case] text: &str, #[case] users: &str) {
        assert_eq!(Endpoint::parse(text).unwrap().operation(&["users"], &[]).as_str(), users);
    }

    #[rstest]
    #[case("api.clerk.com", EndpointError::NotAUrl("api.clerk.com".into()))]
    #[case("ftp://api.clerk.com", EndpointError::Scheme("ftp".into()))]
    #[case("http://api.clerk.com", EndpointError::Insecure)]
    #[case("http://127.0.0.1.evil.example", EndpointError::Insecure)]
    #[case("https://user:secret@api.clerk.com", EndpointError::Extra)]
    #[case("https://api.clerk.com?x=1", EndpointError::Extra)]
    fn others_are_refused_with_the_reason(#[case] text: &str, #[case] error: EndpointError) {
        assert_eq!(Endpoint::parse(text).unwrap_err(), error);
    }

    #[rstest]
    #[case("../admin", "/v1/users/..%2Fadmin")]
    #[case("..", "/v1/users/%252E")]
    #[case("a?b#c", "/v1/users/a%3Fb%23c")]
    fn an_id_from_outside_cannot_lead_elsewhere(#[case] id: &str, #[case] path: &str) {
        let url = Endpoint::parse("http://localhost").unwrap().operation(&["users", id], &[]);
        assert_eq!((url.path(), url.query(), url.fragment()), (path, None, None));
    }

    #[test]
    fn a_plus_survives_the_query() {
        let query = [("order_by", "+created_at".to_owned())];
        let url = Endpoint::parse("http://localhost").unwrap().operation(&["users"], &query);
        assert_eq!(url.query(), Some("order_by=%2Bcreated_at"));
    }
}
