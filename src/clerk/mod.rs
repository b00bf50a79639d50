//! The client of Clerk's Backend API. It knows nothing of terminals.
//!
//! Each resource has a file of its own here, and its wire types in [`model`].

pub mod error;
mod key;
pub mod model;
pub mod query;

pub use error::{Error, ErrorItem, Refusal};
pub use key::{InstanceKind, KeyError, SecretKey};
