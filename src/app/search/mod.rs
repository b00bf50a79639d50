//! The search line, what it asks for, and when.

mod directory;
mod line;
mod part;
mod span;

pub use line::{Line, Token, TokenKind, filter_keys};
pub use part::{Part, parts, quoted, unquoted, values};
pub use span::{beginning, ends, is_age, is_span};

use super::{failure::Failure, text_field::TextField};
use crate::clerk::{
    model::{Organization, OrganizationId, Page, Timestamp},
    query::UserFilter,
};
use crossterm::event::{KeyCode, KeyEvent};
use directory::Directory;
use jiff::tz::TimeZone;
use std::time::Duration;

/// The text is asked for when no key has come for so long.
const REST: Duration = Duration::from_millis(120);
/// Longer texts are cut; Clerk has no name as long.
const LONGEST: usize = 200;

/// Reads a line that names no organization.
pub(super) fn read_line(text: &str, now: Timestamp, time_zone: &TimeZone) -> Line {
    line::read(text, now, time_zone, &Directory::default())
}

/// The search box.
#[derive(Debug)]
pub struct Search {
    field: TextField,
    /// As it was read when it was last edited.
    line: Line,
    edited_at: Option<Timestamp>,
    directory: Directory,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            field: TextField::with_longest(LONGEST),
            line: Line::default(),
            edited_at: None,
            directory: Directory::default(),
        }
    }
}

impl Search {
    /// The text as typed.
    #[must_use]
    pub fn text(&self) -> &str {
        self.field.text()
    }

    /// The field that it is typed into.
    #[must_use]
    pub fn field(&self) -> &TextField {
        &self.field
    }

    /// When the text is to be asked for; none when it has been.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        self.edited_at.map(|edited_at| edited_at.plus(REST))
    }

    /// Gets the keys. Behind a filter, the next word is typed.
    pub fn begin(&mut self) {
        let ends_in_filter = self.line.tokens.last().is_some_and(|token| token.kind != TokenKind::Word);
        if ends_in_filter && !self.text().ends_with(char::is_whitespace) {
            self.field.edit(KeyEvent::from(KeyCode::End));
            self.field.edit(KeyEvent::from(KeyCode::Char(' ')));
        }
    }

    /// Takes a key that edits the text. Where a filter has been typed and nothing behind it, backspace removes it whole.
    pub fn edit(&mut self, key: KeyEvent, now: Timestamp, time_zone: &TimeZone) {
        let filter = if key.code == KeyCode::Backspace { self.filter_before_cursor() } else { None };
        let changed = match filter {
            Some(start) => {
                self.field.cut_from(start);
                true
            }
            None => self.field.edit(key),
        };
        if changed {
            self.edited_at = Some(now);
            self.read(now, time_zone);
        }
    }

    /// Where the filter begins that stands before the cursor, with a blank between and nothing behind.
    fn filter_before_cursor(&self) -> Option<usize> {
        let (before, after) = self.field.split();
        let last = self.line.tokens.last()?;
        let ends =
            after.is_empty() && before.ends_with(char::is_whitespace) && last.range.end == before.trim_end().len();
        (ends && last.kind != TokenKind::Word).then_some(last.range.start)
    }

    fn read(&mut self, now: Timestamp, time_zone: &TimeZone) {
        self.line = line::read(self.field.text(), now, time_zone, &self.directory);
    }

    /// Another text, read as the line would be.
    #[must_use]
    pub fn read_text(&self, text: &str, now: Timestamp, time_zone: &TimeZone) -> Line {
        line::read(text, now, time_zone, &self.directory)
    }

    /// The line as it was read.
    #[must_use]
    pub fn line(&self) -> &Line {
        &self.line
    }

    /// Takes pasted text at the cursor. It is ready to be asked for at once.
    pub fn paste(&mut self, text: &str) {
        self.field.paste(text);
    }

    /// Puts another text in, ready to be asked for.
    pub fn set(&mut self, text: &str) {
        self.field.set(text);
    }

    /// Empties the box.
    pub fn clear(&mut self) {
        self.field.clear();
    }

    /// The filter that the line asks for now; none while a part of it is wrong. It counts as asked.
    #[must_use]
    pub fn ask(&mut self, now: Timestamp, time_zone: &TimeZone) -> Option<UserFilter> {
        self.edited_at = None;
        self.read(now, time_zone);
        self.line.asked().cloned()
    }

    /// The name that Clerk has to be asked about, before the line can be: none while it is being typed.
    #[must_use]
    pub fn unknown_name(&self) -> Option<&str> {
        if self.edited_at.is_some() || self.line.fault().is_some() { None } else { self.line.unknown_name() }
    }

    /// Takes what Clerk finds by a name. The line can be asked for again.
    pub fn take_organizations(&mut self, name: &str, result: Result<&Page<Organization>, &Failure>) {
        self.directory.take(name, result);
    }

    /// How the line names an organization that is known already.
    #[must_use]
    pub fn name_of(&mut self, organization: &Organization) -> String {
        self.directory.remember(organization)
    }

    /// How the line can name an organization, if it has named it before.
    #[must_use]
    pub fn organization_name(&self, organization: &OrganizationId) -> Option<&str> {
        self.directory.name_of(organization)
    }

    /// Forgets which names meant no organization: they are looked up again.
    pub fn forget_failures(&mut self) {
        self.directory.forget_failures();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyModifiers};

    #[test]
    fn moving_the_cursor_asks_for_nothing() {
        let mut search = Search::default();
        search.edit(KeyEvent::new(KeyCode::Left, KeyModifiers::NONE), Timestamp::default(), &TimeZone::UTC);
        assert_eq!(search.due(), None);
    }

    #[test]
    fn the_text_is_asked_for_without_the_blanks_at_its_ends() {
        let mut search = Search::default();
        search.paste("ada");
        search.edit(KeyEvent::new(KeyCode::Char(' '), KeyModifiers::NONE), Timestamp::default(), &TimeZone::UTC);
        assert!(search.due().is_some());
        let asked = search.ask(Timestamp::default(), &TimeZone::UTC).unwrap();
        assert_eq!(asked.query.as_deref(), Some("ada"));
        assert_eq!(search.due(), None);
    }
}
