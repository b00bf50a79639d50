//! The marked users: by id, with who they were when they were marked, whatever the list shows by now.

mod check;
mod collection;
mod gathering;
mod list;
mod lookup;
mod provenance;
mod range;

pub(super) use check::violation;
pub(super) use collection::Collection;
pub use collection::{Purpose, Step};
pub use gathering::Progress;
pub(super) use gathering::{Made, Taken};
pub use list::{Entry, MarkList, Name};
pub(super) use lookup::BATCH;
pub use lookup::{Lookup, Unmatched, WhyUnmatched};
pub use provenance::{Provenance, Way};
pub(super) use range::Followed;

use super::{
    job::Target,
    person::{Known, Person},
};
use crate::clerk::model::UserId;
use gathering::Gathering;
use indexmap::IndexMap;
use range::Range;

/// Marks, and where they come from.
#[derive(Clone, Debug, Default)]
struct Held {
    people: IndexMap<UserId, Person>,
    how: Provenance,
}

/// The marked users, in the order in which they were marked. Whether somebody is marked costs the same for one as for a
/// hundred thousand.
#[derive(Debug, Default)]
pub struct Marks {
    held: Held,
    /// What was dropped by the last thing that was done.
    dropped: Option<Held>,
    range: Option<Range>,
    work: Option<Gathering>,
    /// The lines of the last list that name nobody, and its file.
    unmatched: Option<(String, Vec<Unmatched>)>,
}

/// What there is to see.
impl Marks {
    /// How many are marked.
    #[must_use]
    pub fn len(&self) -> usize {
        self.held.people.len()
    }

    /// Whether nobody is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.held.people.is_empty()
    }

    /// Whether this user is.
    #[must_use]
    pub fn contains(&self, user: &UserId) -> bool {
        self.held.people.contains_key(user)
    }

    /// The marked, for who acts on them.
    #[must_use]
    pub fn targets(&self) -> Vec<Target> {
        self.iter()
            .map(|(id, person)| Target { id: id.clone(), person: person.clone(), given: None, undoes: None })
            .collect()
    }

    /// The marked.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&UserId, &Person)> {
        self.held.people.iter()
    }

    /// The one at this place.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<(&UserId, &Person)> {
        self.held.people.get_index(index)
    }

    /// Where the marks come from, for who confirms an action on them.
    #[must_use]
    pub fn how(&self) -> &Provenance {
        &self.held.how
    }

    /// Whether a range is being marked.
    #[must_use]
    pub fn is_in_range(&self) -> bool {
        self.range.is_some()
    }

    /// Whether the last thing that was done was to drop marks, so that they can be brought back.
    #[must_use]
    pub fn has_dropped(&self) -> bool {
        self.dropped.is_some()
    }
}

/// Marking.
impl Marks {
    /// Marks a user, or takes the mark away. Whether they are marked now.
    pub(super) fn toggle(&mut self, known: &Known) -> bool {
        let marked = !self.contains(&known.id);
        self.held.how.add(Way::ByHand);
        if marked {
            self.held.people.insert(known.id.clone(), Person::of(known));
        } else {
            self.take_away(&known.id);
        }
        self.dropped = None;
        marked
    }

    /// Takes a mark away.
    pub(super) fn take_away(&mut self, user: &UserId) {
        self.held.people.shift_remove(user);
        self.forget_how_if_empty();
    }

    fn forget_how_if_empty(&mut self) {
        if self.is_empty() {
            self.held.how = Provenance::default();
        }
    }

    /// Drops all marks, to be brought back, and what was being collected. How many there were.
    pub(super) fn drop_all(&mut self) -> usize {
        (self.range, self.work) = (None, None);
        let held = std::mem::take(&mut self.held);
        let count = held.people.len();
        if count > 0 {
            self.dropped = Some(held);
        }
        count
    }

    /// Brings back what was dropped. How many they are; none if that was not the last thing that was done.
    pub(super) fn bring_back(&mut self) -> Option<usize> {
        self.held = self.dropped.take()?;
        Some(self.len())
    }

    /// Something else has been done since: what was dropped cannot be brought back any more.
    pub(super) fn forget_dropped(&mut self) {
        self.dropped = None;
    }
}
