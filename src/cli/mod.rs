//! The command line: what can be asked for, one file per command.

mod asking;
mod audit;
mod config;
mod dashboard;
mod doctor;
mod emulator;
mod exit;
mod export;
mod fault;
mod form;
mod hidden;
mod import;
mod instance;
mod key;
mod listing;
mod manual;
mod orgs;
mod profile;
mod progress;
mod seen;
mod signals;
mod trash;
mod users;

pub use exit::Exit;

use crate::clerk::Share;
use asking::{ask, harmless};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Find any user of your Clerk application, see everything about them, and act: safely, and with a way back.
#[derive(Debug, Parser)]
#[command(name = "lazyclerk", version, max_term_width = 100, args_conflicts_with_subcommands = true)]
#[command(after_help = "\
Without a command it opens the dashboard on the instance that the secret key opens. The first of these has the key: \
--profile; --secret-key-file; CLERK_SECRET_KEY in the environment; .env.local, .env or .clerk/.tmp/keyless.json in this \
folder or the nearest above it; the default profile. The API is where CLERK_API_URL beside the key says, or Clerk's own.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no key or a wrong one, 4 not there; 129, 130 and 143 after SIGHUP, SIGINT \
and SIGTERM.")]
pub struct Arguments {
    #[command(flatten)]
    dashboard: DashboardArguments,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
struct DashboardArguments {
    /// Open the dashboard on invented people, served by an emulator inside the program; no key is needed
    #[arg(long, conflicts_with_all = ["secret_key_file", "profile"])]
    demo: bool,
    /// No screen: lines to be read aloud, and commands typed as lines; also when TERM is dumb
    #[arg(long)]
    plain: bool,
    /// Mark the users that this file names, an id, email address or username a line; - reads standard input
    #[arg(long, value_name = "FILE")]
    marks: Option<String>,
    /// Let nothing be changed for the whole run; the dashboard cannot switch it off
    #[arg(long, env = "LAZYCLERK_READ_ONLY", value_parser = clap::builder::FalseyValueParser::new())]
    read_only: bool,
    /// Show what would be sent in the place of sending it, for the whole run; what reads is sent
    #[arg(long)]
    dry_run: bool,
    /// How much of the instance's rate limit jobs may use, in percent [default: 50 on production, 90 on development]
    #[arg(long, value_name = "PERCENT")]
    share: Option<Share>,
    /// How many people to invent
    #[arg(long, value_name = "NUMBER", requires = "demo", default_value_t = 1_000)]
    users: u32,
    /// Which people: the same seed invents the same
    #[arg(long, value_name = "NUMBER", requires = "demo", default_value_t = 1)]
    seed: u64,
    /// Read the options and keys from this file, instead of lazyclerk/config.toml where configurations are
    #[arg(long, value_name = "FILE", env = "LAZYCLERK_CONFIG")]
    config: Option<PathBuf>,
    #[command(flatten)]
    key: key::KeyArguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Find users, read them, and act on one or many, from a script
    Users(users::UsersArguments),
    /// Find organizations and who belongs to them
    Orgs(orgs::OrgsArguments),
    /// Write users to a file or standard output: all or those that match, with the columns that you choose
    Export(Box<export::ExportArguments>),
    /// Make users from the file of another system, with their passwords; each once, whatever breaks off, and back again
    Import(Box<import::ImportArguments>),
    /// Print what was changed from this machine, the latest first: who, whom, when, why, and what came of it
    Audit(Box<audit::AuditArguments>),
    /// List, restore and throw away the copies of users who were deleted from this machine
    Trash(trash::TrashArguments),
    /// Give instances names, with their keys in the keyring and what holds for each
    Profile(profile::ProfileArguments),
    /// Write, check or find the configuration file
    Config(config::ConfigArguments),
    /// Check configuration, key, API, clock, terminal and files, and tell how to mend what is not right
    Doctor(Box<doctor::DoctorArguments>),
    /// Serve Clerk's Backend API on this machine, with invented people, for any SDK
    Emulator(emulator::EmulatorArguments),
    /// Print what completes this command line in a shell
    Completions(manual::CompletionsArguments),
    /// Print the manual page, or write a page for each command
    Man(manual::ManArguments),
}

impl Arguments {
    /// Does what was asked for, to its end.
    ///
    /// # Errors
    ///
    /// What no command tells in words of its own.
    pub fn run(self) -> color_eyre::Result<Exit> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let exit = match self.command {
            Some(Command::Audit(arguments)) => audit::run(*arguments),
            Some(Command::Trash(arguments)) => trash::run(&runtime, arguments),
            Some(Command::Users(arguments)) => Ok(users::run(&runtime, arguments)),
            Some(Command::Orgs(arguments)) => Ok(orgs::run(&runtime, arguments)),
            Some(Command::Profile(arguments)) => Ok(profile::run(&runtime, arguments)),
            Some(Command::Config(arguments)) => Ok(config::run(arguments)),
            Some(Command::Doctor(arguments)) => Ok(doctor::run(&runtime, &arguments)),
            Some(Command::Export(arguments)) => Ok(export::run(&runtime, *arguments)),
            Some(Command::Import(arguments)) => Ok(import::run(&runtime, *arguments)),
            Some(Command::Completions(arguments)) => Ok(manual::complete(&arguments)?),
            Some(Command::Man(arguments)) => Ok(manual::manual(&arguments)?),
            Some(Command::Emulator(arguments)) => runtime.block_on(emulator::run(arguments)),
            None => dashboard::run(&runtime, &self.dashboard),
        };
        // What still runs is of no use to anybody: a read, a page of people being made.
        runtime.shutdown_background();
        exit
    }
}

/// Tells on standard error why the program could not do what was asked for.
#[expect(clippy::print_stderr, reason = "this is where a program that ends tells why")]
pub fn tell(reason: &impl std::fmt::Display) {
    eprintln!("lazyclerk: {reason}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn people_can_be_chosen_for_the_demo_alone() {
        assert!(Arguments::try_parse_from(["lazyclerk", "--demo", "--users", "5", "--seed", "2"]).is_ok());
        assert!(Arguments::try_parse_from(["lazyclerk", "--users", "5"]).is_err());
        assert!(Arguments::try_parse_from(["lazyclerk", "--demo", "emulator"]).is_err());
    }
}
