//! The pane of the requests that were sent.

use crate::app::cursor::Cursor;

/// The pane, its cursor on one of the requests, the latest being the first.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestsPane {
    cursor: Cursor,
}

impl RequestsPane {
    /// The index of the chosen one.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor.at
    }

    /// The index of the first on the screen.
    #[must_use]
    pub fn top(&self) -> usize {
        self.cursor.top
    }

    /// Chooses one of `count`, `height` of them being on the screen.
    pub fn place_cursor(&mut self, index: usize, count: usize, height: usize) {
        self.cursor.place(index, count, height);
    }

    /// Another one has been sent: the chosen one stays chosen, unless it is the latest that is looked at.
    pub fn shift(&mut self) {
        if self.cursor.at > 0 {
            self.cursor.at += 1;
            self.cursor.top += 1;
        }
    }
}
