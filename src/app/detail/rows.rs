//! The rows of a tab, read page by page as the cursor nears their end.

use crate::{
    app::{cursor::Cursor, failure::Failure},
    clerk::{
        model::{OrganizationInvitation, OrganizationMembership, Session},
        query::PageLimit,
    },
};

/// Rows of a page.
const PAGE: u16 = 50;
/// The next page is read when fewer rows than this are below the cursor.
const AHEAD: usize = 25;

/// Something that has an id, by which it is known again after a refresh.
pub trait Identified {
    /// The id.
    fn identity(&self) -> &str;
}

impl Identified for OrganizationMembership {
    fn identity(&self) -> &str {
        self.id.as_str()
    }
}

impl Identified for OrganizationInvitation {
    fn identity(&self) -> &str {
        &self.id
    }
}

impl Identified for Session {
    fn identity(&self) -> &str {
        self.id.as_str()
    }
}

/// Some rows as they came.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How many there are in all, where Clerk tells it.
    pub total: Option<u64>,
}

impl<T> Default for Batch<T> {
    /// None, and none in all.
    fn default() -> Self {
        Self { rows: Vec::new(), total: Some(0) }
    }
}

/// Which rows to read next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// After so many.
    pub offset: u64,
    /// At most so many.
    pub limit: PageLimit,
}

/// The rows of one user's tab, newest first, and the one that is chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows<T> {
    loaded: Vec<T>,
    /// How many there are, as far as Clerk tells or the end has been reached.
    total: Option<u64>,
    /// There are no further ones.
    ended: bool,
    failure: Option<Failure>,
    /// The rows are to be read anew, from the first.
    again: bool,
    cursor: Cursor,
}

impl<T> Default for Rows<T> {
    /// Nothing read yet.
    fn default() -> Self {
        Self { loaded: Vec::new(), total: None, ended: false, failure: None, again: false, cursor: Cursor::default() }
    }
}

impl<T> Rows<T> {
    /// The rows that have been read.
    #[must_use]
    pub fn loaded(&self) -> &[T] {
        &self.loaded
    }

    /// How many there are in all; none while nobody knows.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Whether there are further ones than have been read.
    #[must_use]
    pub fn has_more(&self) -> bool {
        !self.ended
    }

    /// Why they, or the next page of them, could not be read.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// The index of the chosen row.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor.at
    }

    /// The index of the first row on the screen.
    #[must_use]
    pub fn top(&self) -> usize {
        self.cursor.top
    }

    /// The chosen row.
    #[must_use]
    pub fn chosen(&self) -> Option<&T> {
        self.loaded.get(self.cursor.at)
    }

    /// Chooses a row, `height` of them being on the screen.
    pub fn place_cursor(&mut self, index: usize, height: usize) {
        self.cursor.place(index, self.loaded.len(), height);
    }

    /// Changes each row that has been read.
    pub(super) fn amend(&mut self, change: impl FnMut(&mut T)) {
        self.loaded.iter_mut().for_each(change);
    }

    /// Takes away the rows that are not kept.
    pub(super) fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        let before = self.loaded.len();
        self.loaded.retain(keep);
        let gone = count(before - self.loaded.len());
        self.total = self.total.map(|total| total.saturating_sub(gone));
        self.cursor.at = self.cursor.at.min(self.loaded.len().saturating_sub(1));
        self.cursor.top = self.cursor.top.min(self.cursor.at);
    }

    /// Asks for them anew. The old rows stay until the new ones are there.
    pub fn refresh(&mut self) {
        self.again = true;
        self.failure = None;
    }

    /// What should be read; none when nothing should.
    #[must_use]
    pub fn wants(&self) -> Option<Wanted> {
        let offset = if self.again { 0 } else { count(self.loaded.len()) };
        let more = !self.ended && self.loaded.len() - self.cursor.at <= AHEAD;
        let wanted = self.failure.is_none() && (self.again || more);
        wanted.then(|| Wanted { offset, limit: PageLimit::new(PAGE) })
    }
}

impl<T: Identified> Rows<T> {
    /// Takes the page that begins at `offset`.
    pub fn take(&mut self, offset: u64, result: Result<Batch<T>, Failure>) {
        let batch = match result {
            Ok(batch) => batch,
            Err(failure) => {
                self.failure = Some(failure);
                self.again = false;
                return;
            }
        };
        let is_short = batch.rows.len() < usize::from(PAGE);
        if offset == 0 {
            let chosen = self.chosen().map(|chosen| chosen.identity().to_owned());
            self.loaded = batch.rows;
            self.again = false;
            let same = self.loaded.iter().position(|row| Some(row.identity()) == chosen.as_deref());
            self.cursor.at = same.unwrap_or(0);
            self.cursor.top = self.cursor.top.min(self.cursor.at);
            self.ended = self.loaded.is_empty();
        } else {
            let loaded = self.loaded.len();
            let is_new = |row: &T| !self.loaded.iter().any(|known| known.identity() == row.identity());
            let fresh: Vec<_> = batch.rows.into_iter().filter(is_new).collect();
            self.loaded.extend(fresh);
            // A page of nothing new ends the walk, whatever the count says.
            self.ended = self.loaded.len() == loaded;
        }
        let loaded = count(self.loaded.len());
        self.ended |= batch.total.map_or(is_short, |total| loaded >= total);
        self.total = if self.ended && (offset > 0 || batch.total.is_none()) { Some(loaded) } else { batch.total };
    }
}

fn count(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::model::MembershipId;

    fn batch(numbers: std::ops::Range<usize>, total: Option<u64>) -> Batch<OrganizationMembership> {
        let row = |number: usize| OrganizationMembership {
            id: MembershipId::from(format!("orgmem_{number}")),
            ..OrganizationMembership::default()
        };
        Batch { rows: numbers.map(row).collect(), total }
    }

    fn offset<T>(rows: &Rows<T>) -> Option<u64> {
        rows.wants().map(|wanted| wanted.offset)
    }

    #[test]
    fn the_next_page_comes_when_the_cursor_nears_the_end() {
        let mut rows = Rows::default();
        assert_eq!(offset(&rows), Some(0));
        rows.take(0, Ok(batch(0..50, Some(70))));
        assert_eq!((offset(&rows), rows.has_more()), (None, true));
        rows.place_cursor(30, 10);
        assert_eq!(offset(&rows), Some(50));
        rows.take(50, Ok(batch(49..70, Some(70))));
        assert_eq!((rows.loaded().len(), rows.top(), rows.total()), (70, 21, Some(70)));
        rows.place_cursor(69, 10);
        assert_eq!((offset(&rows), rows.has_more()), (None, false));
    }

    #[test]
    fn a_total_that_cannot_be_reached_ends_the_walk() {
        let mut rows = Rows::default();
        rows.take(0, Ok(batch(0..50, Some(90))));
        rows.place_cursor(49, 10);
        rows.take(50, Ok(batch(0..0, Some(90))));
        assert_eq!((rows.wants(), rows.total()), (None, Some(50)));
    }

    #[test]
    fn where_nobody_counts_a_short_page_is_the_last() {
        let mut rows = Rows::default();
        rows.take(0, Ok(batch(0..50, None)));
        assert_eq!((rows.total(), rows.has_more()), (None, true));
        rows.place_cursor(49, 10);
        rows.take(50, Ok(batch(50..53, None)));
        assert_eq!((rows.total(), rows.has_more()), (Some(53), false));
        let mut none = Rows::default();
        none.take(0, Ok(batch(0..0, None)));
        assert_eq!((none.total(), none.wants()), (Some(0), None));
    }

    #[test]
    fn a_refresh_keeps_the_chosen_one_and_a_failure_keeps_the_rows() {
        let mut rows = Rows::default();
        rows.take(0, Ok(batch(0..3, Some(3))));
        rows.place_cursor(2, 10);
        rows.refresh();
        rows.take(0, Ok(batch(1..4, Some(3))));
        assert_eq!(rows.chosen().unwrap().id.as_str(), "orgmem_2");
        rows.refresh();
        rows.take(0, Err(Failure::Internal("no".into())));
        assert_eq!((rows.loaded().len(), rows.wants()), (3, None));
    }
}
