//! Collecting all users that match, page by page.
//!
//! What is collected is frozen when the first page comes, without any clock. The pages go from the newest user to the
//! oldest, each beginning behind the last user of the one before. Whoever signs up meanwhile stands before the first page,
//! where nothing is read any more; and as each page is held to begin no later than the one before has ended, nobody slips
//! in where a server ignores the cursor or the order. (A bound such as `created_at_before` would be by the clock of this
//! machine: a few minutes slow, and it would leave out the newest, whom a wave of sign-ups is about.)

use super::{Target, check::violation};
use crate::{
    app::{effect::Fetch, failure::Failure, person::Person},
    clerk::{
        model::{Received, Timestamp, User, UserId},
        query::{PageLimit, PageStart, UserFilter, UserOrder, UserPage, UserQuery},
    },
};
use indexmap::IndexMap;
use std::collections::VecDeque;

/// A user behind whom a page should begin may be deleted by then; so many before that one can take the place.
const RECENT: usize = 50;

/// What those who match are collected for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be marked.
    Mark,
    /// To be marked, but for those who are: these lose their marks.
    Invert,
}

/// Whether a piece of work is at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// More is to be asked for.
    Goes,
    /// Nothing is.
    Ends,
}

/// All that match, as far as they have been read.
#[derive(Clone, Debug)]
pub(in crate::app) struct Collection {
    pub(super) purpose: Purpose,
    filter: UserFilter,
    /// The search line that the filter was read from.
    pub(super) line: String,
    /// When it began.
    pub(super) at: Timestamp,
    /// How many matched then, if that was known.
    expected: Option<u64>,
    people: IndexMap<UserId, Person>,
    /// The last of them, the last one behind.
    recent: VecDeque<(UserId, Timestamp)>,
    /// So many of these are gone.
    gone: usize,
}

impl Collection {
    /// Those that pass `filter`, none read yet.
    pub(in crate::app) fn of(
        purpose: Purpose,
        filter: UserFilter,
        line: String,
        at: Timestamp,
        expected: Option<u64>,
    ) -> Self {
        let (people, recent) = (IndexMap::new(), VecDeque::new());
        Self { purpose, filter, line, at, expected, people, recent, gone: 0 }
    }

    /// How many have been read, and of how many.
    pub(super) fn progress(&self) -> (usize, Option<u64>) {
        (self.people.len(), self.expected)
    }

    pub(super) fn into_targets(self) -> impl Iterator<Item = Target> {
        self.people.into_iter().map(|(id, person)| Target { id, person, given: None, undoes: None })
    }

    /// The next page.
    pub(super) fn fetch(&self) -> Fetch {
        let start = self.cursor().map_or(PageStart::FIRST, |(id, _)| PageStart::After(id.clone()));
        let query = UserQuery { filter: self.filter.clone(), order: UserOrder::default() };
        Fetch::UsersInBackground { query, page: UserPage { start, limit: PageLimit::MAX } }
    }

    fn cursor(&self) -> Option<&(UserId, Timestamp)> {
        self.recent.get(self.recent.len().checked_sub(1 + self.gone)?)
    }

    /// The user behind whom the page should begin is gone: the one before takes the place. Whether there is one.
    pub(super) fn step_back(&mut self) -> bool {
        let can = self.gone + 1 < self.recent.len();
        self.gone += usize::from(can);
        can
    }

    /// Takes a page.
    pub(super) fn take(&mut self, page: &UserPage, rows: &[Received<User>]) -> Result<Step, Failure> {
        let limit = usize::from(page.limit.get());
        if rows.len() > limit {
            return Err(Failure::Untrusted(format!("{} users came where {limit} were asked for", rows.len())));
        }
        let mut newest = self.cursor().map(|(_, created_at)| *created_at);
        for user in rows {
            if let Some(how) = violation(&self.filter, user) {
                return Err(Failure::Untrusted(format!("a user came who does not match: {} {how}", user.id)));
            }
            if newest.is_some_and(|newest| user.created_at > newest) {
                return Err(Failure::Untrusted(format!("{} came out of the order that was asked for", user.id)));
            }
            newest = Some(user.created_at);
        }
        self.gone = 0;
        let before = self.people.len();
        for user in rows {
            if self.people.insert(user.id.clone(), Person::of(user)).is_none() {
                self.recent.push_back((user.id.clone(), user.created_at));
            }
        }
        self.recent.drain(..self.recent.len().saturating_sub(RECENT));
        if rows.len() < limit {
            return Ok(Step::Ends);
        }
        if self.people.len() == before {
            return Err(Failure::Untrusted("the same users came again".to_owned()));
        }
        Ok(Step::Goes)
    }
}
