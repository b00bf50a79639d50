//! The client against the emulator, over real HTTP: every operation that both have, with what it changes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use lazyclerk::{
    clerk::{
        Clerk, Endpoint, Error, SecretKey,
        model::{EnvironmentType, SessionStatus, UserId},
        query::{
            Direction, OrderField, PageLimit, PageStart, ProviderFilter, Select, Span, UserFilter, UserOrder, UserPage,
            UserQuery,
        },
    },
    emulator::{Emulator, Options},
};
use std::collections::BTreeSet;
use strum::IntoEnumIterator;

async fn start(users: u32) -> (Emulator, Clerk) {
    let emulator = Emulator::start(Options { users, ..Options::default() }).await.unwrap();
    let clerk = Clerk::new(Endpoint::parse(emulator.url()).unwrap(), emulator.secret_key().clone()).unwrap();
    (emulator, clerk)
}

fn page(start: PageStart) -> UserPage {
    UserPage { start, limit: PageLimit::new(100) }
}

async fn ids(clerk: &Clerk, query: &UserQuery, start: PageStart) -> Vec<UserId> {
    let users = clerk.users().list(query, &page(start)).await.unwrap().value;
    users.iter().map(|user| user.id.clone()).collect()
}

async fn matching(clerk: &Clerk, filter: UserFilter) -> (usize, u64) {
    let count = clerk.users().count(&filter).await.unwrap().value;
    let query = UserQuery { filter, ..UserQuery::default() };
    (ids(clerk, &query, PageStart::FIRST).await.len(), count)
}

#[tokio::test]
async fn a_list_is_walked_by_cursor_to_its_end() {
    let (emulator, clerk) = start(250).await;
    let mut seen = BTreeSet::new();
    let mut start = PageStart::FIRST;
    loop {
        let page = ids(&clerk, &UserQuery::default(), start).await;
        let ended = page.len() < 100;
        start = PageStart::After(page.last().unwrap().clone());
        assert!(page.into_iter().all(|id| seen.insert(id)), "nobody comes twice");
        if ended {
            break;
        }
    }
    assert_eq!(seen.len(), 250);
    assert_eq!(clerk.users().count(&UserFilter::default()).await.unwrap().value, 250);
    emulator.stop().await;
}

#[tokio::test]
async fn every_order_is_taken_both_ways() {
    let (emulator, clerk) = start(80).await;
    for by in OrderField::iter() {
        let query = |direction| UserQuery { order: UserOrder { by, direction }, ..UserQuery::default() };
        let down = ids(&clerk, &query(Direction::Descending), PageStart::FIRST).await;
        let mut up = ids(&clerk, &query(Direction::Ascending), PageStart::FIRST).await;
        up.reverse();
        assert_eq!(down, up, "{by:?}");
    }
    emulator.stop().await;
}

#[tokio::test]
async fn every_filter_is_taken() {
    let (emulator, clerk) = start(300).await;
    let all = clerk.users().list(&UserQuery::default(), &page(PageStart::FIRST)).await.unwrap().value;
    let with = all.iter().find(|user| !user.external_accounts.is_empty() && user.username.is_some()).unwrap();
    let email = with.email_addresses[0].email_address.clone();
    let account = &with.external_accounts[0];
    let one = |filter: UserFilter| filter;
    let filters = [
        one(UserFilter { email_address: vec![email.to_uppercase()], ..UserFilter::default() }),
        one(UserFilter { username: with.username.clone().into_iter().collect(), ..UserFilter::default() }),
        one(UserFilter { user_id: vec![Select::Include(with.id.clone())], ..UserFilter::default() }),
        one(UserFilter { query: Some(email.clone()), ..UserFilter::default() }),
        one(UserFilter { email_address_query: Some(email), ..UserFilter::default() }),
        one(UserFilter {
            provider: Some(ProviderFilter {
                provider: account.provider.clone(),
                user_ids: vec![account.provider_user_id.clone()],
            }),
            ..UserFilter::default()
        }),
    ];
    for filter in filters {
        assert_eq!(matching(&clerk, filter.clone()).await, (1, 1), "{filter:?}");
    }
    let others = UserFilter { user_id: vec![Select::Exclude(with.id.clone())], ..UserFilter::default() };
    assert_eq!(matching(&clerk, others).await, (100, 299));
    let since = Span { after: Some(with.created_at), before: None };
    let newer = all.iter().filter(|user| user.created_at > with.created_at).count();
    assert_eq!(matching(&clerk, UserFilter { created_at: since, ..UserFilter::default() }).await.0, newer);
    let banned = matching(&clerk, UserFilter { banned: Some(true), ..UserFilter::default() }).await;
    let free = matching(&clerk, UserFilter { banned: Some(false), ..UserFilter::default() }).await;
    assert_eq!(banned.1 + free.1, 300);
    emulator.stop().await;
}

#[tokio::test]
async fn an_act_is_seen_by_whoever_looks_next() {
    let (emulator, clerk) = start(50).await;
    let fine =
        UserQuery { filter: UserFilter { banned: Some(false), ..UserFilter::default() }, ..UserQuery::default() };
    let users = clerk.users();
    let user = users.list(&fine, &page(PageStart::FIRST)).await.unwrap().value;
    let id = &user.iter().find(|user| !user.locked && user.last_sign_in_at.is_some()).unwrap().id;

    let banned = users.ban(id).await.unwrap();
    assert!(banned.value.banned && banned.trace_id.is_some() && banned.status == 200);
    assert!(users.get(id).await.unwrap().value.banned);
    let open = clerk.sessions().list(id, Some(SessionStatus::Active), PageLimit::MAX, 0).await.unwrap().value;
    assert_eq!(open, [], "a ban ends every session");
    assert!(!users.unban(id).await.unwrap().value.banned);
    let locked = users.lock(id).await.unwrap().value;
    assert!(locked.locked && locked.lockout_expires_in_seconds.is_some_and(|left| left > 0));
    assert!(!users.unlock(id).await.unwrap().value.locked);
    emulator.stop().await;
}

#[tokio::test]
async fn what_is_received_is_kept_as_it_came() {
    let (emulator, clerk) = start(5).await;
    let user = &clerk.users().list(&UserQuery::default(), &page(PageStart::FIRST)).await.unwrap().value[0];
    let raw: serde_json::Value = serde_json::from_str(user.raw()).unwrap();
    assert_eq!(raw["id"], user.id.as_str());
    assert_eq!(raw, serde_json::to_value(&**user).unwrap(), "nothing is lost on the way");
    emulator.stop().await;
}

#[tokio::test]
async fn memberships_and_the_instance_are_read() {
    let (emulator, clerk) = start(200).await;
    let mut members = 0;
    for user in ids(&clerk, &UserQuery::default(), PageStart::FIRST).await.iter().take(40) {
        let page = clerk.users().organization_memberships(user, PageLimit::new(2), 0).await.unwrap().value;
        assert!(page.data.len() <= 2 && u64::try_from(page.data.len()).unwrap() <= page.total_count);
        members += page.data.len();
    }
    assert!(members > 0);
    let instance = clerk.instance().get().await.unwrap().value;
    assert_eq!(instance.environment_type, Some(EnvironmentType::Development));
    emulator.stop().await;
}

#[tokio::test]
async fn refusals_come_with_clerks_words_and_trace() {
    let (emulator, clerk) = start(1).await;
    let nobody = UserId::from("user_nobody");
    for refused in [clerk.users().get(&nobody).await, clerk.users().ban(&nobody).await] {
        let error = refused.unwrap_err();
        assert_eq!((error.status(), error.code()), (Some(404), Some("resource_not_found")));
        assert!(error.is_not_found() && error.trace_id().is_some_and(|trace| trace.len() == 32));
        assert_eq!(error.to_string(), "No user was found with id user_nobody");
    }
    let stranger = SecretKey::new("sk_test_ofSomebodyElse").unwrap();
    let stranger = Clerk::new(Endpoint::parse(emulator.url()).unwrap(), stranger).unwrap();
    let error = stranger.users().get(&nobody).await.unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(401), Some("clerk_key_invalid")));
    assert!(!format!("{error:?} {error} {stranger:?}").contains("ofSomebodyElse"));
    emulator.stop().await;
}

#[tokio::test]
async fn an_emulator_that_is_gone_cannot_be_reached() {
    let (emulator, clerk) = start(1).await;
    let host = clerk.endpoint().host().to_owned();
    emulator.stop().await;
    let error = clerk.users().count(&UserFilter::default()).await.unwrap_err();
    assert!(matches!(&error, Error::Unreachable { .. }) && error.to_string().contains(&host), "{error}");
}
