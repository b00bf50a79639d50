//! The state, driven by events: what it asks for, and what it shows. No terminal, no network, no clock.

mod failures;
mod forms;
mod history;
mod json;
mod links;
mod list;
mod metadata;
mod moderate;
mod organizations;
mod palette;
mod panes;
mod parts;
mod properties;
mod restrict;
mod search;
mod security;
pub(crate) mod stage;
mod time;

use stage::Stage;
