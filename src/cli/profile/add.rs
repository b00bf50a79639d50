//! `lazyclerk profile add`.

use super::{check, forgotten, read, state, told_kind};
use crate::{
    app::{InstanceColor, welcome::words},
    clerk::{Endpoint, InstanceKind, SecretKey, model::Instance},
    cli::{Exit, fault::Stop, form::remark, hidden::Hidden},
    config::{
        Connection, Edit, Found, Kept, KeySource, NewProfile, forget_key, keep_key, profile_name, read_key,
        remember_instance,
    },
};
use clap::Args;
use secrecy::ExposeSecret;
use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct AddArguments {
    /// What to call it: letters, digits, - and _
    #[arg(value_name = "NAME")]
    name: String,
    /// Take the secret key from this file, which must be yours alone; - is the first line of standard input
    #[arg(long, value_name = "FILE")]
    secret_key_file: Option<PathBuf>,
    /// Where its API is [default: Clerk's own]
    #[arg(long, value_name = "URL", env = "CLERK_API_URL")]
    api_url: Option<String>,
    /// Keep the key in a file for you alone, also where there is a keyring
    #[arg(long)]
    no_keyring: bool,
    /// Colour its name: red, yellow, green, cyan, blue or magenta
    #[arg(long, value_name = "COLOR")]
    color: Option<InstanceColor>,
    /// Start it read-only, as production is without being asked
    #[arg(long)]
    read_only: bool,
    /// Start it so that it can be changed, also where it is production
    #[arg(long, conflicts_with = "read_only")]
    writable: bool,
    /// Who acts from it, for the record
    #[arg(long, value_name = "WHO")]
    actor: Option<String>,
    /// Put it in the place of one of this name
    #[arg(long)]
    replace: bool,
}

/// How an instance is kept under a name.
#[derive(Debug, Default)]
pub(in crate::cli) struct Keeping {
    /// Whether the key goes into the keyring, where there is one.
    pub(in crate::cli) in_keyring: bool,
    /// What the name is coloured like.
    pub(in crate::cli) color: Option<InstanceColor>,
    /// Whether nothing is changed at first; production so, where it is not said.
    pub(in crate::cli) read_only: Option<bool>,
    /// Who acts from it.
    pub(in crate::cli) actor: Option<String>,
}

/// An instance that is kept.
#[derive(Debug)]
pub(in crate::cli) struct Saved {
    kept: Kept,
    read_only: Option<bool>,
    /// Whether it is the one to open where no key is found.
    is_first: bool,
    /// The configuration file.
    file: PathBuf,
}

impl Keeping {
    /// Keeps the key, and writes the profile; the first is the one to open where no key is found.
    pub(in crate::cli) fn save(
        self,
        name: &str,
        found: &Found,
        instance: &Instance,
        chosen: Option<&Path>,
    ) -> Result<Saved, Stop> {
        let (config, mut edit, state) = (read(chosen)?, Edit::open(chosen)?, state()?);
        let kept = keep_key(&state, name, &found.connection.key, self.in_keyring)?;
        let is_production = told_kind(found, instance) == InstanceKind::Production;
        let read_only = self.read_only.or(is_production.then_some(true));
        edit.put(&NewProfile {
            name: name.to_owned(),
            key: kept.place.clone(),
            api_url: (found.connection.endpoint != Endpoint::default()).then(|| found.connection.endpoint.to_string()),
            color: self.color,
            read_only,
            actor: self.actor,
            instance_id: Some(instance.id.as_str().to_owned()).filter(|id| !id.is_empty()),
        });
        let is_first = config.default_profile.is_none();
        if is_first {
            edit.set_default(name);
        }
        let file = edit.save().inspect_err(|_| {
            // A key that no profile names would be forgotten there; that of one that was there before is its own still.
            if !config.profiles.contains_key(name) {
                _ = forget_key(&state, name, &kept.place);
            }
        })?;
        forgotten(remember_instance(&state, name, None));
        Ok(Saved { kept, read_only, is_first, file })
    }
}

impl Saved {
    /// Tells where the key is, and what holds at first.
    pub(in crate::cli) fn tell(&self) {
        for words in self.words() {
            remark(&words);
        }
    }

    /// The same, in sentences.
    pub(in crate::cli) fn words(&self) -> Vec<String> {
        let place = match (&self.kept.file, &self.kept.remark) {
            (Some(file), Some(why)) => {
                format!("Its key is in {}, which only you can read, as {why}.", file.display())
            }
            (Some(file), None) => format!("Its key is in {}, which only you can read.", file.display()),
            (None, _) => "Its key is in the keyring.".to_owned(),
        };
        let read_only = (self.read_only == Some(true)).then(|| words::STARTS_READ_ONLY.to_owned());
        std::iter::once(place).chain(read_only).collect()
    }
}

impl AddArguments {
    pub(super) async fn run(self, chosen: Option<&Path>) -> Result<Exit, Stop> {
        let name = profile_name(&self.name)?;
        let config = read(chosen)?;
        if config.profiles.contains_key(name) && !self.replace {
            return Err(Stop::usage(format!(
                "there is a profile {name} already; --replace puts this one in its place"
            )));
        }
        // What cannot be changed is said before a key is asked for.
        Edit::open(chosen)?;
        let found = self.found().await?;
        let instance = check(&found).await?;
        let read_only = match (self.writable, self.read_only) {
            (true, _) => Some(false),
            (false, true) => Some(true),
            (false, false) => None,
        };
        let keeping = Keeping { in_keyring: !self.no_keyring, color: self.color, read_only, actor: self.actor.clone() };
        let saved = keeping.save(name, &found, &instance, chosen)?;
        let kind = told_kind(&found, &instance);
        remark(&format!("{name} is {} at {}, a {kind} instance.", instance.id.as_str(), found.host()));
        saved.tell();
        let opened = if saved.is_first { "lazyclerk".to_owned() } else { format!("lazyclerk --profile {name}") };
        remark(&format!("What holds for it stands in {}. It is opened by: {opened}", saved.file.display()));
        Ok(Exit::Done)
    }

    /// The key, typed, piped or from a file, and where it goes.
    async fn found(&self) -> Result<Found, Stop> {
        let (key, source) = match &self.secret_key_file {
            Some(file) => read_key(file)?,
            None if io::stdin().is_terminal() => {
                let unreadable =
                    |error: io::Error| Stop::usage(format!("there is no terminal to type the key at: {error}"));
                let typed = Hidden::begin()
                    .map_err(unreadable)?
                    .line("Secret key (it is not shown): ")
                    .await
                    .map_err(unreadable)?;
                let key = SecretKey::new(typed.expose_secret()).map_err(|error| Stop::key(error.to_string()))?;
                (key, KeySource::Typed)
            }
            None => read_key(Path::new("-"))?,
        };
        let url = self.api_url.as_deref().filter(|url| !url.trim().is_empty()).unwrap_or(Endpoint::DEFAULT);
        let endpoint = Endpoint::parse(url).map_err(|error| Stop::usage(format!("--api-url: {error}")))?;
        Ok(Found::new(Connection { endpoint, key, profile: None }, source))
    }
}
