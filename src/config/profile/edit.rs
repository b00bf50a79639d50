//! Changing the configuration file by a command: what a person has written in it, comments above all, stays.

use super::KeyPlace;
use crate::{
    app::InstanceColor,
    config::{Config, ConfigError, paths::configuration_file},
    private,
};
use std::{
    fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};
use toml_edit::{DocumentMut, Item, Table, TomlError, Value, value};

/// What a file begins with that a command has made.
const HEAD: &str =
    "# The configuration of lazyclerk. `lazyclerk config init --force` writes it anew with every option in it.\n";

/// A profile that is to be written.
#[derive(Clone, Debug)]
pub struct NewProfile {
    /// Its name.
    pub name: String,
    /// Where its key is.
    pub key: KeyPlace,
    /// Where its API is; none where that is Clerk's own.
    pub api_url: Option<String>,
    /// What its name is coloured like.
    pub color: Option<InstanceColor>,
    /// Whether nothing is changed at first; none where that is as for all.
    pub read_only: Option<bool>,
    /// Who acts from it.
    pub actor: Option<String>,
    /// Clerk's id of the instance.
    pub instance_id: Option<String>,
}

/// Why the file could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// It cannot be read or written.
    #[error("{}: {reason}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// It is no TOML.
    #[error("{}: {reason}", file.display())]
    Toml {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: TomlError,
    },
    /// It would say what cannot be done.
    #[error("the configuration file was left as it is: {0}")]
    Config(#[from] ConfigError),
    /// Nobody knows where it is.
    #[error("there is no home directory to keep the configuration in; set HOME or XDG_CONFIG_HOME")]
    NoPlace,
}

/// The configuration file, being changed.
#[derive(Debug)]
pub struct Edit {
    file: PathBuf,
    document: DocumentMut,
    mode: Option<u32>,
}

impl Edit {
    /// Opens `chosen`, or the usual one; one that is not there begins empty.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is no TOML.
    pub fn open(chosen: Option<&Path>) -> Result<Self, EditError> {
        let file = chosen.map(Path::to_owned).or_else(|| configuration_file().ok()).ok_or(EditError::NoPlace)?;
        // Where it is a link, as among files that are kept together elsewhere, what it points to is written.
        let file = file.canonicalize().unwrap_or(file);
        let (text, mode) = match fs::read_to_string(&file) {
            Ok(text) => (text, fs::metadata(&file).ok().map(|metadata| metadata.permissions().mode())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => (HEAD.to_owned(), None),
            Err(reason) => return Err(EditError::File { file, reason }),
        };
        let document = text.parse().map_err(|reason| EditError::Toml { file: file.clone(), reason })?;
        Ok(Self { file, document, mode })
    }

    /// Where it is.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Writes a profile, in the place of the options that it has; what else stands in it stays.
    pub fn put(&mut self, profile: &NewProfile) {
        let name = &profile.name;
        self.set(name, "key", Some(profile.key.to_string().into()));
        self.set(name, "api_url", profile.api_url.clone().map(Into::into));
        self.set(name, "instance_id", profile.instance_id.clone().map(Into::into));
        let chosen: [(&str, Option<Value>); 3] = [
            ("color", profile.color.map(|color| color.as_str().into())),
            ("read_only", profile.read_only.map(Into::into)),
            ("actor", profile.actor.clone().map(Into::into)),
        ];
        for (option, value) in chosen.into_iter().filter(|(_, value)| value.is_some()) {
            self.set(name, option, value);
        }
    }

    /// Writes which instance a profile opens.
    pub fn set_instance(&mut self, profile: &str, instance: &str) {
        self.set(profile, "instance_id", Some(instance.into()));
    }

    /// Sets an option of a profile, or takes it away. What stands behind it in its line stays there.
    fn set(&mut self, profile: &str, option: &str, value: Option<Value>) {
        let Some(table) = self.profile(profile).as_table_like_mut() else { return };
        let Some(mut value) = value else {
            table.remove(option);
            return;
        };
        if let Some(before) = table.get(option).and_then(Item::as_value) {
            *value.decor_mut() = before.decor().clone();
        }
        table.insert(option, Item::Value(value));
    }

    /// Takes a profile out, and that it is the one to open.
    pub fn remove(&mut self, profile: &str) {
        if let Some(profiles) = self.document.get_mut("profiles").and_then(Item::as_table_like_mut) {
            profiles.remove(profile);
            if profiles.is_empty() {
                self.document.remove("profiles");
            }
        }
        if self.document.get("default_profile").and_then(Item::as_str) == Some(profile) {
            self.document.remove("default_profile");
        }
    }

    /// Writes which profile is opened where no key is found.
    pub fn set_default(&mut self, profile: &str) {
        self.document.insert("default_profile", value(profile));
    }

    /// Puts it on the disk, unless it could not be read again.
    ///
    /// # Errors
    ///
    /// When it cannot be written, or would say what cannot be done; then it is as before.
    pub fn save(self) -> Result<PathBuf, EditError> {
        let text = self.document.to_string();
        Config::parse(&text, &self.file)?;
        let write = || {
            if let Some(folder) = self.file.parent() {
                fs::create_dir_all(folder)?;
            }
            private::replace(&self.file, text.as_bytes())?;
            self.mode.map_or(Ok(()), |mode| fs::set_permissions(&self.file, fs::Permissions::from_mode(mode)))
        };
        match write() {
            Ok(()) => Ok(self.file),
            Err(reason) => Err(EditError::File { file: self.file, reason }),
        }
    }

    /// The table of a profile, made where there is none.
    fn profile(&mut self, name: &str) -> &mut Item {
        let profiles = self.document.entry("profiles").or_insert_with(|| {
            let mut table = Table::new();
            // Its own head would stand above that of each profile.
            table.set_implicit(true);
            Item::Table(table)
        });
        let entry = &mut profiles[name];
        if entry.is_none() {
            *entry = Item::Table(Table::new());
        }
        entry
    }
}
