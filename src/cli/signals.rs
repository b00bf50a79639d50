//! The signals that ask a command to end.

use super::{Exit, fault::Stop};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// `SIGINT`, `SIGTERM` and `SIGHUP`, which do not end the program by themselves as long as this lives, and after.
pub(super) struct Signals {
    interrupt: Signal,
    terminate: Signal,
    hang_up: Signal,
}

impl Signals {
    pub(super) fn new() -> Result<Self, Stop> {
        let of = |kind| signal(kind).map_err(|error| Stop::failed(error.to_string()));
        Ok(Self {
            interrupt: of(SignalKind::interrupt())?,
            terminate: of(SignalKind::terminate())?,
            hang_up: of(SignalKind::hangup())?,
        })
    }

    /// Waits for the next. How the program ends after it.
    pub(super) async fn next(&mut self) -> Exit {
        tokio::select! {
            _ = self.interrupt.recv() => Exit::Interrupted,
            _ = self.terminate.recv() => Exit::Terminated,
            _ = self.hang_up.recv() => Exit::HungUp,
        }
    }
}
