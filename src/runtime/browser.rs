//! The person's browser, begun beside the terminal.

use super::editor::SECRETS;
use std::{io, process::Stdio};
use tokio::process::Command;

/// What opens an address as the desktop does.
const OPENER: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };

/// Begins it on an address. It gets neither the terminal nor the key, and is not waited for.
///
/// # Errors
///
/// When there is nothing that opens addresses.
pub(super) fn open(url: &str) -> io::Result<()> {
    let mut command = Command::new(OPENER);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    for secret in SECRETS {
        command.env_remove(secret);
    }
    // In a group of its own: ctrl-c and ctrl-z are meant for this program.
    command.process_group(0).spawn().map(drop)
}
