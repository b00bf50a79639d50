//! Where the users of an export come from.

use super::PagesAhead;
use crate::{
    app::export::Who,
    clerk::{
        Clerk, Error,
        model::{UserId, UserText},
        query::UserQuery,
        users::UserPages,
    },
};

/// Clerk takes so many ids in a request.
const IDS: usize = 100;

/// Users page by page: of each the JSON as it came.
#[derive(Debug)]
pub enum Source {
    /// The user list.
    Matching(Box<PagesAhead>),
    /// Those that are left of some.
    These(Vec<UserId>),
}

impl Source {
    /// From the beginning.
    #[must_use]
    pub fn of(who: Who) -> Self {
        match who {
            Who::Matching(query) => Self::matching(UserPages::new(*query), None),
            Who::These(mut users) => {
                users.reverse();
                Self::These(users)
            }
        }
    }

    /// The user list from where it is; of so many, where that is known, so that pages can be asked for ahead.
    #[must_use]
    pub fn matching(pages: UserPages, total: Option<u64>) -> Self {
        Self::Matching(Box::new(PagesAhead::new(pages, total)))
    }

    /// Whether there is nothing behind what has come.
    pub(super) fn is_over(&self) -> bool {
        match self {
            Self::Matching(ahead) => ahead.pages().is_over(),
            Self::These(left) => left.is_empty(),
        }
    }

    /// The cursor behind which the next page begins.
    pub(super) fn recent(&self) -> &[UserId] {
        match self {
            Self::Matching(ahead) => ahead.pages().recent(),
            Self::These(_) => &[],
        }
    }

    pub(super) async fn next(&mut self, clerk: &Clerk) -> Result<Vec<UserText>, Error> {
        match self {
            Self::Matching(ahead) => ahead.next(clerk).await,
            Self::These(left) => {
                let behind = left.len().saturating_sub(IDS);
                let asked: Vec<UserId> = left.iter().skip(behind).rev().cloned().collect();
                let (query, page) = UserQuery::among(&asked, &[]);
                let mut rows = clerk.users().list_of::<UserText>(&query, &page).await?.value;
                // In the order in which they were named.
                rows.sort_by_key(|row| asked.iter().position(|id| id == row.id()));
                left.truncate(behind);
                Ok(rows)
            }
        }
    }
}
