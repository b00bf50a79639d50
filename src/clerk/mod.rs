//! The client of Clerk's Backend API. It knows nothing of terminals.
//!
//! Each resource has a file of its own here, and its wire types in [`model`].
//!
//! # Operations
//!
#![doc = include_str!("operations.md")]

mod body;
mod budget;
mod decode;
mod endpoint;
pub mod error;
mod exchange;
pub mod identifications;
pub mod instance;
pub mod invitations;
mod key;
pub mod model;
pub mod organizations;
pub mod query;
mod request;
mod restrictions;
mod retry;
mod sessions;
pub mod tokens;
mod transport;
pub mod users;
mod waitlist;

pub use body::{Change, File};
pub use endpoint::{Endpoint, EndpointError};
pub use error::{Error, ErrorItem, NotSent, Refusal};
pub use exchange::{Exchange, SentBody};
pub use identifications::Identifications;
pub use instance::Instance;
pub use invitations::Invitations;
pub use key::{InstanceKind, KeyError, SecretKey};
pub use organizations::Organizations;
pub use restrictions::Restrictions;
pub use sessions::Sessions;
pub use tokens::Tokens;
pub use transport::{API_VERSION, Answer, Limits, SetupError};
pub use users::Users;
pub use waitlist::Waitlist;

use budget::{Budget, Lane, Rate};
use request::Request;
use std::{fmt, sync::Arc};
use tokio::sync::mpsc::UnboundedSender;
use transport::Transport;

/// The Backend API of one instance.
///
/// A handle: clones share the connections and the rate budget.
///
/// ```no_run
/// use lazyclerk::clerk::{Clerk, Endpoint, SecretKey, query::{PageLimit, PageStart, UserPage, UserQuery}};
///
/// # async fn first_page() -> Result<(), Box<dyn std::error::Error>> {
/// let clerk = Clerk::new(Endpoint::default(), SecretKey::new("sk_test_…")?)?;
/// let page = UserPage { start: PageStart::FIRST, limit: PageLimit::new(50) };
/// for user in clerk.users().list(&UserQuery::default(), &page).await?.value {
///     println!("{}", user.id);
/// }
/// # Ok(())
/// # }
/// ```
///
#[doc = include_str!("policy.md")]
#[derive(Clone)]
pub struct Clerk {
    shared: Arc<Shared>,
    lane: Lane,
}

struct Shared {
    transport: Transport,
    key: SecretKey,
}

impl Clerk {
    /// The API at `endpoint`, opened with `key`. Nothing is sent yet.
    ///
    /// For an https endpoint this reads the system's certificates, which takes some milliseconds: where the first
    /// frame must not wait, do it in `spawn_blocking`. It needs no runtime.
    ///
    /// # Errors
    ///
    /// When no secure connection can be set up, as on a machine without certificates.
    pub fn new(endpoint: Endpoint, key: SecretKey) -> Result<Self, SetupError> {
        Self::with_limits(endpoint, key, Limits::default())
    }

    /// Like [`Clerk::new`], with other limits of time and size.
    ///
    /// # Errors
    ///
    /// As of [`Clerk::new`].
    pub fn with_limits(endpoint: Endpoint, key: SecretKey, limits: Limits) -> Result<Self, SetupError> {
        Self::make(endpoint, key, limits, None)
    }

    /// Like [`Clerk::new`]; `watcher` is told of every request, each repeat being one, once it has ended.
    ///
    /// # Errors
    ///
    /// As of [`Clerk::new`].
    pub fn watched(endpoint: Endpoint, key: SecretKey, watcher: UnboundedSender<Exchange>) -> Result<Self, SetupError> {
        Self::make(endpoint, key, Limits::default(), Some(watcher))
    }

    fn make(
        endpoint: Endpoint,
        key: SecretKey,
        limits: Limits,
        watcher: Option<UnboundedSender<Exchange>>,
    ) -> Result<Self, SetupError> {
        // By the key alone: whatever the instance has to be taken for, it is the key that Clerk counts by.
        let budget = Budget::new(Rate::of(key.instance_kind()));
        let transport = Transport::new(endpoint, &key, limits, budget)?;
        let transport = match watcher {
            Some(watcher) => transport.watched_by(watcher),
            None => transport,
        };
        Ok(Self { shared: Arc::new(Shared { transport, key }), lane: Lane::Interactive })
    }

    /// Where the API is.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        self.shared.transport.endpoint()
    }

    /// What the instance has to be taken for, before it was asked.
    ///
    /// The key's prefix tells (`sk_test_` or `sk_live_`), on Clerk's own hosts and on this machine. Any other host
    /// counts as production, whatever the key: nothing is known about what stands behind it. `GET /v1/instance` can
    /// still say that a development key opens production; then production it is.
    #[must_use]
    pub fn instance_kind(&self) -> InstanceKind {
        self.endpoint().instance_kind(&self.shared.key)
    }

    /// The same API for work that nobody waits for: its requests let all others go first, and use only a share of
    /// the rate limit.
    #[must_use]
    pub fn in_background(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), lane: Lane::Background }
    }

    /// Users.
    #[must_use]
    pub fn users(&self) -> Users<'_> {
        Users { clerk: self }
    }

    /// Sessions.
    #[must_use]
    pub fn sessions(&self) -> Sessions<'_> {
        Sessions { clerk: self }
    }

    /// Organizations, their members and roles.
    #[must_use]
    pub fn organizations(&self) -> Organizations<'_> {
        Organizations { clerk: self }
    }

    /// Invitations.
    #[must_use]
    pub fn invitations(&self) -> Invitations<'_> {
        Invitations { clerk: self }
    }

    /// Tokens that let somebody in.
    #[must_use]
    pub fn tokens(&self) -> Tokens<'_> {
        Tokens { clerk: self }
    }

    /// The blocklist and the allowlist.
    #[must_use]
    pub fn restrictions(&self) -> Restrictions<'_> {
        Restrictions { clerk: self }
    }

    /// Email addresses and phone numbers.
    #[must_use]
    pub fn identifications(&self) -> Identifications<'_> {
        Identifications { clerk: self }
    }

    /// The waitlist.
    #[must_use]
    pub fn waitlist(&self) -> Waitlist<'_> {
        Waitlist { clerk: self }
    }

    /// The instance.
    #[must_use]
    pub fn instance(&self) -> Instance<'_> {
        Instance { clerk: self }
    }

    async fn send<T>(
        &self,
        request: &Request,
        decode: impl Fn(&[u8]) -> serde_json::Result<T>,
    ) -> Result<Answer<T>, Error> {
        self.shared.transport.send(self.lane, request, decode).await
    }
}

impl fmt::Debug for Clerk {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shared { key, transport } = &*self.shared;
        let endpoint = transport.endpoint().to_string();
        formatter
            .debug_struct("Clerk")
            .field("endpoint", &endpoint)
            .field("key", key)
            .field("lane", &self.lane)
            .finish()
    }
}
