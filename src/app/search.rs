//! The search text, and when it is asked for.

use crate::clerk::{model::Timestamp, query::UserFilter};
use crossterm::event::{Event as TerminalEvent, KeyEvent};
use std::time::Duration;
use tui_input::{Input, backend::crossterm::EventHandler};

/// The text is asked for when no key has come for so long.
const REST: Duration = Duration::from_millis(120);
/// Longer texts are cut; Clerk has no name as long.
const LONGEST: usize = 200;

/// The search box.
#[derive(Debug, Default)]
pub struct Search {
    input: Input,
    edited_at: Option<Timestamp>,
}

impl Search {
    /// The text as typed.
    #[must_use]
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Before which character of the text the cursor stands.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.input.cursor()
    }

    /// When the text is to be asked for; none when it has been.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        self.edited_at.map(|edited_at| edited_at.plus(REST))
    }

    /// Takes a key that edits the text.
    pub fn edit(&mut self, key: KeyEvent, now: Timestamp) {
        let changed = self.input.handle_event(&TerminalEvent::Key(key)).is_some_and(|change| change.value);
        if changed {
            self.cut();
            self.edited_at = Some(now);
        }
    }

    /// Takes pasted text at the cursor; line ends become spaces. It is ready to be asked for at once.
    pub fn paste(&mut self, text: &str) {
        let text: String = text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
        let (before, after) = self.split();
        let cursor = before.chars().count() + text.trim().chars().count();
        let value = format!("{before}{}{after}", text.trim());
        self.input = Input::new(value).with_cursor(cursor);
        self.cut();
    }

    /// Empties the box.
    pub fn clear(&mut self) {
        self.input.reset();
    }

    /// The filter that the text asks for now. It counts as asked.
    #[must_use]
    pub fn ask(&mut self) -> UserFilter {
        self.edited_at = None;
        let text = self.text().trim();
        UserFilter { query: (!text.is_empty()).then(|| text.to_owned()), ..UserFilter::default() }
    }

    fn split(&self) -> (String, String) {
        let chars = || self.input.value().chars();
        (chars().take(self.input.cursor()).collect(), chars().skip(self.input.cursor()).collect())
    }

    fn cut(&mut self) {
        if self.input.value().chars().count() > LONGEST {
            let value: String = self.input.value().chars().take(LONGEST).collect();
            let cursor = self.input.cursor().min(LONGEST);
            self.input = Input::new(value).with_cursor(cursor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyModifiers};

    #[test]
    fn a_paste_goes_to_the_cursor_without_line_ends() {
        let mut search = Search::default();
        for char in "ab".chars() {
            search.edit(KeyEvent::new(KeyCode::Char(char), KeyModifiers::NONE), Timestamp::default());
        }
        search.edit(KeyEvent::new(KeyCode::Left, KeyModifiers::NONE), Timestamp::default());
        search.paste("x\r\ny\n");
        assert_eq!((search.text(), search.cursor()), ("ax  yb", 5));
        assert_eq!(search.ask().query.as_deref(), Some("ax  yb"));
    }

    #[test]
    fn moving_the_cursor_asks_for_nothing() {
        let mut search = Search::default();
        search.edit(KeyEvent::new(KeyCode::Left, KeyModifiers::NONE), Timestamp::default());
        assert_eq!(search.due(), None);
    }

    #[test]
    fn a_text_has_an_end() {
        let mut search = Search::default();
        search.paste(&"x".repeat(10_000));
        assert_eq!(search.text().len(), LONGEST);
    }
}
