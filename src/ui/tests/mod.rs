//! The screens, as they are drawn: text against snapshots, looks by what matters, and any size and any name.

mod cast;
mod cursor;
mod links;
mod mask;
mod noting;
mod picture;
mod plain;
mod preferred;
mod restrictions;
mod screens;
mod sizes;
mod states;
mod themes;

use cast::{Stage, stage};
use picture::{looks, screen, text};
