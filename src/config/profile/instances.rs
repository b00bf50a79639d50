//! Which instance the key of a profile has opened, where the configuration file does not say: remembered beside the other
//! things that the program keeps.

use crate::private;
use std::{collections::BTreeMap, fs, io, path::Path};

const FILE: &str = "instances.json";

/// The instance that the profile has opened before; none where it has opened none.
///
/// # Errors
///
/// When what is remembered cannot be read.
pub fn remembered_instance(state: &Path, profile: &str) -> io::Result<Option<String>> {
    Ok(read(state)?.remove(profile))
}

/// Remembers the instance that the profile opens; none forgets it.
///
/// # Errors
///
/// When it cannot be written.
pub fn remember_instance(state: &Path, profile: &str, instance: Option<&str>) -> io::Result<()> {
    private::make_directory(state)?;
    let _lock = private::lock(&state.join("instances.lock"))?;
    let mut all = read(state)?;
    let before = match instance {
        Some(id) => all.insert(profile.to_owned(), id.to_owned()),
        None => all.remove(profile),
    };
    if before.as_deref() == instance {
        return Ok(());
    }
    private::replace(&state.join(FILE), serde_json::to_string_pretty(&all)?.as_bytes())
}

fn read(state: &Path) -> io::Result<BTreeMap<String, String>> {
    match fs::read(state.join(FILE)) {
        Ok(text) => Ok(serde_json::from_slice(&text)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(error) => Err(error),
    }
}
