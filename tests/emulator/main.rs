//! The emulator, through its wire alone: what a client of Clerk can see of it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod api;
mod changes;
mod deletion;
mod factors;
mod filters;
mod identifications;
mod images;
mod metadata;
mod passwords;
mod people;
mod store;
mod wire;
mod writing;
