//! The help page: every action under its heading, from the table, and what of it is looked for.

use crate::app::{
    action::{self, Action, Group, Row},
    text_field::TextField,
};
use crossterm::event::KeyEvent;
use strum::IntoEnumIterator;

/// The help page, its cursor on one of the actions.
#[derive(Clone, Debug, Default)]
pub struct Help {
    cursor: usize,
    /// What is looked for; nothing while it is empty.
    find: TextField,
    finding: bool,
}

impl Help {
    /// The headings, each with its actions, in the order in which they are read.
    pub fn groups() -> impl Iterator<Item = (Group, Vec<&'static Row>)> {
        let shown = Group::iter().filter(|group| *group != Group::Dialog);
        shown.map(|group| (group, action::rows().filter(|row| row.group == group).collect()))
    }

    /// The same with only those actions that hold what is looked for in their words or keys. A heading without any is
    /// left out.
    pub fn found(&self) -> impl Iterator<Item = (Group, Vec<&'static Row>)> {
        let wanted = self.find.text().trim().to_lowercase();
        Self::groups().filter_map(move |(group, mut rows)| {
            rows.retain(|row| holds(row, &wanted));
            (!rows.is_empty()).then_some((group, rows))
        })
    }

    /// The index of the action under the cursor, counted through all groups that are shown.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts the cursor on an action.
    pub fn place_cursor(&mut self, index: usize) {
        self.cursor = index.min(self.rows().count().saturating_sub(1));
    }

    /// The action under the cursor; none when nothing is found.
    #[must_use]
    pub fn chosen(&self) -> Option<Action> {
        self.rows().nth(self.cursor).map(|row| row.action)
    }

    /// What is looked for.
    #[must_use]
    pub fn find_field(&self) -> &TextField {
        &self.find
    }

    /// Whether it is being typed.
    #[must_use]
    pub fn is_finding(&self) -> bool {
        self.finding
    }

    /// Whether only a part of the page is shown.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.find.text().trim().is_empty()
    }

    /// Begins to take what to look for.
    pub fn begin_find(&mut self) {
        self.finding = true;
    }

    /// Keeps what is looked for; the keys mean actions again.
    pub fn end_find(&mut self) {
        self.finding = false;
    }

    /// Shows the whole page again.
    pub fn clear_find(&mut self) {
        *self = Self::default();
    }

    /// Takes a key that edits what is looked for.
    pub fn edit(&mut self, key: KeyEvent) {
        if self.finding && self.find.edit(key) {
            self.cursor = 0;
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        if self.finding {
            self.find.paste(text);
            self.cursor = 0;
        }
    }

    fn rows(&self) -> impl Iterator<Item = &'static Row> {
        self.found().flat_map(|(_, rows)| rows)
    }
}

/// Whether `wanted`, in small letters, is in a row's words, or is one of its keys.
fn holds(row: &Row, wanted: &str) -> bool {
    let words = [row.help, row.about, <&str>::from(row.group), <&str>::from(row.action)];
    words.iter().any(|words| words.to_lowercase().contains(wanted))
        || row.keys.iter().any(|key| key.to_lowercase() == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(text: &str) -> Help {
        let mut help = Help::default();
        help.begin_find();
        help.paste(text);
        help
    }

    #[test]
    fn what_is_looked_for_is_found_in_words_and_keys() {
        assert_eq!(finding("LIFT THE").chosen(), Some(Action::Unban));
        assert_eq!(finding("ctrl-z").chosen(), Some(Action::Suspend));
        let nothing = finding("xyzzy");
        assert_eq!((nothing.chosen(), nothing.found().count()), (None, 0));
    }

    #[test]
    fn the_whole_page_comes_back() {
        let mut help = finding("lift");
        assert!(help.is_narrowed() && help.is_finding());
        help.clear_find();
        assert_eq!(help.found().count(), Help::groups().count());
    }
}
