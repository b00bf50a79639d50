//! The file beside: what is written until the end, and how far it is.

use crate::{clerk::model::UserId, private};
use serde::{Deserialize, Serialize};
use std::{
    ffi::OsString,
    fs::{self, File, TryLockError},
    io::{self, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// How far an export is: all that going on needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// What is exported, from where and how: to go on with something else would make a file of two halves.
    pub of: String,
    /// When it began, in milliseconds: what `3d` means does not change on the way.
    pub at: i64,
    /// Who was written last, as far as the cursor needs it.
    pub recent: Vec<UserId>,
    /// How many rows of the list were read.
    pub read: u64,
    /// How many users were written.
    pub rows: u64,
    /// How many bytes they take.
    pub bytes: u64,
}

/// A file on its way.
#[derive(Debug)]
pub struct Part {
    target: PathBuf,
    path: PathBuf,
    position_path: PathBuf,
    file: File,
}

/// What there was when it was opened.
#[derive(Debug)]
pub enum Begun {
    /// Nothing that could be gone on with.
    Anew(Part),
    /// So much of it.
    Further(Part, Position),
}

impl Part {
    /// How far the export to `target` is that broke off; none where none did.
    #[must_use]
    pub fn position_of(target: &Path) -> Option<Position> {
        let bytes = fs::read(beside(target, ".part.json")).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Where it is written until its end.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a file, or goes on with it where that is wanted and can be. It waits for the disk.
    ///
    /// # Errors
    ///
    /// When another export writes it, or the file system says no.
    pub fn open(target: &Path, goes_on: bool) -> io::Result<Begun> {
        // What a link leads to is what is replaced, and not the link.
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let (path, position_path) = (beside(&target, ".part"), beside(&target, ".part.json"));
        let is_there = match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_file() => true,
            Ok(_) => return Err(io::Error::other(format!("{} is something else; move it away", path.display()))),
            Err(_) => false,
        };
        let file = if is_there { private::open_to_write(&path)? } else { private::create(&path)? };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(io::Error::other(format!("another export is writing {}", path.display())));
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
        let position = Self::position_of(&target).filter(|_| goes_on && is_there);
        let mut part = Self { target, path, position_path, file };
        match position {
            // What was written behind it is written again.
            Some(position) if part.file.metadata()?.len() >= position.bytes => {
                part.file.set_len(position.bytes)?;
                part.file.seek(SeekFrom::End(0))?;
                Ok(Begun::Further(part, position))
            }
            _ => {
                part.forget_position()?;
                part.file.set_len(0)?;
                Ok(Begun::Anew(part))
            }
        }
    }

    /// Notes how far it is, once what was written is on the disk.
    pub(super) fn save(&mut self, position: &Position) -> io::Result<()> {
        self.file.sync_data()?;
        private::replace(&self.position_path, &serde_json::to_vec(position)?)
    }

    /// Puts it in its place: all of it is on the disk when this returns.
    pub(super) fn finish(self) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, &self.target)?;
        self.forget_position()?;
        let folder = self.target.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }

    /// Takes it away: nobody will go on with it.
    pub(super) fn discard(self) {
        // What cannot be taken away is overwritten by the next export.
        let _ = self.forget_position().and_then(|()| fs::remove_file(&self.path));
    }

    fn forget_position(&self) -> io::Result<()> {
        match fs::remove_file(&self.position_path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

impl Write for Part {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn beside(target: &Path, ending: &str) -> PathBuf {
    let mut name = target.file_name().map_or_else(OsString::new, ToOwned::to_owned);
    name.push(ending);
    target.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use tempfile::TempDir;

    fn anew(path: &Path, goes_on: bool) -> Part {
        match Part::open(path, goes_on).unwrap() {
            Begun::Anew(part) => part,
            Begun::Further(_, position) => panic!("{position:?}"),
        }
    }

    fn position(bytes: u64) -> Position {
        Position { of: "all".into(), rows: 2, bytes, ..Position::default() }
    }

    #[test]
    fn a_file_appears_whole_and_is_its_owners_alone() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("users.csv");
        let mut part = anew(&path, false);
        part.write_all(b"ada").unwrap();
        part.save(&position(3)).unwrap();
        assert!(!path.exists());
        part.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"ada");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn it_goes_on_where_the_position_is_and_not_where_the_bytes_end() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("users.csv");
        let mut part = anew(&path, false);
        part.write_all(b"ada, gr").unwrap();
        part.save(&position(5)).unwrap();
        drop(part);
        let Begun::Further(mut part, position) = Part::open(&path, true).unwrap() else { panic!("begun anew") };
        assert_eq!(position.rows, 2);
        part.write_all(b"grace").unwrap();
        part.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"ada, grace");
    }

    #[test]
    fn what_is_shorter_than_its_position_and_what_nobody_goes_on_with_begins_anew() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("users.csv");
        for goes_on in [true, false] {
            let mut part = anew(&path, false);
            part.write_all(b"ada").unwrap();
            part.save(&position(if goes_on { 4 } else { 3 })).unwrap();
            drop(part);
            let part = anew(&path, goes_on);
            assert_eq!((fs::read(part.path()).unwrap(), Part::position_of(&path)), (Vec::new(), None));
        }
    }

    #[test]
    fn two_exports_do_not_write_one_file_and_a_link_stays_one() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("users.csv");
        let part = anew(&path, false);
        let error = Part::open(&path, true).unwrap_err();
        assert!(error.to_string().contains("another export"), "{error}");
        part.finish().unwrap();
        let link = folder.path().join("latest.csv");
        symlink(&path, &link).unwrap();
        let mut part = anew(&link, false);
        part.write_all(b"new").unwrap();
        part.finish().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }
}
