use crate::api::{Api, NOW};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn a_session_is_shown_as_it_is_listed() {
    let api = Api::of(50);
    for listed in api.list("/v1/sessions?limit=5").await {
        let shown = api.get(&format!("/v1/sessions/{}", listed["id"].as_str().unwrap())).await;
        assert_eq!((shown.status, &shown.body), (StatusCode::OK, &listed));
    }
}

#[tokio::test]
async fn revoking_ends_an_open_session_and_no_other() {
    let api = Api::of(100);
    let open = api.list("/v1/sessions?status=active&limit=500").await;
    let id = open[0]["id"].as_str().unwrap();
    api.clock.set(NOW.plus(Duration::from_secs(5)));
    let revoked = api.post(&format!("/v1/sessions/{id}/revoke")).await;
    assert_eq!((revoked.status, &revoked.body["status"]), (StatusCode::OK, &"revoked".into()));
    assert_eq!(revoked.body["updated_at"].as_i64(), Some(NOW.as_millis() + 5_000));
    assert_eq!(api.list("/v1/sessions?status=active&limit=500").await.len(), open.len() - 1);

    api.clock.set(NOW.plus(Duration::from_secs(9)));
    let again = api.post(&format!("/v1/sessions/{id}/revoke")).await;
    assert_eq!((again.status, &again.body), (StatusCode::OK, &revoked.body));
    let expired = api.list("/v1/sessions?status=expired&limit=1").await.remove(0);
    let answered = api.post(&format!("/v1/sessions/{}/revoke", expired["id"].as_str().unwrap())).await;
    assert_eq!(answered.body, expired, "one that has ended stays as it ended");
}

#[tokio::test]
async fn a_session_that_is_not_there_is_not_found() {
    let api = Api::of(1);
    for reply in [api.get("/v1/sessions/sess_none").await, api.post("/v1/sessions/sess_none/revoke").await] {
        assert_eq!((reply.status, reply.code()), (StatusCode::NOT_FOUND, "resource_not_found"));
        assert_eq!(reply.body["errors"][0]["long_message"], "No session was found with id sess_none");
    }
}

#[tokio::test]
async fn a_link_opens_a_session_once_in_which_its_actor_acts() {
    let api = Api::of(3);
    let user = api.list("/v1/users?limit=1").await.remove(0);
    let kinds = [
        ("actor_tokens", json!({ "user_id": user["id"], "actor": { "sub": "kim" } }), json!({ "sub": "kim" })),
        ("sign_in_tokens", json!({ "user_id": user["id"] }), Value::Null),
    ];
    for (kind, body, actor) in kinds {
        let token = api.write(Method::POST, &format!("/v1/{kind}"), &body).await.body;
        let ticket = json!({ "ticket": token["token"] });
        let opened = api.write(Method::POST, "/control/accept", &ticket).await;
        assert_eq!((opened.status, &opened.body["actor"]), (StatusCode::OK, &actor));
        assert_eq!((&opened.body["user_id"], opened.body["status"].as_str()), (&user["id"], Some("active")));
        let listed = api.list(&format!("/v1/sessions?user_id={}", user["id"].as_str().unwrap())).await;
        assert!(listed.iter().any(|session| session["id"] == opened.body["id"]));
        assert_eq!(api.write(Method::POST, "/control/accept", &ticket).await.status, StatusCode::NOT_FOUND);
        let path = format!("/v1/{kind}/{}/revoke", token["id"].as_str().unwrap());
        assert_eq!(api.post(&path).await.status, StatusCode::BAD_REQUEST, "it was used");
        let taken_back = api.write(Method::POST, &format!("/v1/{kind}"), &body).await.body;
        api.post(&format!("/v1/{kind}/{}/revoke", taken_back["id"].as_str().unwrap())).await;
        let ticket = json!({ "ticket": taken_back["token"] });
        assert_eq!(api.write(Method::POST, "/control/accept", &ticket).await.status, StatusCode::NOT_FOUND);
    }
}
