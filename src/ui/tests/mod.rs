//! The screens, as they are drawn: text against snapshots, looks by what matters, and any size and any name.

mod about;
mod admins;
mod cast;
mod copies;
mod cursor;
mod dry_run;
mod editing;
mod finding;
mod inviting;
mod jobs;
mod links;
mod many;
mod marks;
mod mask;
mod noting;
mod picture;
mod plain;
mod preferred;
mod profiles;
mod read_only;
mod record;
mod restrictions;
mod screens;
mod security;
mod sizes;
mod states;
mod themes;
mod welcome;

use cast::{Stage, stage};
use picture::{looks, screen, text};
