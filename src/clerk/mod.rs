//! The client of Clerk's Backend API. It knows nothing of terminals.
//!
//! [`Clerk`] is the handle: which instance, which key. Each resource has a file of its own here, and its wire types in
//! [`model`].
//!
//! ```no_run
//! use lazyclerk::clerk::{Clerk, Endpoint, SecretKey, query::{PageLimit, PageStart, UserPage, UserQuery}};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let clerk = Clerk::new(Endpoint::parse(Endpoint::DEFAULT)?, &SecretKey::new("sk_test_…")?)?;
//! let page = UserPage { start: PageStart::FIRST, limit: PageLimit::new(10) };
//! for user in clerk.users().list(&UserQuery::default(), &page).await?.value {
//!     println!("{}", user.id);
//! }
//! # Ok(())
//! # }
//! ```

mod budget;
mod decode;
mod endpoint;
pub mod error;
mod instance;
mod key;
pub mod model;
pub mod query;
mod retry;
mod sessions;
mod transport;
mod users;

pub use budget::Lane;
pub use endpoint::{Endpoint, EndpointError};
pub use error::{Error, ErrorItem, Refusal};
pub use instance::InstanceSettings;
pub use key::{InstanceKind, KeyError, SecretKey};
pub use sessions::Sessions;
pub use transport::{Answer, SetupError, TimeLimits};
pub use users::Users;

use transport::Transport;

/// A handle on one instance of Clerk. Clones share its connections and its budget.
#[derive(Clone, Debug)]
pub struct Clerk {
    transport: Transport,
    kind: InstanceKind,
}

impl Clerk {
    /// The instance that `key` opens at `endpoint`. Nothing is sent yet; but the system's certificates are loaded, which
    /// takes milliseconds: not the thing to do before a first frame.
    ///
    /// # Errors
    ///
    /// When the HTTP client cannot be set up, as without any certificates.
    pub fn new(endpoint: Endpoint, key: &SecretKey) -> Result<Self, SetupError> {
        Self::with_limits(endpoint, key, TimeLimits::default())
    }

    /// The same with other time limits.
    ///
    /// # Errors
    ///
    /// As [`Clerk::new`].
    pub fn with_limits(endpoint: Endpoint, key: &SecretKey, limits: TimeLimits) -> Result<Self, SetupError> {
        let kind = Self::kind_of(&endpoint, key);
        Ok(Self { transport: Transport::new(endpoint, key, kind, limits)?, kind })
    }

    /// What kind of instance `key` opens at `endpoint`, as far as both tell before anything is sent. A host that is
    /// neither Clerk's own nor this machine counts as production, whatever the key looks like.
    #[must_use]
    pub fn kind_of(endpoint: &Endpoint, key: &SecretKey) -> InstanceKind {
        if endpoint.is_clerk() || endpoint.is_loopback() { key.instance_kind() } else { InstanceKind::Production }
    }

    /// Where the requests go.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        self.transport.endpoint()
    }

    /// What kind of instance it is, see [`Clerk::kind_of`].
    #[must_use]
    pub fn instance_kind(&self) -> InstanceKind {
        self.kind
    }

    /// The same instance for work that nobody waits for: its requests let those of people go first.
    #[must_use]
    pub fn in_background(&self) -> Self {
        Self { transport: self.transport.in_lane(Lane::Background), kind: self.kind }
    }

    /// Its users.
    #[must_use]
    pub fn users(&self) -> Users<'_> {
        Users { transport: &self.transport }
    }

    /// Its sessions.
    #[must_use]
    pub fn sessions(&self) -> Sessions<'_> {
        Sessions { transport: &self.transport }
    }

    /// The instance itself.
    #[must_use]
    pub fn instance(&self) -> InstanceSettings<'_> {
        InstanceSettings { transport: &self.transport }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_host_is_production_whatever_the_key_says() {
        let kind = |url, key| Clerk::kind_of(&Endpoint::parse(url).unwrap(), &SecretKey::new(key).unwrap());
        assert_eq!(kind("https://api.clerk.com", "sk_test_1"), InstanceKind::Development);
        assert_eq!(kind("http://127.0.0.1:1", "sk_test_1"), InstanceKind::Development);
        assert_eq!(kind("http://127.0.0.1:1", "sk_live_1"), InstanceKind::Production);
        assert_eq!(kind("https://proxy.example", "sk_test_1"), InstanceKind::Production);
    }
}
