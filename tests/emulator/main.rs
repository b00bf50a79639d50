//! The emulator, through its wire alone: what a client of Clerk can see of it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod api;
mod changes;
mod control;
mod faults;
mod filters;
mod invitations;
mod memberships;
mod organizations;
mod people;
mod restrictions;
mod sessions;
mod store;
mod wire;
