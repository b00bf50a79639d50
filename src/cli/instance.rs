//! Which instance a command works on, and the way there.

use super::{fault::Stop, key::KeyArguments};
use crate::{
    app::{Fetch, Fetched, Protected, act::Site},
    clerk::{
        Clerk, InstanceKind, Share,
        model::{EnvironmentType, Organization, Page},
    },
    config::{Config, ConnectionError, Found, state_directory},
    emulator::Options,
    runtime::{Perform, Performer, Restraint, Target},
};
use clap::Args;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
#[command(next_help_heading = "Instance")]
pub(super) struct InstanceArguments {
    /// Work on invented people, served by an emulator inside the program; no key is needed
    #[arg(long, conflicts_with_all = ["secret_key_file", "profile"])]
    demo: bool,
    /// How many people to invent
    #[arg(long = "users", id = "people", value_name = "NUMBER", requires = "demo", default_value_t = 1_000)]
    people: u32,
    /// Which people: the same seed invents the same
    #[arg(long, value_name = "NUMBER", requires = "demo", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    key: KeyArguments,
    /// Let nothing be changed
    #[arg(long, env = "LAZYCLERK_READ_ONLY", value_parser = clap::builder::FalseyValueParser::new())]
    read_only: bool,
    /// How much of the instance's rate limit to use, in percent [default: 50 on production, 90 on development]
    #[arg(long, value_name = "PERCENT")]
    share: Option<Share>,
    /// Read the options from this file, instead of lazyclerk/config.toml where configurations are
    #[arg(long, value_name = "FILE", env = "LAZYCLERK_CONFIG")]
    config: Option<PathBuf>,
}

/// An instance to work on.
#[derive(Debug)]
pub(super) struct Opened {
    /// Carries out requests there.
    pub(super) performer: Performer,
    /// What it is, as far as words depend on it.
    pub(super) site: Site,
    /// Whom no act may touch.
    pub(super) protected: Protected,
    read_only: bool,
}

impl InstanceArguments {
    /// Opens it; nothing is sent yet.
    pub(super) fn open(&self) -> Result<Opened, Stop> {
        let config = self.config()?;
        if self.demo {
            return self.open_at(None, config);
        }
        let (found, config) = self.key.find(config)?;
        self.open_at(Some(found), config)
    }

    /// Opens it as far as there is a key; none where there is none anywhere. One that cannot be used is a fault as ever.
    pub(super) fn open_with_any_key(&self) -> Result<Option<Opened>, Stop> {
        if self.demo {
            return self.open().map(Some);
        }
        match self.key.find(self.config()?) {
            Err(ConnectionError::NoKey(_)) => Ok(None),
            found => {
                let (found, config) = found?;
                self.open_at(Some(found), config).map(Some)
            }
        }
    }

    /// Opens what a key leads to, or the demo without one.
    pub(super) fn open_at(&self, found: Option<Found>, config: Config) -> Result<Opened, Stop> {
        let state = state_directory().map_err(|error| Stop::failed(error.to_string()))?;
        let read_only = self.read_only || config.read_only.is_on();
        let restraint = Restraint { read_only, dry_run: false, share: self.share.or(config.rate_share) };
        let (target, instance, kind) = if let Some(found) = found {
            let (name, kind) = (found.name().to_owned(), found.instance_kind());
            (Target::Instance(found.connection), name, kind)
        } else {
            let options = Options { users: self.people, seed: self.seed, ..Options::default() };
            let kind = options.instance;
            (Target::Demo(options), "demo".to_owned(), kind)
        };
        let share = restraint.share.unwrap_or(Share::usual(kind)).percent();
        Ok(Opened {
            performer: Performer::new(target, state, restraint),
            site: Site { instance, kind, share },
            protected: config.preferences.protected,
            read_only,
        })
    }

    /// Whether it is the demo's.
    pub(super) fn is_demo(&self) -> bool {
        self.demo
    }

    /// Which key is used.
    pub(super) fn key(&self) -> &KeyArguments {
        &self.key
    }

    /// The configuration file that was named.
    pub(super) fn config_file(&self) -> Option<&Path> {
        // An empty variable names no file.
        self.config.as_deref().filter(|path| !path.as_os_str().is_empty())
    }

    /// What the configuration says for all.
    pub(super) fn config(&self) -> Result<Config, Stop> {
        Config::read(self.config_file()).map_err(|error| Stop::usage(error.to_string()))
    }
}

impl Opened {
    /// The client, for reading.
    pub(super) async fn clerk(&mut self) -> Result<Clerk, Stop> {
        // Nobody looks at what was sent; kept for whoever might, it would only grow.
        drop(self.performer.exchanges());
        Ok(self.performer.clerk().await?)
    }

    /// Makes ready for changing something: whether anything may be changed at all, and what the instance says it is. What it
    /// says can make it production; nothing makes it less than the key says.
    pub(super) async fn prepare(&mut self, is_rehearsal: bool) -> Result<(), Stop> {
        if self.read_only && !is_rehearsal {
            let by = "as --read-only, LAZYCLERK_READ_ONLY, the profile or the configuration says";
            return Err(Stop::failed(format!("nothing was sent: lazyclerk only reads, {by}")));
        }
        drop(self.performer.exchanges());
        if let Fetched::Instance(instance) = self.performer.fetch(Fetch::Instance).await?
            && instance.environment_type != Some(EnvironmentType::Development)
        {
            self.site.kind = InstanceKind::Production;
        }
        Ok(())
    }

    /// The organizations that a name can mean: the one with this id or slug, else those whose names hold it.
    pub(super) async fn named(&self, name: &str) -> Result<Page<Organization>, Stop> {
        match self.performer.fetch(Fetch::NamedOrganizations(name.to_owned())).await? {
            Fetched::Organizations(found) => Ok(found),
            _ => Err(Stop::failed("the program failed: another answer came than was asked for")),
        }
    }
}
