//! The command line: what can be asked for, one file per command.

mod dashboard;
mod emulator;
mod exit;

pub use exit::Exit;

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Find any user of your Clerk application, see everything about them, and act: safely, and with a way back.
#[derive(Debug, Parser)]
#[command(name = "lazyclerk", version, max_term_width = 100, args_conflicts_with_subcommands = true)]
#[command(after_help = "\
Without a command it opens the dashboard on the instance that CLERK_SECRET_KEY opens, at CLERK_API_URL or Clerk's own API.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no key or a wrong one; 129, 130 and 143 after SIGHUP, SIGINT and SIGTERM.")]
pub struct Arguments {
    #[command(flatten)]
    dashboard: DashboardArguments,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Args)]
struct DashboardArguments {
    /// Open the dashboard on invented people, served by an emulator inside the program; no key is needed
    #[arg(long)]
    demo: bool,
    /// No screen: lines to be read aloud, and commands typed as lines; also when TERM is dumb
    #[arg(long)]
    plain: bool,
    /// How many people to invent
    #[arg(long, value_name = "NUMBER", requires = "demo", default_value_t = 1_000)]
    users: u32,
    /// Which people: the same seed invents the same
    #[arg(long, value_name = "NUMBER", requires = "demo", default_value_t = 1)]
    seed: u64,
    /// Read the options and keys from this file, instead of lazyclerk/config.toml where configurations are
    #[arg(long, value_name = "FILE", env = "LAZYCLERK_CONFIG")]
    config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve Clerk's Backend API on this machine, with invented people, for any SDK
    Emulator(emulator::EmulatorArguments),
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
