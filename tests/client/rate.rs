//! Background work against a server that counts exactly, in real time.

use super::{USER_ID, clerk_at};
use futures_util::{StreamExt, stream};
use lazyclerk::{
    clerk::{
        Clerk, Endpoint, InstanceKind, Share,
        model::UserId,
        query::{PageLimit, PageStart, UserPage, UserQuery},
    },
    emulator::{Emulator, Options, RateLimit},
};
use std::time::{Duration, Instant};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

/// An emulator that counts as Clerk does on production, a client of it, and the ids of all its users.
async fn start(users: u32) -> (Emulator, Clerk, Vec<UserId>) {
    let options = Options { users, instance: InstanceKind::Production, ..Options::default() };
    let emulator = Emulator::start(Options { rate_limit: RateLimit::PRODUCTION, ..options }).await.unwrap();
    let clerk = Clerk::new(Endpoint::parse(emulator.url()).unwrap(), emulator.secret_key().clone()).unwrap();
    let (mut ids, mut start) = (Vec::new(), PageStart::FIRST);
    loop {
        let page = UserPage { start, limit: PageLimit::MAX };
        let users = clerk.users().list(&UserQuery::default(), &page).await.unwrap().value;
        let Some(last) = users.last() else { break };
        start = PageStart::After(last.id.clone());
        ids.extend(users.into_iter().map(|user| user.id.clone()));
    }
    (emulator, clerk, ids)
}

/// Locks them all, as a job does.
async fn lock_all(clerk: &Clerk, ids: Vec<UserId>) -> Duration {
    let (clerk, start) = (clerk.in_background(), Instant::now());
    let locking = stream::iter(ids).for_each_concurrent(64, async |id| _ = clerk.users().lock(&id).await.unwrap());
    locking.await;
    start.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_of_the_limit_is_used_without_a_429_and_without_keeping_anybody_waiting() {
    // More than ten seconds of it, so that the whole window is full.
    let (emulator, clerk, ids) = start(1140).await;
    clerk.set_share(Share::WHOLE);
    let whoever_looks = tokio::spawn({
        let (clerk, id) = (clerk.clone(), ids[0].clone());
        async move {
            let mut took = Vec::new();
            for _ in 0..40 {
                let start = Instant::now();
                clerk.users().get(&id).await.unwrap();
                took.push(start.elapsed());
                tokio::time::sleep(Duration::from_millis(250)).await;
            }
            took.sort();
            took
        }
    });
    let took = lock_all(&clerk, ids).await.as_secs_f64();
    let waited = whoever_looks.await.unwrap();
    assert_eq!(clerk.rate().refused, 0);
    // 95 a second, of which those who looked had four.
    assert!((1140.0 / 95.5..1180.0 / 95.0 / 0.9).contains(&took), "{took} s");
    // The machine itself may be late once; the waiting that is meant here would be told by most.
    assert!(waited[36] < Duration::from_millis(100), "{waited:?}");
    emulator.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_usual_share_is_half_and_another_holds_at_once() {
    let (emulator, clerk, ids) = start(300).await;
    let (first, rest) = ids.split_at(150);
    let took = lock_all(&clerk, first.to_vec()).await.as_secs_f64();
    assert!((150.0 / 51.0..150.0 / 50.0 / 0.9).contains(&took), "{took} s");
    clerk.set_share(Share::new(75).unwrap());
    let took = lock_all(&clerk, rest.to_vec()).await.as_secs_f64();
    // A tenth of a second is made up for at the beginning.
    assert!((150.0 / 75.0 - 0.15..150.0 / 75.0 / 0.9).contains(&took), "{took} s");
    assert_eq!(clerk.rate().refused, 0);
    emulator.stop().await;
}

#[tokio::test]
async fn a_429_that_was_not_to_be_expected_halves_it_and_the_work_goes_on() {
    let server = MockServer::start().await;
    let refusal = ResponseTemplate::new(429).insert_header("retry-after", "1");
    Mock::given(any()).respond_with(refusal).up_to_n_times(1).with_priority(1).mount(&server).await;
    let user = ResponseTemplate::new(200).set_body_string(super::USER);
    Mock::given(any()).respond_with(user).mount(&server).await;
    let clerk = clerk_at(&server.uri());
    let before = clerk.rate();
    clerk.in_background().users().lock(&USER_ID.into()).await.unwrap();
    let after = clerk.rate();
    assert_eq!((before.refused, after.refused, after.crowded_out), (0, 1, 0));
    assert!(after.allowance < before.allowance * 0.6, "{before:?}, {after:?}");
}
