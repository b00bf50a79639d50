//! Several lines of text that are typed, with a cursor: JSON in a dialog.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_textarea::{CursorMove, TextArea as Lines};
use std::fmt;

/// What a line is set in by, where the one above opens an object or an array.
const INDENT: &str = "  ";

/// Lines of text under edit. Control characters do not come in: those of a paste become spaces, but for line ends.
#[derive(Clone, Default)]
pub struct TextArea {
    lines: Lines<'static>,
}

/// The text may be somebody's private metadata: it does not show here.
impl fmt::Debug for TextArea {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TextArea").field("lines", &self.lines.lines().len()).finish_non_exhaustive()
    }
}

impl TextArea {
    /// The area with this text, the cursor before it.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self { lines: Lines::new(clean(text).split('\n').map(str::to_owned).collect()) }
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines.lines().join("\n")
    }

    /// Its lines: one at least.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        self.lines.lines()
    }

    /// In which line the cursor stands, and before which of its characters.
    #[must_use]
    pub fn cursor(&self) -> (usize, usize) {
        let cursor = self.lines.cursor();
        (cursor.0, cursor.1)
    }

    /// The cursor's line, before the cursor and behind it.
    #[must_use]
    pub fn split(&self) -> (&str, &str) {
        let (row, column) = self.cursor();
        let line = self.lines().get(row).map_or("", String::as_str);
        line.split_at(line.char_indices().nth(column).map_or(line.len(), |(index, _)| index))
    }

    /// Puts the cursor into a line, before one of its characters; the nearest there is.
    pub fn place_cursor(&mut self, row: usize, column: usize) {
        let bounded = |place: usize| u16::try_from(place).unwrap_or(u16::MAX);
        self.lines.move_cursor(CursorMove::Jump(bounded(row), bounded(column)));
    }

    /// Takes a key that edits the text or moves the cursor. Whether the text has changed.
    pub fn edit(&mut self, mut key: KeyEvent) -> bool {
        if key.code == KeyCode::Enter {
            return self.break_line();
        }
        // With it the keys that move would mark text, which nothing here makes use of.
        if !matches!(key.code, KeyCode::Char(_)) {
            key.modifiers.remove(KeyModifiers::SHIFT);
        }
        self.lines.input(key)
    }

    /// Takes pasted text at the cursor.
    pub fn paste(&mut self, text: &str) -> bool {
        self.lines.insert_str(clean(text))
    }

    /// A new line, set in as the one that it leaves, and further where that opens something.
    fn break_line(&mut self) -> bool {
        let (before, after) = self.split();
        let lead: String = before.chars().take_while(|char| *char == ' ').collect();
        let opens = before.trim_end().ends_with(['{', '[']);
        let closes = opens && after.trim_start().starts_with(['}', ']']);
        let deeper = if opens { INDENT } else { "" };
        let (row, column) = (self.cursor().0 + 1, lead.len() + deeper.len());
        let closing = if closes { format!("\n{lead}") } else { String::new() };
        let changed = self.lines.insert_str(format!("\n{lead}{deeper}{closing}"));
        self.place_cursor(row, column);
        changed
    }
}

fn clean(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', INDENT);
    lines.chars().map(|char| if char.is_control() && char != '\n' { ' ' } else { char }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(area: &mut TextArea, code: KeyCode) -> bool {
        area.edit(KeyEvent::from(code))
    }

    #[test]
    fn a_paste_keeps_its_lines_and_no_other_control() {
        let mut area = TextArea::of("{}");
        area.place_cursor(0, 1);
        area.paste("\r\n\t\"a\": \"\u{1b}[31m\"\n");
        assert_eq!(area.lines(), ["{", "  \"a\": \" [31m\"", "}"]);
        assert_eq!(area.cursor(), (2, 0));
    }

    #[test]
    fn a_new_line_is_set_in_as_json_is() {
        let mut area = TextArea::of("{}");
        area.place_cursor(0, 1);
        assert!(press(&mut area, KeyCode::Enter));
        area.paste("\"a\": 1,");
        press(&mut area, KeyCode::Enter);
        area.paste("\"b\": 2");
        assert_eq!(area.text(), "{\n  \"a\": 1,\n  \"b\": 2\n}");
    }

    #[test]
    fn moving_changes_nothing_and_typing_does() {
        let mut area = TextArea::of("山\nb");
        assert!(!press(&mut area, KeyCode::Right) && area.split() == ("山", ""));
        assert!(!area.edit(KeyEvent::new(KeyCode::Down, KeyModifiers::SHIFT)) && area.cursor() == (1, 1));
        assert!(press(&mut area, KeyCode::Char('x')) && area.text() == "山\nbx");
        assert!(press(&mut area, KeyCode::Backspace) && area.text() == "山\nb");
    }

    #[test]
    fn what_is_typed_is_not_for_debugging() {
        assert!(!format!("{:?}", TextArea::of("hunter2")).contains("hunter2"));
    }
}
