//! What a watcher is told of the requests.

use super::{KEY, SECRET_PART, USER, USER_ID};
use lazyclerk::clerk::{Clerk, Endpoint, Error, Exchange, SecretKey, SentBody, model::UserId};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

fn watched(url: &str) -> (Clerk, UnboundedReceiver<Exchange>) {
    let (watcher, exchanges) = unbounded_channel();
    let endpoint = Endpoint::parse(url).unwrap();
    (Clerk::watched(endpoint, SecretKey::new(KEY).unwrap(), watcher).unwrap(), exchanges)
}

fn all(exchanges: &mut UnboundedReceiver<Exchange>) -> Vec<Exchange> {
    std::iter::from_fn(|| exchanges.try_recv().ok()).collect()
}

#[tokio::test]
async fn every_try_is_told_with_what_came_of_it_and_without_the_key() {
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(503).insert_header("x-clerk-trace-id", "t1");
    Mock::given(any()).respond_with(busy).up_to_n_times(1).with_priority(1).mount(&server).await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_string(USER)).mount(&server).await;
    let (clerk, mut exchanges) = watched(&server.uri());
    clerk.users().ban(&UserId::from(USER_ID)).await.unwrap();
    let told = all(&mut exchanges);
    let outcomes: Vec<_> = told.iter().map(|exchange| (exchange.status, exchange.trace_id.as_deref())).collect();
    assert_eq!(outcomes, [(Some(503), Some("t1")), (Some(200), None)]);
    for exchange in told {
        assert_eq!((exchange.method.as_str(), exchange.path), ("POST", format!("/users/{USER_ID}/ban")));
    }
}

#[tokio::test]
async fn a_refusal_and_silence_are_told_too() {
    let (clerk, mut exchanges) = watched("http://127.0.0.1:1");
    let error = clerk.users().delete_totp(&UserId::from(USER_ID)).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }));
    assert!(all(&mut exchanges).iter().all(|exchange| exchange.status.is_none()));

    let server = MockServer::start().await;
    let body = r#"{"errors":[{"code":"form_password_pwned","message":"no","long_message":"no"}]}"#;
    Mock::given(any()).respond_with(ResponseTemplate::new(422).set_body_string(body)).mount(&server).await;
    let (clerk, mut exchanges) = watched(&server.uri());
    let password = "hunter2".to_owned().into();
    clerk.users().verify_password(&UserId::from(USER_ID), &password).await.unwrap_err();
    let told = all(&mut exchanges).remove(0);
    assert_eq!((told.status, told.code.as_deref()), (Some(422), Some("form_password_pwned")));
    assert_eq!(told.body, SentBody::Json(r#"{"password":"***"}"#.into()));
    let shown = format!("{told:?} {}", told.curl());
    assert!(!shown.contains("hunter2") && !shown.contains(SECRET_PART), "{shown}");
}
