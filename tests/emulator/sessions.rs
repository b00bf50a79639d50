use crate::api::{Api, NOW, Reply};
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

/// What `/control/accept` says to the ticket of a token.
async fn follow(api: &Api, token: &Value) -> Reply {
    api.write(Method::POST, "/control/accept", &json!({ "ticket": token["token"] })).await
}

#[tokio::test]
async fn a_link_lasts_as_long_as_was_asked_and_no_longer() {
    const HOUR: u64 = 3_600;
    let api = Api::of(3);
    let user = api.list("/v1/users?limit=1").await.remove(0);
    let body = |seconds: Option<u64>| {
        let mut body = json!({ "user_id": user["id"], "expires_in_seconds": seconds });
        if seconds.is_none() {
            body.as_object_mut().unwrap().remove("expires_in_seconds");
        }
        body
    };
    let acting = |seconds| {
        let mut body = body(seconds);
        body["actor"] = json!({ "sub": "kim" });
        body
    };
    for (kind, body, lasts) in [
        ("actor_tokens", acting(Some(90)), 90),
        ("actor_tokens", acting(None), HOUR),
        ("sign_in_tokens", body(Some(90)), 90),
        ("sign_in_tokens", body(None), 30 * 24 * HOUR),
    ] {
        api.clock.set(NOW);
        let path = format!("/v1/{kind}");
        let timely = api.write(Method::POST, &path, &body).await.body;
        let late = api.write(Method::POST, &path, &body).await.body;
        api.clock.set(NOW.plus(Duration::from_millis(lasts * 1_000 - 1)));
        assert_eq!(follow(&api, &timely).await.status, StatusCode::OK, "{kind}, {lasts} s");
        api.clock.set(NOW.plus(Duration::from_secs(lasts)));
        let refused = follow(&api, &late).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::BAD_REQUEST, "ticket_expired_code"), "{kind}");
        let revoked = api.post(&format!("{path}/{}/revoke", late["id"].as_str().unwrap())).await;
        assert_eq!(revoked.status, StatusCode::BAD_REQUEST, "{kind}: what has expired cannot be taken back");
        assert!(late.get("expires_at").is_none(), "no answer shows it: {late}");
    }
}

#[tokio::test]
async fn a_session_that_a_link_opened_ends_by_itself() {
    let api = Api::of(3);
    let user = api.list("/v1/users?limit=1").await.remove(0);
    let id = user["id"].as_str().unwrap();
    let acting = json!({ "user_id": id, "actor": { "sub": "kim" } });
    let mut briefly = acting.clone();
    briefly["session_max_duration_in_seconds"] = json!(120);
    for (kind, body, lasts) in [
        ("actor_tokens", briefly, 120),
        ("actor_tokens", acting, 1_800),
        ("sign_in_tokens", json!({ "user_id": id }), 7 * 24 * 3_600),
    ] {
        api.clock.set(NOW);
        let token = api.write(Method::POST, &format!("/v1/{kind}"), &body).await.body;
        let opened = follow(&api, &token).await.body;
        assert_eq!(opened["expire_at"].as_i64(), Some(NOW.as_millis() + lasts * 1_000));
        let path = format!("/v1/sessions/{}", opened["id"].as_str().unwrap());
        let listed = async |status: &str| {
            let listed = api.list(&format!("/v1/sessions?user_id={id}&status={status}&limit=500")).await;
            listed.iter().any(|session| session["id"] == opened["id"])
        };
        assert_eq!((listed("active").await, listed("expired").await), (true, false));
        api.clock.set(NOW.plus(Duration::from_secs(lasts.unsigned_abs())));
        assert_eq!((listed("active").await, listed("expired").await), (false, true), "{kind}, {lasts} s");
        assert_eq!(api.get(&path).await.body["status"], "expired");
        assert_eq!(api.post(&format!("{path}/revoke")).await.body["status"], "expired", "it has ended");
        api.post(&format!("/v1/users/{id}/ban")).await;
        assert_eq!(api.get(&path).await.body["status"], "expired", "a ban ends what is open");
        api.post(&format!("/v1/users/{id}/unban")).await;
    }
}

#[tokio::test]
async fn who_is_banned_or_locked_out_is_not_let_in_by_a_link_until_they_may_be() {
    let api = Api::of(3);
    let user = api.list("/v1/users?limit=1").await.remove(0);
    let path = format!("/v1/users/{}", user["id"].as_str().unwrap());
    let active = format!("/v1/sessions?user_id={}&status=active&limit=500", user["id"].as_str().unwrap());
    for (kind, body) in [
        ("actor_tokens", json!({ "user_id": user["id"], "actor": { "sub": "kim" } })),
        ("sign_in_tokens", json!({ "user_id": user["id"] })),
    ] {
        for (act, back, code) in [("ban", "unban", "user_banned"), ("lock", "unlock", "user_locked")] {
            let token = api.write(Method::POST, &format!("/v1/{kind}"), &body).await.body;
            api.post(&format!("{path}/{act}")).await;
            let open = api.list(&active).await;
            let refused = follow(&api, &token).await;
            assert_eq!((refused.status, refused.code()), (StatusCode::FORBIDDEN, code), "{kind}");
            assert_eq!(api.list(&active).await, open);
            api.post(&format!("{path}/{back}")).await;
            assert_eq!(follow(&api, &token).await.status, StatusCode::OK, "{kind}: the token was not used up");
        }
    }
}
