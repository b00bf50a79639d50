//! Files of JSON lines that say what is done, before and after it is: for their owner alone, held by whoever works on
//! them, and readable wherever a crash or a full disk cut them off. Everything here waits for the disk.

use crate::private;
use serde::{Serialize, de::DeserializeOwned};
use std::{
    fs::{self, File, TryLockError},
    io::{self, BufRead, BufReader, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// Why a journal cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file system says no.
    #[error("{path}: {source}")]
    Io {
        /// The file or directory.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// Another program works on what it is about.
    #[error("another lazyclerk works on this")]
    InUse,
    /// A line in the middle says nothing that is understood.
    #[error("{path}, line {line}: {reason}")]
    Line {
        /// The file.
        path: String,
        /// Which line, from 1.
        line: usize,
        /// Why.
        reason: String,
    },
    /// A later version has written it.
    #[error("{path} was written by a later version of lazyclerk")]
    Later {
        /// The file.
        path: String,
    },
}

impl JournalError {
    pub(crate) fn io(path: &Path) -> impl Fn(io::Error) -> Self {
        move |source| Self::Io { path: path.display().to_string(), source }
    }
}

/// How the name of a journal ends.
pub(crate) const EXTENSION: &str = "jsonl";

/// The journals in a folder, in the order of their names, which is that of their beginning.
///
/// # Errors
///
/// When the folder cannot be read; one that is not there has none.
pub(crate) fn all(folder: &Path) -> Result<Vec<PathBuf>, JournalError> {
    let failed = JournalError::io(folder);
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(&failed)?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(&failed)?.path();
        if path.extension().is_some_and(|extension| extension == EXTENSION) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// A file that this program works on, and no other meanwhile.
#[derive(Debug)]
pub(crate) struct JournalFile {
    path: PathBuf,
    file: File,
}

impl JournalFile {
    /// Begins one with these lines: when this returns, they are on the disk. Its folder is made if it is not there.
    ///
    /// # Errors
    ///
    /// When they are not, or there is such a file.
    pub(crate) fn begin(path: PathBuf, lines: &[u8]) -> Result<Self, JournalError> {
        let failed = JournalError::io(&path);
        let folder = path.parent().unwrap_or(Path::new("."));
        private::make_directory(folder).map_err(&failed)?;
        let mut file = private::create(&path).map_err(&failed)?;
        file.lock().map_err(&failed)?;
        file.write_all(lines).map_err(&failed)?;
        file.sync_all().map_err(&failed)?;
        // The name is on the disk once its directory is.
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(&failed)?;
        drop(failed);
        Ok(Self { path, file })
    }

    /// Takes one up again.
    ///
    /// # Errors
    ///
    /// When it cannot be opened, or another program works on it.
    pub(crate) fn take_up(path: &Path) -> Result<Self, JournalError> {
        let file = private::open_to_append(path).map_err(JournalError::io(path))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => Err(JournalError::InUse),
            Err(TryLockError::Error(error)) => Err(JournalError::io(path)(error)),
            Ok(()) => Ok(Self { path: path.to_owned(), file }),
        }
    }

    /// Whether another program works on it.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened.
    pub(crate) fn is_in_use(path: &Path) -> Result<bool, JournalError> {
        let file = File::open(path).map_err(JournalError::io(path))?;
        let is_in_use = matches!(file.try_lock(), Err(TryLockError::WouldBlock));
        // One that was not taken is given back all the same.
        let _ = file.unlock();
        Ok(is_in_use)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Its lines, from the first.
    pub(crate) fn lines(&mut self) -> Lines<'_> {
        Lines::new(&self.path, &mut self.file)
    }

    /// Cuts away what a crash broke off its end: all behind so many bytes.
    ///
    /// # Errors
    ///
    /// When the file system says no.
    pub(crate) fn keep(&mut self, whole: u64) -> Result<(), JournalError> {
        let cut = self.file.set_len(whole).and_then(|()| self.file.seek(SeekFrom::End(0)));
        cut.map(|_| ()).map_err(JournalError::io(&self.path))
    }

    /// Writes lines behind the others. When this returns, they are on the disk.
    ///
    /// # Errors
    ///
    /// When they are not.
    pub(crate) fn append(&mut self, lines: &[u8]) -> Result<(), JournalError> {
        let failed = JournalError::io(&self.path);
        let before = self.file.seek(SeekFrom::End(0)).map_err(&failed)?;
        let written = self.file.write_all(lines).and_then(|()| self.file.sync_data());
        if written.is_err() {
            // A line that is there by half would run into the next one. Where not even that can be, it is torn.
            let _ = self.file.set_len(before);
        }
        written.map_err(&failed)
    }

    /// Takes it away again, as far as the disk lets it.
    pub(crate) fn discard(self) {
        let _ = fs::remove_file(&self.path);
    }
}

impl Drop for JournalFile {
    fn drop(&mut self) {
        // A child process that is being started holds the file for a moment too, and the lock with it.
        let _ = self.file.unlock();
    }
}

/// A line. What cannot be written as JSON does not exist among what is written here: every key is a text.
pub(crate) fn line(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The lines of a file, one at a time.
pub(crate) struct Lines<'a> {
    path: &'a Path,
    file: BufReader<Box<dyn io::Read + 'a>>,
    number: usize,
    whole: u64,
}

impl<'a> Lines<'a> {
    fn new(path: &'a Path, file: impl io::Read + 'a) -> Self {
        Self { path, file: BufReader::new(Box::new(file)), number: 0, whole: 0 }
    }

    /// Those of a file that others may work on.
    ///
    /// # Errors
    ///
    /// When it cannot be opened.
    pub(crate) fn of(path: &'a Path) -> Result<Self, JournalError> {
        Ok(Self::new(path, File::open(path).map_err(JournalError::io(path))?))
    }

    /// How many bytes the lines are that were understood.
    pub(crate) fn whole(&self) -> u64 {
        self.whole
    }

    /// That a later version has written them.
    pub(crate) fn later(&self) -> JournalError {
        JournalError::Later { path: self.path.display().to_string() }
    }

    /// The next line; none at the end, and where the last line is torn.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or says something else and others follow.
    pub(crate) fn next<T: DeserializeOwned>(&mut self) -> Result<Option<T>, JournalError> {
        let failed = JournalError::io(self.path);
        let mut line = Vec::new();
        let read = self.file.read_until(b'\n', &mut line).map_err(&failed)?;
        if !line.ends_with(b"\n") {
            return Ok(None);
        }
        self.number += 1;
        match serde_json::from_slice(&line) {
            Ok(value) => {
                self.whole += u64::try_from(read).unwrap_or(0);
                Ok(Some(value))
            }
            Err(_) if self.file.fill_buf().map_err(&failed)?.is_empty() => Ok(None),
            Err(error) => Err(JournalError::Line {
                path: self.path.display().to_string(),
                line: self.number,
                reason: error.to_string(),
            }),
        }
    }
}
