//! What does not leave: while there is nothing but reading, and in a dry run.

use super::{USER, USER_ID, answering, clerk_at, first_page};
use lazyclerk::clerk::{
    Change, Clerk, Error, NotSent, Recorder, SentBody,
    model::UserId,
    query::{UserFilter, UserQuery},
    users::{CreateUser, NewPassword, PasswordUpdate, UpdateUser},
};
use std::time::Duration;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

fn ada() -> UserId {
    UserId::from(USER_ID)
}

async fn methods(server: &MockServer) -> Vec<String> {
    server.received_requests().await.unwrap().iter().map(|request| request.method.to_string()).collect()
}

/// One of each method, and those that seem to read.
async fn write(clerk: &Clerk) -> Vec<Error> {
    let (users, update) = (clerk.users(), UpdateUser { first_name: Change::Set("A".into()), ..UpdateUser::default() });
    vec![
        users.ban(&ada()).await.unwrap_err(),
        users.update(&ada(), &update).await.unwrap_err(),
        users.delete(&ada()).await.unwrap_err(),
        users.create(&CreateUser::default()).await.unwrap_err(),
        users.verify_totp(&ada(), &"123456".into()).await.unwrap_err(),
        users.verify_password(&ada(), &"secret".into()).await.unwrap_err(),
        clerk.in_background().users().ban_all(&[ada()]).await.unwrap_err(),
    ]
}

#[tokio::test]
async fn while_only_reading_nothing_but_get_leaves() {
    let (server, clerk) = answering(ResponseTemplate::new(200).set_body_string(USER)).await;
    clerk.set_read_only(true);
    for error in write(&clerk).await {
        assert_eq!(error, Error::NotSent(NotSent::ReadOnly));
        assert!(!error.may_have_happened());
        assert!(error.advice().contains("ctrl-t") && error.advice().contains("--read-only"), "{}", error.advice());
    }
    clerk.users().get(&ada()).await.unwrap();
    assert_eq!(methods(&server).await, ["GET"]);
    clerk.clone().set_read_only(false);
    assert!(!clerk.is_read_only(), "all handles share it");
    clerk.users().ban(&ada()).await.unwrap();
    assert_eq!(methods(&server).await, ["GET", "POST"]);
}

#[tokio::test]
async fn what_waits_for_another_try_does_not_leave_either() {
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(503).insert_header("retry-after", "1");
    Mock::given(any()).respond_with(busy).mount(&server).await;
    let clerk = clerk_at(&server.uri());
    let ban = tokio::spawn({
        let clerk = clerk.clone();
        async move { clerk.users().ban(&ada()).await.map(drop) }
    });
    while methods(&server).await.is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    clerk.set_read_only(true);
    let error = ban.await.unwrap().unwrap_err();
    // What the first try did is not known, and that is told.
    assert_eq!(error.status(), Some(503));
    assert_eq!(methods(&server).await, ["POST"]);
}

#[tokio::test]
async fn a_dry_run_reads_and_tells_what_it_would_send() {
    let (server, clerk) = answering(ResponseTemplate::new(200).set_body_string("[]")).await;
    let (rehearsal, recorder) = clerk.dry_run();
    let query = UserQuery { filter: UserFilter::default(), ..UserQuery::default() };
    rehearsal.users().list(&query, &first_page(10)).await.unwrap();
    for error in write(&rehearsal).await {
        assert_eq!(error, Error::NotSent(NotSent::DryRun));
    }
    assert_eq!(methods(&server).await, ["GET"]);
    let told = lines(&recorder);
    let user = format!("/users/{USER_ID}");
    let paths = [format!("POST {user}/ban"), format!("PATCH {user}"), format!("DELETE {user}"), "POST /users".into()];
    assert_eq!(told[..4], paths);
    assert_eq!(told[6], "POST /users/ban");
    assert_eq!(lines(&recorder), Vec::<String>::new(), "each is told once");
}

fn lines(recorder: &Recorder) -> Vec<String> {
    recorder.take().iter().map(|unsent| format!("{} {}", unsent.method, unsent.path)).collect()
}

#[tokio::test]
async fn a_dry_run_shows_no_secret() {
    let (_server, clerk) = answering(ResponseTemplate::new(200)).await;
    let (rehearsal, recorder) = clerk.dry_run();
    let password = NewPassword::Plain { password: "correct horse".into(), skip_checks: false };
    let password = Some(PasswordUpdate { password, sign_out_of_other_sessions: false });
    let _ = rehearsal.users().update(&ada(), &UpdateUser { password, ..UpdateUser::default() }).await;
    let [unsent] = &recorder.take()[..] else { panic!("one request") };
    let SentBody::Json(body) = &unsent.body else { panic!("{unsent:?}") };
    assert!(body.contains(r#""password":"***""#) && !body.contains("horse"), "{body}");
}
