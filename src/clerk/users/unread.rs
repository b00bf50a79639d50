//! A page of the user list that was not read yet.

use crate::clerk::{
    Answer, Error, decode,
    model::{UserId, UserText},
};
use serde::de::DeserializeOwned;

/// A page of the user list as it came: of it the last user is known, behind whom the next page begins, before it is read.
#[derive(Clone, Debug)]
pub struct UnreadUsers(pub(super) Answer<Vec<u8>>);

impl UnreadUsers {
    /// Who is last; none where nobody is, or where the page turns out to be no list.
    #[must_use]
    pub fn last(&self) -> Option<UserId> {
        let last = str::from_utf8(decode::last(&self.0.value)?).ok()?;
        let user: UserText = serde_json::from_str(last).ok()?;
        Some(user.id().clone()).filter(|id| !id.as_str().is_empty())
    }

    /// The page, read.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn read<T: DeserializeOwned>(self) -> Result<Answer<Vec<T>>, Error> {
        self.0.read(decode::rows)
    }
}
