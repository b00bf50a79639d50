//! Whether a user is there of whose creation no answer came.

use super::{Draft, Identifier, Outcome};
use crate::clerk::{
    Clerk, Error,
    model::Timestamp,
    query::{PageLimit, PageStart, UserPage, UserQuery},
};
use std::time::Duration;
use strum::IntoEnumIterator;
use tokio::time::sleep;

/// The clocks of two machines differ by less.
const SKEW: Duration = Duration::from_mins(2);
/// Clerk is given so long to finish what it has not answered, before it is asked again.
const WAITS: [Duration; 3] = [Duration::from_millis(500), Duration::from_secs(2), Duration::from_secs(5)];

/// Looks for the user that a row makes, who was sent at `since` or later. None where there is none.
pub(super) async fn find(clerk: &Clerk, draft: &Draft, since: Timestamp) -> Result<Option<Outcome>, Error> {
    // One is enough to be known by.
    let value = |what: Identifier| what.of_new(&draft.user).first().map(|value| (what, (*value).to_owned()));
    let Some((what, value)) = Identifier::iter().find_map(value) else { return Ok(None) };
    let query = UserQuery { filter: what.filter(vec![value.clone()]), ..UserQuery::default() };
    let page = UserPage { start: PageStart::FIRST, limit: PageLimit::new(2) };
    let found = clerk.users().list(&query, &page).await?.value;
    // A filter that was not understood would find somebody else.
    let is_it = |other: &str| what.folded(other) == what.folded(&value);
    let found = found.into_iter().find(|user| what.of(user).into_iter().any(is_it));
    let Some(user) = found else { return Ok(None) };
    let is_new = user.created_at.max(user.updated_at).plus(SKEW) >= since;
    let reason = "there is such a user, who may have been there before".to_owned();
    let user = user.id.clone();
    Ok(Some(if is_new { Outcome::Created { user } } else { Outcome::Unknown { user: Some(user), reason } }))
}

/// The same, a few times: what was sent may be on its way still.
pub(super) async fn find_in_time(clerk: &Clerk, draft: &Draft, since: Timestamp, why: &Error) -> Outcome {
    for wait in WAITS {
        sleep(wait).await;
        if let Ok(Some(outcome)) = find(clerk, draft, since).await {
            return outcome;
        }
    }
    Outcome::Unknown { user: None, reason: why.to_string() }
}
