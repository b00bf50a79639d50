//! Clerk's Backend API, served on this machine: axum over SQLite.
//!
//! For the demo, for tests, and for anybody's SDK: point it at [`Emulator::url`] with [`Emulator::secret_key`], as in
//! `createClerkClient({ apiUrl, secretKey })`. The answers have the shapes of the published contract, the state behind
//! them is real, and the people in it are the same for the same seed on every machine.
//!
//! A resource has a file in `routes` and one in `store`; what the contract leaves open is decided in `inferred`.

mod bags;
mod clock;
mod error;
mod faults;
mod fields;
mod fresh;
mod gate;
mod identifications;
mod inferred;
mod linger;
mod parameters;
mod passwords;
mod people;
mod rate;
mod refusals;
mod routes;
mod rules;
mod server;
mod store;
mod totp;

pub use clock::Clock;
pub use faults::{Fault, FaultError, FaultKind, Misbehaviour};
pub use people::{Day, People};
pub use rate::{RateLimit, RateLimitError};
pub use server::{Database, Emulator, EmulatorError, Options, router};
