use crate::api::{Api, NOW, options};
use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use http_body_util::BodyExt;
use lazyclerk::emulator::{Emulator, Misbehaviour, Options};
use serde_json::json;
use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

fn failing(fault: &str) -> Options {
    let misbehaviour = Misbehaviour::new(Duration::ZERO, [fault.parse().unwrap()]).unwrap();
    Options { misbehaviour, ..options(3) }
}

/// All that comes back over a connection that is then closed.
fn raw(emulator: &Emulator, path: &str) -> String {
    let address = emulator.url().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let key = emulator.secret_key().expose();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\nconnection: close\r\n\r\n")
        .unwrap();
    let mut answer = Vec::new();
    _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn refusals_on_purpose_have_clerks_shape_and_do_nothing() {
    for (fault, status, code, retry_after) in [
        ("429:1", StatusCode::TOO_MANY_REQUESTS, "too_many_requests", "1"),
        ("500:1", StatusCode::INTERNAL_SERVER_ERROR, "internal_clerk_error", ""),
        ("503:1", StatusCode::SERVICE_UNAVAILABLE, "service_unavailable", ""),
    ] {
        let api = Api::with(&failing(fault));
        let reply = api.get("/v1/users").await;
        assert_eq!((reply.status, reply.code()), (status, code));
        assert_eq!((reply.header("retry-after"), reply.header("content-type")), (retry_after, "application/json"));
        assert_eq!(reply.body["clerk_trace_id"], reply.header("x-clerk-trace-id"));
        assert_eq!(api.post("/v1/users/user_nobody/ban").await.code(), code);
        assert_eq!(api.get("/control/faults").await.status, StatusCode::OK, "control never fails");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_ends_without_an_answer_or_in_the_middle_of_one() {
    let emulator = Emulator::start(failing("reset:1")).await.unwrap();
    assert_eq!(raw(&emulator, "/v1/users"), "");
    emulator.stop().await;

    let emulator = Emulator::start(failing("truncated:1")).await.unwrap();
    let answer = raw(&emulator, "/v1/users");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse::<usize>().unwrap();
    assert!(head.starts_with("HTTP/1.1 200") && body.starts_with("[{") && body.len().abs_diff(length / 2) < 2);
    emulator.stop().await;
}

#[tokio::test]
async fn garbage_says_that_it_is_json() {
    let api = Api::with(&failing("garbage:1"));
    let response = api.respond(api.request(Method::GET, "/v1/users").body(Body::empty()).unwrap()).await;
    assert_eq!(
        (response.status(), &response.headers()["content-type"]),
        (StatusCode::OK, &"application/json".parse().unwrap())
    );
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert!(!body.is_empty() && serde_json::from_slice::<serde_json::Value>(&body).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_never_comes_does_not_keep_the_emulator_from_stopping() {
    let emulator = Emulator::start(failing("timeout:1")).await.unwrap();
    let address = emulator.url().strip_prefix("http://").unwrap().to_owned();
    let mut stream = TcpStream::connect(&address).unwrap();
    let key = emulator.secret_key().expose();
    write!(stream, "GET /v1/users HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\n\r\n").unwrap();
    let reading = tokio::task::spawn_blocking(move || {
        let mut answer = Vec::new();
        _ = stream.read_to_end(&mut answer);
        answer
    });
    emulator.stop().await;
    assert!(reading.await.unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn answers_are_held_back() {
    let api = Api::of(1);
    let switched = api.write(Method::PUT, "/control/faults", &json!({ "latency_ms": 2_500 })).await;
    assert_eq!(switched.body["latency_ms"], 2_500);
    let begun = tokio::time::Instant::now();
    assert_eq!(api.get("/v1/instance").await.status, StatusCode::OK);
    assert_eq!(begun.elapsed().as_millis(), 2_500);
}

#[tokio::test]
async fn faults_are_switched_and_follow_the_seed() {
    let api = Api::of(1);
    let fates = async |seed: u64| {
        let body = json!({ "faults": { "500": 0.3, "503": 0.3 }, "seed": seed });
        assert_eq!(api.write(Method::PUT, "/control/faults", &body).await.status, StatusCode::OK);
        let mut fates = Vec::new();
        for _ in 0..40 {
            fates.push(api.get("/v1/instance").await.status.as_u16());
        }
        fates
    };
    let one = fates(1).await;
    assert!([200, 500, 503].iter().all(|status| one.contains(status)), "{one:?}");
    assert_eq!(fates(1).await, one);
    assert_ne!(fates(2).await, one);
    let off = api.write(Method::PUT, "/control/faults", &json!({ "faults": {} })).await.body;
    assert_eq!((&off["faults"]["500"], &off["latency_ms"]), (&json!(0.0), &json!(0)));
    assert_eq!(api.get("/v1/instance").await.status, StatusCode::OK);
}

#[tokio::test]
async fn too_much_is_told_and_when_to_come_back() {
    let api = Api::with(&Options { rate_limit: "3/10".parse().unwrap(), ..options(1) });
    for _ in 0..3 {
        assert_eq!(api.get("/v1/instance").await.status, StatusCode::OK);
    }
    api.clock.set(NOW.plus(Duration::from_millis(3_500)));
    let reply = api.get("/v1/users").await;
    assert_eq!((reply.status, reply.code()), (StatusCode::TOO_MANY_REQUESTS, "too_many_requests"));
    assert_eq!((reply.header("retry-after"), reply.header("content-type")), ("7", "application/json"));
    assert_eq!(api.get("/control/faults").await.body["rate_limit"], "3/10");
    api.clock.set(NOW.plus(Duration::from_secs(10)));
    assert_eq!(api.get("/v1/users").await.status, StatusCode::OK);
    api.write(Method::PUT, "/control/faults", &json!({ "rate_limit": "off" })).await;
    for _ in 0..5 {
        assert_eq!(api.get("/v1/users").await.status, StatusCode::OK);
    }
}
