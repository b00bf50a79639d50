//! The person's browser, begun beside the terminal.

use super::editor::SECRETS;
use std::{io, process::Stdio, time::Duration};
use tokio::{process::Command, time::timeout};

/// What opens an address as the desktop does.
const OPENER: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
/// What runs for longer has become the browser itself.
const OPENING: Duration = Duration::from_secs(10);

/// Begins it on an address, and waits until that is open. It gets neither the terminal nor the key.
pub(super) fn open(url: &str) -> impl Future<Output = io::Result<()>> + Send + 'static {
    open_with(OPENER, url)
}

fn open_with(opener: &str, url: &str) -> impl Future<Output = io::Result<()>> + Send + 'static {
    let mut command = Command::new(opener);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    for secret in SECRETS {
        command.env_remove(secret);
    }
    // In a group of its own: ctrl-c and ctrl-z are meant for this program.
    command.process_group(0);
    async move {
        let mut child = command.spawn()?;
        match timeout(OPENING, child.wait()).await {
            Ok(Ok(status)) if !status.success() => Err(io::Error::other(format!("it ended with {status}"))),
            Ok(Err(error)) => Err(error),
            Ok(Ok(_)) | Err(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::opened("true", true)]
    #[case::no_browser_behind_it("false", false)]
    #[case::no_opener("no-such-opener-anywhere", false)]
    #[tokio::test]
    async fn what_does_not_open_is_told(#[case] opener: &str, #[case] is_open: bool) {
        assert_eq!(open_with(opener, "https://example.com").await.is_ok(), is_open);
    }
}
