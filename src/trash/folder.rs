//! The folder of the copies: appending, reading, taking away.

use super::{
    UserCopy,
    line::{Line, Whose},
};
use crate::{
    clerk::model::{Timestamp, UserId},
    private,
};
use jiff::{civil::Date, tz::TimeZone};
use std::{
    cmp::Ordering,
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    time::Duration,
};

/// How long a copy is kept.
pub const KEPT: Duration = Duration::from_hours(24 * 30);
/// The folder in the state directory.
const FOLDER: &str = "trash";
/// How the name of a file ends.
const EXTENSION: &str = "jsonl";

/// Why copies cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum TrashError {
    /// The file system says no.
    #[error("{path}: {source}")]
    Io {
        /// The file or directory.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// What stands there leads elsewhere, or is of another kind: somebody may want the copies elsewhere.
    #[error("{0} is something else; move it away")]
    SomethingElse(String),
    /// A line cannot be written as JSON.
    #[error("a copy cannot be written: {0}")]
    Line(#[from] serde_json::Error),
}

/// A copy that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The copy.
    pub copy: UserCopy,
    /// The user that was made from it.
    pub restored_as: Option<UserId>,
}

/// What was seen of a copy on the way through the files.
struct Seen<T> {
    at: Timestamp,
    value: T,
    restored_as: Option<UserId>,
}

/// The recovery copies in a state directory, of all instances.
#[derive(Clone, Debug)]
pub struct Trash {
    folder: PathBuf,
}

impl Trash {
    /// Those below this state directory. Nothing is made before the first copy.
    #[must_use]
    pub fn of(state_directory: &Path) -> Self {
        Self { folder: state_directory.join(FOLDER) }
    }

    /// Writes these down, in this order. When this returns, all of them are on the disk.
    ///
    /// # Errors
    ///
    /// When they are not: then nobody of whom a copy is among them must be deleted.
    pub fn append<'a>(&self, at: Timestamp, lines: impl IntoIterator<Item = &'a Line>) -> Result<(), TrashError> {
        let mut bytes = Vec::new();
        for line in lines {
            bytes.extend(line.to_bytes()?);
        }
        if bytes.is_empty() {
            return Ok(());
        }
        private::make_directory(&self.folder).map_err(failed(&self.folder))?;
        self.is_there()?;
        let _locked = self.lock()?;
        let path = self.folder.join(format!("{}.{EXTENSION}", day_of(at)));
        let is_new = !is_file(&path)?;
        append_to(&path, bytes).map_err(failed(&path))?;
        if is_new { self.sync() } else { Ok(()) }
    }

    /// The copies that are kept, the latest first. Gives each to `see`, which keeps of it what it wants: there can be many.
    ///
    /// # Errors
    ///
    /// When they cannot be read. A line that cannot be understood is passed over.
    pub fn copies<T>(&self, mut see: impl FnMut(&UserCopy) -> T) -> Result<Vec<(T, Option<UserId>)>, TrashError> {
        // In the order in which they were written; none in the place of one that is kept no more.
        let mut found: Vec<Option<Seen<T>>> = Vec::new();
        let mut places: BTreeMap<Whose, usize> = BTreeMap::new();
        self.each_line(&mut |line| match line {
            Line::Copy(copy) => {
                if let Some(place) = places.insert(copy.whose(), found.len()) {
                    found[place] = None;
                }
                found.push(Some(Seen { at: copy.at, value: see(&copy), restored_as: None }));
            }
            Line::Withdrawn { whose, at } => {
                if let Some(place) = places.get(&whose)
                    && found[*place].as_ref().is_some_and(|seen| seen.at <= at)
                {
                    found[*place] = None;
                }
            }
            Line::Restored { whose, restored_as, .. } => {
                if let Some(seen) = places.get(&whose).and_then(|place| found[*place].as_mut()) {
                    seen.restored_as = Some(restored_as);
                }
            }
        })?;
        Ok(found.into_iter().rev().flatten().map(|seen| (seen.value, seen.restored_as)).collect())
    }

    /// Gives each line that can be understood to `take`, in the order in which they were written.
    fn each_line(&self, take: &mut dyn FnMut(Line)) -> Result<(), TrashError> {
        for path in self.files()? {
            each_line(&path, |bytes| {
                if let Some(line) = Line::read(bytes) {
                    take(line);
                }
            })
            .map_err(failed(&path))?;
        }
        Ok(())
    }

    /// The copies that `wanted` holds for, the latest first.
    ///
    /// # Errors
    ///
    /// As of [`Trash::copies`].
    pub fn find(&self, wanted: impl Fn(&UserCopy) -> bool) -> Result<Vec<Kept>, TrashError> {
        let all = self.copies(|copy| wanted(copy).then(|| copy.clone()))?;
        Ok(all.into_iter().filter_map(|(copy, restored_as)| Some(Kept { copy: copy?, restored_as })).collect())
    }

    /// Takes away all that is written down about those that `is_meant` holds for. When this returns, it is not on the disk
    /// any more.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or written: what is in it is as it was then.
    pub fn remove(&self, is_meant: impl Fn(&Whose) -> bool) -> Result<(), TrashError> {
        self.change(|path, _| self.rewrite(path, |line| line.is_none_or(|line| !is_meant(&line.whose()))))
    }

    /// Takes away everything, also what cannot be understood.
    ///
    /// # Errors
    ///
    /// As of [`Trash::remove`].
    pub fn clear(&self) -> Result<(), TrashError> {
        self.change(|path, _| self.remove_file(path))
    }

    /// Takes away what is older than `age` at `now`; [`KEPT`] as a rule. Files of later days are not even opened.
    ///
    /// # Errors
    ///
    /// As of [`Trash::remove`].
    pub fn expire(&self, now: Timestamp, age: Duration) -> Result<(), TrashError> {
        let oldest = now.minus(age);
        let last_day = day_of(oldest);
        if !self.files()?.iter().any(|path| day_of_file(path).is_some_and(|day| day <= last_day)) {
            return Ok(());
        }
        self.change(|path, day| match day.cmp(&last_day) {
            Ordering::Less => self.remove_file(path),
            Ordering::Greater => Ok(()),
            // What cannot be understood goes a day later, with its file.
            Ordering::Equal => self.rewrite(path, |line| line.is_none_or(|line| line.at() > oldest)),
        })
    }

    /// Does something to each file and its day, while no other program writes.
    fn change(&self, act: impl Fn(&Path, Date) -> Result<(), TrashError>) -> Result<(), TrashError> {
        if !self.is_there()? {
            return Ok(());
        }
        let _locked = self.lock()?;
        for path in self.files()? {
            if let Some(day) = day_of_file(&path) {
                act(&path, day)?;
            }
        }
        Ok(())
    }

    /// Writes a file anew with the lines that `stays` holds for; with none of them it is removed.
    fn rewrite(&self, path: &Path, stays: impl Fn(Option<&Line>) -> bool) -> Result<(), TrashError> {
        let (mut kept, mut is_changed) = (Vec::new(), false);
        let take = |bytes: &[u8]| {
            if stays(Line::read(bytes).as_ref()) {
                kept.extend_from_slice(bytes);
            } else {
                is_changed = true;
            }
        };
        each_line(path, take).map_err(failed(path))?;
        if kept.is_empty() {
            self.remove_file(path)
        } else if is_changed {
            private::replace(path, &kept).map_err(failed(path))
        } else {
            Ok(())
        }
    }

    fn remove_file(&self, path: &Path) -> Result<(), TrashError> {
        fs::remove_file(path).map_err(failed(path))?;
        self.sync()
    }

    /// What a file is called is on the disk once its directory is.
    fn sync(&self) -> Result<(), TrashError> {
        File::open(&self.folder).and_then(|folder| folder.sync_all()).map_err(failed(&self.folder))
    }

    /// Whether there is a folder.
    fn is_there(&self) -> Result<bool, TrashError> {
        match fs::symlink_metadata(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(failed(&self.folder)(error)),
            Ok(metadata) if metadata.is_dir() => Ok(true),
            Ok(_) => Err(TrashError::SomethingElse(self.folder.display().to_string())),
        }
    }

    /// Waits until no other program writes here.
    fn lock(&self) -> Result<File, TrashError> {
        let path = self.folder.join("lock");
        is_file(&path)?;
        private::lock(&path).map_err(failed(&path))
    }

    /// The files, the oldest first.
    fn files(&self) -> Result<Vec<PathBuf>, TrashError> {
        if !self.is_there()? {
            return Ok(Vec::new());
        }
        let mut paths = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(failed(&self.folder))? {
            let path = entry.map_err(failed(&self.folder))?.path();
            if day_of_file(&path).is_some() && is_file(&path)? {
                paths.push(path);
            }
        }
        paths.sort();
        Ok(paths)
    }
}

fn failed(path: &Path) -> impl Fn(io::Error) -> TrashError + use<'_> {
    |source| TrashError::Io { path: path.display().to_string(), source }
}

/// Whether there is a file of this name: what is there and is none is not followed.
fn is_file(path: &Path) -> Result<bool, TrashError> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(failed(path)(error)),
        Ok(metadata) if metadata.is_file() => Ok(true),
        Ok(_) => Err(TrashError::SomethingElse(path.display().to_string())),
    }
}

/// The day of a moment, in UTC: everywhere the same.
fn day_of(at: Timestamp) -> Date {
    at.to_jiff().unwrap_or_default().to_zoned_datetime(TimeZone::UTC).date()
}

fn day_of_file(path: &Path) -> Option<Date> {
    let is_ours = path.extension().is_some_and(|extension| extension == EXTENSION);
    path.file_stem()?.to_str().filter(|_| is_ours)?.parse().ok()
}

fn append_to(path: &Path, mut bytes: Vec<u8>) -> io::Result<()> {
    let mut file = private::open_to_append(path)?;
    let end = file.seek(SeekFrom::End(0))?;
    if end > 0 {
        file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            // A crash broke the last line off: these begin afresh.
            bytes.insert(0, b'\n');
        }
    }
    let written = file.write_all(&bytes).and_then(|()| file.sync_data());
    if written.is_err() {
        // Half a line is of no use to anybody. Where not even that can be, it is torn.
        let _ = file.set_len(end);
    }
    written
}

/// Gives each line to `see`, with its end.
fn each_line(path: &Path, mut see: impl FnMut(&[u8])) -> io::Result<()> {
    let mut file = BufReader::new(File::open(path)?);
    let mut line = Vec::new();
    while file.read_until(b'\n', &mut line)? > 0 {
        see(&line);
        line.clear();
    }
    Ok(())
}
