//! Settings from outside: the environment, and the places that it names.

mod environment;
mod paths;

pub use environment::{Connection, ConnectionError};
pub use paths::{PathError, state_directory};
