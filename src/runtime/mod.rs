//! The loop around the pure core: the terminal in and out, requests as tasks, timers, signals.
//!
//! Everything that happens becomes an [`Event`](crate::app::Event), in one order; [`App::update`](crate::app::App::update)
//! answers with [`Effect`](crate::app::Effect)s, which are carried out here. The loop draws when something has
//! happened, once for all that has; while nothing happens it sleeps without a tick.
//!
//! It has three seams: [`Host`] is the terminal and the process, [`View`] the looks, [`Perform`] the requests.
//! A test replaces each of them and runs the true loop.

mod access;
mod console;
mod draft;
mod editor;
mod history;
mod host;
mod paint;
mod perform;
mod performer;
mod picture;
mod restrictions;
mod screen;
mod send;
mod shell;
mod tasks;
mod timers;

pub use console::Console;
pub use host::{Host, Signal};
pub use perform::Perform;
pub use performer::{Performer, Target};
pub use screen::View;
pub use shell::{Ended, Ending, run};

#[cfg(test)]
mod tests;
