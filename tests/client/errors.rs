//! What is made of answers that say no.

use super::{SECRET_PART, USER, USER_ID, answering, clerk_at, first_page, the_request};
use lazyclerk::clerk::{Clerk, Error, Refusal, query::UserQuery};
use rstest::rstest;
use std::time::Duration;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{any, path},
};

async fn refusal(clerk: &Clerk) -> Refusal {
    match clerk.users().get(&USER_ID.into()).await.unwrap_err() {
        Error::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn clerks_reasons_are_kept_whole() {
    let body = r#"{"errors":[
        {"message":"is invalid","long_message":"x does not match one of the allowed values for parameter order_by",
         "code":"form_param_value_invalid","meta":{"param_name":"order_by"}},
        {"message":"is unknown","code":"form_param_unknown"}],"clerk_trace_id":"from the body"}"#;
    let answer = ResponseTemplate::new(422).set_body_string(body).insert_header("x-clerk-trace-id", "from the header");
    let (server, clerk) = answering(answer).await;
    let error = clerk.users().list(&UserQuery::default(), &first_page(1)).await.unwrap_err();
    assert_eq!(error.to_string(), "x does not match one of the allowed values for parameter order_by");
    assert_eq!((error.status(), error.code()), (Some(422), Some("form_param_value_invalid")));
    assert_eq!(error.trace_id(), Some("from the body"));
    let Error::Refused(refusal) = error else { panic!("{error:?}") };
    assert_eq!(refusal.errors[0].param_name(), Some("order_by"));
    assert_eq!(refusal.errors[1].text(), "is unknown");
    the_request(&server).await;
}

#[rstest]
#[case("<html>bad gateway</html>")]
#[case("")]
#[case(r#"{"error":"nope"}"#)]
#[case("[1,2]")]
#[case(r#"{"errors":"many"}"#)]
#[tokio::test]
async fn a_refusal_in_another_shape_still_has_its_status_and_the_proxys_trace(#[case] body: &str) {
    let answer = ResponseTemplate::new(500).set_body_string(body).insert_header("cf-ray", "8f1-AMS");
    let (_server, clerk) = answering(answer).await;
    let expected = Refusal { status: 500, errors: Vec::new(), trace_id: Some("8f1-AMS".to_owned()), retry_after: None };
    assert_eq!(refusal(&clerk).await, expected);
}

#[rstest]
#[case(400)]
#[case(401)]
#[case(402)]
#[case(403)]
#[case(404)]
#[case(409)]
#[case(410)]
#[case(422)]
#[case(500)]
#[case(501)]
#[tokio::test]
async fn what_would_be_refused_again_is_asked_once(#[case] status: u16) {
    let (server, clerk) = answering(ResponseTemplate::new(status)).await;
    assert_eq!(clerk.users().ban(&USER_ID.into()).await.unwrap_err().status(), Some(status));
    the_request(&server).await;
}

#[rstest]
#[case(301)]
#[case(302)]
#[case(307)]
#[case(308)]
#[tokio::test]
async fn a_redirect_is_not_followed_and_the_key_stays_here(#[case] status: u16) {
    let elsewhere = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_string(USER)).mount(&elsewhere).await;
    let answer = ResponseTemplate::new(status).insert_header("location", format!("{}/v1/users", elsewhere.uri()));
    let (server, clerk) = answering(answer).await;
    assert_eq!(refusal(&clerk).await.status, status);
    the_request(&server).await;
    assert_eq!(elsewhere.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn a_long_hold_is_told_to_the_person_at_once_and_nothing_more_is_sent() {
    let answer = ResponseTemplate::new(429).insert_header("retry-after", "3600");
    let (server, clerk) = answering(answer).await;
    assert_eq!(refusal(&clerk).await.retry_after, Some(Duration::from_hours(1)));
    let error = clerk.users().get(&"user_other".into()).await.unwrap_err();
    let wait = error.retry_after().unwrap();
    assert!(wait > Duration::from_mins(59) && wait <= Duration::from_hours(1), "{wait:?}");
    assert!(matches!(error, Error::NotSent(_)), "{error:?}");
    the_request(&server).await;
}

#[tokio::test]
async fn the_key_is_in_no_error_and_in_no_debug_text() {
    let server = MockServer::start().await;
    for (place, answer) in [
        (
            "/v1/users/refused",
            ResponseTemplate::new(401).set_body_string(r#"{"errors":[{"code":"clerk_key_invalid"}]}"#),
        ),
        ("/v1/users/unreadable", ResponseTemplate::new(200).set_body_string("?")),
    ] {
        Mock::given(path(place)).respond_with(answer).mount(&server).await;
    }
    let clerk = clerk_at(&server.uri());
    let nobody = clerk_at("http://127.0.0.1:9");
    let mut texts = vec![format!("{clerk:?} {clerk:#?} {:?}", clerk.users())];
    for (clerk, id) in [(&clerk, "refused"), (&clerk, "unreadable"), (&clerk, ".."), (&nobody, "x")] {
        let error = clerk.users().get(&id.into()).await.unwrap_err();
        texts.push(format!("{error} {error:?} {error:#?} {}", error.advice()));
    }
    for text in texts {
        assert!(!text.contains(SECRET_PART) && !text.contains("Bearer"), "{text}");
    }
    assert!(format!("{clerk:?}").contains("sk_test_…"), "{clerk:?}");
}
