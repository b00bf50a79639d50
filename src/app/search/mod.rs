//! The search line, what it asks for, and when.

mod line;
mod span;

pub use line::{Line, Token, TokenKind, filter_keys};

use super::text_field::TextField;
use crate::clerk::{model::Timestamp, query::UserFilter};
use crossterm::event::KeyEvent;
use jiff::tz::TimeZone;
use std::time::Duration;

/// The text is asked for when no key has come for so long.
const REST: Duration = Duration::from_millis(120);
/// Longer texts are cut; Clerk has no name as long.
const LONGEST: usize = 200;

/// The search box.
#[derive(Debug)]
pub struct Search {
    field: TextField,
    /// As it was read when it was last edited.
    line: Line,
    edited_at: Option<Timestamp>,
}

impl Default for Search {
    fn default() -> Self {
        Self { field: TextField::with_longest(LONGEST), line: Line::default(), edited_at: None }
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

    /// Takes a key that edits the text.
    pub fn edit(&mut self, key: KeyEvent, now: Timestamp, time_zone: &TimeZone) {
        if self.field.edit(key) {
            self.edited_at = Some(now);
            self.read(now, time_zone);
        }
    }

    fn read(&mut self, now: Timestamp, time_zone: &TimeZone) {
        self.line = line::read(self.field.text(), now, time_zone);
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

    /// Puts another text in. It is ready to be asked for at once.
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
        self.line.fault().is_none().then(|| self.line.filter.clone())
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
