//! Looking up whom a list names, a hundred at a time.

use super::{
    Target,
    check::violation,
    collection::Step,
    list::{Entry, MarkList, Name},
};
use crate::{
    app::{effect::Fetch, failure::Failure, numbers::counted},
    clerk::{
        model::{Received, User},
        query::{PageLimit, PageStart, Select, UserFilter, UserOrder, UserPage, UserQuery},
    },
};
use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
};

/// Clerk takes so many values of a filter.
pub(in crate::app) const BATCH: usize = 100;

/// Why a line of a list marks nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyUnmatched {
    /// Nobody is called so.
    Nobody,
    /// So many are: which of them is meant, nobody can know.
    Several(usize),
    /// Clerk does not take it for a name. What it says, unsafe to print.
    Refused(String),
}

impl fmt::Display for WhyUnmatched {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => formatter.write_str("not found"),
            Self::Several(count) => formatter.write_str(&counted(*count, "user has it", "users have it")),
            Self::Refused(reason) => formatter.write_str(reason),
        }
    }
}

/// A line of a list that marks nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmatched {
    /// Which line, counted from 1.
    pub number: usize,
    /// As it stands there, unsafe to print.
    pub text: String,
    /// Why.
    pub why: WhyUnmatched,
}

impl Unmatched {
    fn of(entry: Entry, why: WhyUnmatched) -> Self {
        Self { number: entry.number, text: entry.text, why }
    }
}

/// Whom a list names, as far as they have been looked up.
#[derive(Clone, Debug)]
pub struct Lookup {
    pub(super) file: String,
    /// What is to be looked up: entries that name in one way, as many as one request can ask for.
    batches: VecDeque<Vec<Entry>>,
    total: usize,
    /// By the number of the line.
    found: BTreeMap<usize, Target>,
    unmatched: Vec<Unmatched>,
}

impl Lookup {
    /// Of a list, nothing looked up yet.
    #[must_use]
    pub fn of(list: MarkList) -> Self {
        let total = list.entries.len();
        let mut by_kind = [Vec::new(), Vec::new(), Vec::new()];
        for entry in list.entries {
            let kind = match entry.name {
                Name::Id(_) => 0,
                Name::EmailAddress(_) => 1,
                Name::Username(_) => 2,
            };
            by_kind[kind].push(entry);
        }
        let batches = by_kind.iter().flat_map(|entries| entries.chunks(BATCH)).map(<[Entry]>::to_vec).collect();
        Self { file: list.file, batches, total, found: BTreeMap::new(), unmatched: Vec::new() }
    }

    /// How many lines have been looked up, and of how many.
    pub(super) fn progress(&self) -> (usize, Option<u64>) {
        let left: usize = self.batches.iter().map(Vec::len).sum();
        (self.total - left, u64::try_from(self.total).ok())
    }

    /// Whom it names, in its order, and the lines that name nobody.
    #[must_use]
    pub fn into_parts(mut self) -> (Vec<Target>, Vec<Unmatched>) {
        self.unmatched.sort_by_key(|unmatched| unmatched.number);
        (self.found.into_values().collect(), self.unmatched)
    }

    /// The next batch; none when all have been looked up.
    #[must_use]
    pub fn fetch(&self) -> Option<Fetch> {
        let query = UserQuery { filter: filter_of(self.batches.front()?), order: UserOrder::default() };
        // Longer than what can be found, so that more than that would be seen.
        let page = UserPage { start: PageStart::FIRST, limit: PageLimit::MAX };
        Some(Fetch::UsersInBackground { query, page })
    }

    /// Takes who was found of the first batch.
    ///
    /// # Errors
    ///
    /// When somebody came who was not asked for: then nobody of the answer can be trusted.
    pub fn take(&mut self, rows: &[Received<User>]) -> Result<Step, Failure> {
        let Some(batch) = self.batches.pop_front() else { return Ok(Step::Ends) };
        let filter = filter_of(&batch);
        for user in rows {
            if let Some(how) = violation(&filter, user) {
                return Err(Failure::Untrusted(format!("a user came who was not asked for: {} {how}", user.id)));
            }
        }
        for entry in batch {
            let one = filter_of(std::slice::from_ref(&entry));
            let mut named = rows.iter().filter(|user| violation(&one, user).is_none());
            match (named.next(), named.count()) {
                (None, _) => self.unmatched.push(Unmatched::of(entry, WhyUnmatched::Nobody)),
                (Some(user), 0) => {
                    self.found.insert(entry.number, Target::of(user));
                }
                (Some(_), others) => self.unmatched.push(Unmatched::of(entry, WhyUnmatched::Several(1 + others))),
            }
        }
        Ok(if self.batches.is_empty() { Step::Ends } else { Step::Goes })
    }

    /// Clerk does not take the first batch: something in it is no name. It is divided until that one is found.
    pub fn take_refusal(&mut self, failure: &Failure) -> Step {
        match self.batches.pop_front() {
            Some(mut batch) if batch.len() > 1 => {
                let rest = batch.split_off(batch.len() / 2);
                self.batches.push_front(rest);
                self.batches.push_front(batch);
            }
            Some(batch) => {
                let refused = |entry| Unmatched::of(entry, WhyUnmatched::Refused(failure.to_string()));
                self.unmatched.extend(batch.into_iter().map(refused));
            }
            None => {}
        }
        if self.batches.is_empty() { Step::Ends } else { Step::Goes }
    }
}

/// The filter that asks for all of these.
fn filter_of(entries: &[Entry]) -> UserFilter {
    let mut filter = UserFilter::default();
    for entry in entries {
        match &entry.name {
            Name::Id(id) => filter.user_id.push(Select::Include(id.clone())),
            Name::EmailAddress(address) => filter.email_address.push(address.clone()),
            Name::Username(username) => filter.username.push(username.clone()),
        }
    }
    filter
}
