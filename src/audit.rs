//! The append-only record of every change that was made: one JSON line before the request, one after it.
//!
//! With a shared secret key nobody could say afterwards who banned whom. So the intent is on the disk before anything is
//! sent, and where it cannot be written nothing is sent. Both lines carry the id of the entry; lines of several programs
//! may stand between them. Everything here waits for the disk: call it where waiting is allowed.

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
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
        let account = ["USER", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok());
        let account = account.filter(|account| !account.is_empty());
        let uid = || format!("uid {}", rustix::process::getuid().as_raw());
        Self {
            host: host.to_owned(),
            instance_kind: kind.to_string(),
            os_user: account.unwrap_or_else(uid),
            machine: rustix::system::uname().nodename().to_string_lossy().into_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
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
mod tests {
    use super::*;
    use tempfile::TempDir;

    const AT: Timestamp = Timestamp::from_millis(1_795_453_200_123);

    fn open(folder: &TempDir) -> Audit {
        let origin = Origin::of("127.0.0.1:1", InstanceKind::Production);
        Audit::open(&folder.path().join("state"), origin).unwrap()
    }

    fn intent() -> Intent {
        let (identifier, name) = (Some("ada@example.com".into()), Some("Ada \u{1b}[31m\n".into()));
        Intent {
            action: "ban".into(),
            part: None,
            user_id: Some(UserId::from("user_1")),
            identifier,
            name,
            undoes: None,
        }
    }

    fn outcome() -> Outcome {
        Outcome { outcome: Ending::Done, status: Some(200), code: None, trace_id: Some("t".into()), user_id: None }
    }

    fn lines(audit: &Audit) -> Vec<Line> {
        let text = fs::read_to_string(audit.path()).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn intent_and_outcome_are_two_lines_of_one_entry() {
        let folder = TempDir::new().unwrap();
        let audit = open(&folder);
        let entry = audit.intent(AT, intent()).unwrap();
        assert_eq!(lines(&audit).len(), 1, "on the disk before the request is sent");
        audit.outcome(AT, &entry, outcome()).unwrap();
        let lines = lines(&audit);
        assert_eq!((&lines[0].content, &lines[1].content), (&Content::Intent(intent()), &Content::Outcome(outcome())));
        assert!(lines.iter().all(|line| line.entry == entry && line.v == LINE_VERSION));
        assert_eq!(
            (lines[0].time.as_str(), lines[0].origin.instance_kind.as_str()),
            ("2026-11-23T17:00:00.123Z", "production")
        );
        let text = fs::read_to_string(audit.path()).unwrap();
        assert!(!text.contains('\u{1b}'), "foreign text is escaped");
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let folder = TempDir::new().unwrap();
        let audit = open(&folder);
        audit.intent(AT, intent()).unwrap();
        fs::set_permissions(audit.path(), fs::Permissions::from_mode(0o644)).unwrap();
        audit.intent(AT, intent()).unwrap();
        assert_eq!((mode(audit.path()), mode(audit.path().parent().unwrap())), (0o600, 0o700));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let folder = TempDir::new().unwrap();
        let audit = open(&folder);
        let elsewhere = folder.path().join("elsewhere");
        std::os::unix::fs::symlink(&elsewhere, audit.path()).unwrap();
        assert!(matches!(audit.intent(AT, intent()), Err(AuditError::NotAFile(_))));
        assert!(!elsewhere.exists());
    }

    #[test]
    fn a_line_that_a_crash_broke_off_spoils_no_other() {
        let folder = TempDir::new().unwrap();
        let audit = open(&folder);
        audit.intent(AT, intent()).unwrap();
        let whole = fs::read(audit.path()).unwrap();
        fs::write(audit.path(), &whole[..whole.len() / 2]).unwrap();
        audit.intent(AT, intent()).unwrap();
        let text = fs::read_to_string(audit.path()).unwrap();
        let readable = text.lines().filter(|line| serde_json::from_str::<Line>(line).is_ok()).count();
        assert_eq!((text.lines().count(), readable), (2, 1));
    }

    #[test]
    fn many_at_once_leave_whole_lines() {
        let folder = TempDir::new().unwrap();
        let audit = open(&folder);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                let other = Audit { path: audit.path.clone(), origin: audit.origin.clone() };
                scope.spawn(move || {
                    for _ in 0..25 {
                        let entry = other.intent(AT, intent()).unwrap();
                        other.outcome(AT, &entry, outcome()).unwrap();
                    }
                });
            }
        });
        assert_eq!(lines(&audit).len(), 200);
    }

    #[test]
    fn a_directory_that_cannot_be_written_is_told() {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let error = Audit::open(&file.join("state"), Origin::of("h", InstanceKind::Production)).unwrap_err();
        assert!(error.to_string().contains("state"), "{error}");
    }
}
