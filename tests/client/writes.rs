//! What is written: which requests, in which order, and which answers are believed.

use super::{USER, USER_ID, answering, clerk_at, the_request};
use lazyclerk::clerk::{
    Change, Error, NotSent,
    model::{Metadata, UserId},
    users::{CreateUser, MetadataBags, NewPassword, UpdateUser},
};
use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{any, method},
};

fn ada() -> UserId {
    UserId::from(USER_ID)
}

fn plan() -> MetadataBags {
    let public = Some(Metadata::from_iter([("plan".to_owned(), json!("pro"))]));
    MetadataBags { public, ..MetadataBags::default() }
}

async fn lines(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    requests.iter().map(|request| format!("{} {}", request.method, request.url.path())).collect()
}

#[tokio::test]
async fn an_update_with_metadata_is_two_requests() {
    let (server, clerk) = answering(ResponseTemplate::new(200).set_body_string(USER)).await;
    let update = UpdateUser { first_name: Change::Set("Augusta".into()), metadata: plan(), ..UpdateUser::default() };
    clerk.users().update(&ada(), &update).await.unwrap();
    let path = format!("/v1/users/{USER_ID}");
    assert_eq!(lines(&server).await, [format!("PATCH {path}"), format!("PUT {path}/metadata")]);
}

#[tokio::test]
async fn the_metadata_waits_until_the_rest_is_taken() {
    let server = MockServer::start().await;
    let refusal = json!({ "errors": [{ "code": "form_param_format_invalid", "message": "is invalid" }] });
    Mock::given(method("PATCH")).respond_with(ResponseTemplate::new(422).set_body_json(refusal)).mount(&server).await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_string(USER)).mount(&server).await;
    let update = UpdateUser { locale: Change::Set("klingon".into()), metadata: plan(), ..UpdateUser::default() };
    let error = clerk_at(&server.uri()).users().update(&ada(), &update).await.unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(422), Some("form_param_format_invalid")));
    assert_eq!(lines(&server).await.len(), 1);
}

#[tokio::test]
async fn an_update_of_nothing_changes_nothing() {
    let (server, clerk) = answering(ResponseTemplate::new(200).set_body_string(USER)).await;
    clerk.users().update(&ada(), &UpdateUser::default()).await.unwrap();
    assert_eq!(lines(&server).await, [format!("GET /v1/users/{USER_ID}")]);
}

#[tokio::test]
async fn a_create_is_sent_once_whatever_comes_back() {
    let (server, clerk) = answering(ResponseTemplate::new(503)).await;
    let error = clerk.users().create(&CreateUser::default()).await.unwrap_err();
    assert!(error.may_have_happened());
    assert_eq!(lines(&server).await, ["POST /v1/users"]);
}

#[tokio::test]
async fn a_deletion_is_tried_again() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(503)).up_to_n_times(1).mount(&server).await;
    let deleted = json!({ "object": "user", "id": USER_ID, "deleted": true });
    Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_json(deleted)).mount(&server).await;
    let answer = clerk_at(&server.uri()).users().delete(&ada()).await.unwrap();
    assert!(answer.value.deleted);
    assert_eq!(lines(&server).await.len(), 2);
}

#[tokio::test]
async fn an_answer_about_something_else_is_not_believed() {
    for answer in [json!({ "object": "user", "id": "user_other", "deleted": true }), json!({ "id": USER_ID })] {
        let (_server, clerk) = answering(ResponseTemplate::new(200).set_body_json(answer)).await;
        assert!(matches!(clerk.users().delete(&ada()).await, Err(Error::Unreadable { .. })));
    }
    let (_server, clerk) =
        answering(ResponseTemplate::new(200).set_body_json(json!({ "user_id": "user_other" }))).await;
    assert!(matches!(clerk.users().disable_mfa(&ada()).await, Err(Error::Unreadable { .. })));
}

#[tokio::test]
async fn a_bulk_ban_names_one_to_fifty() {
    let (server, clerk) = answering(ResponseTemplate::new(200).set_body_string("[]")).await;
    let ids = |count: usize| (0..count).map(|number| UserId::from(format!("user_{number}"))).collect::<Vec<_>>();
    for given in [0, 51] {
        let error = clerk.users().ban_all(&ids(given)).await.unwrap_err();
        assert_eq!(error, Error::NotSent(NotSent::Number { given, most: 50 }));
    }
    clerk.users().ban_all(&ids(50)).await.unwrap();
    let request = the_request(&server).await;
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    assert_eq!(body["user_ids"].as_array().unwrap().len(), 50);
}

#[tokio::test]
async fn a_password_is_in_no_error() {
    let (_server, clerk) = answering(ResponseTemplate::new(500)).await;
    let password = NewPassword::Plain { password: "correct horse".into(), skip_checks: false };
    let user = CreateUser { password: Some(password), ..CreateUser::default() };
    let error = clerk.users().create(&user).await.unwrap_err();
    assert!(!format!("{error} {error:?} {user:?}").contains("horse"));
}
