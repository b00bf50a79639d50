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
mod guard;
mod headers;
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
mod share;
pub mod tokens;
mod transport;
pub mod users;
mod waitlist;

pub use body::{Change, File};
pub use endpoint::{Endpoint, EndpointError};
pub use error::{Error, ErrorItem, NotSent, Refusal};
pub use exchange::{Exchange, SentBody};
pub use guard::{Recorder, Unsent};
pub use identifications::Identifications;
pub use instance::Instance;
pub use invitations::Invitations;
pub use key::{InstanceKind, KeyError, SecretKey};
pub use organizations::Organizations;
pub use restrictions::Restrictions;
pub use sessions::Sessions;
pub use share::{Rate, Share, ShareError};
pub use tokens::Tokens;
pub use transport::{API_VERSION, Answer, Limits, SetupError};
pub use users::Users;
pub use waitlist::Waitlist;

use budget::{Budget, Lane};
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
    /// Who is told what would be sent, where nothing is.
    dry_run: Option<Recorder>,
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
        let kind = key.instance_kind();
        let budget = Budget::new(budget::limit(kind), Share::usual(kind));
        let transport = Transport::new(endpoint, &key, limits, budget)?;
        let transport = match watcher {
            Some(watcher) => transport.watched_by(watcher),
            None => transport,
        };
        Ok(Self { shared: Arc::new(Shared { transport, key }), lane: Lane::Interactive, dry_run: None })
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
        Self { lane: Lane::Background, ..self.clone() }
    }

    /// Whether nothing leaves but what reads.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.shared.transport.guard().is_read_only()
    }

    /// From now on lets nothing leave but GET, or again everything: of all handles, and what waits already included. All
    /// else ends with [`NotSent::ReadOnly`], also what only verifies, since that can use something up.
    pub fn set_read_only(&self, on: bool) {
        self.shared.transport.guard().set_read_only(on);
    }

    /// The same API for a rehearsal: what reads is sent, and all else only noted; it ends with [`NotSent::DryRun`].
    ///
    /// ```no_run
    /// # async fn rehearse(clerk: &lazyclerk::clerk::Clerk) {
    /// let (rehearsal, recorder) = clerk.dry_run();
    /// let _ = rehearsal.users().ban(&"user_1".into()).await;
    /// assert_eq!(recorder.take()[0].path, "/users/user_1/ban");
    /// # }
    /// ```
    #[must_use]
    pub fn dry_run(&self) -> (Self, Recorder) {
        let recorder = Recorder::default();
        (Self { dry_run: Some(recorder.clone()), ..self.clone() }, recorder)
    }

    /// How much of the rate limit requests [in the background](Self::in_background) may use.
    #[must_use]
    pub fn share(&self) -> Share {
        self.shared.transport.budget().share()
    }

    /// Lets them use so much, from now on: those that wait already, too, and those of all other handles.
    pub fn set_share(&self, share: Share) {
        self.shared.transport.budget().set_share(share);
    }

    /// How fast it goes. Cheap: nothing is asked, and little is counted.
    #[must_use]
    pub fn rate(&self) -> Rate {
        self.shared.transport.budget().rate()
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
        decode: impl FnOnce(&[u8]) -> serde_json::Result<T>,
    ) -> Result<Answer<T>, Error> {
        self.rehearse(request)?;
        self.shared.transport.send(self.lane, request, decode).await
    }

    /// The same without reading what came.
    async fn send_unread(&self, request: &Request) -> Result<Answer<Vec<u8>>, Error> {
        self.rehearse(request)?;
        self.shared.transport.bytes(self.lane, request).await
    }

    /// Notes what is not to be sent.
    fn rehearse(&self, request: &Request) -> Result<(), Error> {
        let passed = self.dry_run.as_ref().map_or(Ok(()), |recorder| recorder.pass(request));
        passed.inspect_err(|_| self.shared.transport.tell_kept_back(request))
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
            .field("dry_run", &self.dry_run.is_some())
            .finish()
    }
}
