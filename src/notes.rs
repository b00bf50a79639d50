//! Private notes on users: kept on this machine, for its owner alone, and never sent anywhere.
//!
//! One file for each instance. Everything here waits for the disk: call it where waiting is allowed.

use crate::{clerk::model::UserId, private};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// The folder in the state directory.
const FOLDER: &str = "notes";
/// The version of the file. One of a later version is neither read nor written over.
const VERSION: u32 = 1;

/// What a file holds.
#[derive(Debug, Serialize, Deserialize)]
struct Content {
    v: u32,
    notes: BTreeMap<UserId, String>,
}

/// Why notes cannot be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum NotesError {
    /// The file system says no.
    #[error("{path}: {source}")]
    Io {
        /// The file or directory.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// What stands there is no file of notes that this version can read. It is left as it is.
    #[error("{0} holds no notes that this version can read; move it away")]
    Unreadable(String),
}

/// The notes on the users of one instance.
#[derive(Clone, Debug)]
pub struct Notes {
    folder: PathBuf,
    file: PathBuf,
}

impl Notes {
    /// The notes on the users of the instance of this name, its host as a rule, below the state directory. Nothing is made
    /// before the first note.
    #[must_use]
    pub fn of(state_directory: &Path, instance: &str) -> Self {
        let plain = |char: char| if char.is_ascii_alphanumeric() || char == '.' { char } else { '_' };
        let name: String = instance.chars().map(plain).collect();
        let folder = state_directory.join(FOLDER);
        Self { file: folder.join(format!("{name}.json")), folder }
    }

    /// All of them.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or holds something else.
    pub fn read(&self) -> Result<BTreeMap<UserId, String>, NotesError> {
        match fs::symlink_metadata(&self.file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Ok(metadata) if !metadata.is_file() => return Err(self.unreadable()),
            Ok(_) | Err(_) => {}
        }
        let bytes = fs::read(&self.file).map_err(|source| self.failed(source))?;
        let content: Content = serde_json::from_slice(&bytes).map_err(|_| self.unreadable())?;
        if content.v == VERSION { Ok(content.notes) } else { Err(self.unreadable()) }
    }

    /// Keeps a note on a user in the place of the one there is, or none any more. When this returns, it is on the disk.
    ///
    /// # Errors
    ///
    /// When it is not: then everything is as it was.
    pub fn keep(&self, user: &UserId, text: Option<&str>) -> Result<(), NotesError> {
        private::make_directory(&self.folder).map_err(|source| self.failed(source))?;
        // Another program may keep a note on somebody else in the same moment.
        let _locked = private::lock(&self.folder.join("lock")).map_err(|source| self.failed(source))?;
        let mut notes = self.read()?;
        match text {
            Some(text) => _ = notes.insert(user.clone(), text.to_owned()),
            None => _ = notes.remove(user),
        }
        let bytes = serde_json::to_vec(&Content { v: VERSION, notes }).map_err(|error| self.failed(error.into()))?;
        private::replace(&self.file, &bytes).map_err(|source| self.failed(source))
    }

    fn failed(&self, source: io::Error) -> NotesError {
        NotesError::Io { path: self.file.display().to_string(), source }
    }

    fn unreadable(&self) -> NotesError {
        NotesError::Unreadable(self.file.display().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn a_note_survives_and_goes_and_every_host_has_its_own() {
        let place = TempDir::new().unwrap();
        let notes = || Notes::of(place.path(), "127.0.0.1:4010");
        assert_eq!(notes().read().unwrap(), BTreeMap::new());
        assert!(fs::read_dir(place.path()).unwrap().next().is_none(), "to read makes nothing");
        let (ada, eve) = (UserId::from("user_ada"), UserId::from("user_eve"));
        notes().keep(&ada, Some("calls \u{1b}[31m on Mondays")).unwrap();
        notes().keep(&eve, Some("spam")).unwrap();
        notes().keep(&eve, None).unwrap();
        let kept = notes().read().unwrap();
        assert_eq!(kept, BTreeMap::from([(ada, "calls \u{1b}[31m on Mondays".to_owned())]));
        assert_eq!(Notes::of(place.path(), "../api.clerk.com").read().unwrap(), BTreeMap::new());
    }

    #[test]
    fn only_its_owner_can_read_them_and_a_link_is_not_followed() {
        use std::os::unix::fs::PermissionsExt;
        let place = TempDir::new().unwrap();
        let notes = Notes::of(place.path(), "api.clerk.com");
        notes.keep(&UserId::from("user_1"), Some("x")).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&notes.file), mode(&notes.folder)), (0o600, 0o700));
        assert_eq!(mode(&notes.folder.join("lock")), 0o600);
        fs::rename(&notes.file, place.path().join("elsewhere")).unwrap();
        std::os::unix::fs::symlink(place.path().join("elsewhere"), &notes.file).unwrap();
        assert!(matches!(notes.read(), Err(NotesError::Unreadable(_))));
        assert!(notes.keep(&UserId::from("user_2"), Some("y")).is_err());
        assert!(fs::symlink_metadata(&notes.file).unwrap().is_symlink(), "it is left as it is");
    }

    #[test]
    fn what_is_no_file_of_notes_is_not_written_over() {
        let place = TempDir::new().unwrap();
        let notes = Notes::of(place.path(), "api.clerk.com");
        notes.keep(&UserId::from("user_1"), Some("x")).unwrap();
        for other in ["", "{", r#"{"v":2,"notes":{}}"#] {
            fs::write(&notes.file, other).unwrap();
            assert!(notes.keep(&UserId::from("user_2"), Some("y")).is_err(), "{other}");
            assert_eq!(fs::read_to_string(&notes.file).unwrap(), other);
        }
    }
}
