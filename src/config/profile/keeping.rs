//! Keeping the key of a profile, and finding it again.

use super::{KeyPlace, Profile, keyring::Keyring};
use crate::{
    clerk::SecretKey,
    config::key::{ConnectionError, Found, KeySource, Search, key_from, private_key},
    private,
};
use secrecy::ExposeSecret;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A key that is kept.
#[derive(Debug)]
pub struct Kept {
    /// Where.
    pub place: KeyPlace,
    /// The file, where it is one.
    pub file: Option<PathBuf>,
    /// Why it is no keyring, where one was wanted.
    pub remark: Option<String>,
}

/// Why a key could not be kept, or forgotten.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The file cannot be written, or taken away.
    #[error("{}: {reason}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// The keyring says no.
    #[error("the keyring: {0}")]
    Keyring(String),
}

/// Where the key of a profile is kept that is in no keyring.
fn kept_file(state: &Path, profile: &str) -> PathBuf {
    state.join("keys").join(profile)
}

/// Keeps the key: in the keyring where there is one and it is wanted, else in a file for its owner alone.
///
/// # Errors
///
/// When the file cannot be written.
pub fn keep_key(state: &Path, profile: &str, key: &SecretKey, in_keyring: bool) -> Result<Kept, KeepError> {
    let remark = match Keyring::at_hand() {
        _ if !in_keyring => None,
        None => Some("there is no keyring at hand".to_owned()),
        Some(keyring) => match keyring.put(profile, key) {
            Ok(()) => return Ok(Kept { place: KeyPlace::Keyring, file: None, remark: None }),
            Err(reason) => Some(format!("the keyring cannot be used: {reason}")),
        },
    };
    let file = kept_file(state, profile);
    let write = || {
        private::make_directory(state)?;
        private::make_directory(&state.join("keys"))?;
        private::replace(&file, format!("{}\n", key.expose()).as_bytes())
    };
    match write() {
        Ok(()) => Ok(Kept { place: KeyPlace::Kept, file: Some(file), remark }),
        Err(reason) => Err(KeepError::File { file, reason }),
    }
}

/// Whether there is a keyring at hand that keys could be kept in.
#[must_use]
pub fn has_keyring() -> bool {
    Keyring::at_hand().is_some()
}

/// Takes away what [`keep_key`] has kept; a key in a file or a variable of the person's own stays.
///
/// # Errors
///
/// When that cannot be done.
pub fn forget_key(state: &Path, profile: &str, place: &KeyPlace) -> Result<(), KeepError> {
    match place {
        KeyPlace::Keyring => match Keyring::at_hand() {
            Some(keyring) => keyring.forget(profile).map_err(KeepError::Keyring),
            None => Err(KeepError::Keyring("there is none at hand".to_owned())),
        },
        KeyPlace::Kept => {
            let file = kept_file(state, profile);
            match fs::remove_file(&file) {
                Err(reason) if reason.kind() != io::ErrorKind::NotFound => Err(KeepError::File { file, reason }),
                Ok(()) | Err(_) => Ok(()),
            }
        }
        KeyPlace::File(_) | KeyPlace::Environment(_) => Ok(()),
    }
}

impl Search<'_> {
    /// The key of a profile, and where it goes.
    ///
    /// # Errors
    ///
    /// When it is not where the profile says, or cannot be used.
    pub fn key_of(&self, profile: &Profile) -> Result<Found, ConnectionError> {
        let source = KeySource::Profile { name: profile.name.clone(), place: profile.key.clone() };
        let key = match &profile.key {
            KeyPlace::Keyring => key_from(in_keyring(&profile.name)?.expose_secret(), &source)?,
            KeyPlace::Kept => {
                let state =
                    self.state.as_deref().ok_or_else(|| unkept(profile, "there is no state directory".to_owned()))?;
                private_key(&kept_file(state, &profile.name), &source)?
            }
            KeyPlace::File(file) => private_key(file, &source)?,
            KeyPlace::Environment(variable) => {
                let text = self.variable(variable);
                let text = text.ok_or_else(|| unkept(profile, format!("{variable} is not in the environment")))?;
                key_from(&text, &source)?
            }
        };
        let endpoint = profile.endpoint.clone().unwrap_or_default();
        Ok(Found::of_profile(endpoint, key, source, profile))
    }
}

fn in_keyring(profile: &str) -> Result<secrecy::SecretString, ConnectionError> {
    let failed = |reason: String| ConnectionError::Profile { name: profile.to_owned(), reason };
    let keyring = Keyring::at_hand().ok_or_else(|| {
        failed(
            "its key is in a keyring, and there is none at hand: secret-tool is the program for it on Linux".to_owned(),
        )
    })?;
    let key =
        keyring.get(profile).map_err(|reason| failed(format!("its key cannot be read from the keyring: {reason}")))?;
    key.ok_or_else(|| {
        failed(format!("the keyring does not have its key; lazyclerk profile add {profile} --replace keeps it anew"))
    })
}

fn unkept(profile: &Profile, reason: String) -> ConnectionError {
    ConnectionError::Profile { name: profile.name.clone(), reason }
}
