//! The append-only record of every change that was made: one JSON line before the request, one after it.
//!
//! With a shared secret key nobody could say afterwards who banned whom. So the intent is on the disk before anything is
//! sent, and where it cannot be written nothing is sent. Both lines carry the id of the entry; lines of several programs
//! may stand between them. Everything here waits for the disk: call it where waiting is allowed.

mod history;

pub use history::{Entry, History, history};

use crate::clerk::{
    InstanceKind,
    model::{Timestamp, UserId},
};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// The version of the lines. A reader that knows a lower one should say so rather than guess.
pub const LINE_VERSION: u32 = 1;
/// The name of the file in the state directory.
const FILE: &str = "audit.jsonl";

/// The id that the two lines of a change share.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(String);

impl EntryId {
    /// As it stands in the lines.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn new(at: Timestamp) -> Self {
        // Ordered by time, and told apart within a millisecond and between machines.
        Self(format!("{:012x}-{:012x}", at.as_millis(), fastrand::u64(..) >> 16))
    }
}

impl From<String> for EntryId {
    fn from(id: String) -> Self {
        Self(id)
    }
}

/// Where the changes are made, and by whom: the same for every line of a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The API's host and port.
    pub host: String,
    /// `development` or `production`.
    pub instance_kind: String,
    /// The account on this machine: its name, or `uid 1000` where the environment has none.
    pub os_user: String,
    /// This machine.
    pub machine: String,
    /// The version of lazyclerk.
    pub version: String,
}

impl Origin {
    /// The origin of changes made from this process to the instance at `host`.
    #[must_use]
    pub fn of(host: &str, kind: InstanceKind) -> Self {
        Self {
            host: host.to_owned(),
            instance_kind: kind.to_string(),
            os_user: os_user(),
            machine: rustix::system::uname().nodename().to_string_lossy().into_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// The account on this machine: its name, or `uid 1000` where the environment has none.
#[must_use]
pub fn os_user() -> String {
    let account = ["USER", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok());
    let account = account.filter(|account| !account.is_empty());
    account.unwrap_or_else(|| format!("uid {}", rustix::process::getuid().as_raw()))
}

/// A change that is about to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// What is done: `ban`, `delete_passkey`.
    pub action: String,
    /// Which part of the user it is done to, by Clerk's id: a session, a passkey.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub part: Option<String>,
    /// To whom; none where the user is yet to be created: the outcome has the id.
    pub user_id: Option<UserId>,
    /// What they sign in by, as it was: after a deletion nobody could look it up.
    pub identifier: Option<String>,
    /// Their name, as it was.
    pub name: Option<String>,
    /// The entry of the change that this one takes back.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub undoes: Option<EntryId>,
    /// Why, in the words of who made it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}

/// How a change ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Made.
    Done,
    /// Not made.
    Failed,
    /// Nobody knows: no answer came.
    Unknown,
}

/// What came of an intent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// How it ended.
    pub outcome: Ending,
    /// The HTTP status, where an answer came.
    pub status: Option<u16>,
    /// Clerk's code, where it refused.
    pub code: Option<String>,
    /// The id of the request at Clerk.
    pub trace_id: Option<String>,
    /// Who was created.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub user_id: Option<UserId>,
}

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum Content {
    /// Before the request.
    Intent(Intent),
    /// After it.
    Outcome(Outcome),
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// [`LINE_VERSION`] of the program that wrote it.
    pub v: u32,
    /// When, RFC 3339 with milliseconds, UTC.
    pub time: String,
    /// Which change.
    pub entry: EntryId,
    /// What happened.
    #[serde(flatten)]
    pub content: Content,
    /// Where, and by whom.
    #[serde(flatten)]
    pub origin: Origin,
}

/// Why something could not be recorded.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The file system says no.
    #[error("{path}: {source}")]
    Io {
        /// The file or directory.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// The file is a symbolic link or no file at all: somebody may want the lines elsewhere.
    #[error("{0} is not a regular file; move it away")]
    NotAFile(String),
    /// A line cannot be written as JSON.
    #[error("a line cannot be written: {0}")]
    Line(#[from] serde_json::Error),
}

/// The log of one origin.
#[derive(Debug)]
pub struct Audit {
    path: PathBuf,
    origin: Origin,
}

impl Audit {
    /// The log in `directory`, which is made if it is not there, for its owner alone. The file is made by the first line.
    ///
    /// # Errors
    ///
    /// When the directory cannot be made, or the file in it is none.
    pub fn open(directory: &Path, origin: Origin) -> Result<Self, AuditError> {
        let failed = |source| AuditError::Io { path: directory.display().to_string(), source };
        make_directory(directory).map_err(failed)?;
        let audit = Self { path: directory.join(FILE), origin };
        audit.check_file()?;
        Ok(audit)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Records that a change is about to be made. When this returns, the line is on the disk.
    ///
    /// # Errors
    ///
    /// When it is not: then the change must not be made.
    pub fn intent(&self, at: Timestamp, intent: Intent) -> Result<EntryId, AuditError> {
        let entry = EntryId::new(at);
        self.append(at, entry.clone(), Content::Intent(intent))?;
        Ok(entry)
    }

    /// Records what came of it.
    ///
    /// # Errors
    ///
    /// When the line is not on the disk.
    pub fn outcome(&self, at: Timestamp, entry: &EntryId, outcome: Outcome) -> Result<(), AuditError> {
        self.append(at, entry.clone(), Content::Outcome(outcome))
    }

    fn append(&self, at: Timestamp, entry: EntryId, content: Content) -> Result<(), AuditError> {
        let time = at.to_jiff().map_or_else(|| at.as_millis().to_string(), |at| format!("{at:.3}"));
        let line = Line { v: LINE_VERSION, time, entry, content, origin: self.origin.clone() };
        let mut bytes = serde_json::to_vec(&line)?;
        bytes.push(b'\n');
        self.check_file()?;
        self.append_bytes(bytes).map_err(|source| AuditError::Io { path: self.path.display().to_string(), source })
    }

    /// One write under a lock, so that several programs leave whole lines; and a sync, so that it survives a power cut.
    fn append_bytes(&self, mut bytes: Vec<u8>) -> io::Result<()> {
        let mut file = open_private(&self.path)?;
        file.lock()?;
        if ends_torn(&mut file)? {
            // A crash broke the last line off: it stays as it is, and this one begins afresh.
            bytes.insert(0, b'\n');
        }
        file.write_all(&bytes)?;
        file.sync_data()
    }

    /// The file is one, and is not somewhere else.
    fn check_file(&self) -> Result<(), AuditError> {
        match fs::symlink_metadata(&self.path) {
            Ok(metadata) if !metadata.is_file() => Err(AuditError::NotAFile(self.path.display().to_string())),
            _ => Ok(()),
        }
    }
}

fn ends_torn(file: &mut File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

#[cfg(unix)]
fn make_directory(directory: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    let metadata = fs::metadata(directory)?;
    if metadata.permissions().mode() & 0o077 != 0 {
        fs::set_permissions(directory, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn make_directory(directory: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).create(directory)
}

/// Opens the file to append and to read its end, for its owner alone, also where it was made otherwise.
#[cfg(unix)]
fn open_private(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let file = OpenOptions::new().append(true).read(true).create(true).mode(0o600).open(path)?;
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    Ok(file)
}

#[cfg(not(unix))]
fn open_private(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).read(true).create(true).open(path)
}

#[cfg(test)]
mod history_tests;
#[cfg(test)]
mod tests;
