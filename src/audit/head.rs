//! The head of the log: a small file with the lock, and beside it how far the log went and which hash its last line has.
//!
//! With it a line is added without reading any other, and lines that were cut off the end are missed. It is written after
//! the lines are on the disk and never waited for, so it may be behind the log after a crash, but not ahead of it.

use super::chain::Hash;
use crate::private;
use std::{fs::File, io, os::unix::fs::FileExt, path::Path};

/// Its name in the state directory.
pub(super) const HEAD: &str = "audit.head";
/// More than it is long, in bytes.
const ROOM: usize = 256;

/// How far the log went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The number that the newest file gets when it is full.
    pub(super) number: u32,
    /// How long it is, in bytes.
    pub(super) length: u64,
    /// What the next line builds on.
    pub(super) hash: Hash,
}

impl Head {
    /// What the file says; none where it says nothing that can be read.
    pub(super) fn read(file: &File) -> Option<Self> {
        let mut bytes = [0; ROOM];
        let length = file.read_at(&mut bytes, 0).ok()?;
        let text = str::from_utf8(&bytes[..length]).ok()?.strip_suffix('\n')?;
        let mut words = text.split(' ');
        let head = Self {
            number: words.next()?.parse().ok()?,
            length: words.next()?.parse().ok()?,
            hash: words.next()?.parse().ok()?,
        };
        words.next().is_none().then_some(head)
    }

    /// The same without the lock, for a log that is only read.
    pub(super) fn look(directory: &Path) -> Option<Self> {
        File::open(directory.join(HEAD)).ok().as_ref().and_then(Self::read)
    }

    /// Always as long, so that no rest of an older one stays behind it.
    pub(super) fn write(self, file: &File) -> io::Result<()> {
        let text = format!("{:010} {:020} {}\n", self.number, self.length, self.hash);
        file.write_all_at(text.as_bytes(), 0)
    }
}

/// Waits until no other program writes to the log in `directory`; the lock is held until what this gives is dropped.
pub(super) fn lock(directory: &Path) -> io::Result<File> {
    let file = private::open_to_write(&directory.join(HEAD))?;
    file.lock()?;
    Ok(file)
}
