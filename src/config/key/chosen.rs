//! A key in a file that was named, or on standard input.

use super::{ConnectionError, KeySource, key_from};
use crate::clerk::SecretKey;
use secrecy::{ExposeSecret, SecretString};
use std::{
    fs::File,
    io::{self, Read},
    os::unix::fs::PermissionsExt,
    path::Path,
};

/// No key is so long.
const LONGEST: u64 = 1 << 16;

/// Reads the key from this file, or from the first line of standard input where that is `-`.
///
/// # Errors
///
/// When it cannot be read, or others can read it as well, or what it holds cannot be a key.
pub fn read_key(file: &Path) -> Result<(SecretKey, KeySource), ConnectionError> {
    let is_input = file == Path::new("-");
    let source = if is_input { KeySource::Input } else { KeySource::File(file.to_owned()) };
    if !is_input {
        return private_key(file, &source).map(|key| (key, source));
    }
    let text = first_line().map_err(|reason| ConnectionError::Unreadable { file: file.to_owned(), reason })?;
    key_from(text.expose_secret(), &source).map(|key| (key, source))
}

/// The key in a file that only its owner can read.
pub(in crate::config) fn private_key(file: &Path, source: &KeySource) -> Result<SecretKey, ConnectionError> {
    let text = private_text(file)?;
    let text = text.map_err(|reason| ConnectionError::Unreadable { file: file.to_owned(), reason })?;
    key_from(text.expose_secret(), source)
}

/// What comes behind the line is left to who reads next.
fn first_line() -> io::Result<SecretString> {
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.into())
}

/// The text of a file that nobody else can read. A pipe that a shell puts in the place of a file is nobody else's.
fn private_text(file: &Path) -> Result<io::Result<SecretString>, ConnectionError> {
    let read = || {
        let opened = File::open(file)?;
        let metadata = opened.metadata()?;
        if metadata.is_file() && metadata.permissions().mode() & 0o077 != 0 {
            return Ok(None);
        }
        let mut text = String::new();
        opened.take(LONGEST).read_to_string(&mut text)?;
        Ok(Some(SecretString::from(text)))
    };
    match read() {
        Ok(Some(text)) => Ok(Ok(text)),
        Ok(None) => Err(ConnectionError::Open { file: file.to_owned() }),
        Err(error) => Ok(Err(error)),
    }
}
