//! The clipboard of the system and that of tmux, beside that of the terminal: not every terminal passes a copy on.

use super::editor::SECRETS;
use crate::config::is_remote;
use std::{
    io::Write,
    process::{Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::task::spawn_blocking;

/// The clipboard of this machine.
#[derive(Clone, Default)]
pub(super) struct Clipboard {
    /// From the first copy on: under X11, who has copied has to stay to give it away.
    held: Arc<Mutex<Option<arboard::Clipboard>>>,
}

impl Clipboard {
    /// Puts a text in, in a task of its own: the system may take its time, or have no clipboard at all. Whether it did
    /// nobody is told, as the terminal has been asked too.
    pub(super) fn put(&self, text: String) {
        if is_remote(|name| std::env::var(name).ok()) {
            return;
        }
        let held = Arc::clone(&self.held);
        spawn_blocking(move || {
            let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
            if held.is_none() {
                *held = arboard::Clipboard::new().ok();
            }
            let failed = held.as_mut().is_some_and(|clipboard| clipboard.set_text(text).is_err());
            if failed {
                // The display may have gone, and another come.
                *held = None;
            }
        });
    }
}

/// Puts a text into tmux's buffer and, through that, into the terminal's clipboard (`-w`, since tmux 3.2), in a task of its
/// own. Whether it did nobody is told, as above.
pub(super) fn give_to_tmux(text: String) {
    spawn_blocking(move || {
        let mut command = Command::new("tmux");
        command.args(["load-buffer", "-w", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        for secret in SECRETS {
            command.env_remove(secret);
        }
        let Ok(mut child) = command.spawn() else { return };
        if let Some(mut input) = child.stdin.take() {
            // A tmux that does not read it has said no.
            let _ = input.write_all(text.as_bytes());
        }
        let _ = child.wait();
    });
}

impl std::fmt::Debug for Clipboard {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Clipboard")
    }
}
