//! Settings from outside: the environment, the places that it names, the configuration file, and the key.

mod environment;
mod file;
mod key;
mod paths;
mod profile;
mod protected;

pub use environment::{Connection, Identity, is_remote};
pub use file::{Config, ConfigError, DEFAULT, configuration_place};
pub use key::{ConnectionError, Found, KeySource, Looked, Search, read_key};
pub use paths::{PathError, state_directory};
pub use profile::{
    Edit, EditError, KeepError, Kept, KeyPlace, NameError, NewProfile, Profile, forget_key, has_keyring, keep_key,
    profile_name, remember_instance, remembered_instance,
};
