//! The list of the columns, to choose which are shown and in which order.

use crate::app::columns::Column;
use strum::EnumCount;

/// The list of the columns, its cursor on one of them. The columns themselves are the state's: each key takes effect at
/// once, in the list beside it.
#[derive(Clone, Copy, Debug, Default)]
pub struct ColumnList {
    cursor: usize,
}

impl ColumnList {
    /// How many rows it wants, its title included.
    #[expect(clippy::cast_possible_truncation, reason = "there are a dozen")]
    pub const ROWS: u16 = Column::COUNT as u16 + 2;

    /// The place of the column under the cursor.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts the cursor on the column at a place.
    pub fn place_cursor(&mut self, index: usize) {
        self.cursor = index.min(Column::COUNT - 1);
    }
}
