//! What the lines of the log say.

use crate::clerk::{
    InstanceKind,
    model::{Timestamp, UserId},
};
use serde::{Deserialize, Serialize};

/// The version of the lines. A reader that knows a lower one should say so rather than guess.
pub const LINE_VERSION: u32 = 2;
/// The id that the two lines of a change share; the header of a job has one of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(String);

impl EntryId {
    /// As it stands in the lines.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// One that nothing else has, for what is recorded at `at`.
    #[must_use]
    pub fn new(at: Timestamp) -> Self {
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
///
/// [`Origin::of`] has what every program knows; the rest is there where somebody has told it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The API's host and port; a name of its own for an instance without a host that lasts.
    pub host: String,
    /// `development` or `production`.
    pub instance_kind: String,
    /// Clerk's id of the instance.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub instance_id: Option<String>,
    /// The profile of the configuration that the key came from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub profile: Option<String>,
    /// Who says to be acting, where an account on the machine is not one person.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actor: Option<String>,
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
            instance_id: None,
            profile: None,
            actor: actor(),
            os_user: os_user(),
            machine: rustix::system::uname().nodename().to_string_lossy().into_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// Who says to be acting from this account: what `LAZYCLERK_ACTOR` has, where it has something.
#[must_use]
pub fn actor() -> Option<String> {
    std::env::var("LAZYCLERK_ACTOR").ok().filter(|name| !name.trim().is_empty())
}

/// The account on this machine: its name, or `uid 1000` where the environment has none.
#[must_use]
pub fn os_user() -> String {
    let account = ["USER", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok());
    let account = account.filter(|account| !account.is_empty());
    account.unwrap_or_else(|| format!("uid {}", rustix::process::getuid().as_raw()))
}

/// A change that is about to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The job that it is a part of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub job: Option<String>,
    /// What it changes, from what and to what, so that it can be taken back after a restart. Secrets have no place here.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub parameters: Option<serde_json::Value>,
    /// It was only looked at what would be sent: nothing was.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub dry_run: bool,
}

/// The head of a job: what is about to be done to many users. A line for each of them follows, with the job's id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobHeader {
    /// The id that the lines of the job carry.
    pub job: String,
    /// What is done to each: `ban`.
    pub action: String,
    /// To how many.
    pub users: u64,
    /// How they were chosen: `marked`, `banned:no lovelace`, `from a file`.
    pub chosen: String,
    /// The job that this one takes back.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub undoes_job: Option<String>,
    /// Why, in the words of who asked for it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// What is the same for all: the key of metadata that is set. Secrets have no place here.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub parameters: Option<serde_json::Value>,
    /// It was only looked at what would be sent: nothing was.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub dry_run: bool,
}

/// How a change ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Made.
    Done,
    /// Nothing was changed: it was so already.
    Unchanged,
    /// Some of it made: it takes several requests, and one failed.
    Partly,
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
    /// What of it was made and how much was not, in words, where it was made in part.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub done: Option<String>,
    /// The HTTP status, where an answer came.
    pub status: Option<u16>,
    /// Clerk's code, where it refused.
    pub code: Option<String>,
    /// The id of the request at Clerk.
    pub trace_id: Option<String>,
    /// Who was created.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub user_id: Option<UserId>,
    /// What else was created, by Clerk's id, where that is what takes the change back: an invitation.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub made: Option<String>,
}

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum Content {
    /// Before the request.
    Intent(Intent),
    /// After it.
    Outcome(Outcome),
    /// Before the first request of a job.
    Job(JobHeader),
}

/// A line of the log, but for its place in the chain.
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
