//! Changes as lines: a table for people, JSON and CSV for programs.

use crate::{
    app::act::past,
    audit::{Ending, Entry, Found, Job},
    cells,
    clerk::model::{Timestamp, UserId},
    cli::harmless,
    ui::Shown,
};
use jiff::tz::TimeZone;
use std::{fmt::Write as _, io};

/// How changes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A line each, for people.
    Table,
    /// A JSON object each, one a line.
    Json,
    /// For spreadsheets.
    Csv,
}

/// The columns for spreadsheets, called as in the JSON.
const COLUMNS: [&str; 26] = [
    "time",
    "action",
    "outcome",
    "user_id",
    "identifier",
    "name",
    "part",
    "reason",
    "actor",
    "os_user",
    "machine",
    "host",
    "instance_kind",
    "instance_id",
    "profile",
    "job",
    "dry_run",
    "entry",
    "undoes",
    "undone_by",
    "done",
    "status",
    "code",
    "trace_id",
    "parameters",
    "version",
];

/// Prints changes one after the other.
pub(super) struct Printer<W> {
    form: Form,
    /// Somebody looks at it: what a terminal may act on is shown by a substitute.
    is_seen: bool,
    zone: TimeZone,
    count: u64,
    out: W,
}

impl<W: io::Write> Printer<W> {
    pub(super) fn new(form: Form, is_seen: bool, out: W) -> Self {
        Self { form, is_seen, zone: TimeZone::system(), count: 0, out }
    }

    pub(super) fn begin(&mut self) -> io::Result<()> {
        match self.form {
            Form::Csv => self.out.write_all(cells::row(COLUMNS).as_bytes()),
            Form::Table | Form::Json => Ok(()),
        }
    }

    pub(super) fn print(&mut self, found: &Found) -> io::Result<()> {
        self.count += 1;
        let line = match self.form {
            Form::Table => {
                let words = match found {
                    Found::Change(entry) => self.change(entry),
                    Found::Job(job) => self.job(job),
                };
                // One line each, also where nobody looks at it.
                format!("{}\n", Shown::foreign(words.trim_end()).as_str())
            }
            Form::Json => format!("{}\n", harmless(&serde_json::to_string(found)?, self.is_seen)),
            Form::Csv => self.table_row(found)?,
        };
        self.out.write_all(line.as_bytes())
    }

    pub(super) fn end(&mut self) -> io::Result<()> {
        if self.count == 0 && self.is_seen && self.form == Form::Table {
            writeln!(self.out, "Nothing that was changed from here passes.")?;
        }
        self.flush()
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// `2026-11-23 17:00:00  banned  ada@example.com (Ada Lovelace, user_1)  done, by kim on api.clerk.com`.
    fn change(&self, entry: &Entry) -> String {
        let mut line = self.start(entry.at, &done_words(&entry.action));
        line.push_str(&whom(entry));
        let outcome = match (entry.dry_run, entry.ending, &entry.undone_by) {
            (true, _, _) => "dry run".to_owned(),
            (_, None, _) => "no outcome recorded".to_owned(),
            (_, Some(Ending::Done), Some(_)) => "done, undone since".to_owned(),
            (_, Some(ending), _) => ending_words(ending).to_owned(),
        };
        let code = entry.code.as_deref().map(|code| format!(" ({code})")).unwrap_or_default();
        let done = entry.done.as_deref().map(|done| format!(": {done}")).unwrap_or_default();
        _ = write!(line, "  {outcome}{code}{done}, by {} on {}", by(&entry.origin), entry.origin.host);
        if entry.undoes.is_some() {
            line.push_str(", takes back an earlier one");
        }
        line + &because(entry.reason.as_deref())
    }

    /// `2026-11-23 17:00:00  banned  214 users  209 done, 5 failed, by kim on api.clerk.com, job 12ab (marked)`.
    fn job(&self, job: &Job) -> String {
        let mut line = self.start(job.at, &done_words(&job.header.action));
        let tally = job.outcomes;
        let endings = [Ending::Done, Ending::Unchanged, Ending::Partly, Ending::Failed, Ending::Unknown];
        let counts = endings.map(|ending| (tally.of(ending), ending_words(ending)));
        let mut outcomes: Vec<_> = counts.into_iter().chain([(tally.undone, "undone since")]).collect();
        outcomes.retain(|(count, _)| *count > 0);
        let outcomes = match outcomes.as_slice() {
            _ if job.header.dry_run => "dry run".to_owned(),
            [] => "nothing recorded".to_owned(),
            some => some.iter().map(|(count, words)| format!("{count} {words}")).collect::<Vec<_>>().join(", "),
        };
        let users = if job.header.users == 1 { "user" } else { "users" };
        _ = write!(line, "{} {users}  {outcomes}, by {} on {}", job.header.users, by(&job.origin), job.origin.host);
        let chosen = Some(&*job.header.chosen).filter(|chosen| !chosen.is_empty());
        _ = write!(line, ", job {}", job.header.job);
        line.push_str(&chosen.map(|chosen| format!(" ({chosen})")).unwrap_or_default());
        line + &because(job.header.reason.as_deref())
    }

    /// When, in local time, and what was done.
    fn start(&self, at: Option<Timestamp>, done: &str) -> String {
        let at = at.and_then(Timestamp::to_jiff).map(|at| at.to_zoned_datetime(self.zone.clone()));
        let at = at.map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default();
        format!("{at:19}  {done:22}  ")
    }

    fn table_row(&self, found: &Found) -> io::Result<String> {
        let object = serde_json::to_value(found)?;
        let cells = COLUMNS.map(|column| match &object[column] {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) if self.is_seen => Shown::foreign(text.as_str()).into_string(),
            serde_json::Value::String(text) => text.clone(),
            other => harmless(&other.to_string(), self.is_seen).into_owned(),
        });
        Ok(cells::row(cells.iter().map(String::as_str)))
    }
}

/// What was done, in words; of another version's, its name.
fn done_words(action: &str) -> String {
    past(action).map_or_else(|| action.replace('_', " "), str::to_owned)
}

fn ending_words(ending: Ending) -> &'static str {
    match ending {
        Ending::Done => "done",
        Ending::Unchanged => "so already",
        Ending::Partly => "done in part",
        Ending::Failed => "failed",
        Ending::Unknown => "outcome unknown",
    }
}

/// `ada@example.com (Ada Lovelace, user_1)`, as far as that is known.
fn whom(entry: &Entry) -> String {
    let id = entry.user_id.as_ref().map(UserId::as_str);
    let known = [entry.identifier.as_deref(), entry.name.as_deref(), id, entry.part.as_deref()];
    let mut known = known.into_iter().flatten().filter(|text| !text.is_empty());
    let first = known.next().unwrap_or("nobody").to_owned();
    let rest = known.collect::<Vec<_>>().join(", ");
    if rest.is_empty() { first } else { format!("{first} ({rest})") }
}

/// Who says to have done it, and from which account where that is another name.
fn by(origin: &crate::audit::Origin) -> String {
    match origin.actor.as_deref().filter(|actor| *actor != origin.os_user) {
        Some(actor) => format!("{actor} ({})", origin.os_user),
        None => origin.os_user.clone(),
    }
}

fn because(reason: Option<&str>) -> String {
    reason.map(|reason| format!(": {reason}")).unwrap_or_default()
}
