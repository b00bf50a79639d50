//! The pane of jobs.

use crate::app::cursor::Cursor;

/// The pane, its cursor on one of the jobs, the latest being the first.
#[derive(Clone, Copy, Debug, Default)]
pub struct JobsPane {
    cursor: Cursor,
}

impl JobsPane {
    /// The index of the chosen one.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor.at
    }

    /// Chooses one of `count`.
    pub fn place_cursor(&mut self, index: usize, count: usize) {
        self.cursor.place(index, count, count);
    }
}
