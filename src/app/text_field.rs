//! One line of text that is typed, with a cursor: the search box, and every field of a dialog.

use crossterm::event::{Event as TerminalEvent, KeyEvent};
use std::fmt;
use tui_input::{Input, backend::crossterm::EventHandler};

/// A line of text under edit. It has no line ends and no control characters: those of a paste become spaces.
#[derive(Clone, Default)]
pub struct TextField {
    input: Input,
    /// Longer texts are cut, in characters; none for as long as anybody types.
    longest: Option<usize>,
}

/// The text may be a password: it does not show here.
impl fmt::Debug for TextField {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TextField").field("characters", &self.text().chars().count()).finish_non_exhaustive()
    }
}

impl TextField {
    /// An empty field that takes so many characters at most.
    #[must_use]
    pub fn with_longest(longest: usize) -> Self {
        Self { input: Input::default(), longest: Some(longest) }
    }

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

    /// The text before the cursor, and the text behind it.
    #[must_use]
    pub fn split(&self) -> (&str, &str) {
        let text = self.text();
        let end = text.char_indices().nth(self.cursor()).map_or(text.len(), |(index, _)| index);
        text.split_at(end)
    }

    /// Puts another text in, the cursor behind it.
    pub fn set(&mut self, text: &str) {
        self.input.reset();
        self.paste(text);
    }

    /// Takes a key that edits the text or moves the cursor. Whether the text has changed.
    pub fn edit(&mut self, key: KeyEvent) -> bool {
        let changed = self.input.handle_event(&TerminalEvent::Key(key)).is_some_and(|change| change.value);
        if changed {
            self.cut();
        }
        changed
    }

    /// Takes pasted text at the cursor; line ends and other control characters become spaces, and none stay at its ends.
    pub fn paste(&mut self, text: &str) {
        let text: String = text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
        let (before, after) = self.split();
        let cursor = before.chars().count() + text.trim().chars().count();
        let value = format!("{before}{}{after}", text.trim());
        self.input = Input::new(value).with_cursor(cursor);
        self.cut();
    }

    /// Takes out what begins at this byte of the text, with all behind it; the cursor goes to the end.
    pub fn cut_from(&mut self, start: usize) {
        let value = self.text().get(..start).unwrap_or_default().to_owned();
        self.input = Input::new(value);
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        self.input.reset();
    }

    fn cut(&mut self) {
        let Some(longest) = self.longest else { return };
        if self.text().chars().count() > longest {
            let value: String = self.text().chars().take(longest).collect();
            let cursor = self.cursor().min(longest);
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
        let mut field = TextField::default();
        for char in "ab".chars() {
            assert!(field.edit(KeyEvent::new(KeyCode::Char(char), KeyModifiers::NONE)));
        }
        assert!(!field.edit(KeyEvent::new(KeyCode::Left, KeyModifiers::NONE)), "moving changes nothing");
        field.paste("x\r\ny\n");
        assert_eq!((field.text(), field.cursor(), field.split()), ("ax  yb", 5, ("ax  y", "b")));
        field.set("new");
        assert_eq!((field.text(), field.cursor()), ("new", 3));
    }

    #[test]
    fn a_text_has_an_end() {
        let mut field = TextField::with_longest(200);
        field.paste(&"x".repeat(10_000));
        assert_eq!(field.text().len(), 200);
    }

    #[test]
    fn what_is_typed_is_not_for_debugging() {
        let mut field = TextField::default();
        field.paste("hunter2");
        assert!(!format!("{field:?}").contains("hunter2"));
    }
}
