//! The state, driven by events: what it asks for, and what it shows. No terminal, no network, no clock.

mod failures;
mod forms;
mod history;
mod json;
mod links;
mod list;
mod metadata;
mod moderate;
mod noting;
mod organizations;
mod palette;
mod panes;
mod parts;
mod pictures;
mod preferred;
mod properties;
mod pulse;
mod request_log;
mod restrict;
mod search;
mod security;
pub(crate) mod stage;
mod time;
mod typed;
mod views;

use stage::Stage;
