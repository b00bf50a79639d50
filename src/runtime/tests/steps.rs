//! Acts of several requests against a server that fails half way: what is told of them, and what the record has.

use crate::{
    app::{
        Act, Change, ChangeId, Changed, Failure, Grounds, Made, Person,
        act::{AccessAct, Halfway},
    },
    audit::{Content, Ending, Line, Outcome},
    clerk::{Endpoint, SecretKey, model::UserId},
    config::Connection,
    runtime::{Perform, Performer, Restraint, Target},
};
use rstest::rstest;
use serde_json::{Value, json};
use std::{fs, path::Path};
use tempfile::TempDir;
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{method, path},
};

fn session(number: usize) -> Value {
    json!({ "id": format!("sess_{number}"), "status": "active", "actor": { "sub": "kim" } })
}

/// A server with so many open sessions, where a request to end one is answered with its status.
async fn server(listed: usize, statuses: &[u16]) -> MockServer {
    let server = MockServer::start().await;
    let answer = |status: u16, body: Value, trace: &str| {
        let body = if status < 400 { body } else { json!({ "errors": [{ "code": "no" }], "clerk_trace_id": trace }) };
        ResponseTemplate::new(status).set_body_json(body).insert_header("x-clerk-trace-id", trace)
    };
    let sessions = (0..listed).map(session).collect();
    let list = Mock::given(method("GET")).and(path("/v1/sessions"));
    list.respond_with(answer(200, sessions, "list")).up_to_n_times(1).mount(&server).await;
    let list = Mock::given(method("GET")).and(path("/v1/sessions"));
    list.respond_with(answer(200, json!([]), "list again")).mount(&server).await;
    for (number, status) in statuses.iter().enumerate() {
        let revoke = Mock::given(method("POST")).and(path(format!("/v1/sessions/sess_{number}/revoke")));
        revoke.respond_with(answer(*status, session(number), &format!("revoke {number}"))).mount(&server).await;
    }
    let link = Mock::given(method("POST")).and(path("/v1/actor_tokens/act_1/revoke"));
    link.respond_with(answer(200, json!({ "id": "act_1" }), "link")).mount(&server).await;
    server
}

/// How the act ends.
async fn perform_in(state: &Path, server: &MockServer, act: Act) -> Result<Changed, Failure> {
    let connection = Connection {
        endpoint: Endpoint::parse(&server.uri()).unwrap(),
        key: SecretKey::new("sk_test_0123456789abcdef").unwrap(),
        profile: None,
    };
    let performer = Performer::new(Target::Instance(connection), state.to_owned(), Restraint::default());
    let (user, grounds) = (UserId::from("user_ada"), Grounds::default());
    let person = Person::default();
    performer.change(Change { id: ChangeId(1), act, user, person, grounds }).await
}

/// The same, and what stands in the record then.
async fn perform(server: &MockServer, act: Act) -> (Result<Changed, Failure>, Outcome) {
    let state = TempDir::new().unwrap();
    let ended = perform_in(state.path(), server, act).await;
    let record = fs::read_to_string(state.path().join("audit.jsonl")).unwrap();
    let line: Line = serde_json::from_str(record.lines().last().unwrap()).unwrap();
    let Content::Outcome(outcome) = line.content else { panic!("no outcome: {record}") };
    (ended, outcome)
}

#[rstest]
#[case::refused(403, 1, "1 of 3 sessions ended")]
#[case::lost(500, 1, "1 of 3 sessions ended")]
#[tokio::test]
async fn a_sign_out_that_fails_half_way_tells_what_was_done(
    #[case] status: u16,
    #[case] sessions: usize,
    #[case] words: &str,
) {
    let server = server(3, &[200, status, 200]).await;
    let (ended, outcome) = perform(&server, Act::SignOut).await;
    let Err(failure) = ended else { panic!("{ended:?}") };
    let Failure::Partly { done, then } = &failure else { panic!("{failure:?}") };
    assert_eq!((*done, then.status()), (Halfway { link: false, sessions, left: Some(2) }, Some(status)));
    assert!(failure.may_have_happened() && failure.to_string().starts_with(words), "{failure}");
    assert_eq!((outcome.outcome, outcome.done.as_deref()), (Ending::Partly, Some(words)));
    assert_eq!((outcome.status, outcome.code.as_deref()), (Some(status), Some("no")));
    assert_eq!(outcome.trace_id.as_deref(), Some("revoke 1"));
}

#[rstest]
#[case::refused(403, Ending::Failed)]
#[case::lost(500, Ending::Unknown)]
#[tokio::test]
async fn one_that_fails_at_once_was_not_made_in_part(#[case] status: u16, #[case] ending: Ending) {
    // The first has ended by itself.
    let server = server(2, &[404, status]).await;
    let (ended, outcome) = perform(&server, Act::SignOut).await;
    assert!(matches!(ended, Err(Failure::Clerk(_))), "{ended:?}");
    assert_eq!((outcome.outcome, outcome.done), (ending, None));
}

#[rstest]
#[case::two(&[200, 200], 2, "revoke 1")]
#[case::gone_by_themselves(&[404, 404], 0, "list")]
#[case::none(&[], 0, "list")]
#[tokio::test]
async fn one_that_is_done_has_the_answer_that_changed_something_last(
    #[case] statuses: &[u16],
    #[case] ended_by_it: usize,
    #[case] trace: &str,
) {
    let server = server(statuses.len(), statuses).await;
    let (ended, outcome) = perform(&server, Act::SignOut).await;
    let changed = ended.unwrap();
    assert_eq!((changed.made, changed.trace_id.as_deref()), (Made::SignedOut(ended_by_it), Some(trace)));
    assert_eq!((outcome.outcome, outcome.trace_id.as_deref()), (Ending::Done, Some(trace)));
}

#[tokio::test]
async fn an_impersonation_that_ends_half_way_tells_of_its_link_too() {
    let server = server(2, &[200, 403]).await;
    let end = AccessAct::EndImpersonation { link: Some("act_1".into()), actor: "kim".into() };
    let (ended, outcome) = perform(&server, Act::Access(end.clone())).await;
    let words = "the link was taken back and 1 of 2 sessions ended";
    assert!(ended.unwrap_err().to_string().starts_with(words));
    assert_eq!((outcome.outcome, outcome.done.as_deref()), (Ending::Partly, Some(words)));

    let server = self::server(2, &[403]).await;
    let (ended, _) = perform(&server, Act::Access(end)).await;
    assert!(ended.unwrap_err().to_string().starts_with("the link was taken back and 0 of 2 sessions ended"));
}

#[rstest]
#[case::made(200)]
#[case::refused(403)]
#[tokio::test]
async fn an_outcome_that_cannot_be_recorded_is_told_however_it_ended(#[case] status: u16) {
    let state = TempDir::new().unwrap();
    let log = state.path().join("audit.jsonl");
    let server = MockServer::start().await;
    // While the request is under way the log goes.
    let answer = move |_: &Request| {
        fs::remove_file(&log).unwrap();
        fs::create_dir(&log).unwrap();
        ResponseTemplate::new(status).set_body_json(json!({ "id": "user_ada" }))
    };
    Mock::given(method("POST")).respond_with(answer).mount(&server).await;
    match perform_in(state.path(), &server, Act::Ban).await {
        Ok(changed) => {
            let reason = changed.unrecorded_outcome.unwrap();
            assert!(status == 200 && reason.ends_with("is not a regular file; move it away"), "{reason}");
        }
        Err(failure) => {
            let words = "the server answered with status 403; and its outcome could not be recorded: ";
            assert!(failure.to_string().starts_with(words), "{failure}");
            assert_eq!((failure.status(), failure.may_have_happened()), (Some(status), false));
        }
    }
}
