//! The memberships tab: the organizations that a user belongs to, page by page.

use crate::{
    app::{effect::Fetch, failure::Failure},
    clerk::{
        model::{OrganizationMembership, Page, UserId},
        query::PageLimit,
    },
};

/// Rows of a page.
const PAGE: u16 = 50;
/// The next page is loaded when fewer rows than this are below the cursor.
const AHEAD: usize = 25;

/// The memberships of one user, newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memberships {
    rows: Vec<OrganizationMembership>,
    total: Option<u64>,
    failure: Option<Failure>,
    /// The rows are to be read anew, from the first.
    again: bool,
    cursor: usize,
    top: usize,
}

impl Memberships {
    /// The loaded rows.
    #[must_use]
    pub fn rows(&self) -> &[OrganizationMembership] {
        &self.rows
    }

    /// How many there are in all; none before the first page has come.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Why they, or the next page of them, could not be read.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// The index of the chosen row.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The index of the first row on the screen.
    #[must_use]
    pub fn top(&self) -> usize {
        self.top
    }

    /// The chosen membership.
    #[must_use]
    pub fn chosen(&self) -> Option<&OrganizationMembership> {
        self.rows.get(self.cursor)
    }

    /// Chooses a row, `height` of them being on the screen.
    pub fn place_cursor(&mut self, index: usize, height: usize) {
        self.cursor = index.min(self.rows.len().saturating_sub(1));
        self.top = self.top.clamp((self.cursor + 1).saturating_sub(height.max(1)), self.cursor);
    }

    /// Chooses the row so many further.
    pub fn move_by(&mut self, rows: isize, height: usize) {
        self.place_cursor(self.cursor.saturating_add_signed(rows), height);
    }

    /// Asks for them anew. The old rows stay until the new ones are there.
    pub fn refresh(&mut self) {
        self.again = true;
        self.failure = None;
    }

    /// What should be loaded of `user`'s.
    #[must_use]
    pub fn wants(&self, user: &UserId) -> Option<Fetch> {
        let loaded = u64::try_from(self.rows.len()).unwrap_or(u64::MAX);
        let offset = if self.again { 0 } else { loaded };
        let more = self.total.is_none_or(|total| loaded < total && self.rows.len() - self.cursor <= AHEAD);
        let wanted = self.failure.is_none() && (self.again || more);
        wanted.then(|| Fetch::Memberships { user: user.clone(), offset, limit: PageLimit::new(PAGE) })
    }

    /// Takes the page that begins at `offset`.
    pub fn take(&mut self, offset: u64, result: Result<Page<OrganizationMembership>, Failure>) {
        let page = match result {
            Ok(page) => page,
            Err(failure) => {
                self.failure = Some(failure);
                self.again = false;
                return;
            }
        };
        if offset == 0 {
            let chosen = self.chosen().map(|chosen| chosen.id.clone());
            self.rows = page.data;
            self.again = false;
            let same = self.rows.iter().position(|row| Some(&row.id) == chosen.as_ref());
            self.cursor = same.unwrap_or(0);
            self.top = self.top.min(self.cursor);
            self.total = Some(page.total_count);
        } else {
            let loaded = self.rows.len();
            let fresh = page.data.into_iter().filter(|row| !self.rows.iter().any(|known| known.id == row.id));
            let fresh: Vec<_> = fresh.collect();
            self.rows.extend(fresh);
            // A page of nothing new ends the walk, whatever the count says.
            let ended = self.rows.len() == loaded;
            self.total = Some(if ended { u64::try_from(loaded).unwrap_or(u64::MAX) } else { page.total_count });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::model::MembershipId;

    fn page(numbers: std::ops::Range<usize>, total: u64) -> Page<OrganizationMembership> {
        let row = |number: usize| OrganizationMembership {
            id: MembershipId::from(format!("orgmem_{number}")),
            ..OrganizationMembership::default()
        };
        Page { data: numbers.map(row).collect(), total_count: total }
    }

    fn offset(fetch: Option<Fetch>) -> Option<u64> {
        match fetch? {
            Fetch::Memberships { offset, .. } => Some(offset),
            _ => None,
        }
    }

    #[test]
    fn the_next_page_comes_when_the_cursor_nears_the_end() {
        let user = UserId::from("user_1");
        let mut memberships = Memberships::default();
        assert_eq!(offset(memberships.wants(&user)), Some(0));
        memberships.take(0, Ok(page(0..50, 70)));
        assert_eq!(offset(memberships.wants(&user)), None);
        memberships.place_cursor(30, 10);
        assert_eq!(offset(memberships.wants(&user)), Some(50));
        memberships.take(50, Ok(page(49..70, 70)));
        assert_eq!((memberships.rows().len(), memberships.top()), (70, 21));
        assert_eq!(offset(memberships.wants(&user)), None);
    }

    #[test]
    fn a_total_that_cannot_be_reached_ends_the_walk() {
        let mut memberships = Memberships::default();
        memberships.take(0, Ok(page(0..50, 90)));
        memberships.place_cursor(49, 10);
        memberships.take(50, Ok(page(0..0, 90)));
        assert_eq!(memberships.wants(&UserId::from("user_1")), None);
    }

    #[test]
    fn a_refresh_keeps_the_chosen_one_and_a_failure_keeps_the_rows() {
        let mut memberships = Memberships::default();
        memberships.take(0, Ok(page(0..3, 3)));
        memberships.place_cursor(2, 10);
        memberships.refresh();
        memberships.take(0, Ok(page(1..4, 3)));
        assert_eq!(memberships.chosen().unwrap().id.as_str(), "orgmem_2");
        memberships.refresh();
        memberships.take(0, Err(Failure::Internal("no".into())));
        assert_eq!((memberships.rows().len(), memberships.wants(&UserId::from("user_1"))), (3, None));
    }
}
