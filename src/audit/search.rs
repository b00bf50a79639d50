//! What was changed, the latest first, as far as it is asked for.

use super::{
    AuditError,
    entry::{Entry, as_time},
    latest::{self, Met},
    line::{Ending, EntryId, JobHeader, Origin},
};
use crate::clerk::model::{Timestamp, UserId};
use serde::Serialize;
use std::{collections::HashMap, ops::ControlFlow, path::Path, time::Duration};

/// Which changes to find. Texts are looked for without regard to capitals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Made to the instance at this host.
    pub host: Option<String>,
    /// Made to a user whose id, identifier or name, as they were, hold this text.
    pub user: Option<String>,
    /// So called: `ban`.
    pub action: Option<String>,
    /// That ended so; without a recorded outcome counts as unknown.
    pub ending: Option<Ending>,
    /// Asked for then or later.
    pub since: Option<Timestamp>,
    /// Made by somebody whose account or name holds this text.
    pub by: Option<String>,
    /// Part of this job.
    pub job: Option<String>,
    /// Made on this account of the machine.
    pub os_user: Option<String>,
}

/// Programs that write at the same time may be so far apart.
const CLOCKS: Duration = Duration::from_hours(1);

impl Filter {
    /// Whether it asks for single changes, also of jobs.
    fn is_about_single_changes(&self) -> bool {
        self.user.is_some() || self.job.is_some()
    }

    /// Whether a change passes, or a job.
    #[must_use]
    pub fn lets_through(&self, found: &Found) -> bool {
        match found {
            Found::Change(entry) => self.passes(entry),
            Found::Job(job) => !self.is_about_single_changes() && self.passes_job(job),
        }
    }

    fn passes(&self, entry: &Entry) -> bool {
        let ending = entry.ending.unwrap_or(Ending::Unknown);
        let whom = [entry.user_id.as_ref().map(UserId::as_str), entry.identifier.as_deref(), entry.name.as_deref()];
        self.passes_origin(&entry.origin, entry.at)
            && self.action.as_ref().is_none_or(|action| entry.action.eq_ignore_ascii_case(action))
            && self.ending.is_none_or(|wanted| wanted == ending && !entry.dry_run)
            && self.job.as_ref().is_none_or(|job| entry.job.as_ref() == Some(job))
            && self.user.as_ref().is_none_or(|user| whom.into_iter().flatten().any(|text| holds(text, user)))
    }

    fn passes_job(&self, job: &Job) -> bool {
        self.passes_origin(&job.origin, job.at)
            && self.action.as_ref().is_none_or(|action| job.header.action.eq_ignore_ascii_case(action))
            && self.ending.is_none_or(|ending| job.outcomes.of(ending) > 0)
    }

    fn passes_origin(&self, origin: &Origin, at: Option<Timestamp>) -> bool {
        let by = [Some(origin.os_user.as_str()), origin.actor.as_deref()];
        self.host.as_ref().is_none_or(|host| origin.host == *host)
            && self.since.is_none_or(|since| at.is_some_and(|at| at >= since))
            && self.os_user.as_ref().is_none_or(|user| origin.os_user == *user)
            && self.by.as_ref().is_none_or(|text| by.into_iter().flatten().any(|name| holds(name, text)))
    }

    /// Whether nothing that passes can have been written before what was written then.
    fn ends_at(&self, at: Option<Timestamp>) -> bool {
        matches!((self.since, at), (Some(since), Some(at)) if since.since(at) > CLOCKS)
    }
}

/// Whether a text holds another, whatever its capitals.
fn holds(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

/// How the changes of a job ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Made.
    pub done: u64,
    /// So already.
    pub unchanged: u64,
    /// Made in part.
    pub partly: u64,
    /// Not made.
    pub failed: u64,
    /// Without an answer, or without a recorded one.
    pub unknown: u64,
    /// Of the made ones, those that were taken back.
    pub undone: u64,
}

impl Tally {
    /// How many ended so.
    #[must_use]
    pub fn of(&self, ending: Ending) -> u64 {
        match ending {
            Ending::Done => self.done,
            Ending::Unchanged => self.unchanged,
            Ending::Partly => self.partly,
            Ending::Failed => self.failed,
            Ending::Unknown => self.unknown,
        }
    }

    fn count(&mut self, entry: &Entry) {
        *match entry.ending.unwrap_or(Ending::Unknown) {
            Ending::Done => &mut self.done,
            Ending::Unchanged => &mut self.unchanged,
            Ending::Partly => &mut self.partly,
            Ending::Failed => &mut self.failed,
            Ending::Unknown => &mut self.unknown,
        } += 1;
        self.undone += u64::from(entry.undone_by.is_some());
    }
}

/// A job, with what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Job {
    /// The id of its head.
    #[serde(rename = "entry")]
    pub id: EntryId,
    /// When it began.
    #[serde(rename = "time", serialize_with = "as_time")]
    pub at: Option<Timestamp>,
    /// What it was to do.
    #[serde(flatten)]
    pub header: JobHeader,
    /// What came of it, user by user.
    pub outcomes: Tally,
    /// Where, and by whom.
    #[serde(flatten)]
    pub origin: Origin,
}

/// What is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Found {
    /// A change.
    Change(Box<Entry>),
    /// All changes of a job, folded.
    Job(Box<Job>),
}

/// Finds what passes the filter in the log in `directory`, the latest first, until there is no more or `take` has enough.
/// With `folded`, what was done in jobs comes as one each, unless the filter asks for a user or a job. The dry run of a job
/// is one in any case.
///
/// # Errors
///
/// When a file cannot be read, or is none.
pub fn search(
    directory: &Path,
    filter: &Filter,
    folded: bool,
    mut take: impl FnMut(Found) -> ControlFlow<()>,
) -> Result<(), AuditError> {
    let folded = folded && !filter.is_about_single_changes();
    // What has been met of jobs whose heads have not.
    let mut jobs: HashMap<String, Job> = HashMap::new();
    let mut enough = false;
    latest::walk(directory, |met| {
        let flow = match met {
            Met::Change(entry) if filter.ends_at(entry.at) => ControlFlow::Break(()),
            Met::Change(entry) => match entry.job.clone().filter(|_| folded) {
                Some(id) => {
                    jobs.entry(id).or_insert_with(|| headless(&entry)).outcomes.count(&entry);
                    ControlFlow::Continue(())
                }
                None if filter.passes(&entry) => take(Found::Change(Box::new(entry))),
                None => ControlFlow::Continue(()),
            },
            // Its changes tell of it; a dry run has none.
            Met::Job(_, header) if !folded && (!header.dry_run || filter.is_about_single_changes()) => {
                ControlFlow::Continue(())
            }
            Met::Job(written, header) => {
                let outcomes = jobs.remove(&header.job).map(|job| job.outcomes).unwrap_or_default();
                let job = Job { id: written.id, at: written.at, header, outcomes, origin: written.origin };
                if filter.passes_job(&job) { take(Found::Job(Box::new(job))) } else { ControlFlow::Continue(()) }
            }
        };
        enough = flow.is_break();
        flow
    })?;
    // The heads of some may have gone with the files that they stood in.
    let mut rest: Vec<Job> = jobs.into_values().filter(|job| !enough && filter.passes_job(job)).collect();
    rest.sort_by_key(|job| std::cmp::Reverse(job.at));
    for job in rest {
        if take(Found::Job(Box::new(job))).is_break() {
            break;
        }
    }
    Ok(())
}

/// A job as one of its changes tells of it.
fn headless(entry: &Entry) -> Job {
    let header = JobHeader {
        job: entry.job.clone().unwrap_or_default(),
        action: entry.action.clone(),
        reason: entry.reason.clone(),
        dry_run: entry.dry_run,
        ..JobHeader::default()
    };
    let (id, origin) = (EntryId::from(header.job.clone()), entry.origin.clone());
    Job { id, at: entry.at, header, origin, ..Job::default() }
}
