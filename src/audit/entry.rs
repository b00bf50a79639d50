//! A change as its two lines tell it.

use super::line::{Ending, EntryId, JobHeader, LINE_VERSION, Origin};
use crate::clerk::model::{Timestamp, UserId};
use serde::{Deserialize, Serialize, Serializer};

/// A change that was made, or tried, put together from its two lines. The texts are as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its id.
    #[serde(rename = "entry")]
    pub id: EntryId,
    /// When it was asked for; none where the line does not tell.
    #[serde(rename = "time", serialize_with = "as_time")]
    pub at: Option<Timestamp>,
    /// What was done: `ban`.
    pub action: String,
    /// To whom, or whom it brought about; none where it was about nobody.
    pub user_id: Option<UserId>,
    /// What they signed in by, as it was.
    pub identifier: Option<String>,
    /// Their name, as it was.
    pub name: Option<String>,
    /// Which part of the user it was done to.
    pub part: Option<String>,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// The job that it was a part of.
    pub job: Option<String>,
    /// What it changed, from what and to what.
    pub parameters: Option<serde_json::Value>,
    /// Nothing was sent: it was only looked at what would be.
    pub dry_run: bool,
    /// The entry of the change that this one took back.
    pub undoes: Option<EntryId>,
    /// The entry of the change that took this one back; none also where nobody has looked for it.
    pub undone_by: Option<EntryId>,
    /// How it ended; none where nothing has been recorded: it is under way, or the program did not live to see it.
    #[serde(rename = "outcome")]
    pub ending: Option<Ending>,
    /// What of it was made and how much was not, in words, where it was made in part.
    pub done: Option<String>,
    /// What it has created beside a user, by Clerk's id: an invitation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made: Option<String>,
    /// The HTTP status, where an answer came.
    pub status: Option<u16>,
    /// Clerk's code, where it refused.
    pub code: Option<String>,
    /// The id of the request at Clerk.
    pub trace_id: Option<String>,
    /// Where, and by whom.
    #[serde(flatten)]
    pub origin: Origin,
    /// The version of lazyclerk that wrote it, where its lines can hold more than this one reads.
    #[serde(skip)]
    pub newer_version: Option<String>,
}

/// RFC 3339 with milliseconds, UTC, as in the lines.
#[expect(clippy::ref_option, reason = "serde gives the field so")]
pub(super) fn as_time<S: Serializer>(at: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    let time = at.and_then(Timestamp::to_jiff).map(|at| format!("{at:.3}"));
    time.serialize(serializer)
}

/// What a line is about.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Intent,
    Outcome,
    Job,
    /// What a newer version may write.
    #[serde(other)]
    Other,
}

/// A line as it is read. One without what must be there is another program's.
#[derive(Deserialize)]
pub(super) struct Told {
    v: u32,
    pub(super) line: Kind,
    pub(super) entry: EntryId,
    pub(super) host: String,
    #[serde(default)]
    time: String,
    #[serde(default)]
    action: String,
    part: Option<String>,
    reason: Option<String>,
    pub(super) user_id: Option<UserId>,
    identifier: Option<String>,
    name: Option<String>,
    undoes: Option<EntryId>,
    pub(super) job: Option<String>,
    parameters: Option<serde_json::Value>,
    #[serde(default)]
    pub(super) dry_run: bool,
    #[serde(default)]
    users: u64,
    #[serde(default)]
    chosen: String,
    undoes_job: Option<String>,
    #[serde(default)]
    os_user: String,
    #[serde(default)]
    machine: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    instance_kind: String,
    instance_id: Option<String>,
    profile: Option<String>,
    actor: Option<String>,
    outcome: Option<Ending>,
    done: Option<String>,
    made: Option<String>,
    status: Option<u16>,
    code: Option<String>,
    trace_id: Option<String>,
}

impl Told {
    /// What a line tells; nothing where it is torn, or not ours.
    pub(super) fn of(line: &[u8]) -> Option<Self> {
        serde_json::from_slice(line).ok()
    }

    /// When it was written.
    pub(super) fn at(&self) -> Option<Timestamp> {
        self.time.parse::<jiff::Timestamp>().ok().map(Timestamp::from)
    }

    /// A change of which nothing but the intent is known.
    pub(super) fn into_entry(self) -> Entry {
        let at = self.at();
        let newer_version = (self.v > LINE_VERSION).then(|| self.version.clone());
        Entry {
            id: self.entry,
            at,
            action: self.action,
            user_id: self.user_id,
            identifier: self.identifier,
            name: self.name,
            part: self.part,
            reason: self.reason,
            job: self.job,
            parameters: self.parameters,
            dry_run: self.dry_run,
            undoes: self.undoes,
            origin: Origin {
                host: self.host,
                instance_kind: self.instance_kind,
                instance_id: self.instance_id,
                profile: self.profile,
                actor: self.actor,
                os_user: self.os_user,
                machine: self.machine,
                version: self.version,
            },
            newer_version,
            ..Entry::default()
        }
    }

    /// The head of a job, with where and when it was written.
    pub(super) fn into_header(mut self) -> (Entry, JobHeader) {
        let header = JobHeader {
            job: self.job.take().unwrap_or_default(),
            action: self.action.clone(),
            users: self.users,
            chosen: std::mem::take(&mut self.chosen),
            undoes_job: self.undoes_job.take(),
            reason: self.reason.clone(),
            parameters: self.parameters.take(),
            dry_run: self.dry_run,
        };
        (self.into_entry(), header)
    }
}

impl Entry {
    /// The same with what came of it.
    pub(super) fn ended(self, told: Told) -> Self {
        Self {
            user_id: told.user_id.or(self.user_id),
            ending: told.outcome,
            done: told.done,
            made: told.made,
            status: told.status,
            code: told.code,
            trace_id: told.trace_id,
            ..self
        }
    }

    /// Whether it changed something, as far as anybody knows.
    #[must_use]
    pub fn is_made(&self) -> bool {
        !self.dry_run && matches!(self.ending, Some(Ending::Done | Ending::Partly))
    }
}
