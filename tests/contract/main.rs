//! Client and emulator, held to Clerk's published contract.
//!
//! The contract is not part of this package. Where it is not there, what needs it says so and is skipped, unless
//! `LAZYCLERK_CONTRACT` is `required`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod answers;
mod contract;
mod generator;
mod operations;
mod requests;
mod round_trip;
mod table;
