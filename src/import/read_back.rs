//! Whether a user is there of whose creation no answer came.

use super::{Draft, Outcome};
use crate::clerk::{
    Clerk, Error,
    model::{Received, Timestamp, User},
    query::{PageLimit, PageStart, Select, UserFilter, UserPage, UserQuery},
};
use std::time::Duration;
use tokio::time::sleep;

/// The clocks of two machines differ by less.
const SKEW: Duration = Duration::from_mins(2);
/// Clerk is given so long to finish what it has not answered, before it is asked again.
const WAITS: [Duration; 3] = [Duration::from_millis(500), Duration::from_secs(2), Duration::from_secs(5)];

/// Looks for the user that a row makes, who was sent at `since` or later. None where there is none.
pub(super) async fn find(clerk: &Clerk, draft: &Draft, since: Timestamp) -> Result<Option<Outcome>, Error> {
    let query = UserQuery { filter: filter_of(draft), ..UserQuery::default() };
    let page = UserPage { start: PageStart::FIRST, limit: PageLimit::new(2) };
    let found = clerk.users().list(&query, &page).await?.value;
    // A filter that was not understood would find somebody else.
    let Some(user) = found.into_iter().find(|user| is_of(user, draft)) else { return Ok(None) };
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

/// By the external id, which no two users share; else by what they sign in by.
fn filter_of(draft: &Draft) -> UserFilter {
    let user = &draft.user;
    let mut filter = UserFilter::default();
    if let Some(id) = &user.external_id {
        filter.external_id = vec![Select::Include(id.clone())];
    } else if let Some(email) = user.email_addresses.first() {
        filter.email_address = vec![email.value.clone()];
    } else if let Some(phone) = user.phone_numbers.first() {
        filter.phone_number = vec![phone.value.clone()];
    } else if let Some(username) = &user.username {
        filter.username = vec![username.clone()];
    } else {
        filter.web3_wallet = user.web3_wallets.iter().take(1).cloned().collect();
    }
    filter
}

fn is_of(found: &Received<User>, draft: &Draft) -> bool {
    let user = &draft.user;
    if user.external_id.is_some() {
        return found.external_id == user.external_id;
    }
    let emails = found.email_addresses.iter().map(|email| &email.email_address);
    let phones = found.phone_numbers.iter().map(|phone| &phone.phone_number);
    let wallets = found.web3_wallets.iter().map(|wallet| &wallet.web3_wallet);
    user.email_addresses.first().is_some_and(|email| has(&email.value, emails))
        || user.phone_numbers.first().is_some_and(|phone| has(&phone.value, phones))
        || user.username.as_deref().is_some_and(|username| has(username, found.username.iter()))
        || user.web3_wallets.first().is_some_and(|wallet| has(wallet, wallets))
}

fn has<'a>(value: &str, mut all: impl Iterator<Item = &'a String>) -> bool {
    all.any(|other| other.eq_ignore_ascii_case(value))
}
