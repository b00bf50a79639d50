//! The server: where it listens, what it serves, and how it stops.

use super::{
    clock::Clock,
    faults::{Faults, Misbehaviour},
    people::{Day, People, random::Random},
    rate::{Rate, RateLimit},
    routes,
    store::{Store, StoreError},
};
use crate::clerk::{
    InstanceKind, KeyError, SecretKey,
    model::{InstanceId, Timestamp},
};
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{Arc, Mutex},
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

/// Where the data is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Database {
    /// Nowhere: it is gone when the emulator stops.
    #[default]
    Memory,
    /// In this file. One that has people already is served as it is.
    File(PathBuf),
}

/// What to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where the data is kept.
    pub database: Database,
    /// How many people to make.
    pub users: u32,
    /// Which people: the same seed makes the same, on every machine.
    pub seed: u64,
    /// Development or production.
    pub instance: InstanceKind,
    /// The last day of their lives so far.
    pub today: Day,
    /// What time it is.
    pub clock: Clock,
    /// How many requests it takes.
    pub rate_limit: RateLimit,
    /// How it misbehaves on purpose; which request meets what follows from the seed.
    pub misbehaviour: Misbehaviour,
}

impl Default for Options {
    /// A development instance of 1,000 people in memory, on a free port of this machine.
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            database: Database::default(),
            users: 1_000,
            seed: 1,
            instance: InstanceKind::Development,
            today: Day::of(Timestamp::from(jiff::Timestamp::now())),
            clock: Clock::default(),
            rate_limit: RateLimit::OFF,
            misbehaviour: Misbehaviour::default(),
        }
    }
}

/// Why the emulator does not run.
#[derive(Debug, thiserror::Error)]
pub enum EmulatorError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key in the database is none.
    #[error("the key in the database cannot be used: {0}")]
    Key(#[from] KeyError),
    /// The task that makes the people ended early.
    #[error("the people could not be made")]
    People,
}

/// What every operation needs.
#[derive(Clone, Debug)]
pub(super) struct AppState {
    pub(super) store: Arc<Mutex<Store>>,
    pub(super) key: SecretKey,
    pub(super) kind: InstanceKind,
    pub(super) instance_id: InstanceId,
    pub(super) clock: Clock,
    pub(super) rate: Arc<Rate>,
    pub(super) faults: Arc<Faults>,
    /// Who was to live here in the beginning.
    pub(super) people: People,
}

/// A running emulator. Dropping it stops it without waiting for requests under way; see [`Emulator::stop`].
#[derive(Debug)]
pub struct Emulator {
    url: String,
    key: SecretKey,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
}

impl Emulator {
    /// Makes the people, and serves them; it answers when this returns.
    ///
    /// # Errors
    ///
    /// See [`EmulatorError`].
    pub async fn start(options: Options) -> Result<Self, EmulatorError> {
        let address = options.listen;
        let listener = TcpListener::bind(address).await.map_err(|source| EmulatorError::Listen { address, source })?;
        let address = listener.local_addr().map_err(|source| EmulatorError::Listen { address, source })?;
        let state = tokio::task::spawn_blocking(move || open(&options)).await.map_err(|_| EmulatorError::People)??;
        let key = state.key.clone();
        let (stop, stopped) = oneshot::channel();
        let closing = state.faults.closing.clone();
        let service = routes::router(state);
        let serving = tokio::spawn(async move {
            let stopped = async move {
                // Also when the sender is dropped.
                _ = stopped.await;
                closing.cancel();
            };
            if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(stopped).await {
                tracing::error!(%error, "the server failed");
            }
        });
        Ok(Self { url: format!("http://{address}"), key, stop: Some(stop), serving })
    }

    /// The base URL, without `/v1`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The key that it accepts.
    #[must_use]
    pub fn secret_key(&self) -> &SecretKey {
        &self.key
    }

    /// Stops listening, lets requests under way end, and closes the database.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        if let Err(error) = (&mut self.serving).await {
            tracing::error!(%error, "the server ended badly");
        }
    }
}

/// The operations alone, without a network, for tests in the process; and the key that they accept.
///
/// # Errors
///
/// See [`EmulatorError`].
pub fn router(options: &Options) -> Result<(axum::Router, SecretKey), EmulatorError> {
    let state = open(options)?;
    let key = state.key.clone();
    Ok((routes::router(state), key))
}

/// Opens the database, and fills an empty one. Takes as long as making the people does.
fn open(options: &Options) -> Result<AppState, EmulatorError> {
    let (mut store, is_new) = match &options.database {
        Database::Memory => (Store::in_memory()?, true),
        Database::File(file) => Store::in_file(file)?,
    };
    // A file whose making was broken off has no people and no key.
    if is_new || store.meta("secret_key")?.is_none() {
        fill(&mut store, options)?;
    }
    let meta = |name| store.meta(name).map(Option::unwrap_or_default);
    let key = SecretKey::new(&meta("secret_key")?)?;
    let (kind, instance_id) = (key.instance_kind(), InstanceId::from(meta("instance_id")?));
    Ok(AppState {
        store: Arc::new(Mutex::new(store)),
        key,
        kind,
        instance_id,
        clock: options.clock.clone(),
        rate: Arc::new(Rate::new(options.rate_limit)),
        faults: Arc::new(Faults::new(options.misbehaviour.clone(), options.seed)),
        people: People::new(options.seed, options.users, options.today),
    })
}

fn fill(store: &mut Store, options: &Options) -> Result<(), StoreError> {
    let people = People::new(options.seed, options.users, options.today);
    store.fill(|store| {
        people.settle(store)?;
        people.note(store)?;
        let prefix = match options.instance {
            InstanceKind::Development => "sk_test_",
            InstanceKind::Production => "sk_live_",
        };
        // The key is the one thing that differs each time: it opens this database only.
        store.set_meta("secret_key", &Random::new(fastrand::u64(..)).text(prefix, 42))?;
        store.set_meta("instance_id", &Random::new(options.seed).id("ins"))
    })
}

/// Makes the data as it was in the beginning; the key stays. Who was made is noted in the database; `otherwise` is for
/// one without a note.
pub(super) fn reset(store: &mut Store, otherwise: People) -> Result<(), StoreError> {
    let people = People::noted(store)?.unwrap_or(otherwise);
    let mut fresh = Store::in_memory()?;
    fresh.fill(|fresh| {
        people.settle(fresh)?;
        people.note(fresh)?;
        for name in ["secret_key", "instance_id"] {
            fresh.set_meta(name, &store.meta(name)?.unwrap_or_default())?;
        }
        Ok(())
    })?;
    store.become_like(&fresh)
}
