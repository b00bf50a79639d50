//! What is tried again.

use super::{USER, USER_ID, clerk_at};
use lazyclerk::clerk::Error;
use rstest::rstest;
use std::time::{Duration, Instant};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

/// A server that gives `first`, and then the user.
async fn then_the_user(first: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(first).up_to_n_times(1).with_priority(1).mount(&server).await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_string(USER)).mount(&server).await;
    server
}

#[rstest]
#[case(502)]
#[case(503)]
#[case(504)]
#[tokio::test]
async fn a_read_and_a_ban_are_tried_again_behind_a_stumbling_gateway(#[case] status: u16) {
    for ban in [false, true] {
        let server = then_the_user(ResponseTemplate::new(status)).await;
        let clerk = clerk_at(&server.uri());
        let (users, id) = (clerk.users(), USER_ID.into());
        let answer = if ban { users.ban(&id).await } else { users.get(&id).await };
        assert_eq!(answer.unwrap().value.id, id);
        assert_eq!(server.received_requests().await.unwrap().len(), 2);
    }
}

#[rstest]
#[case::with_a_time(ResponseTemplate::new(429).insert_header("retry-after", "1"))]
#[case::without(ResponseTemplate::new(429))]
#[tokio::test]
async fn after_a_429_the_next_try_waits(#[case] first: ResponseTemplate) {
    let server = then_the_user(first).await;
    let start = Instant::now();
    clerk_at(&server.uri()).users().get(&USER_ID.into()).await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
}

#[tokio::test]
async fn three_tries_are_enough() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(503)).mount(&server).await;
    let error = clerk_at(&server.uri()).users().ban(&USER_ID.into()).await.unwrap_err();
    assert!(matches!(&error, Error::Refused(refusal) if refusal.status == 503), "{error:?}");
    assert!(error.may_have_happened());
    assert_eq!(server.received_requests().await.unwrap().len(), 3);
}
