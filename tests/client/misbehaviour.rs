//! What becomes of half replies, resets, garbage, silence and floods.

use super::{
    USER, USER_ID, clerk_at, clerk_with,
    server::{Act, Server},
};
use lazyclerk::clerk::{Error, Limits};
use rstest::rstest;
use std::time::Duration;
use tokio::net::TcpListener;

const HALF: &str = "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"id\":\"user_2NN";
const HALF_CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n";
const HALF_HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-le";

fn impatient() -> Limits {
    Limits { answer: Duration::from_millis(150), first_repeat: Duration::from_millis(1), ..Limits::default() }
}

#[rstest]
#[case::half_a_body(Act::send(HALF))]
#[case::half_a_chunked_body(Act::send(HALF_CHUNKED))]
#[case::half_a_head(Act::send(HALF_HEAD))]
#[case::nothing(Act::send(""))]
#[case::a_reset(Act::Reset)]
#[case::garbage(Act::send("SSH-2.0-OpenSSH_9.9\r\n\r\n"))]
#[tokio::test]
async fn an_answer_that_breaks_off_is_asked_for_again_and_then_told(#[case] act: Act) {
    let server = Server::start(vec![act]).await;
    let error = clerk_at(&server.url).users().get(&USER_ID.into()).await.unwrap_err();
    let Error::Interrupted { reason } = &error else { panic!("{error:?}") };
    assert!(!reason.is_empty() && !reason.contains("http://"), "{reason}");
    assert_eq!(server.requests().len(), 3);
}

#[rstest]
#[case(Act::send(HALF))]
#[case(Act::Reset)]
#[tokio::test]
async fn a_write_that_broke_off_is_made_again_when_it_sets_a_state(#[case] first: Act) {
    let server = Server::start(vec![first, Act::answer(USER)]).await;
    let user = clerk_at(&server.url).users().ban(&USER_ID.into()).await.unwrap().value;
    assert_eq!(user.id.as_str(), USER_ID);
    assert_eq!(server.requests()[1], format!("POST /v1/users/{USER_ID}/ban HTTP/1.1"));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_write_whose_server_vanished_after_taking_it_may_have_been_made() {
    let server = Server::start(vec![Act::SendAndLeave(HALF.into())]).await;
    let error = clerk_at(&server.url).users().ban(&USER_ID.into()).await.unwrap_err();
    assert!(matches!(error, Error::Interrupted { .. }), "{error:?}");
    assert!(error.may_have_happened());
    assert_eq!(server.requests().len(), 1);
}

#[rstest]
#[case::silence(Act::Stall(Vec::new()))]
#[case::silence_in_the_head(Act::Stall(HALF_HEAD.into()))]
#[case::silence_in_the_body(Act::Stall(HALF.into()))]
#[tokio::test]
async fn silence_is_given_up_on_and_not_asked_again(#[case] act: Act) {
    let server = Server::start(vec![act]).await;
    let error = clerk_with(&server.url, impatient()).users().ban(&USER_ID.into()).await.unwrap_err();
    assert_eq!(error, Error::TimedOut { after: impatient().answer });
    assert!(error.may_have_happened());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_body_that_claims_too_much_is_not_read() {
    let limits = Limits { body: 5000, ..impatient() };
    let server = Server::start(vec![Act::Stall(b"HTTP/1.1 200 OK\r\ncontent-length: 5001\r\n\r\n[".to_vec())]).await;
    let error = clerk_with(&server.url, limits).users().get(&USER_ID.into()).await.unwrap_err();
    let reason = "it is longer than 5000 bytes".to_owned();
    assert_eq!(error, Error::Unreadable { status: 200, reason, trace_id: None });
}

#[tokio::test]
async fn a_body_without_an_end_is_given_up_on() {
    let head = b"HTTP/1.1 200 OK\r\nx-clerk-trace-id: de1b\r\n\r\n[".to_vec();
    let server = Server::start(vec![Act::Flood { head, again: b"{\"id\":\"user_1\"},".to_vec() }]).await;
    let limits = Limits { body: 1 << 20, ..Limits::default() };
    let error = clerk_with(&server.url, limits).users().get(&USER_ID.into()).await.unwrap_err();
    let reason = "it is longer than 1048576 bytes".to_owned();
    assert_eq!(error, Error::Unreadable { status: 200, reason, trace_id: Some("de1b".to_owned()) });
}

#[tokio::test]
async fn a_refusal_whose_body_breaks_off_is_still_a_refusal() {
    let act = Act::send("HTTP/1.1 404 Not Found\r\ncontent-length: 1000\r\ncf-ray: 8f-AMS\r\n\r\n{\"errors\":[");
    let server = Server::start(vec![act]).await;
    let error = clerk_at(&server.url).users().get(&USER_ID.into()).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.trace_id(), Some("8f-AMS"));
}

#[tokio::test]
async fn nobody_listening_is_said_with_host_and_cause() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = clerk_at(&format!("http://{address}")).users().ban(&USER_ID.into()).await.unwrap_err();
    let Error::Unreachable { host, reason } = &error else { panic!("{error:?}") };
    assert_eq!(*host, address.to_string());
    assert!(reason.to_lowercase().contains("refused"), "{reason}");
    assert!(!error.may_have_happened());
}

#[tokio::test]
async fn localhost_is_this_machine_without_asking_anybody() {
    let server = Server::start(vec![Act::answer(USER)]).await;
    let url = server.url.replace("127.0.0.1", "localhost");
    assert_eq!(clerk_at(&url).users().get(&USER_ID.into()).await.unwrap().status, 200);
}
