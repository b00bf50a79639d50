//! The record of all changes: its filter line, its rows, the latest first, and the chosen one.

use crate::{
    app::{
        act::past,
        detail::{Batch, HistoryEnding, HistoryEntry, Identified, Rows},
        effect::Fetch,
        failure::Failure,
        layout::{Layout, RowsArea},
        requests::SlotId,
        search::{beginning, parts, unquoted},
        text_field::TextField,
    },
    clerk::model::{Timestamp, UserId},
};
use crossterm::event::KeyEvent;
use jiff::tz::TimeZone;
use ratatui::layout::Rect;

/// Longer lines are cut, in characters.
const LONGEST: usize = 200;
/// Rows of the facts of the chosen one, the rule above them included.
const FACTS: u16 = 9;

/// A change, and whom it was made to. Texts in it are as they were written, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedChange {
    /// The change.
    pub entry: HistoryEntry,
    /// To whom; none where it was about nobody.
    pub user: Option<UserId>,
    /// What they signed in by, as it was.
    pub identifier: Option<String>,
    /// Their name, as it was.
    pub name: Option<String>,
    /// The job that it was a part of.
    pub job: Option<String>,
    /// It has been taken back since.
    pub undone: bool,
}

/// The changes of a job, folded into one row. Texts in it are as they were written, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedJob {
    /// Its head, as a change of its own: what was done, when, by whom and why, and how it ended on the whole.
    pub entry: HistoryEntry,
    /// Its id.
    pub job: String,
    /// How many users it was about.
    pub users: u64,
    /// How they were chosen.
    pub chosen: String,
    /// How many of its changes were made, were so already, were made in part, failed, and ended unknown.
    pub outcomes: [u64; 5],
    /// How many of those that were made have been taken back since.
    pub undone: u64,
}

/// A row of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordRow {
    /// One change.
    Change(Box<RecordedChange>),
    /// All changes of a job.
    Job(Box<RecordedJob>),
}

impl RecordRow {
    /// What was done, when and by whom.
    #[must_use]
    pub fn entry(&self) -> &HistoryEntry {
        match self {
            Self::Change(change) => &change.entry,
            Self::Job(job) => &job.entry,
        }
    }
}

impl Identified for RecordRow {
    fn identity(&self) -> &str {
        self.entry().identity()
    }
}

/// Which changes to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordFilter {
    /// Made to a user whose id, identifier or name holds this text.
    pub user: Option<String>,
    /// Called so in the record.
    pub action: Option<String>,
    /// That ended so.
    pub ending: Option<HistoryEnding>,
    /// Asked for then or later.
    pub since: Option<Timestamp>,
    /// Made by somebody whose name holds this text.
    pub by: Option<String>,
    /// Part of this job.
    pub job: Option<String>,
}

/// How a change can have ended, as it is typed.
const ENDINGS: [(&str, HistoryEnding); 5] = [
    ("done", HistoryEnding::Done),
    ("unchanged", HistoryEnding::Unchanged),
    ("partly", HistoryEnding::Partly),
    ("failed", HistoryEnding::Failed),
    ("unknown", HistoryEnding::Unknown),
];

impl RecordFilter {
    /// Reads a line such as `ada action:ban outcome:failed since:7d by:kim`. A word without a key is an action or an
    /// outcome where it is the name of one, and else looked for in users.
    ///
    /// # Errors
    ///
    /// What is wrong with it, as a sentence.
    pub fn read(line: &str, now: Timestamp, time_zone: &TimeZone) -> Result<Self, String> {
        let mut filter = Self::default();
        let mut users: Vec<String> = Vec::new();
        for part in parts(line) {
            let value = unquoted(part.value);
            match part.key {
                Some(key) if value.is_empty() => return Err(format!("Type something behind {key}:")),
                Some("user") => users.push(value),
                Some("action") => filter.action = Some(value.to_lowercase()),
                Some("outcome") => filter.ending = Some(ending(&value).ok_or_else(|| wrong_ending(&value))?),
                Some("since") => {
                    let wrong = || format!("since:{value} is not a time: try 2026-11-20, today, 7d or 3h.");
                    filter.since = Some(beginning(&value, now, time_zone).ok_or_else(wrong)?);
                }
                Some("by") => filter.by = Some(value),
                Some("job") => filter.job = Some(value),
                Some(key) => {
                    return Err(format!("There is no {key}: here, but user, action, outcome, since, by and job."));
                }
                None => match ending(&value) {
                    Some(ending) => filter.ending = Some(ending),
                    None if past(&value.to_lowercase()).is_some() => filter.action = Some(value.to_lowercase()),
                    None => users.push(value),
                },
            }
        }
        // Several words are one text: a name has two.
        filter.user = Some(users.join(" ")).filter(|text| !text.is_empty());
        Ok(filter)
    }
}

fn ending(word: &str) -> Option<HistoryEnding> {
    ENDINGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, ending)| *ending)
}

fn wrong_ending(typed: &str) -> String {
    let known = ENDINGS.map(|(word, _)| word).join(", ");
    format!("outcome:{typed} is none: there are {known}.")
}

/// The pane of the record.
#[derive(Debug)]
pub struct RecordPane {
    rows: Rows<RecordRow>,
    field: TextField,
    is_typing: bool,
    filter: RecordFilter,
    /// What is wrong with the line.
    fault: Option<String>,
    /// The line before a job was opened.
    before: Option<String>,
    /// A user whose detail is to be opened once they have been read.
    opening: Option<UserId>,
}

impl Default for RecordPane {
    /// Everything, and nothing read yet.
    fn default() -> Self {
        Self {
            rows: Rows::default(),
            field: TextField::with_longest(LONGEST),
            is_typing: false,
            filter: RecordFilter::default(),
            fault: None,
            before: None,
            opening: None,
        }
    }
}

impl RecordPane {
    /// The rows, the latest first.
    #[must_use]
    pub fn rows(&self) -> &Rows<RecordRow> {
        &self.rows
    }

    /// The filter line.
    #[must_use]
    pub fn field(&self) -> &TextField {
        &self.field
    }

    /// Whether it is being typed.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        self.is_typing
    }

    /// What is wrong with it, as a sentence.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// Whether only some changes are shown.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        self.filter != RecordFilter::default() || !self.field.text().is_empty()
    }

    /// The user of the chosen row.
    #[must_use]
    pub fn chosen_user(&self) -> Option<&UserId> {
        match self.rows.chosen()? {
            RecordRow::Change(change) => change.user.as_ref(),
            RecordRow::Job(_) => None,
        }
    }

    /// Chooses a row, `height` of them being on the screen.
    pub fn place_cursor(&mut self, index: usize, height: usize) {
        self.rows.place_cursor(index, height);
    }

    /// Begins to take the filter line.
    pub fn begin_typing(&mut self) {
        self.is_typing = true;
    }

    /// Takes a key that edits the line.
    pub fn edit(&mut self, key: KeyEvent) {
        if self.is_typing {
            self.field.edit(key);
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        if self.is_typing {
            self.field.paste(text);
        }
    }

    /// Shows what the line asks for. What is wrong with it has to be mended where it stands.
    pub fn end_typing(&mut self, now: Timestamp, time_zone: &TimeZone) {
        match RecordFilter::read(self.field.text(), now, time_zone) {
            Ok(filter) => {
                self.is_typing = false;
                self.show(filter);
            }
            Err(fault) => self.fault = Some(fault),
        }
    }

    /// Shows everything again; after a look into a job, what was shown before it. Whether that changed anything.
    pub fn widen(&mut self, now: Timestamp, time_zone: &TimeZone) -> bool {
        let was_narrowed = self.is_narrowed() || self.is_typing;
        let line = self.before.take().unwrap_or_default();
        self.field.set(&line);
        self.is_typing = false;
        self.show(RecordFilter::read(&line, now, time_zone).unwrap_or_default());
        was_narrowed
    }

    /// Shows each change of the chosen job, or has the user of the chosen change read.
    pub fn open_chosen(&mut self) {
        match self.rows.chosen() {
            Some(RecordRow::Job(job)) => {
                let job = job.job.clone();
                self.before = Some(self.field.text().to_owned());
                self.field.set(&format!("job:{job}"));
                self.show(RecordFilter { job: Some(job), ..RecordFilter::default() });
            }
            Some(RecordRow::Change(change)) => self.opening.clone_from(&change.user),
            None => {}
        }
    }

    /// The user that was to be opened has been read, or cannot be.
    pub fn end_opening(&mut self) {
        self.opening = None;
    }

    /// Reads the rows anew.
    pub fn refresh(&mut self) {
        self.rows.refresh();
    }

    fn show(&mut self, filter: RecordFilter) {
        self.fault = None;
        if filter != self.filter {
            self.filter = filter;
            self.rows = Rows::default();
        }
    }

    /// What should be loaded.
    #[must_use]
    pub fn wants(&self) -> Vec<(SlotId, Fetch)> {
        let rows = self.rows.wants().map(|wanted| {
            let fetch = Fetch::Record { filter: self.filter.clone(), offset: wanted.offset, limit: wanted.limit };
            (SlotId::Record, fetch)
        });
        let opening = self.opening.clone().map(|user| (SlotId::Recorded, Fetch::User(user)));
        rows.into_iter().chain(opening).collect()
    }

    /// Takes a page of rows.
    pub fn take(&mut self, offset: u64, result: Result<Batch<RecordRow>, Failure>) {
        self.rows.take(offset, result);
    }
}

impl Layout {
    /// How the page of the record is divided: the filter line, and the rows with all about the chosen one.
    #[must_use]
    pub fn record(&self) -> Option<(Rect, RowsArea)> {
        let page = self.page?;
        let strip = |y: u16, height: u16| Rect { y: page.y + y.min(page.height), height, ..page };
        let heads = page.height.min(2);
        let facts = if page.height >= 2 * FACTS { FACTS } else { page.height / 3 };
        let rows = page.height.saturating_sub(heads + facts);
        let parts = RowsArea {
            heads: strip(1, heads.saturating_sub(1)),
            rows: strip(heads, rows),
            rule: strip(heads + rows, facts.min(1)),
            chosen: strip(heads + rows + 1, facts.saturating_sub(1)),
        };
        Some((strip(0, heads.min(1)), parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::tests::stage::NOW;
    use rstest::rstest;

    fn read(line: &str) -> Result<RecordFilter, String> {
        RecordFilter::read(line, NOW, &TimeZone::UTC)
    }

    #[test]
    fn a_line_is_read_word_by_word() {
        let text = |text: &str| Some(text.to_owned());
        let filter = RecordFilter {
            user: text("ada lovelace"),
            action: text("ban"),
            ending: Some(HistoryEnding::Failed),
            since: Some(NOW.minus(std::time::Duration::from_hours(3))),
            by: text("kim p"),
            job: text("j1"),
        };
        assert_eq!(
            read("ada Lovelace action:BAN outcome:failed since:3h by:\"kim p\" job:j1").unwrap().action,
            filter.action
        );
        assert_eq!(read("ada lovelace ban failed since:3h by:\"kim p\" job:j1"), Ok(filter));
        assert_eq!(read("  "), Ok(RecordFilter::default()));
        assert_eq!(read("user:ban"), Ok(RecordFilter { user: text("ban"), ..RecordFilter::default() }));
    }

    #[rstest]
    #[case("since:soon", "since:soon is not a time")]
    #[case("outcome:great", "there are done, unchanged, partly, failed, unknown")]
    #[case("colour:red", "There is no colour: here")]
    #[case("by:", "Type something behind by:")]
    fn what_is_wrong_is_told(#[case] line: &str, #[case] told: &str) {
        let fault = read(line).unwrap_err();
        assert!(fault.contains(told), "{fault}");
    }
}
