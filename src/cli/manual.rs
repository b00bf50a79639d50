//! `lazyclerk completions` and `lazyclerk man`: what shells and readers want to know, made of the command line itself.

use super::{Arguments, Exit};
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

#[derive(Debug, Args)]
pub(super) struct CompletionsArguments {
    /// For which shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArguments {
    /// Write a page for each command into this folder, which is made where there is none, instead of printing the first
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

/// Prints what completes the command line in a shell.
pub(super) fn complete(asked: &CompletionsArguments) -> io::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(asked.shell, &mut Arguments::command(), "lazyclerk", &mut script);
    print(&script)
}

/// Prints the manual, or writes a page of it for each command.
pub(super) fn manual(asked: &ManArguments) -> io::Result<Exit> {
    let command = Arguments::command();
    if let Some(folder) = &asked.out {
        fs::create_dir_all(folder)?;
        clap_mangen::generate_to(command, folder)?;
        return Ok(Exit::Done);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    print(&page)
}

/// Prints it, as far as anybody reads.
fn print(bytes: &[u8]) -> io::Result<Exit> {
    match io::stdout().write_all(bytes) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        Ok(()) | Err(_) => Ok(Exit::Done),
    }
}
