//! Pages of the user list, the next of which is on its way while one is read.

use crate::clerk::{
    Clerk, Error,
    model::UserText,
    query::{PageLimit, PageStart, UserPage, UserQuery},
    users::{UnreadUsers, UserPages},
};
use tokio_util::task::AbortOnDropHandle;

const LIMIT: PageLimit = PageLimit::MAX;

/// The user list to its end.
#[derive(Debug)]
pub struct PagesAhead {
    pages: UserPages,
    /// How many there are in all, as far as is known: nothing is asked for beyond.
    total: Option<u64>,
    coming: Option<Coming>,
}

/// A page that was asked for.
#[derive(Debug)]
struct Coming {
    page: UserPage,
    answer: AbortOnDropHandle<Result<UnreadUsers, Error>>,
}

impl Coming {
    fn ask(clerk: &Clerk, query: &UserQuery, page: UserPage) -> Self {
        let (clerk, query, asked) = (clerk.clone(), query.clone(), page.clone());
        let asking = async move { clerk.users().list_unread(&query, &asked).await };
        Self { page, answer: AbortOnDropHandle::new(tokio::spawn(asking)) }
    }
}

impl PagesAhead {
    pub(super) fn new(pages: UserPages, total: Option<u64>) -> Self {
        Self { pages, total, coming: None }
    }

    pub(super) fn pages(&self) -> &UserPages {
        &self.pages
    }

    /// The next page.
    ///
    /// # Errors
    ///
    /// As of [`UserPages::next`].
    pub(super) async fn next(&mut self, clerk: &Clerk) -> Result<Vec<UserText>, Error> {
        let wanted = self.pages.upcoming(LIMIT);
        let coming = self.coming.take().filter(|coming| coming.page == wanted);
        let is_behind_somebody = matches!(wanted.start, PageStart::After(_));
        let coming = coming.unwrap_or_else(|| Coming::ask(clerk, self.pages.query(), wanted));
        let came = match coming.answer.await {
            Ok(Ok(came)) => came,
            Ok(Err(error)) if !(is_behind_somebody && self.pages.may_be_gone(&error)) => return Err(error),
            // Also where it was lost on the way.
            Ok(Err(_)) | Err(_) => return self.pages.next(clerk, LIMIT).await,
        };
        self.coming = self.page_behind(&came).map(|page| Coming::ask(clerk, self.pages.query(), page));
        let rows = self.pages.accept(came.read()?, LIMIT)?;
        if self.pages.is_over() {
            self.coming = None;
        }
        Ok(rows)
    }

    /// The page behind one that has come, where there is any.
    fn page_behind(&self, came: &UnreadUsers) -> Option<UserPage> {
        let read = self.pages.read() + u64::from(LIMIT.get());
        self.total.filter(|total| read < *total)?;
        self.pages.behind_user(came.last()?, LIMIT)
    }
}

#[cfg(test)]
mod tests;
