//! The lazyclerk program.

use clap::Parser;
use lazyclerk::cli::{Arguments, Exit};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match color_eyre::install().and_then(|()| arguments.run()) {
        Ok(exit) => exit.into(),
        Err(report) => {
            lazyclerk::cli::tell(&format_args!("{report:#}"));
            Exit::Failed.into()
        }
    }
}
