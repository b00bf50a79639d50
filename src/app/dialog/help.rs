//! The help page: every action under its heading, from the table.

use crate::app::action::{self, Action, Group, Row};
use strum::IntoEnumIterator;

/// The help page, its cursor on one of the actions.
#[derive(Clone, Debug, Default)]
pub struct Help {
    cursor: usize,
}

impl Help {
    /// The headings, each with its actions, in the order in which they are read.
    pub fn groups() -> impl Iterator<Item = (Group, Vec<&'static Row>)> {
        let shown = Group::iter().filter(|group| *group != Group::Dialog);
        shown.map(|group| (group, action::rows().filter(|row| row.group == group).collect()))
    }

    /// The index of the action under the cursor, counted through all groups.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts the cursor on an action.
    pub fn place_cursor(&mut self, index: usize) {
        self.cursor = index.min(Self::rows().count() - 1);
    }

    /// The action under the cursor.
    #[must_use]
    pub fn chosen(&self) -> Option<Action> {
        Self::rows().nth(self.cursor).map(|row| row.action)
    }

    fn rows() -> impl Iterator<Item = &'static Row> {
        Self::groups().flat_map(|(_, rows)| rows)
    }
}
