//! The first start in lines, for whoever wants no screen: `--plain`, or a terminal that can do no more.

use crate::{
    app::welcome::words,
    clerk::model::Instance,
    cli::{
        Exit,
        dashboard::opening::{Opened, another},
        fault::Stop,
        form::remark,
        hidden::{Hidden, shown_line},
        key::search,
        profile::{Keeping, check, told_kind, until_ended},
    },
    config::{Config, Found, has_keyring, profile_name},
};
use secrecy::ExposeSecret;
use std::{io, path::Path};
use tokio::runtime::Runtime;

/// Asks at the terminal, line by line.
///
/// # Errors
///
/// How the program ends: nobody wanted to give a key, or it was asked to end.
pub(super) fn ask(runtime: &Runtime, chosen: Option<&Path>, config: Config) -> Result<Opened, Exit> {
    let mut opened = None;
    let asked = async {
        opened = Some(welcome(chosen, config).await?);
        Ok(Exit::Done)
    };
    match runtime.block_on(until_ended(asked)) {
        Ok(exit) => opened.ok_or(exit),
        Err(stop) => Err(stop.tell(false)),
    }
}

async fn welcome(chosen: Option<&Path>, config: Config) -> Result<Opened, Stop> {
    let profiles: Vec<String> = config.profiles.keys().cloned().collect();
    remark(words::GREETING);
    remark(words::NEED);
    remark("Without one, lazyclerk --demo shows people who do not exist.");
    if let Some(words) = words::profiles(&profiles) {
        remark(&words);
    }
    let (found, instance) = key().await?;
    let kind = told_kind(&found, &instance);
    remark(&format!("It opens {} at {}, a {kind} instance.", instance.id.as_str(), found.host()));
    remark(words::keep(has_keyring()));
    if !is_yes("Keep it [y/n]: ").await? {
        return Ok(Opened::of(found, config));
    }
    let name = name(&profiles).await?;
    let keeping = Keeping { in_keyring: true, ..Keeping::default() };
    keeping.save(&name, &found, &instance, chosen)?.tell();
    another(&name, chosen).map_err(Stop::failed)
}

/// A key that opens something, with what it opens. One that does not is asked for again.
async fn key() -> Result<(Found, Instance), Stop> {
    // Also between two questions nothing is shown of what is pasted.
    let mut terminal = Hidden::begin().map_err(|error| unreadable(&error))?;
    loop {
        let typed = terminal
            .line("Secret key (it is not shown; enter alone leaves): ")
            .await
            .map_err(|error| unreadable(&error))?;
        if typed.expose_secret().trim().is_empty() {
            return Err(Stop::key("no key was given"));
        }
        let tried = match search(|search| search.key_typed(typed.expose_secret())) {
            Ok(found) => check(&found).await.map(|instance| (found, instance)),
            Err(error) => Err(error.into()),
        };
        match tried {
            Ok(opened) => return Ok(opened),
            Err(stop) => _ = stop.tell(false),
        }
    }
}

/// What to call it: something that nothing is called yet.
async fn name(profiles: &[String]) -> Result<String, Stop> {
    let free = words::free_name(profiles);
    loop {
        let typed = shown_line(&format!("What to call it [{free}]: ")).await.map_err(|error| unreadable(&error))?;
        let typed = if typed.is_empty() { &free } else { &typed };
        match profile_name(typed) {
            Ok(name) if profiles.iter().any(|profile| profile == name) => remark(&words::name_is_taken(name)),
            Ok(name) => return Ok(name.to_owned()),
            Err(error) => remark(&format!("{error}.")),
        }
    }
}

async fn is_yes(question: &str) -> Result<bool, Stop> {
    loop {
        match shown_line(question).await.map_err(|error| unreadable(&error))?.to_lowercase().as_str() {
            "y" | "yes" => return Ok(true),
            "n" | "no" => return Ok(false),
            _ => {}
        }
    }
}

fn unreadable(error: &io::Error) -> Stop {
    Stop::key(format!("there is no terminal to type the key at: {error}"))
}
