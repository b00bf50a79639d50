//! Which instance is worked on, and connecting to it.

use super::disk::on_disk;
use crate::{
    app::Failure,
    clerk::{Clerk, Exchange, SetupError, Share},
    config::{Connection, Identity, remember_instance, remembered_instance},
    emulator::{Emulator, EmulatorError, Options},
};
use std::path::Path;
use tokio::sync::mpsc::UnboundedSender;

/// Which instance to work on.
#[derive(Clone, Debug)]
pub enum Target {
    /// One that is there.
    Instance(Connection),
    /// One that is made inside the program.
    Demo(Options),
}

impl Target {
    /// The name under which this machine keeps what it knows of the instance: the same at the next start. The demo listens
    /// at another port each time; it is called what no host can be.
    pub(super) fn instance(&self) -> &str {
        match self {
            Self::Instance(connection) => connection.endpoint.host(),
            Self::Demo(_) => "the demo",
        }
    }
}

impl Target {
    /// The profile that it is of.
    pub(super) fn identity(&self) -> Option<&Identity> {
        match self {
            Self::Instance(connection) => connection.profile.as_deref(),
            Self::Demo(_) => None,
        }
    }

    /// Who acts from the profile that it is of.
    #[must_use]
    pub fn actor(&self) -> Option<&str> {
        self.identity()?.actor.as_deref()
    }
}

/// The instance, connected to.
#[derive(Debug)]
pub(super) struct Connected {
    clerk: Clerk,
    /// Serves as long as this lives.
    _emulator: Option<Emulator>,
}

impl From<SetupError> for Failure {
    fn from(error: SetupError) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<EmulatorError> for Failure {
    fn from(error: EmulatorError) -> Self {
        Self::Internal(format!("the demo cannot start: {error}"))
    }
}

impl Connected {
    /// Connects, with background work using this share of the rate limit.
    pub(super) async fn to(
        target: Target,
        share: Option<Share>,
        watcher: UnboundedSender<Exchange>,
    ) -> Result<Self, Failure> {
        let (connection, emulator) = match target {
            Target::Instance(connection) => (connection, None),
            Target::Demo(options) => {
                let emulator = Emulator::start(options).await?;
                let endpoint = crate::clerk::Endpoint::parse(emulator.url());
                let endpoint = endpoint.map_err(|error| Failure::Internal(error.to_string()))?;
                (Connection { endpoint, key: emulator.secret_key().clone(), profile: None }, Some(emulator))
            }
        };
        // Loading the system's certificates reads files.
        let begin = move || Ok(Clerk::watched(connection.endpoint, connection.key, watcher)?);
        let clerk = on_disk(Failure::Internal, begin).await?;
        if let Some(share) = share {
            clerk.set_share(share);
        }
        Ok(Self { clerk, _emulator: emulator })
    }

    /// Makes sure that it is the instance that the profile has opened before; the first is remembered.
    pub(super) async fn assure(&self, identity: &Identity, state: &Path) -> Result<(), Failure> {
        let now = self.clerk.instance().get().await?.value.id.as_str().to_owned();
        let (profile, state) = (identity.profile.clone(), state.to_owned());
        let named = identity.instance_id.clone();
        let before = on_disk(Failure::Internal, move || {
            let unread = |error: std::io::Error| Failure::Internal(format!("which instance it was before: {error}"));
            let before = match named {
                Some(named) => Some(named),
                None => remembered_instance(&state, &profile).map_err(unread)?,
            };
            if before.is_none() && !now.is_empty() {
                remember_instance(&state, &profile, Some(&now)).map_err(unread)?;
            }
            Ok(before.filter(|before| *before != now).map(|before| (before, now)))
        });
        match before.await? {
            Some((before, now)) => Err(Failure::OtherInstance { profile: identity.profile.clone(), before, now }),
            None => Ok(()),
        }
    }

    /// The same, with nothing leaving but what reads, whoever is given the client.
    pub(super) fn for_a_dry_run(self) -> Self {
        Self { clerk: self.clerk.dry_run().0, ..self }
    }

    pub(super) fn clerk(&self) -> &Clerk {
        &self.clerk
    }
}
