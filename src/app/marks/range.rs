//! Marking a range: every row that the cursor moves over, from where it began.
//!
//! A range remembers the rows that it went over, and not where it began: that row may have been dropped from memory by
//! the time the cursor is a thousand rows further on. The row that the cursor was on last is always still loaded, unless
//! the list shows something else; there a range ends.

use super::{Marks, Way};
use crate::{
    app::{list::UserList, person::Person},
    clerk::{model::UserId, query::UserQuery},
};
use std::collections::HashSet;

/// A row that a range went over.
#[derive(Clone, Debug)]
struct Step {
    user: UserId,
    /// It was marked before, and stays so when the range shrinks.
    was_marked: bool,
}

/// A range that is being marked.
#[derive(Clone, Debug)]
pub(super) struct Range {
    query: UserQuery,
    /// From where it began to where the cursor is; never empty.
    path: Vec<Step>,
    /// It is held by a key: the first move without that key ends it.
    is_held: bool,
}

/// What became of a range when the cursor moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Followed {
    /// It goes on, or there is none.
    Goes,
    /// The list does not have the row any more that the cursor was on: it has ended there.
    Lost,
}

impl Marks {
    /// Begins a range at the row under the cursor. With `is_held`, any move that does not mark ends it.
    pub(in crate::app) fn begin_range(&mut self, list: &UserList, is_held: bool) {
        let Some(known) = list.selected() else { return };
        self.dropped = None;
        self.held.how.add(Way::ByHand);
        self.range = Some(Range { query: list.query().clone(), path: Vec::new(), is_held });
        self.step_onto(&known.id, || Person::of(known));
    }

    /// Ends the range; its marks stay. Whether there was one.
    pub(in crate::app) fn end_range(&mut self) -> bool {
        self.range.take().is_some()
    }

    /// Ends a range that is held by a key.
    pub(in crate::app) fn let_go(&mut self) {
        self.range.take_if(|range| range.is_held);
    }

    /// Takes the range back. Whether there was one.
    pub(in crate::app) fn cancel_range(&mut self) -> bool {
        let Some(range) = self.range.take() else { return false };
        // At once: taking marks away one by one costs as much for each as there are marks.
        let users: HashSet<UserId> =
            range.path.into_iter().filter(|step| !step.was_marked).map(|step| step.user).collect();
        self.held.people.retain(|user, _| !users.contains(user));
        self.forget_how_if_empty();
        true
    }

    /// Brings the range to where the cursor is now.
    pub(in crate::app) fn follow(&mut self, list: &UserList) -> Followed {
        let Some(range) = &self.range else { return Followed::Goes };
        let latest = range.path.last().map(|step| &step.user);
        if latest == list.selected().map(|known| &known.id) && range.query == *list.query() {
            return Followed::Goes;
        }
        let same = (range.query == *list.query()).then_some(latest).flatten();
        let Some(from) = same.and_then(|latest| list.position(latest)) else {
            self.range = None;
            return Followed::Lost;
        };
        let (rows, to) = (list.window().rows(), list.cursor());
        let forth = from + 1..=to;
        let back = (to..from).rev();
        for row in forth.chain(back).filter_map(|index| rows.get(index)) {
            self.step_onto(&row.id, || Person::of(row));
        }
        Followed::Goes
    }

    /// The cursor is on the next row. Where that is the one before, the range shrinks.
    fn step_onto(&mut self, user: &UserId, person: impl FnOnce() -> Person) {
        let Some(range) = &mut self.range else { return };
        let before = range.path.len().checked_sub(2).map(|index| &range.path[index].user);
        if before == Some(user) {
            let left = range.path.pop().filter(|step| !step.was_marked);
            if let Some(step) = left {
                self.held.people.shift_remove(&step.user);
            }
            return;
        }
        let was_marked = self.held.people.contains_key(user);
        range.path.push(Step { user: user.clone(), was_marked });
        if !was_marked {
            self.held.people.insert(user.clone(), person());
        }
    }
}
