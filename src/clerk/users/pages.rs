//! The user list, page after page to its end, in flat memory.

use crate::clerk::{
    Clerk, Error,
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
                Ok(answer) => {
                    let (status, trace_id) = (answer.status, answer.trace_id);
                    let first = answer.value.first().map(|row| row.user_id().clone());
                    if first.is_some() && first == self.first {
                        let reason = "the same page came twice".to_owned();
                        return Err(Error::Unreadable { status, reason, trace_id });
                    }
                    self.first = first;
                    return Ok(self.take(answer.value, limit));
                }
            }
        }
    }

    fn start(&self, tried: usize) -> PageStart {
        match self.recent.iter().rev().nth(tried) {
            Some(id) if self.query.order.has_cursor() => PageStart::After(id.clone()),
            _ => PageStart::Offset(self.offset),
        }
    }

    fn may_be_gone(&self, error: &Error) -> bool {
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
