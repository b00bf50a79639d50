//! What the program knows and decides. Pure: no clock, no I/O, nothing awaited, nothing spawned.
//!
//! [`App::update`] takes an [`Event`] and the time, changes the state, and returns [`Effect`]s as plain data.

mod change;
mod effect;
mod event;
mod failure;
mod person;
mod requests;
mod settings;

pub use change::{Act, Change, ChangeId, Changed, RecordId};
pub use effect::{Effect, Effects, Fetch, Fetched, MouseCapture};
pub use event::{Event, Reply, Timer};
pub use failure::Failure;
pub use person::{Identifier, Known, LockEnd, Person, Standing};
pub use requests::{Generation, SlotId};
pub use settings::Settings;

use crate::clerk::model::Timestamp;

/// The whole state of the dashboard.
#[derive(Debug)]
pub struct App {
    settings: Settings,
}

impl App {
    /// The state before anything has happened.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { settings }
    }

    /// Begins: what to load first.
    #[must_use]
    pub fn start(&mut self, now: Timestamp) -> Effects {
        let _ = (now, &self.settings);
        Effects::new()
    }

    /// Takes one event; what has to be done about it.
    #[must_use]
    pub fn update(&mut self, now: Timestamp, event: Event) -> Effects {
        let _ = (now, event);
        Effects::new()
    }
}
