//! The search text, and when it is asked for.

use super::text_field::TextField;
use crate::clerk::{model::Timestamp, query::UserFilter};
use crossterm::event::KeyEvent;
use std::time::Duration;

/// The text is asked for when no key has come for so long.
const REST: Duration = Duration::from_millis(120);
/// Longer texts are cut; Clerk has no name as long.
const LONGEST: usize = 200;

/// The search box.
#[derive(Debug)]
pub struct Search {
    field: TextField,
    edited_at: Option<Timestamp>,
}

impl Default for Search {
    fn default() -> Self {
        Self { field: TextField::with_longest(LONGEST), edited_at: None }
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
    pub fn edit(&mut self, key: KeyEvent, now: Timestamp) {
        if self.field.edit(key) {
            self.edited_at = Some(now);
        }
    }

    /// Takes pasted text at the cursor. It is ready to be asked for at once.
    pub fn paste(&mut self, text: &str) {
        self.field.paste(text);
    }

    /// Empties the box.
    pub fn clear(&mut self) {
        self.field.clear();
    }

    /// The filter that the text asks for now. It counts as asked.
    #[must_use]
    pub fn ask(&mut self) -> UserFilter {
        self.edited_at = None;
        let text = self.text().trim();
        UserFilter { query: (!text.is_empty()).then(|| text.to_owned()), ..UserFilter::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyModifiers};

    #[test]
    fn moving_the_cursor_asks_for_nothing() {
        let mut search = Search::default();
        search.edit(KeyEvent::new(KeyCode::Left, KeyModifiers::NONE), Timestamp::default());
        assert_eq!(search.due(), None);
    }

    #[test]
    fn the_text_is_asked_for_without_the_blanks_at_its_ends() {
        let mut search = Search::default();
        search.paste("ada");
        search.edit(KeyEvent::new(KeyCode::Char(' '), KeyModifiers::NONE), Timestamp::default());
        assert!(search.due().is_some());
        assert_eq!(search.ask().query.as_deref(), Some("ada"));
        assert_eq!(search.due(), None);
    }
}
