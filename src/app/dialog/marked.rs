//! The pane of the marked, or of the lines of a list that marked nobody.

use crate::{
    app::{
        effect::{Fetch, Fetched},
        failure::Failure,
        marks::{BATCH, Marks, violation},
        person::Known,
        replies::mismatch,
    },
    clerk::{
        model::{Timestamp, UserId},
        query::{PageLimit, PageStart, Select, UserFilter, UserOrder, UserPage, UserQuery},
    },
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// So many before the chosen one are looked up with it.
const BEFORE: usize = BATCH / 2;

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// The marked, in the order in which they were marked.
    Marked,
    /// The lines that marked nobody.
    Unmatched,
}

/// The pane, its cursor on one of the rows. Who is marked may be gone by now: those around the cursor are looked up.
#[derive(Clone, Debug)]
pub struct MarkedPane {
    listing: Listing,
    cursor: usize,
    /// Those who are there, as far as the last answer tells.
    present: HashMap<UserId, Arc<Known>>,
    looked_up: HashSet<UserId>,
    gone: HashSet<UserId>,
    failure: Option<Failure>,
}

impl MarkedPane {
    /// With nobody looked up.
    #[must_use]
    pub fn of(listing: Listing) -> Self {
        Self {
            listing,
            cursor: 0,
            present: HashMap::new(),
            looked_up: HashSet::new(),
            gone: HashSet::new(),
            failure: None,
        }
    }

    /// What it lists.
    #[must_use]
    pub fn listing(&self) -> Listing {
        self.listing
    }

    /// The index of the chosen row.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Chooses another row.
    pub fn place_cursor(&mut self, index: usize, marks: &Marks) {
        let count = match self.listing {
            Listing::Marked => marks.len(),
            Listing::Unmatched => marks.unmatched().map_or(0, |(_, lines)| lines.len()),
        };
        self.cursor = index.min(count.saturating_sub(1));
    }

    /// Whether this user was looked up and not found.
    #[must_use]
    pub fn is_gone(&self, user: &UserId) -> bool {
        self.gone.contains(user)
    }

    /// How many were looked up and not found.
    #[must_use]
    pub fn gone(&self) -> usize {
        self.gone.len()
    }

    /// Why they could not be looked up.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// The chosen one of the marked, as they were found.
    #[must_use]
    pub fn chosen(&self, marks: &Marks) -> Option<&Arc<Known>> {
        self.present.get(self.chosen_id(marks)?)
    }

    /// The same, found or not.
    #[must_use]
    pub fn chosen_id<'a>(&self, marks: &'a Marks) -> Option<&'a UserId> {
        let chosen = || marks.get(self.cursor).map(|(id, _)| id);
        (self.listing == Listing::Marked).then(chosen).flatten()
    }

    /// What should be looked up.
    #[must_use]
    pub fn wants(&self, marks: &Marks) -> Option<Fetch> {
        if self.listing != Listing::Marked || self.failure.is_some() {
            return None;
        }
        let from = self.cursor.saturating_sub(BEFORE);
        let near = (from..from + BATCH).map_while(|index| marks.get(index)).map(|(id, _)| id);
        let ids: Vec<&UserId> = near.filter(|id| !self.looked_up.contains(*id)).collect();
        // Not a request for each step of the cursor.
        let chosen = marks.get(self.cursor).is_some_and(|(id, _)| !self.looked_up.contains(id));
        let user_id = ids.iter().map(|id| Select::Include((*id).clone())).collect();
        let query = UserQuery { filter: UserFilter { user_id, ..UserFilter::default() }, order: UserOrder::default() };
        let page = UserPage { start: PageStart::FIRST, limit: PageLimit::MAX };
        (chosen || ids.len() >= BEFORE / 2).then_some(Fetch::Users { query, page })
    }

    /// Takes who was found.
    pub(in crate::app) fn take(&mut self, fetch: &Fetch, result: Result<Fetched, Failure>, now: Timestamp) {
        let Fetch::Users { query, .. } = fetch else { return };
        let users = match result {
            Ok(Fetched::Users(users)) => users,
            Ok(other) => return self.failure = Some(mismatch(&other)),
            Err(failure) => return self.failure = Some(failure),
        };
        if let Some(user) = users.iter().find(|user| violation(&query.filter, user).is_some()) {
            return self.failure = Some(Failure::Untrusted(format!("a user came who was not asked for: {}", user.id)));
        }
        let known = users.into_iter().map(|user| (user.id.clone(), Arc::new(Known::new(user, now))));
        self.present = known.collect();
        for select in &query.filter.user_id {
            let Select::Include(id) = select else { continue };
            self.looked_up.insert(id.clone());
            if !self.present.contains_key(id) {
                self.gone.insert(id.clone());
            }
        }
    }
}
