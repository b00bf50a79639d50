//! `lazyclerk profile`: instances that have a name.

mod add;
mod list;

pub(super) use add::Keeping;

use super::{Exit, ask, fault::Stop, form::remark, key::search};
use crate::{
    clerk::{
        Clerk, InstanceKind,
        model::{EnvironmentType, Instance},
    },
    config::{
        Config, Edit, EditError, Found, KeepError, NameError, Profile, forget_key, remember_instance, state_directory,
    },
    runtime::ends,
};
use clap::{Args, Subcommand};
use futures_util::StreamExt;
use std::path::{Path, PathBuf};
use tokio::runtime::Runtime;

#[derive(Debug, Args)]
pub(super) struct ProfileArguments {
    #[command(subcommand)]
    command: ProfileCommand,
    /// Keep them in this file, instead of lazyclerk/config.toml where configurations are
    #[arg(long, value_name = "FILE", env = "LAZYCLERK_CONFIG", global = true)]
    config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum ProfileCommand {
    /// Give an instance a name, and keep its key: typed unseen, or from a file or a pipe
    Add(add::AddArguments),
    /// List them
    List(list::ListArguments),
    /// Forget one, and the key that was kept for it
    Remove {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
        /// Do it without asking
        #[arg(short, long)]
        yes: bool,
    },
    /// Open this one where no key is found elsewhere
    Use {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Say that its key is right to belong to another instance than before
    Confirm {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
        /// Do it without asking
        #[arg(short, long)]
        yes: bool,
    },
}

pub(super) fn run(runtime: &Runtime, arguments: ProfileArguments) -> Exit {
    // An empty variable names no file.
    let chosen = arguments.config.filter(|path| !path.as_os_str().is_empty());
    let chosen = chosen.as_deref();
    let is_json = matches!(&arguments.command, ProfileCommand::List(asked) if asked.is_json());
    let done = match arguments.command {
        ProfileCommand::Add(asked) => runtime.block_on(until_ended(asked.run(chosen))),
        ProfileCommand::List(asked) => asked.run(chosen),
        ProfileCommand::Remove { name, yes } => remove(chosen, &name, yes),
        ProfileCommand::Use { name } => choose(chosen, &name),
        ProfileCommand::Confirm { name, yes } => runtime.block_on(until_ended(confirm(chosen, &name, yes))),
    };
    done.unwrap_or_else(|stop| stop.tell(is_json))
}

/// Does it, unless the program is asked to end: then what it holds, such as the terminal, is given back.
pub(super) async fn until_ended(work: impl Future<Output = Result<Exit, Stop>>) -> Result<Exit, Stop> {
    let mut ends = ends()?;
    tokio::select! {
        done = work => done,
        Some(signal) = ends.next() => Ok(Exit::of(signal)),
    }
}

fn remove(chosen: Option<&Path>, name: &str, yes: bool) -> Result<Exit, Stop> {
    let config = read(chosen)?;
    let profile = there(&config, name)?;
    if let Some(exit) = ask(&format!("Forget the profile {name} and {}?", profile.key.words()), yes)? {
        return Ok(exit);
    }
    let state = state()?;
    forget_key(&state, name, &profile.key)?;
    let mut edit = Edit::open(chosen)?;
    edit.remove(name);
    edit.save()?;
    forgotten(remember_instance(&state, name, None));
    remark(&format!("The profile {name} is forgotten."));
    Ok(Exit::Done)
}

fn choose(chosen: Option<&Path>, name: &str) -> Result<Exit, Stop> {
    there(&read(chosen)?, name)?;
    let mut edit = Edit::open(chosen)?;
    edit.set_default(name);
    let file = edit.save()?;
    remark(&format!("{name} is opened where no key is found elsewhere ({}).", file.display()));
    Ok(Exit::Done)
}

async fn confirm(chosen: Option<&Path>, name: &str, yes: bool) -> Result<Exit, Stop> {
    let config = read(chosen)?;
    let profile = there(&config, name)?;
    let found = search(|search| search.key_of(profile))?;
    let instance = check(&found).await?;
    let (id, kind) = (instance.id.as_str(), told_kind(&found, &instance));
    if let Some(exit) = ask(&format!("Does {name} belong to {id} ({kind}) at {} from now on?", found.host()), yes)? {
        return Ok(exit);
    }
    if profile.instance_id.is_some() {
        let mut edit = Edit::open(chosen)?;
        edit.set_instance(name, id);
        edit.save()?;
    }
    forgotten(remember_instance(&state()?, name, Some(id)));
    remark(&format!("{name} belongs to {id}."));
    Ok(Exit::Done)
}

/// Asks the instance which it is: whether the key is right, and what it opens.
pub(super) async fn check(found: &Found) -> Result<Instance, Stop> {
    let connection = found.connection.clone();
    let clerk = Clerk::new(connection.endpoint, connection.key).map_err(|error| Stop::failed(error.to_string()))?;
    let answer = clerk.instance().get().await.map_err(Stop::from);
    Ok(answer.map_err(|stop| stop.about(&format!("the key cannot be checked at {}", found.host())))?.value)
}

/// What an instance is, by its key and by what it says itself; the graver of the two.
pub(super) fn told_kind(found: &Found, instance: &Instance) -> InstanceKind {
    match (found.instance_kind(), &instance.environment_type) {
        (InstanceKind::Development, Some(EnvironmentType::Development)) => InstanceKind::Development,
        _ => InstanceKind::Production,
    }
}

/// The profile of this name.
fn there<'config>(config: &'config Config, name: &str) -> Result<&'config Profile, Stop> {
    config.profile(name).map_err(|error| Stop::not_found(error.to_string()))
}

fn read(chosen: Option<&Path>) -> Result<Config, Stop> {
    Config::read(chosen).map_err(|error| Stop::usage(error.to_string()))
}

fn state() -> Result<PathBuf, Stop> {
    state_directory().map_err(|error| Stop::failed(error.to_string()))
}

/// That it is not remembered which instance it was is worth a word, and no more.
fn forgotten(result: std::io::Result<()>) {
    if let Err(error) = result {
        remark(&format!("The instance could not be remembered: {error}"));
    }
}

impl From<EditError> for Stop {
    fn from(error: EditError) -> Self {
        Self::failed(error.to_string())
    }
}

impl From<KeepError> for Stop {
    fn from(error: KeepError) -> Self {
        Self::failed(error.to_string())
    }
}

impl From<NameError> for Stop {
    fn from(error: NameError) -> Self {
        Self::usage(error.to_string())
    }
}
