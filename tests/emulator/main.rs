//! The emulator, through its wire alone: what a client of Clerk can see of it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod api;
mod changes;
mod control;
mod deletion;
mod factors;
mod faults;
mod filters;
mod identifications;
mod identifications_by_id;
mod images;
mod invitations;
mod memberships;
mod metadata;
mod model;
mod organizations;
mod passwords;
mod people;
mod possessions;
mod restrictions;
mod sessions;
mod store;
mod wire;
mod writing;
