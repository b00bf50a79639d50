use crate::api::Api;
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use lazyclerk::emulator::{Emulator, Options};
use rstest::rstest;
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
};

#[rstest]
#[case(None, "authorization_header_format_invalid")]
#[case(Some("Basic abc"), "authorization_header_format_invalid")]
#[case(Some("sk_test_x"), "authorization_header_format_invalid")]
#[case(Some("Bearer sk_test_wrong"), "clerk_key_invalid")]
#[tokio::test]
async fn the_key_is_checked_before_the_path(#[case] header: Option<&str>, #[case] code: &str) {
    let api = Api::of(1);
    for path in ["/v1/users", "/v1/nothing", "/"] {
        let mut request = Request::builder().uri(path);
        if let Some(header) = header {
            request = request.header("authorization", header);
        }
        let reply = api.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!((reply.status, reply.code()), (StatusCode::UNAUTHORIZED, code), "{path}");
        assert!(!reply.body["errors"][0]["long_message"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn answers_are_json_and_nothing_else_and_carry_a_trace() {
    let api = Api::of(3);
    for path in ["/v1/users", "/v1/users/count", "/v1/users/user_nobody", "/v1/nothing", "/v1/instance", "/v1/sessions"]
    {
        let reply = api.get(path).await;
        assert_eq!(reply.header("content-type"), "application/json", "{path}");
        let trace = reply.header("x-clerk-trace-id");
        assert!(trace.len() == 32 && trace.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)));
        if !reply.status.is_success() {
            assert_eq!(reply.body["clerk_trace_id"], trace, "{path}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_told_in_clerks_shape() {
    let api = Api::of(1);
    let user = api.get("/v1/users/user_nobody").await;
    assert_eq!((user.status, user.code()), (StatusCode::NOT_FOUND, "resource_not_found"));
    assert_eq!(user.body["errors"][0]["long_message"], "No user was found with id user_nobody");
    let route = api.get("/v1/nothing").await;
    assert_eq!((route.status, route.code()), (StatusCode::NOT_FOUND, "resource_not_found"));
    let method = api.send(api.request(Method::DELETE, "/v1/users/count").body(Body::empty()).unwrap()).await;
    assert_eq!(method.status, StatusCode::METHOD_NOT_ALLOWED);
    for act in ["ban", "unban", "lock", "unlock"] {
        assert_eq!(api.post(&format!("/v1/users/user_nobody/{act}")).await.status, StatusCode::NOT_FOUND, "{act}");
    }
    assert_eq!(api.get("/v1/users/user_nobody/organization_memberships").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn versions_are_honoured() {
    let api = Api::of(1);
    let with = |version: &str, path: &str| {
        api.request(Method::GET, path).header("clerk-api-version", version).body(Body::empty()).unwrap()
    };
    assert_eq!(api.send(with("2026-05-12", "/v1/users")).await.header("clerk-api-version"), "2026-05-12");
    assert_eq!(api.get("/v1/users?__clerk_api_version=2025-11-10").await.header("clerk-api-version"), "2025-11-10");
    for request in [with("2019-01-01", "/v1/users"), with("2026-05-12", "/v1/users?__clerk_api_version=2026-05-12")] {
        let reply = api.send(request).await;
        assert_eq!((reply.status, reply.code()), (StatusCode::BAD_REQUEST, "api_version_invalid"));
    }
}

#[tokio::test]
async fn a_post_without_a_body_is_taken_with_and_without_a_content_type() {
    let api = Api::of(1);
    let id = api.ids("/v1/users").await.remove(0);
    for content_type in [None, Some("application/json")] {
        let mut request = api.request(Method::POST, &format!("/v1/users/{id}/lock"));
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        assert_eq!(api.send(request.body(Body::empty()).unwrap()).await.status, StatusCode::OK);
    }
}

#[rstest]
#[case("limit=0", "form_param_value_invalid", "limit")]
#[case("limit=5.0", "form_param_value_invalid", "limit")]
#[case("offset=-1", "form_param_value_invalid", "offset")]
#[case("order_by=age", "form_param_value_invalid", "order_by")]
#[case("banned=maybe", "form_param_value_invalid", "banned")]
#[case("created_at_before=yesterday", "form_param_value_invalid", "created_at_before")]
#[case("starting_after=user_nobody", "form_param_value_invalid", "starting_after")]
#[case("provider=oauth_google", "form_param_missing", "provider_user_id")]
#[case("provider_user_id=1", "form_param_missing", "provider")]
#[tokio::test]
async fn what_cannot_be_asked_is_refused(#[case] query: &str, #[case] code: &str, #[case] parameter: &str) {
    let reply = Api::of(1).get(&format!("/v1/users?{query}")).await;
    assert_eq!((reply.status, reply.code(), reply.param()), (StatusCode::UNPROCESSABLE_ENTITY, code, parameter));
}

#[tokio::test]
async fn a_cursor_goes_with_the_order_of_signing_up_alone() {
    let api = Api::of(20);
    let id = api.ids("/v1/users").await.remove(5);
    for good in ["", "&order_by=created_at", "&order_by=%2Bcreated_at", "&order_by=-created_at", "&offset=0"] {
        assert_eq!(api.get(&format!("/v1/users?starting_after={id}{good}")).await.status, StatusCode::OK, "{good}");
    }
    for bad in ["&order_by=first_name", "&offset=1"] {
        let reply = api.get(&format!("/v1/users?starting_after={id}{bad}")).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
    }
}

#[tokio::test]
async fn pages_are_ten_long_unless_asked_and_too_much_is_ten_again() {
    let api = Api::of(600);
    for (query, rows) in [("", 10), ("limit=1", 1), ("limit=500", 500), ("limit=501", 10), ("offset=595", 5)] {
        assert_eq!(api.list(&format!("/v1/users?{query}")).await.len(), rows, "{query}");
    }
    let many = vec!["user_id=x"; 101].join("&");
    assert_eq!(api.get(&format!("/v1/users?{many}")).await.code(), "form_param_array_size_exceeded");
}

#[tokio::test]
async fn the_instance_says_what_it_is() {
    use lazyclerk::{clerk::InstanceKind, emulator::Options};
    let development = Api::of(0).get("/v1/instance").await.body;
    assert_eq!((&development["object"], &development["environment_type"]), (&"instance".into(), &"development".into()));
    assert!(development["id"].as_str().unwrap().starts_with("ins_"));
    assert!(development["allowed_origins"].is_null() && development.get("workspace_id").is_some());
    let options = Options { instance: InstanceKind::Production, ..crate::api::options(0) };
    let api = Api::with(&options);
    assert_eq!(api.get("/v1/instance").await.body["environment_type"], "production");
    assert!(api.key.expose().starts_with("sk_live_"));
}

/// Who is refused before their body was read can still send it, and reads the answer.
#[rstest]
#[case("PUT /v1/nothing", "sk_test_wrong", 401)]
#[case("POST /v1/users/user_nobody/profile_image", "sk_test_wrong", 401)]
#[case("PUT /v1/nothing", "", 404)]
#[case("POST /v1/users", "", 413)]
#[tokio::test]
async fn a_refusal_does_not_break_off_what_is_sent(#[case] line: &str, #[case] key: &str, #[case] status: u16) {
    const LENGTH: usize = 24 << 20;
    let emulator = Emulator::start(Options { users: 1, ..Options::default() }).await.unwrap();
    let key = if key.is_empty() { emulator.secret_key().expose() } else { key };
    let host = emulator.url().strip_prefix("http://").unwrap().to_owned();
    let head = format!(
        "{line} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {key}\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {LENGTH}\r\n\r\n"
    );
    let answer = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(host).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        let chunk = vec![b' '; 1 << 20];
        for _ in 0..LENGTH / chunk.len() {
            stream.write_all(&chunk).unwrap();
        }
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    });
    let answer = answer.await.unwrap();
    assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
    emulator.stop().await;
}
