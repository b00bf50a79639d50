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
    journal_file::{self, EXTENSION, JournalFile, Lines, line},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

pub use crate::journal_file::JournalError;

/// The version of the lines. A journal of a later one is left alone.
pub(super) const VERSION: u32 = 1;
/// The folder of the journals in the state directory.
const FOLDER: &str = "jobs";

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

impl Header {
    /// Of what is asked for at an instance now; the job gets its name here.
    pub(super) fn of(plan: &Plan, instance: &str, begun_at: Timestamp) -> Self {
        Self {
            v: VERSION,
            job: id_of(plan, begun_at),
            instance: instance.to_owned(),
            begun_at,
            act: plan.act.clone(),
            reason: plan.grounds.reason.clone(),
            undoes: plan.grounds.undoes.as_ref().map(|record| record.0.clone()),
            chosen: plan.chosen.clone(),
            users: plan.targets.len(),
        }
    }
}

/// Told apart within a second, and sorted by time: `20261123T165900-delete-1a2b`.
fn id_of(plan: &Plan, at: Timestamp) -> JobId {
    let time = at.to_jiff().map_or_else(|| at.as_millis().to_string(), |at| at.strftime("%Y%m%dT%H%M%S").to_string());
    JobId::from(format!("{time}-{}-{:04x}", plan.act.name(), fastrand::u16(..)))
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

/// The journal of a job that this program works on.
#[derive(Debug)]
pub struct Journal {
    file: JournalFile,
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
    journal_file::all(&folder(state_directory))
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
        let mut bytes = line(header);
        for target in &plan.targets {
            bytes.extend(line(target));
        }
        let path = folder(state_directory).join(format!("{}.{EXTENSION}", header.job));
        Ok(Self { file: JournalFile::begin(path, &bytes)? })
    }

    /// Takes up the journal of a job that broke off, and what it says. What a crash broke off its end is cut away.
    ///
    /// # Errors
    ///
    /// When it cannot be read or understood, or another program works on it. None when it broke off while its users were
    /// written down: then nothing was sent.
    pub fn take_up(path: &Path) -> Result<Option<(Self, Told)>, JournalError> {
        let mut file = JournalFile::take_up(path)?;
        let Some((told, whole)) = read(file.lines())? else { return Ok(None) };
        file.keep(whole)?;
        Ok(Some((Self { file }, told)))
    }

    /// What a journal says, whoever works on it. None when it broke off while its users were written down.
    ///
    /// # Errors
    ///
    /// When it cannot be read or understood.
    pub fn look(path: &Path) -> Result<Option<Told>, JournalError> {
        Ok(read(Lines::of(path)?)?.map(|(told, _)| told))
    }

    /// Whether another program works on the job.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened.
    pub fn is_in_use(path: &Path) -> Result<bool, JournalError> {
        JournalFile::is_in_use(path)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.file.path()
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
        self.file.append(&bytes)
    }

    /// Writes down that nothing further is begun.
    ///
    /// # Errors
    ///
    /// As of [`Journal::record`].
    pub fn cancel(&mut self) -> Result<(), JournalError> {
        self.file.append(&line(&Happened::Cancelled))
    }

    /// Takes it away again, before anything was sent: as far as the disk lets it.
    pub fn discard(self) {
        self.file.discard();
    }
}

/// What the whole lines of a journal say, and how many bytes they are.
fn read(mut lines: Lines<'_>) -> Result<Option<(Told, u64)>, JournalError> {
    let Some(header) = lines.next::<Header>()? else { return Ok(None) };
    if header.v > VERSION {
        return Err(lines.later());
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
    Ok(Some((Told { header, job }, lines.whole())))
}

#[cfg(test)]
mod tests;
