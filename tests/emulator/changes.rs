use crate::api::{Api, NOW};
use axum::http::StatusCode;
use serde_json::Value;
use std::time::Duration;

async fn sessions(api: &Api, user: &Value, status: &str) -> Vec<Value> {
    api.list(&format!("/v1/sessions?user_id={}&status={status}&limit=100", user["id"].as_str().unwrap())).await
}

/// A user who is fine, and signed in.
async fn someone(api: &Api) -> Value {
    for user in api.list("/v1/users?banned=false&limit=500").await {
        if user["locked"] == false && !sessions(api, &user, "active").await.is_empty() {
            return user;
        }
    }
    panic!("nobody is signed in");
}

fn path(user: &Value, act: &str) -> String {
    format!("/v1/users/{}/{act}", user["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_ban_ends_the_sessions_and_lifting_it_brings_none_back() {
    let api = Api::of(100);
    let user = someone(&api).await;
    let before = (api.count("banned=true").await, sessions(&api, &user, "active").await.len());
    let revoked = sessions(&api, &user, "revoked").await.len();
    let banned = api.post(&path(&user, "ban")).await;
    assert_eq!(
        (banned.status, &banned.body["banned"], &banned.body["id"]),
        (StatusCode::OK, &true.into(), &user["id"])
    );
    assert_eq!(banned.body["updated_at"], NOW.as_millis());
    assert!(sessions(&api, &user, "active").await.is_empty());
    assert_eq!(sessions(&api, &user, "revoked").await.len(), revoked + before.1);
    assert_eq!(api.count("banned=true").await, before.0 + 1, "a remembered count is forgotten");

    api.clock.set(NOW.plus(Duration::from_mins(1)));
    let again = api.post(&path(&user, "ban")).await;
    assert_eq!((again.status, &again.body), (StatusCode::OK, &banned.body), "once more changes nothing");

    let lifted = api.post(&path(&user, "unban")).await;
    assert_eq!(
        (&lifted.body["banned"], lifted.body["updated_at"].as_i64()),
        (&false.into(), Some(NOW.as_millis() + 60_000))
    );
    assert!(sessions(&api, &user, "active").await.is_empty());
    assert_eq!(api.get(&format!("/v1/users/{}", user["id"].as_str().unwrap())).await.body, lifted.body);
}

#[tokio::test]
async fn a_lock_counts_down_and_ends_by_itself() {
    let api = Api::of(100);
    let user = someone(&api).await;
    let show = format!("/v1/users/{}", user["id"].as_str().unwrap());
    let active = sessions(&api, &user, "active").await.len();
    let locked = api.post(&path(&user, "lock")).await.body;
    assert_eq!((&locked["locked"], locked["lockout_expires_in_seconds"].as_i64()), (&true.into(), Some(3_600)));
    assert_eq!(sessions(&api, &user, "active").await.len(), active, "a lock ends no session");
    api.clock.set(NOW.plus(Duration::from_secs(100)));
    assert_eq!(api.get(&show).await.body["lockout_expires_in_seconds"], 3_500);
    api.clock.set(NOW.plus(Duration::from_hours(1)));
    let after = api.get(&show).await.body;
    assert_eq!((&after["locked"], &after["lockout_expires_in_seconds"]), (&false.into(), &Value::Null));
}

#[tokio::test]
async fn unlocking_gives_the_attempts_back() {
    let api = Api::of(1_000);
    let user = api.user_who(|user| user["locked"] == true && user["verification_attempts_remaining"] == 0).await;
    let unlocked = api.post(&path(&user, "unlock")).await.body;
    assert_eq!((&unlocked["locked"], &unlocked["verification_attempts_remaining"]), (&false.into(), &10.into()));
}

#[tokio::test]
async fn memberships_come_newest_first_in_pages() {
    let api = Api::of(1_000);
    let mut most = (0, String::new());
    for user in api.list("/v1/users?limit=500").await {
        let id = user["id"].as_str().unwrap().to_owned();
        let page = api.get(&format!("/v1/users/{id}/organization_memberships?limit=1")).await.body;
        most = most.max((page["total_count"].as_u64().unwrap(), id));
    }
    let (total, id) = most;
    assert!(total > 50, "somebody belongs to more than a page of organizations: {total}");
    let mut all = Vec::new();
    for offset in [0, 25, 50] {
        let page = api.get(&format!("/v1/users/{id}/organization_memberships?limit=25&offset={offset}")).await.body;
        assert_eq!(page["total_count"].as_u64(), Some(total));
        all.extend(page["data"].as_array().unwrap().clone());
    }
    assert_eq!(u64::try_from(all.len()).unwrap(), total);
    assert!(all.windows(2).all(|pair| pair[0]["created_at"].as_i64() >= pair[1]["created_at"].as_i64()));
    for membership in &all {
        assert_eq!(membership["public_user_data"]["user_id"], id.as_str());
        assert!(
            membership["organization"]["slug"].is_string() && membership["role"].as_str().unwrap().starts_with("org:")
        );
    }
}

#[tokio::test]
async fn sessions_come_newest_first_bare_or_wrapped() {
    let api = Api::of(200);
    let bare = api.list("/v1/sessions?limit=50").await;
    assert_eq!(bare.len(), 50);
    assert!(bare.windows(2).all(|pair| pair[0]["created_at"].as_i64() >= pair[1]["created_at"].as_i64()));
    let wrapped = api.get("/v1/sessions?limit=50&paginated=true").await.body;
    assert_eq!(wrapped["data"].as_array().unwrap(), &bare);
    assert!(wrapped["total_count"].as_u64().unwrap() > 50);
    let client = bare[7]["client_id"].as_str().unwrap();
    assert_eq!(api.list(&format!("/v1/sessions?client_id={client}")).await.len(), 1);
    assert_eq!(api.get("/v1/sessions?status=pending").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
