//! The journal of a job: who is to be changed, and what came of each, on the disk before and after every request.
//!
//! One file of JSON lines for each job, for its owner alone: what is to be done, then everybody that it is about, then
//! what happened. Cut off anywhere, by a crash or a full disk, what stands before the cut says what has been done, what
//! may have been done, and what has not. Whoever works on a job holds a lock on its journal, so that no two do.
//! Everything here waits for the disk.

use crate::{
    app::{
        Grounds, RecordId,
        job::{Job, JobAct, JobId, Outcome, Plan, Record, Target},
    },
    clerk::model::Timestamp,
    private,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{
    fs::{self, File, TryLockError},
    io::{self, BufRead, BufReader, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// The version of the lines. A journal of a later one is left alone.
pub(super) const VERSION: u32 = 1;
/// The folder of the journals in the state directory.
const FOLDER: &str = "jobs";
/// How the name of a journal ends.
const EXTENSION: &str = "jsonl";

/// How the name of a table of outcomes ends.
pub(super) const TABLE: &str = "csv";

/// What a job is, before its users.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// Version of the journal's form, of the program that wrote it.
    pub v: u32,
    /// Which job.
    pub job: JobId,
    /// On which instance: the API's host and port.
    pub instance: String,
    /// When it was asked for.
    pub begun_at: Timestamp,
    /// What is done to each.
    #[serde(flatten)]
    pub act: JobAct,
    /// Why, in the words of who asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The entry of the audit log that it takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
    /// How its users were chosen, in words.
    pub chosen: String,
    /// How many they are. Fewer lines than that, and nothing has been sent.
    pub users: usize,
}

/// A line behind the users.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Happened {
    /// These are sent from now on.
    Sent(Vec<(usize, Option<Value>)>),
    /// These were sent, and nothing has been done to them.
    NotDone(Vec<usize>),
    /// So it ended for these.
    Ended(Vec<(usize, Outcome)>),
    /// Nothing further is begun.
    Cancelled,
}

impl Happened {
    /// The line of records that are all of one kind.
    fn of(run: &[(usize, Record)]) -> Self {
        let (mut sent, mut not_done, mut ended) = (Vec::new(), Vec::new(), Vec::new());
        for (place, record) in run {
            match record {
                Record::Sent(before) => sent.push((*place, before.clone())),
                Record::NotDone => not_done.push(*place),
                Record::Ended(outcome) => ended.push((*place, outcome.clone())),
            }
        }
        match (sent.is_empty(), not_done.is_empty()) {
            (false, _) => Self::Sent(sent),
            (_, false) => Self::NotDone(not_done),
            _ => Self::Ended(ended),
        }
    }
}

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
    /// Another program works on the job.
    #[error("another lazyclerk works on this job")]
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

/// The journal of a job that this program works on.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
}

/// What a journal says.
#[derive(Debug)]
pub struct Told {
    /// What the job is.
    pub header: Header,
    /// The job, as far as it got; standing still, unless it is over.
    pub job: Job,
}

/// Where the journals are, in a state directory.
#[must_use]
pub fn folder(state_directory: &Path) -> PathBuf {
    state_directory.join(FOLDER)
}

/// The journals in a state directory, the oldest first. Their names tell when they were begun.
///
/// # Errors
///
/// When the folder cannot be read; one that is not there has none.
pub fn all(state_directory: &Path) -> Result<Vec<PathBuf>, JournalError> {
    let folder = folder(state_directory);
    let failed = |source| JournalError::Io { path: folder.display().to_string(), source };
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == EXTENSION) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Takes a journal away, and the table of outcomes that was saved beside it.
///
/// # Errors
///
/// When it cannot be.
pub(super) fn remove(path: &Path) -> Result<(), JournalError> {
    for path in [path.with_extension(TABLE), path.to_owned()] {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(JournalError::Io { path: path.display().to_string(), source: error });
            }
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

impl Journal {
    /// Begins the journal of a job: when this returns, what it is and whom it is about are on the disk.
    ///
    /// # Errors
    ///
    /// When they are not: then nothing must be sent.
    pub fn begin(state_directory: &Path, header: &Header, plan: &Plan) -> Result<Self, JournalError> {
        let folder = folder(state_directory);
        let path = folder.join(format!("{}.{EXTENSION}", header.job));
        let failed = |source| JournalError::Io { path: path.display().to_string(), source };
        private::make_directory(&folder).map_err(failed)?;
        let mut bytes = line(header);
        for target in &plan.targets {
            bytes.extend(line(target));
        }
        let mut file = private::create(&path).map_err(failed)?;
        file.lock().map_err(failed)?;
        file.write_all(&bytes).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        // The name is on the disk once its directory is.
        File::open(&folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
        Ok(Self { path, file })
    }

    /// Takes up the journal of a job that broke off, and what it says. What a crash broke off its end is cut away.
    ///
    /// # Errors
    ///
    /// When it cannot be read or understood, or another program works on it. None when it broke off while its users were
    /// written down: then nothing was sent.
    pub fn take_up(path: &Path) -> Result<Option<(Self, Told)>, JournalError> {
        let failed = |source| JournalError::Io { path: path.display().to_string(), source };
        let mut file = private::open_to_append(path).map_err(failed)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(JournalError::InUse),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
            Ok(()) => {}
        }
        let Some((told, whole)) = read(path, &mut file)? else { return Ok(None) };
        file.set_len(whole).map_err(failed)?;
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        Ok(Some((Self { path: path.to_owned(), file }, told)))
    }

    /// What a journal says, whoever works on it. None when it broke off while its users were written down.
    ///
    /// # Errors
    ///
    /// When it cannot be read or understood.
    pub fn look(path: &Path) -> Result<Option<Told>, JournalError> {
        let failed = |source| JournalError::Io { path: path.display().to_string(), source };
        let mut file = File::open(path).map_err(failed)?;
        Ok(read(path, &mut file)?.map(|(told, _)| told))
    }

    /// Whether another program works on the job.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened.
    pub fn is_in_use(path: &Path) -> Result<bool, JournalError> {
        let file = File::open(path).map_err(|source| JournalError::Io { path: path.display().to_string(), source })?;
        let is_in_use = matches!(file.try_lock(), Err(TryLockError::WouldBlock));
        // One that was not taken is given back all the same.
        let _ = file.unlock();
        Ok(is_in_use)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes down what happened. When this returns, it is on the disk.
    ///
    /// # Errors
    ///
    /// When it is not.
    pub fn record(&mut self, records: &[(usize, Record)]) -> Result<(), JournalError> {
        let kind = |record: &Record| std::mem::discriminant(record);
        // One line for each run of the same kind: the order among them tells which holds.
        let runs = records.chunk_by(|(_, one), (_, other)| kind(one) == kind(other));
        let bytes: Vec<u8> = runs.flat_map(|run| line(&Happened::of(run))).collect();
        self.append(&bytes)
    }

    /// Writes down that nothing further is begun.
    ///
    /// # Errors
    ///
    /// As of [`Journal::record`].
    pub fn cancel(&mut self) -> Result<(), JournalError> {
        self.append(&line(&Happened::Cancelled))
    }

    /// Takes it away again, before anything was sent: as far as the disk lets it.
    pub fn discard(self) {
        let _ = fs::remove_file(&self.path);
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), JournalError> {
        let failed = |source| JournalError::Io { path: self.path.display().to_string(), source };
        let before = self.file.seek(SeekFrom::End(0)).map_err(failed)?;
        let written = self.file.write_all(bytes).and_then(|()| self.file.sync_data());
        if written.is_err() {
            // A line that is there by half would run into the next one. Where not even that can be, it is torn.
            let _ = self.file.set_len(before);
        }
        written.map_err(failed)
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        // A child process that is being started holds the file for a moment too, and the lock with it.
        let _ = self.file.unlock();
    }
}

/// A line. What cannot be written as JSON does not exist among these types: every key is a text.
fn line(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// What the whole lines of a journal say, and how many bytes they are.
fn read(path: &Path, file: &mut File) -> Result<Option<(Told, u64)>, JournalError> {
    let mut lines = Lines { path, file: BufReader::new(file), number: 0, whole: 0 };
    let Some(header) = lines.next::<Header>()? else { return Ok(None) };
    if header.v > VERSION {
        return Err(JournalError::Later { path: path.display().to_string() });
    }
    let mut targets = Vec::new();
    while targets.len() < header.users {
        let Some(target) = lines.next::<Target>()? else { return Ok(None) };
        targets.push(target);
    }
    let (mut records, mut is_cancelled) = (Vec::new(), false);
    while let Some(happened) = lines.next::<Happened>()? {
        match happened {
            Happened::Sent(sent) => {
                records.extend(sent.into_iter().map(|(place, before)| (place, Record::Sent(before))));
            }
            Happened::NotDone(places) => records.extend(places.into_iter().map(|place| (place, Record::NotDone))),
            Happened::Ended(ended) => {
                records.extend(ended.into_iter().map(|(place, outcome)| (place, Record::Ended(outcome))));
            }
            Happened::Cancelled => is_cancelled = true,
        }
    }
    let grounds = Grounds { undoes: header.undoes.clone().map(RecordId), reason: header.reason.clone() };
    let plan = Plan { act: header.act.clone(), targets, grounds, chosen: header.chosen.clone() };
    let mut job = Job::restored(plan, records);
    if is_cancelled {
        job.cancel();
    }
    Ok(Some((Told { header, job }, lines.whole)))
}

/// The lines of a journal, one at a time.
struct Lines<'a> {
    path: &'a Path,
    file: BufReader<&'a mut File>,
    number: usize,
    /// How many bytes the lines are that were understood.
    whole: u64,
}

impl Lines<'_> {
    /// The next line; none at the end, and where the last line is torn.
    fn next<T: DeserializeOwned>(&mut self) -> Result<Option<T>, JournalError> {
        let failed = |source| JournalError::Io { path: self.path.display().to_string(), source };
        let mut line = Vec::new();
        let read = self.file.read_until(b'\n', &mut line).map_err(failed)?;
        if !line.ends_with(b"\n") {
            return Ok(None);
        }
        self.number += 1;
        match serde_json::from_slice(&line) {
            Ok(value) => {
                self.whole += u64::try_from(read).unwrap_or(0);
                Ok(Some(value))
            }
            Err(_) if self.file.fill_buf().map_err(failed)?.is_empty() => Ok(None),
            Err(error) => Err(JournalError::Line {
                path: self.path.display().to_string(),
                line: self.number,
                reason: error.to_string(),
            }),
        }
    }
}

#[cfg(test)]
mod tests;
