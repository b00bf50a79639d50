use crate::api::Api;
use axum::http::{Method, StatusCode};
use lazyclerk::clerk::model::Timestamp;
use serde_json::{Value, json};

/// With the secret of RFC 6238, at one of the moments whose code it tells.
async fn user_with_totp(api: &Api) -> String {
    api.clock.set(Timestamp::from_millis(1_111_111_109_000));
    let body = json!({
        "username": "ada1", "totp_secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "backup_codes": ["abcd1234", "efgh5678"],
    });
    let user = api.json(Method::POST, "/v1/users", &body).await.body;
    for key in ["totp_enabled", "backup_code_enabled", "two_factor_enabled"] {
        assert_eq!(user[key], true, "{key}");
    }
    assert_eq!(user["mfa_enabled_at"], 1_111_111_109_000_i64);
    format!("/v1/users/{}", user["id"].as_str().unwrap())
}

async fn verify(api: &Api, path: &str, code: &str) -> Value {
    let reply = api.json(Method::POST, &format!("{path}/verify_totp"), &json!({"code": code})).await;
    let error = reply.code().to_owned();
    assert_eq!(reply.status.is_success(), error.is_empty());
    if error.is_empty() { reply.body } else { error.into() }
}

#[tokio::test]
async fn codes_are_computed_and_backup_codes_are_used_up() {
    let api = Api::of(0);
    let path = user_with_totp(&api).await;
    let totp = json!({"verified": true, "code_type": "totp"});
    assert_eq!(verify(&api, &path, "081804").await, totp);
    api.clock.set(Timestamp::from_millis(1_111_111_139_000));
    assert_eq!(verify(&api, &path, "081804").await, totp, "a step late");
    api.clock.set(Timestamp::from_millis(1_111_111_199_000));
    assert_eq!(verify(&api, &path, "081804").await, "totp_incorrect_code");
    assert_eq!(verify(&api, &path, "0818").await, "totp_invalid_length");
    let backup = json!({"verified": true, "code_type": "backup_code"});
    assert_eq!(verify(&api, &path, "abcd1234").await, backup);
    assert_eq!(verify(&api, &path, "abcd1234").await, "totp_incorrect_code", "a used code is gone");
    assert_eq!(verify(&api, &path, "efgh5678").await, backup);
    assert_eq!(api.get(&path).await.body["backup_code_enabled"], false);
}

#[tokio::test]
async fn a_backup_code_that_comes_twice_at_once_is_used_once() {
    let api = Api::of(0);
    // "abc", of OpenBSD's own tests: slow enough for each request to find it unused.
    let digest = "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i";
    let body = json!({"username": "ada1", "backup_codes": [digest, "xyz"]});
    let user = api.json(Method::POST, "/v1/users", &body).await.body;
    let path = format!("/v1/users/{}", user["id"].as_str().unwrap());
    let (one, other) = tokio::join!(verify(&api, &path, "abc"), verify(&api, &path, "abc"));
    let backup = json!({"verified": true, "code_type": "backup_code"});
    let refused = json!("totp_incorrect_code");
    assert!([(&one, &other), (&other, &one)].contains(&(&backup, &refused)), "{one} {other}");
    assert_eq!(verify(&api, &path, "xyz").await, backup, "the other is left");
}

#[tokio::test]
async fn factors_are_taken_one_by_one_or_all() {
    let api = Api::of(200);
    let path = user_with_totp(&api).await;
    let id = path.trim_start_matches("/v1/users/");
    let codes = api.delete(&format!("{path}/backup_code")).await;
    assert_eq!((codes.status, codes.body), (StatusCode::OK, json!({"user_id": id})));
    let user = api.get(&path).await.body;
    assert_eq!((&user["backup_code_enabled"], &user["totp_enabled"]), (&json!(false), &json!(true)));
    assert_eq!(api.delete(&format!("{path}/totp")).await.body, json!({"user_id": id}));
    let user = api.get(&path).await.body;
    assert_eq!((&user["two_factor_enabled"], user["mfa_disabled_at"].is_i64()), (&json!(false), true));
    assert!(user["mfa_enabled_at"].is_i64(), "it is kept");
    assert_eq!(verify(&api, &path, "081804").await, "totp_disabled");

    let by_phone = api.user_who(|user| user["phone_numbers"][0]["reserved_for_second_factor"] == true).await;
    let path = format!("/v1/users/{}", by_phone["id"].as_str().unwrap());
    assert_eq!(api.delete(&format!("{path}/mfa")).await.body, json!({"user_id": by_phone["id"]}));
    let user = api.get(&path).await.body;
    assert_eq!((&user["two_factor_enabled"], &user["backup_code_enabled"]), (&json!(false), &json!(false)));
    assert_eq!(user["phone_numbers"][0]["reserved_for_second_factor"], false);
    for act in ["mfa", "totp", "backup_code"] {
        assert_eq!(api.delete(&format!("/v1/users/user_nobody/{act}")).await.status, StatusCode::NOT_FOUND, "{act}");
    }
}
