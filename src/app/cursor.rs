//! A chosen row, and the first that is on the screen.

/// Where a list of rows is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The index of the chosen row.
    pub at: usize,
    /// The index of the first row on the screen.
    pub top: usize,
}

impl Cursor {
    /// Chooses a row of `count`, `height` of them being on the screen.
    pub fn place(&mut self, index: usize, count: usize, height: usize) {
        self.at = index.min(count.saturating_sub(1));
        self.keep_in_sight(height);
    }

    /// Scrolls just so far that the chosen row is on the screen.
    pub fn keep_in_sight(&mut self, height: usize) {
        self.top = self.top.clamp((self.at + 1).saturating_sub(height.max(1)), self.at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_chosen_row_is_there_and_in_sight(moves in prop::collection::vec((0_usize..50, 0_usize..30, 0_usize..12), 1..20)) {
            let mut cursor = Cursor::default();
            for (index, count, height) in moves {
                cursor.place(index, count, height);
                prop_assert!(cursor.at < count.max(1) && cursor.top <= cursor.at);
                prop_assert!(cursor.at < cursor.top + height.max(1));
            }
        }
    }
}
