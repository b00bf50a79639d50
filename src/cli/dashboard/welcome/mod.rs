//! The first start: a key is asked for, tried, and kept where that is wanted. On the whole screen, or in lines where there
//! shall be none.

mod lines;
mod screen;

use super::opening::Opened;
use crate::{
    cli::{DashboardArguments, Exit},
    config::Config,
};
use std::{
    io::{self, IsTerminal},
    path::Path,
};
use tokio::runtime::Runtime;

/// Asks whoever sits at the terminal for a key. None where nobody does.
///
/// # Errors
///
/// How the program ends: nobody wanted to give one, or it was asked to end.
pub(super) fn ask(
    runtime: &Runtime,
    arguments: &DashboardArguments,
    chosen: Option<&Path>,
    config: Config,
    plain: bool,
) -> Result<Option<Opened>, Exit> {
    if !plain {
        return screen::ask(runtime, arguments, chosen, config);
    }
    if !(io::stdin().is_terminal() && io::stdout().is_terminal() && io::stderr().is_terminal()) {
        return Ok(None);
    }
    lines::ask(runtime, chosen, config).map(Some)
}
