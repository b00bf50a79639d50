//! The state, driven by events: what it asks for, and what it shows. No terminal, no network, no clock.

mod copies;
mod exporting;
mod failures;
mod forms;
mod history;
pub(crate) mod jobs;
mod json;
mod links;
mod list;
mod many;
mod marks;
mod marks_many;
mod metadata;
mod moderate;
mod noting;
mod organizations;
mod palette;
mod panes;
mod parts;
mod pictures;
mod preferred;
mod profiles;
mod properties;
mod pulse;
mod read_only;
mod record;
mod request_log;
mod restrict;
mod search;
mod security;
pub(crate) mod stage;
mod time;
mod typed;
mod undo;
mod views;

use stage::Stage;
