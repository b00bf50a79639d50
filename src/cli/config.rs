//! `lazyclerk config`: the configuration file.

use super::{Exit, fault::Stop, form::remark};
use crate::config::{Config, DEFAULT, configuration_place};
use clap::{Args, Subcommand};
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

#[derive(Debug, Args)]
pub(super) struct ConfigArguments {
    #[command(subcommand)]
    command: ConfigCommand,
    /// This file, instead of lazyclerk/config.toml where configurations are
    #[arg(long, value_name = "FILE", env = "LAZYCLERK_CONFIG", global = true)]
    config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Write the file with every option in it, each with what it does, none of them switched
    Init {
        /// Also in the place of one that is there
        #[arg(long)]
        force: bool,
    },
    /// Tell what is wrong with the file, and in which line; nothing where all is well
    Check,
    /// Print where the file is, or would be
    Path,
}

pub(super) fn run(arguments: ConfigArguments) -> Exit {
    // An empty variable names no file.
    let chosen = arguments.config.filter(|path| !path.as_os_str().is_empty());
    let done = match arguments.command {
        ConfigCommand::Init { force } => init(chosen.as_deref(), force),
        ConfigCommand::Check => check(chosen.as_deref()),
        ConfigCommand::Path => place(chosen.as_deref()).and_then(|file| print(&file)),
    };
    done.unwrap_or_else(|stop| stop.tell(false))
}

fn init(chosen: Option<&Path>, force: bool) -> Result<Exit, Stop> {
    let file = place(chosen)?;
    let failed = |error: io::Error| Stop::failed(format!("{}: {error}", file.display()));
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    match options.open(&file).and_then(|mut opened| opened.write_all(DEFAULT.as_bytes())) {
        Ok(()) => {
            remark(&format!("Written: {}", file.display()));
            Ok(Exit::Done)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let words =
                format!("{} is there already; --force writes it anew, and what it says is lost", file.display());
            Err(Stop::failed(words))
        }
        Err(error) => Err(failed(error)),
    }
}

fn check(chosen: Option<&Path>) -> Result<Exit, Stop> {
    let file = place(chosen)?;
    Config::read(chosen).map_err(|error| Stop::usage(error.to_string()))?;
    let told = if file.exists() { "is right" } else { "is not there, so everything is as it is without" };
    remark(&format!("{} {told}.", file.display()));
    Ok(Exit::Done)
}

fn print(file: &Path) -> Result<Exit, Stop> {
    use std::os::unix::ffi::OsStrExt;
    let mut out = io::stdout().lock();
    out.write_all(file.as_os_str().as_bytes())?;
    out.write_all(b"\n")?;
    Ok(Exit::Done)
}

fn place(chosen: Option<&Path>) -> Result<PathBuf, Stop> {
    configuration_place(chosen)
        .ok_or_else(|| Stop::failed("there is no home directory to look for it in; set HOME or XDG_CONFIG_HOME"))
}
