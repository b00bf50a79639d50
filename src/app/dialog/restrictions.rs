//! The blocklist or the allowlist: its entries, one of them chosen.

use crate::{
    app::{act::RestrictionList, effect::Fetch, failure::Failure, slot::Slot},
    clerk::model::{IdentifierType, Timestamp},
};

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restriction {
    /// Clerk's id of it.
    pub id: String,
    /// The email address, number or wallet, or `*@domain`. As it came, unsafe to print.
    pub identifier: String,
    /// What that is.
    pub kind: IdentifierType,
    /// Since when it stands there.
    pub created_at: Timestamp,
}

/// An open list.
#[derive(Clone, Debug)]
pub struct Restrictions {
    list: RestrictionList,
    entries: Slot<Vec<Restriction>>,
    cursor: usize,
}

impl Restrictions {
    /// A list that is yet to be read.
    #[must_use]
    pub fn of(list: RestrictionList) -> Self {
        Self { list, entries: Slot::default(), cursor: 0 }
    }

    /// Which it is.
    #[must_use]
    pub fn list(&self) -> RestrictionList {
        self.list
    }

    /// The entries, newest first.
    #[must_use]
    pub fn entries(&self) -> &Slot<Vec<Restriction>> {
        &self.entries
    }

    /// The index of the chosen one.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Chooses another.
    pub fn place_cursor(&mut self, index: usize) {
        let count = self.entries.value().map_or(0, Vec::len);
        self.cursor = index.min(count.saturating_sub(1));
    }

    /// The chosen one.
    #[must_use]
    pub fn chosen(&self) -> Option<&Restriction> {
        self.entries.value()?.get(self.cursor)
    }

    /// What should be loaded for it.
    #[must_use]
    pub fn wants(&self) -> Option<Fetch> {
        self.entries.is_wanted().then_some(Fetch::Restrictions(self.list))
    }

    /// Asks for the entries anew.
    pub fn ask(&mut self) {
        self.entries.ask();
    }

    /// Takes the entries. The chosen one stays chosen, if it is still there.
    pub fn take(&mut self, entries: Result<Vec<Restriction>, Failure>) {
        let chosen = self.chosen().map(|entry| entry.id.clone());
        self.entries.fill(entries);
        let place =
            self.entries.value().and_then(|all| all.iter().position(|entry| Some(&entry.id) == chosen.as_ref()));
        self.place_cursor(place.unwrap_or(self.cursor));
    }
}
