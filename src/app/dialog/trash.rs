//! The recovery copies, one of them chosen.

use crate::app::{effect::Fetch, failure::Failure, restoration::Deleted, slot::Slot};

/// The open list of copies.
#[derive(Clone, Debug, Default)]
pub struct TrashPane {
    copies: Slot<Vec<Deleted>>,
    cursor: usize,
}

impl TrashPane {
    /// The copies, the latest first.
    #[must_use]
    pub fn copies(&self) -> &Slot<Vec<Deleted>> {
        &self.copies
    }

    /// The index of the chosen one.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Chooses another.
    pub fn place_cursor(&mut self, index: usize) {
        let count = self.copies.value().map_or(0, Vec::len);
        self.cursor = index.min(count.saturating_sub(1));
    }

    /// The chosen one.
    #[must_use]
    pub fn chosen(&self) -> Option<&Deleted> {
        self.copies.value()?.get(self.cursor)
    }

    /// What should be loaded for it.
    #[must_use]
    pub fn wants(&self) -> Option<Fetch> {
        self.copies.is_wanted().then_some(Fetch::Trash)
    }

    /// Asks for the copies anew.
    pub fn ask(&mut self) {
        self.copies.ask();
    }

    /// Takes the copies. The chosen one stays chosen, if it is still there.
    pub fn take(&mut self, copies: Result<Vec<Deleted>, Failure>) {
        let chosen = self.chosen().map(|copy| copy.user.clone());
        self.copies.fill(copies);
        let place = self.copies.value().and_then(|all| all.iter().position(|copy| Some(&copy.user) == chosen.as_ref()));
        self.place_cursor(place.unwrap_or(self.cursor));
    }
}
