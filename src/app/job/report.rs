//! How far a job is, for whoever looks at it.

use super::{Counts, JobAct, JobId, Outcome};
use crate::clerk::model::{Timestamp, UserId};
use std::{collections::HashMap, fmt, path::PathBuf};

/// Why a job stands still. Texts can hold Clerk's words, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pause {
    /// Somebody wants it so.
    Asked,
    /// It broke off in an earlier run of the program, and nobody has said yet whether to go on.
    Interrupted,
    /// What is done cannot be written down.
    NotRecorded(String),
    /// Clerk refuses it for everybody.
    Refused(String),
    /// The plan of the instance has no bans.
    NoBans,
    /// Many in a row got no answer.
    NoAnswers(String),
    /// Somebody else uses up the rate limit.
    LimitTaken,
}

impl Pause {
    /// What a plan without bans leaves to do, as a sentence.
    pub const NO_BANS: &str = "Clerk's plan of this instance has no bans; lock and sign out instead.";
}

impl fmt::Display for Pause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asked => formatter.write_str("paused."),
            Self::Interrupted => formatter.write_str("it broke off when the program ended."),
            Self::NotRecorded(reason) => write!(formatter, "what it does cannot be written down: {reason}."),
            Self::Refused(reason) => write!(formatter, "refused for everybody: {reason}."),
            Self::NoBans => formatter.write_str(Self::NO_BANS),
            Self::NoAnswers(reason) => write!(formatter, "no answers any more: {reason}."),
            Self::LimitTaken => formatter.write_str("somebody else uses up the rate limit."),
        }
    }
}

/// Where a job stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobState {
    /// Others are before it.
    Queued,
    /// It goes on.
    Running,
    /// It stands still.
    Paused(Pause),
    /// Nothing further is begun; what is under way still ends.
    Cancelling,
    /// It was ended early.
    Cancelled,
    /// Everybody has an outcome.
    Ended,
}

impl JobState {
    /// Whether nothing more comes of it by itself.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Cancelled | Self::Ended)
    }
}

/// Those that failed for the same reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureGroup {
    /// Clerk's code, or the program's own word.
    pub code: String,
    /// The reason of the first of them, as a sentence. Can hold Clerk's words, unsafe to print.
    pub reason: String,
    /// How many.
    pub count: usize,
}

impl FailureGroup {
    /// What failed among these, grouped by code, the largest group first.
    #[must_use]
    pub fn of<'a>(outcomes: impl IntoIterator<Item = &'a Outcome>) -> Vec<Self> {
        let mut groups = HashMap::new();
        for outcome in outcomes {
            Self::note(&mut groups, outcome);
        }
        Self::sorted(&groups)
    }

    /// Counts an outcome, if it is a failure.
    pub(super) fn note(groups: &mut HashMap<String, Self>, outcome: &Outcome) {
        let Outcome::Failed(fault) = outcome else { return };
        let new = || Self { code: fault.code.clone(), reason: fault.reason.clone(), count: 0 };
        groups.entry(fault.code.clone()).or_insert_with(new).count += 1;
    }

    /// These, the largest first.
    pub(super) fn sorted(groups: &HashMap<String, Self>) -> Vec<Self> {
        let mut groups: Vec<Self> = groups.values().cloned().collect();
        groups.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.code.cmp(&other.code)));
        groups
    }
}

/// How fast it goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// How many users had their outcome in a second, of late.
    pub users_per_second: usize,
    /// Requests a second, of late.
    pub requests_per_second: usize,
    /// Requests a second that background work may use now.
    pub allowed_per_second: usize,
    /// The share of the instance's limit that it may use, in percent.
    pub share: u8,
    /// How many times Clerk has said that they were too many.
    pub too_many: u64,
    /// How long it takes still, in seconds, if it goes on so; none while nobody can tell.
    pub seconds_left: Option<usize>,
}

/// What the list shows of a user while a job works on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is being done.
    UnderWay,
    /// It is done, or was so already.
    Done,
    /// Nobody has this id any more.
    Gone,
    /// It was not done.
    Failed,
}

/// What was seen of the sessions of some whom a job has banned, which is to have ended them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionCheck {
    /// How many were looked at.
    pub looked_at: usize,
    /// How many of them are signed in still.
    pub active: usize,
}

/// `None of the 20 looked at is still signed in.`
impl fmt::Display for SessionCheck {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { looked_at, active } = self;
        match (looked_at, active) {
            (0, _) => formatter.write_str("Whether anybody is still signed in could not be read."),
            (1, 0) => formatter.write_str("The one looked at is not signed in any more."),
            (_, 0) => write!(formatter, "None of the {looked_at} looked at is still signed in."),
            (_, 1) => write!(formatter, "1 of the {looked_at} looked at is still signed in: x signs out."),
            _ => write!(formatter, "{active} of the {looked_at} looked at are still signed in: x signs out."),
        }
    }
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobReport {
    /// Which.
    pub id: JobId,
    /// What is done.
    pub act: JobAct,
    /// Why, where a reason was given. As it was typed, unsafe to print.
    pub reason: Option<String>,
    /// How its users were chosen. Can hold what was typed, unsafe to print.
    pub chosen: String,
    /// Where it stands.
    pub state: JobState,
    /// How many ended how.
    pub counts: Counts,
    /// What failed, the largest group first.
    pub failures: Vec<FailureGroup>,
    /// What is left of the sessions of those whom it has banned, once it has been looked.
    pub sessions: Option<SessionCheck>,
    /// How fast it goes.
    pub pace: Pace,
    /// When it was asked for.
    pub begun_at: Timestamp,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
    /// Where it is written down.
    pub journal: PathBuf,
    /// What has become of whom since the report before.
    pub news: Vec<(UserId, Fate)>,
}
