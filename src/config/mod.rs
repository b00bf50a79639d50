//! Settings from outside: the environment, the places that it names, and the configuration file.

mod environment;
mod file;
mod paths;

pub use environment::{Connection, ConnectionError};
pub use file::{Config, ConfigError, DEFAULT};
pub use paths::{PathError, state_directory};
