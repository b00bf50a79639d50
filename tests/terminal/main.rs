//! The program in a terminal: keys in, the screen out, from its start to the terminal as it was before.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod about;
mod access;
mod configuration;
mod copying;
mod exporting;
mod failures;
mod journeys;
mod leaving;
mod looking;
mod losses;
mod marks;
mod moderation;
mod organizations;
mod plain;
mod profiles;
mod read_only;
mod terminal;
mod welcome;
