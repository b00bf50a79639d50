//! The loop around the pure core: the terminal in and out, requests as tasks, timers, signals.
//!
//! Everything that happens becomes an [`Event`](crate::app::Event), in one order; [`App::update`](crate::app::App::update)
//! answers with [`Effect`](crate::app::Effect)s, which are carried out here. The loop draws when something has
//! happened, once for all that has; while nothing happens it sleeps without a tick.
//!
//! It has three seams: [`Host`] is the terminal and the process, [`View`] the looks, [`Perform`] the requests.
//! A test replaces each of them and runs the true loop.

mod access;
mod admins;
mod background;
mod browser;
mod clipboard;
mod console;
mod disk;
mod display;
mod draft;
mod editor;
mod ended;
mod export;
mod files;
mod heard;
mod history;
mod host;
mod invitations;
mod jobs;
mod multiplexer;
mod notes;
mod paint;
mod perform;
mod performer;
mod plain;
mod reader;
mod record;
mod recorded;
mod rehearsal;
mod restrictions;
mod screen;
mod send;
mod shell;
mod steps;
mod target;
mod tasks;
mod timers;
mod trash;
mod undo;
mod welcome;

pub use console::{Console, ends, lines};
pub use ended::{Ended, Ending};
pub use files::{mark_list, mark_list_from_input};
pub use host::{Host, Signal};
pub use multiplexer::Multiplexer;
pub use perform::Perform;
pub use performer::{Performer, Restraint};
pub use plain::run_plain;
pub use screen::View;
pub use shell::run;
pub use target::Target;
pub use welcome::{Guide, WelcomeEnding, welcome};

#[cfg(test)]
mod tests;
