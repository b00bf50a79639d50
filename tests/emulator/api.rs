//! An emulator in the process, asked without a network.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode},
    response::Response,
};
use http_body_util::BodyExt;
use lazyclerk::{
    clerk::{SecretKey, model::Timestamp},
    emulator::{Clock, Day, Options, router},
};
use serde_json::Value;
use tower::ServiceExt;

/// 2026-11-23, 17:00 UTC.
pub const NOW: Timestamp = Timestamp::from_millis(1_795_453_200_000);

pub struct Api {
    router: Router,
    pub key: SecretKey,
    pub clock: Clock,
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

/// A thousand people of seed 1, on a day and at a time that stand still.
pub fn options(users: u32) -> Options {
    Options { users, today: Day::of(NOW), clock: Clock::standing_at(NOW), ..Options::default() }
}

impl Api {
    pub fn with(options: &Options) -> Self {
        let (router, key) = router(options).expect("the emulator starts");
        Self { router, key, clock: options.clock.clone() }
    }

    pub fn of(users: u32) -> Self {
        Self::with(&options(users))
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.expect("the router never fails");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("the body is there").to_bytes();
        let body = serde_json::from_slice(&bytes).expect("every answer is JSON");
        Reply { status: parts.status, headers: parts.headers, body }
    }

    /// What is served without a key: status, type, bytes.
    pub async fn bytes(&self, path: &str) -> (StatusCode, String, Vec<u8>) {
        let request = Request::builder().uri(path).body(Body::empty()).expect("a request");
        let (parts, body) = self.router.clone().oneshot(request).await.expect("the router never fails").into_parts();
        let kind = parts.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
        (parts.status, kind, body.collect().await.expect("the body is there").to_bytes().to_vec())
    }

    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        Request::builder().method(method).uri(path).header("authorization", format!("Bearer {}", self.key.expose()))
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path).body(Body::empty()).expect("a request")).await
    }

    pub async fn post(&self, path: &str) -> Reply {
        self.send(self.request(Method::POST, path).body(Body::empty()).expect("a request")).await
    }

    /// Sends a JSON body.
    pub async fn write(&self, method: Method, path: &str, body: &Value) -> Reply {
        let request = self.request(method, path).header("content-type", "application/json");
        self.send(request.body(Body::from(body.to_string())).expect("a request")).await
    }

    /// Any request whose answer may be broken.
    pub async fn respond(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.expect("the router never fails")
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(self.request(Method::DELETE, path).body(Body::empty()).expect("a request")).await
    }

    /// Sends a JSON body, in the version of the contract.
    pub async fn json(&self, method: Method, path: &str, body: &Value) -> Reply {
        self.json_in("2026-05-12", method, path, body).await
    }

    pub async fn json_in(&self, version: &str, method: Method, path: &str, body: &Value) -> Reply {
        let request = self.request(method, path).header("content-type", "application/json");
        let request = request.header("clerk-api-version", version).body(Body::from(body.to_string()));
        self.send(request.expect("a request")).await
    }

    /// The rows of a list that is answered well.
    pub async fn list(&self, path: &str) -> Vec<Value> {
        let reply = self.get(path).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
        reply.body.as_array().expect("a bare array").clone()
    }

    pub async fn ids(&self, path: &str) -> Vec<String> {
        self.list(path).await.iter().map(|user| user["id"].as_str().expect("an id").to_owned()).collect()
    }

    pub async fn count(&self, query: &str) -> u64 {
        let reply = self.get(&format!("/v1/users/count?{query}")).await;
        assert_eq!(reply.body["object"], "total_count", "{}", reply.body);
        reply.body["total_count"].as_u64().expect("a number")
    }

    /// The first user for whom `holds`.
    pub async fn user_who(&self, holds: impl Fn(&Value) -> bool) -> Value {
        let users = self.list("/v1/users?limit=500").await;
        users.into_iter().find(|user| holds(user)).expect("there is such a user")
    }
}

impl Reply {
    pub fn code(&self) -> &str {
        self.body["errors"][0]["code"].as_str().unwrap_or_default()
    }

    /// Every error: its code and the parameter that it is about.
    pub fn errors(&self) -> Vec<(&str, &str)> {
        let errors = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        errors
            .iter()
            .map(|error| {
                (error["code"].as_str().unwrap_or_default(), error["meta"]["param_name"].as_str().unwrap_or_default())
            })
            .collect()
    }

    pub fn param(&self) -> &str {
        self.body["errors"][0]["meta"]["param_name"].as_str().unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// A text as it stands in a query.
pub fn escaped(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
