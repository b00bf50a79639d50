use crate::api::{Api, options};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use lazyclerk::emulator::{Database, Options};
use serde_json::{Value, json};

async fn first(api: &Api) -> Value {
    api.list("/v1/users?limit=1").await.remove(0)
}

async fn ban(api: &Api, user: &Value) -> Value {
    api.post(&format!("/v1/users/{}/ban", user["id"].as_str().unwrap())).await.body
}

#[tokio::test]
async fn reset_brings_the_data_back_as_it_was_seeded_and_keeps_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let file = Options { database: Database::File(folder.path().join("clerk.db")), ..options(30) };
    Api::with(&file);
    // Opened again under other options: it is still those people who come back.
    for options in [options(30), Options { users: 5, seed: 9, ..file }] {
        let api = Api::with(&options);
        let people = api.list("/v1/users?limit=100").await;
        let banned = api.count("banned=true").await;
        for user in api.list("/v1/users?banned=false&limit=3").await {
            ban(&api, &user).await;
        }
        assert_eq!(api.count("banned=true").await, banned + 3);
        assert_eq!(api.post("/control/reset").await.status, StatusCode::OK);
        assert_eq!(api.count("banned=true").await, banned, "a remembered count is forgotten");
        assert_eq!((people.len(), api.list("/v1/users?limit=100").await), (30, people));
    }
}

#[tokio::test]
async fn snapshots_are_kept_by_name_and_restored_again_and_again() {
    let api = Api::of(30);
    let user = first(&api).await;
    assert_eq!(api.write(Method::POST, "/control/snapshot", &json!({ "name": "before" })).await.status, StatusCode::OK);
    let banned = ban(&api, &user).await;
    assert_eq!(api.post("/control/snapshot").await.body["name"], "default");
    for (name, expected) in [("before", &user), ("default", &banned), ("before", &user)] {
        let restored = api.write(Method::POST, "/control/restore", &json!({ "name": name })).await;
        assert_eq!((restored.status, first(&api).await), (StatusCode::OK, expected.clone()), "{name}");
    }
    let none = api.write(Method::POST, "/control/restore", &json!({ "name": "after" })).await;
    assert_eq!((none.status, none.code()), (StatusCode::NOT_FOUND, "resource_not_found"));
}

#[tokio::test]
async fn control_needs_the_key_and_fields_that_exist() {
    let api = Api::of(1);
    let request = Request::builder().method(Method::POST).uri("/control/reset").body(Body::empty()).unwrap();
    assert_eq!(api.send(request).await.status, StatusCode::UNAUTHORIZED);
    let wrong = json!({ "latency_ms": -1, "faults": { "teapot": 1, "500": "x" }, "rate_limit": "much", "speed": 1 });
    let reply = api.write(Method::PUT, "/control/faults", &wrong).await;
    let told: Vec<_> =
        reply.body["errors"].as_array().unwrap().iter().map(|error| &error["meta"]["param_name"]).collect();
    assert_eq!(told, ["latency_ms", "faults", "faults", "rate_limit", "speed"]);
    let much = api.write(Method::PUT, "/control/faults", &json!({ "faults": { "500": 0.6, "503": 0.5 } })).await;
    assert_eq!((much.status, much.param()), (StatusCode::UNPROCESSABLE_ENTITY, "faults"));
    assert_eq!(api.get("/control/faults").await.body["faults"]["500"], 0.0, "what was refused changed nothing");
}
