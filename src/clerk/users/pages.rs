//! The user list, page after page to its end, in flat memory.

use crate::clerk::{
    Answer, Clerk, Error,
    model::{Received, User, UserId, UserText},
    query::{PageLimit, PageStart, UserPage, UserQuery},
};
use serde::de::DeserializeOwned;

/// So many users are known of the page before: more are not deleted at once.
const RECENT: usize = 50;

/// A row of the user list.
pub trait UserListRow {
    /// Whose it is.
    fn user_id(&self) -> &UserId;
}

impl UserListRow for Received<User> {
    fn user_id(&self) -> &UserId {
        &self.id
    }
}

impl UserListRow for UserText {
    fn user_id(&self) -> &UserId {
        self.id()
    }
}

/// How far the user list has been read: by cursor where the order has one, else by offset.
#[derive(Clone, Debug)]
pub struct UserPages {
    query: UserQuery,
    /// Who came last, the last one behind. A page begins behind one of them.
    recent: Vec<UserId>,
    first: Option<UserId>,
    offset: u64,
    is_over: bool,
}

impl UserPages {
    /// From the beginning.
    #[must_use]
    pub fn new(query: UserQuery) -> Self {
        Self::behind(query, Vec::new(), 0)
    }

    /// From behind those who came last, which are so many in all.
    #[must_use]
    pub fn behind(query: UserQuery, recent: Vec<UserId>, offset: u64) -> Self {
        Self { query, recent, first: None, offset, is_over: false }
    }

    /// Whether the last page has come.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// Who came last, as far as [`UserPages::behind`] needs it.
    #[must_use]
    pub fn recent(&self) -> &[UserId] {
        &self.recent
    }

    /// The next page, without those who came with the page before. The user behind whom it should begin may be deleted by
    /// now: then one before takes the place.
    ///
    /// # Errors
    ///
    /// As of [`Users::list`](super::Users::list); and where the same page comes twice, so that there would be no end.
    pub async fn next<T>(&mut self, clerk: &Clerk, limit: PageLimit) -> Result<Vec<T>, Error>
    where
        T: UserListRow + DeserializeOwned,
    {
        let mut tried = 0;
        loop {
            let page = UserPage { start: self.start(tried), limit };
            match clerk.users().list_of::<T>(&self.query, &page).await {
                Err(error) if tried + 1 < self.recent.len() && self.may_be_gone(&error) => tried += 1,
                Err(error) => return Err(error),
                Ok(answer) => return self.accept(answer, limit),
            }
        }
    }

    /// Which page is next, for whoever asks for it by other means and lets it be [accepted](UserPages::accept).
    #[must_use]
    pub fn upcoming(&self, limit: PageLimit) -> UserPage {
        UserPage { start: self.start(0), limit }
    }

    /// The page that begins behind a user, where the order has a cursor.
    #[must_use]
    pub fn behind_user(&self, user: UserId, limit: PageLimit) -> Option<UserPage> {
        self.query.order.has_cursor().then_some(UserPage { start: PageStart::After(user), limit })
    }

    /// What is asked for.
    #[must_use]
    pub fn query(&self) -> &UserQuery {
        &self.query
    }

    /// How many rows of the list have come.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.offset
    }

    /// Takes the [upcoming](UserPages::upcoming) page, and gives those of it who did not come with the page before.
    ///
    /// # Errors
    ///
    /// Where the same page came twice.
    pub fn accept<T: UserListRow>(&mut self, answer: Answer<Vec<T>>, limit: PageLimit) -> Result<Vec<T>, Error> {
        let Answer { value: rows, status, trace_id, .. } = answer;
        let first = rows.first().map(|row| row.user_id().clone());
        if first.is_some() && first == self.first {
            return Err(Error::Unreadable { status, reason: "the same page came twice".to_owned(), trace_id });
        }
        self.first = first;
        Ok(self.take(rows, limit))
    }

    fn start(&self, tried: usize) -> PageStart {
        match self.recent.iter().rev().nth(tried) {
            Some(id) if self.query.order.has_cursor() => PageStart::After(id.clone()),
            _ => PageStart::Offset(self.offset),
        }
    }

    /// Whether a page was refused because the user behind whom it begins is gone, as far as that can be known: then
    /// [`UserPages::next`] finds a way round.
    #[must_use]
    pub fn may_be_gone(&self, error: &Error) -> bool {
        self.query.order.has_cursor() && matches!(error.status(), Some(400 | 404 | 422))
    }

    fn take<T: UserListRow>(&mut self, mut rows: Vec<T>, limit: PageLimit) -> Vec<T> {
        self.is_over = rows.len() < usize::from(limit.get());
        let came = std::mem::take(&mut self.recent);
        let newest = rows.len().saturating_sub(RECENT);
        self.recent = rows.iter().skip(newest).map(|row| row.user_id().clone()).collect();
        self.offset += rows.len() as u64;
        rows.retain(|row| !came.contains(row.user_id()));
        rows
    }
}
