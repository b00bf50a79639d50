//! The people who live in an emulated instance.
//!
//! Everything about them follows from the seed: the same on every machine and on every day, ids included. Only their
//! times move with the day, so that "joined 3 days ago" stays true.

mod devices;
mod hostile;
mod identifications;
mod membership;
mod names;
mod person;
pub(super) mod random;
mod sessions;
mod time;

pub use time::Day;

use super::store::{Store, StoreError};
use membership::Organizations;
use names::Names;
use person::Maker;

/// People to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct People {
    seed: u64,
    count: u32,
    today: Day,
}

impl People {
    /// So many people of this seed, on this day.
    #[must_use]
    pub fn new(seed: u64, count: u32, today: Day) -> Self {
        Self { seed, count, today }
    }

    /// Notes in a database who was made for it.
    pub(super) fn note(&self, store: &Store) -> Result<(), StoreError> {
        let note = serde_json::to_string(&(self.seed, self.count, self.today.start()))?;
        store.set_meta("people", &note)
    }

    /// Who was made for a database; none for one that was made before this was noted.
    pub(super) fn noted(store: &Store) -> Result<Option<Self>, StoreError> {
        let Some(note) = store.meta("people")? else { return Ok(None) };
        let (seed, count, today) = serde_json::from_str(&note)?;
        Ok(Some(Self { seed, count, today: Day::of(today) }))
    }

    /// Puts them into an empty database, in the order in which they signed up, with their organizations and sessions.
    pub(super) fn settle(&self, store: &Store) -> Result<(), StoreError> {
        let names = Names::read();
        let maker = Maker::new(self.seed, self.count, self.today, &names);
        let organizations = Organizations::found(store, self.seed, self.count, self.today)?;
        for number in 0..self.count {
            let person = maker.person(number);
            let seq = store.insert_user(&person.user, person.lock_ends_at)?;
            organizations.join(store, number, seq, &person.user)?;
            for session in sessions::of(self.seed, number, &person.user, self.today) {
                store.insert_session(seq, &session)?;
            }
            for device in devices::of(self.seed, number, &person.user) {
                store.insert_trusted_device(seq, &device)?;
            }
        }
        organizations.invite(store)
    }
}

#[cfg(test)]
mod tests;
