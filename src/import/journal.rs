//! The journal of an import: which rows were sent, and what came of each, on the disk before and after every request.
//!
//! One file of JSON lines for each import, in a folder of the state directory. The file that is imported is known again by
//! its fingerprint, and the instance by its id: so the same command goes on with what broke off. What the rows hold stands
//! nowhere in it.

use super::Existing;
use crate::{
    audit::EntryId,
    clerk::model::{Timestamp, UserId},
    journal_file::{self, EXTENSION, JournalFile, Lines, line},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

pub use crate::journal_file::JournalError;

/// The version of the lines. A journal of a later one is left alone.
const VERSION: u32 = 1;
/// The folder of the journals in the state directory.
const FOLDER: &str = "imports";

/// What an import is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// Version of the journal's form, of the program that wrote it.
    pub v: u32,
    /// Which import: its id in the audit log, and the name of the journal.
    pub run: String,
    /// To which instance: the API's host and port.
    pub instance: String,
    /// Clerk's id of it.
    pub instance_id: String,
    /// What the file was called.
    pub file: String,
    /// Its fingerprint.
    pub content: String,
    /// Which system it was from.
    pub source: String,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// How many users it makes.
    pub users: u64,
}

impl Header {
    /// The version that this program writes.
    pub const VERSION: u32 = VERSION;
}

/// What came of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The user is there.
    Created {
        /// Who.
        user: UserId,
    },
    /// The user was not created.
    Failed {
        /// Clerk's code, or a word of the program's own.
        code: String,
        /// Why, as it was told, unsafe to print.
        reason: String,
    },
    /// No answer came, and looking did not tell.
    Unknown {
        /// Who is there now, and may have been before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<UserId>,
        /// Why.
        reason: String,
    },
}

/// A line behind the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Happened {
    /// These rows are sent from now on, under these entries of the audit log.
    Sent(Vec<(u64, EntryId)>),
    /// So it ended for these.
    Ended(Vec<(u64, Outcome)>),
    /// Whom these rows made is gone again: the import was taken back.
    Undone(Vec<u64>),
    /// So many exist already whom it has not made, and are left alone.
    LeftAlone(u64),
}

/// What is known of a row that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The entry of the audit log that tells of it.
    pub entry: EntryId,
    /// What came of it; none where that was not written down any more.
    pub outcome: Option<Outcome>,
}

/// What a journal says.
#[derive(Clone, Debug)]
pub struct Told {
    /// What the import is.
    pub header: Header,
    /// The rows that were sent, by their numbers.
    pub rows: BTreeMap<u64, Sent>,
    /// The rows of whom somebody exists already whom it did not make. They are in no journal: each time it is asked anew.
    pub existing: BTreeMap<u64, Existing>,
    /// How many those were when it was last carried out.
    pub left_alone: u64,
}

impl Told {
    /// Of an import that has sent nothing yet.
    #[must_use]
    pub fn new(header: Header) -> Self {
        Self { header, rows: BTreeMap::new(), existing: BTreeMap::new(), left_alone: 0 }
    }

    /// Whether the import has made somebody of a row, or may have: whoever is there then is no stranger.
    #[must_use]
    pub fn is_own(&self, row: u64) -> bool {
        self.rows.get(&row).is_some_and(|sent| !matches!(sent.outcome, Some(Outcome::Failed { .. })))
    }

    /// Notes who exists already, but of rows that are its own. What failed of the others before says no more than that.
    pub fn note_existing(&mut self, mut existing: BTreeMap<u64, Existing>) {
        existing.retain(|row, _| !self.is_own(*row));
        self.rows.retain(|row, _| !existing.contains_key(row));
        self.existing = existing;
    }

    /// The users that it made, in the order of the file.
    pub fn created(&self) -> impl Iterator<Item = &UserId> {
        self.rows.values().filter_map(|sent| match &sent.outcome {
            Some(Outcome::Created { user }) => Some(user),
            _ => None,
        })
    }

    /// Whether so many users, which its file makes by now, are all there: created, or existing already. There is nothing to
    /// go on with. Another mapping can make more of the same file than it was begun with.
    #[must_use]
    pub fn is_over(&self, users: u64) -> bool {
        (self.created().count() + self.existing.len()) as u64 >= users
    }

    pub(super) fn note(&mut self, happened: Happened) {
        match happened {
            Happened::Sent(sent) => {
                for (row, entry) in sent {
                    self.existing.remove(&row);
                    self.rows.insert(row, Sent { entry, outcome: None });
                }
            }
            Happened::LeftAlone(count) => self.left_alone = count,
            // As if they had never been sent: the same command would make them anew.
            Happened::Undone(rows) => {
                for row in rows {
                    self.rows.remove(&row);
                }
            }
            Happened::Ended(ended) => {
                for (row, outcome) in ended {
                    if let Some(sent) = self.rows.get_mut(&row) {
                        sent.outcome = Some(outcome);
                    }
                }
            }
        }
    }
}

/// The journal of an import that this program works on.
#[derive(Debug)]
pub struct Journal {
    file: JournalFile,
}

impl Journal {
    /// Begins one: when this returns, it is on the disk.
    ///
    /// # Errors
    ///
    /// When it is not: then nothing must be sent.
    pub fn begin(state_directory: &Path, header: &Header) -> Result<Self, JournalError> {
        let path = state_directory.join(FOLDER).join(format!("{}.{EXTENSION}", header.run));
        Ok(Self { file: JournalFile::begin(path, &line(header))? })
    }

    /// Takes up one that broke off, and what it says. None where it broke off before anything was sent.
    ///
    /// # Errors
    ///
    /// When it cannot be read or understood, or another program works on it.
    pub fn take_up(path: &Path) -> Result<Option<(Self, Told)>, JournalError> {
        let mut file = JournalFile::take_up(path)?;
        let mut lines = file.lines();
        let Some(told) = read(&mut lines)? else { return Ok(None) };
        let whole = lines.whole();
        drop(lines);
        file.keep(whole)?;
        Ok(Some((Self { file }, told)))
    }

    /// The journals in a state directory with what they say, the oldest first. One that cannot be understood is passed over.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read; one that is not there has none.
    pub fn all(state_directory: &Path) -> Result<Vec<(PathBuf, Told)>, JournalError> {
        let paths = journal_file::all(&state_directory.join(FOLDER))?;
        let told = |path: PathBuf| {
            let told = read(&mut Lines::of(&path).ok()?).ok()??;
            Some((path, told))
        };
        Ok(paths.into_iter().filter_map(told).collect())
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Writes down what happened. When this returns, it is on the disk.
    pub(super) fn record(&mut self, happened: &[Happened]) -> Result<(), JournalError> {
        let lines: Vec<u8> = happened.iter().flat_map(line).collect();
        self.file.append(&lines)
    }

    /// Writes down that whom these rows made is gone again.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn take_back(&mut self, rows: Vec<u64>) -> Result<(), JournalError> {
        self.record(&[Happened::Undone(rows)])
    }

    /// Takes it away again, before anything was sent.
    pub fn discard(self) {
        self.file.discard();
    }
}

fn read(lines: &mut Lines<'_>) -> Result<Option<Told>, JournalError> {
    let Some(header) = lines.next::<Header>()? else { return Ok(None) };
    if header.v > VERSION {
        return Err(lines.later());
    }
    let mut told = Told::new(header);
    while let Some(happened) = lines.next::<Happened>()? {
        told.note(happened);
    }
    Ok(Some(told))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, io};
    use tempfile::TempDir;

    fn header(run: &str) -> Header {
        Header {
            v: VERSION,
            run: run.to_owned(),
            instance: "api.clerk.com".to_owned(),
            instance_id: "ins_1".to_owned(),
            file: "users.csv".to_owned(),
            content: "abc".to_owned(),
            source: "supabase".to_owned(),
            begun_at: Timestamp::from_millis(1),
            users: 3,
        }
    }

    #[test]
    fn who_exists_already_is_not_one_whom_the_import_has_made() {
        let mut told = Told::new(header("a"));
        let sent = |row: u64| (row, EntryId::from(row.to_string()));
        told.note(Happened::Sent((1..=4).map(sent).collect()));
        let failed = Outcome::Failed { code: Existing::CODE.to_owned(), reason: "y".to_owned() };
        let unknown = Outcome::Unknown { user: None, reason: "y".to_owned() };
        let created = Outcome::Created { user: "user_1".into() };
        told.note(Happened::Ended(vec![(1, created), (2, failed), (3, unknown)]));
        told.note_existing((1..=6).map(|row| (row, Existing::default())).collect());
        assert_eq!(told.existing.keys().copied().collect::<Vec<_>>(), [2, 5, 6]);
        assert_eq!(told.rows.keys().copied().collect::<Vec<_>>(), [1, 3, 4]);
        assert!(told.is_over(4) && !told.is_over(5));
        // The log can know of more that was sent than the journal did.
        told.note(Happened::Sent(vec![sent(6)]));
        assert_eq!(told.existing.keys().copied().collect::<Vec<_>>(), [2, 5]);
    }

    #[test]
    fn what_was_sent_and_what_came_of_it_is_told_again() {
        let folder = TempDir::new().unwrap();
        let mut journal = Journal::begin(folder.path(), &header("b")).unwrap();
        let entry = |name: &str| EntryId::from(name.to_owned());
        let created = Outcome::Created { user: "user_1".into() };
        let failed = Outcome::Failed { code: "x".to_owned(), reason: "y".to_owned() };
        journal.record(&[Happened::Sent(vec![(1, entry("a")), (2, entry("b")), (4, entry("c"))])]).unwrap();
        journal.record(&[Happened::Ended(vec![(1, created.clone()), (2, failed)])]).unwrap();
        assert!(matches!(Journal::take_up(journal.path()), Err(JournalError::InUse)));
        let path = journal.path().to_owned();
        drop(journal);
        fs::OpenOptions::new()
            .append(true)
            .open(&path)
            .and_then(|mut file| io::Write::write_all(&mut file, b"{\"en"))
            .unwrap();
        let (mut journal, told) = Journal::take_up(&path).unwrap().unwrap();
        assert_eq!(told.created().map(UserId::as_str).collect::<Vec<_>>(), ["user_1"]);
        assert_eq!((told.rows.len(), told.rows[&4].outcome.as_ref(), told.is_over(3)), (3, None, false));
        journal.record(&[Happened::Ended(vec![(4, created)])]).unwrap();
        drop(journal);
        Journal::begin(folder.path(), &header("a")).unwrap();
        let all = Journal::all(folder.path()).unwrap();
        assert_eq!(all.iter().map(|(_, told)| told.header.run.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(all[1].1.created().count(), 2, "the torn line is gone");
    }
}
