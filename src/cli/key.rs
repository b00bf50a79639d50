//! Which key a command uses, and so which instance it works on.

use crate::config::{Config, ConnectionError, Found, Search, state_directory};
use clap::Args;
use std::path::PathBuf;

/// The key itself is no argument: everybody on the machine can read those, and the shell remembers them.
#[derive(Debug, Default, Args)]
pub(super) struct KeyArguments {
    /// Open the instance of this profile
    #[arg(long, value_name = "NAME", conflicts_with = "secret_key_file")]
    profile: Option<String>,
    /// Take the secret key from this file, which must be yours alone; - is the first line of standard input
    #[arg(long, value_name = "FILE")]
    secret_key_file: Option<PathBuf>,
}

impl KeyArguments {
    /// Those that name a profile.
    pub(super) fn of_profile(name: &str) -> Self {
        Self { profile: Some(name.to_owned()), secret_key_file: None }
    }

    /// The way to the instance, and the configuration as it is there: as the arguments say, else by the key that is found
    /// where Clerk's tools put it.
    pub(super) fn find(&self, config: Config) -> Result<(Found, Config), ConnectionError> {
        let found = search(|search| match (&self.profile, &self.secret_key_file) {
            (Some(name), _) => search.key_of(config.profile(name)?),
            (None, Some(file)) => search.key_in(file),
            (None, None) => search.key(&config),
        })?;
        let config = found.settle(config);
        Ok((found, config))
    }

    /// Whether the key comes on standard input.
    pub(super) fn takes_input(&self) -> bool {
        self.secret_key_file.as_deref().is_some_and(|file| file.as_os_str() == "-")
    }
}

/// Looks for a key where this process can.
pub(super) fn search<T>(look: impl FnOnce(&Search<'_>) -> T) -> T {
    let variable = |name: &str| std::env::var(name).ok();
    look(&Search {
        lookup: &variable,
        folder: std::env::current_dir().ok(),
        home: std::env::home_dir(),
        state: state_directory().ok(),
    })
}
