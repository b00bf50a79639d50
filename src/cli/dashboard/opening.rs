//! Which instance the dashboard opens.

use crate::{
    app::Surroundings,
    clerk::InstanceKind,
    cli::{DashboardArguments, Exit, key::KeyArguments, tell},
    config::{Config, ConnectionError, Found, KeySource, configuration_place},
    emulator::Options,
    runtime::Target,
    ui::Shown,
};
use std::path::Path;

/// What to do without a key.
const NO_KEY: &str = "\
  To work on your own users, take the secret key from the Clerk dashboard
  (Configure, API keys) and start again:
      CLERK_SECRET_KEY=sk_… lazyclerk

  To look around first, without a key, on people who do not exist:
      lazyclerk --demo";

/// What is opened.
pub(super) struct Opened {
    pub(super) target: Target,
    /// What it is called.
    pub(super) name: String,
    /// As far as is known.
    pub(super) kind: InstanceKind,
    /// With what holds for it.
    pub(super) config: Config,
    /// Where its key was found; none for the demo.
    key: Option<KeySource>,
}

/// What to open at first; or how the program ends, having told why. Where there is no key, `ask` may give one.
pub(super) fn first(
    arguments: &DashboardArguments,
    config: Config,
    ask: impl FnOnce(Config) -> Result<Option<Opened>, Exit>,
) -> Result<Opened, Exit> {
    if arguments.demo {
        return Ok(Opened::demo(arguments, config));
    }
    match arguments.key.find(config.clone()) {
        Ok((found, config)) => Ok(Opened::of(found, config)),
        Err(error @ ConnectionError::NoKey(_)) => {
            if let Some(opened) = ask(config)? {
                return Ok(opened);
            }
            tell(&format_args!("{}.\n\n{NO_KEY}", foreign(&error)));
            Err(Exit::Key)
        }
        Err(error) => {
            tell(&foreign(&error));
            Err(Exit::Key)
        }
    }
}

/// The instance of a profile, with what its configuration says by now; or why it cannot be opened.
pub(super) fn another(profile: &str, chosen: Option<&Path>) -> Result<Opened, String> {
    let config = Config::read(chosen).map_err(|error| error.to_string())?;
    let (found, config) = KeyArguments::of_profile(profile).find(config).map_err(|error| foreign(&error))?;
    Ok(Opened::of(found, config))
}

impl Opened {
    /// People who do not exist.
    pub(super) fn demo(arguments: &DashboardArguments, config: Config) -> Self {
        let options = Options { users: arguments.users, seed: arguments.seed, ..Options::default() };
        let kind = options.instance;
        Self { target: Target::Demo(options), name: "demo".to_owned(), kind, config, key: None }
    }

    /// What a key opens.
    pub(super) fn of(found: Found, config: Config) -> Self {
        let (name, kind, key) = (found.name().to_owned(), found.instance_kind(), Some(found.source));
        Self { target: Target::Instance(found.connection), name, kind, config, key }
    }

    /// What it runs on, for whoever asks.
    pub(super) fn surroundings(&self, configuration: Option<&Path>, state: &Path) -> Surroundings {
        let (host, profile) = match &self.target {
            Target::Instance(connection) => {
                let profile = connection.profile.as_ref().map(|identity| identity.profile.clone());
                (Some(connection.endpoint.host().to_owned()), profile)
            }
            Target::Demo(_) => (None, None),
        };
        let configuration = configuration_place(configuration);
        Surroundings {
            host,
            key: self.key.as_ref().map(ToString::to_string),
            profile,
            profiles: self.config.profiles.keys().cloned().collect(),
            configuration: configuration.map(|path| {
                let missing = if path.exists() { "" } else { ", which is not there" };
                format!("{}{missing}", path.display())
            }),
            state: Some(state.display().to_string()),
        }
    }
}

/// With what a terminal may act on shown by a substitute: folders may have any name.
fn foreign(error: &ConnectionError) -> String {
    Shown::foreign(error.to_string()).into_string()
}
