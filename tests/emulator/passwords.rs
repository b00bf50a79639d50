use crate::api::Api;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

async fn create(api: &Api, body: Value) -> String {
    let reply = api.json(Method::POST, "/v1/users", &body).await;
    assert_eq!((reply.status, &reply.body["password_enabled"]), (StatusCode::OK, &json!(true)), "{}", reply.body);
    assert!(!reply.body.to_string().contains("$2"), "no digest goes out");
    format!("/v1/users/{}", reply.body["id"].as_str().unwrap())
}

async fn verify(api: &Api, path: &str, password: &str) -> (StatusCode, Value) {
    let reply = api.json(Method::POST, &format!("{path}/verify_password"), &json!({"password": password})).await;
    let code = reply.code().to_owned();
    (reply.status, if code.is_empty() { reply.body } else { code.into() })
}

fn right() -> (StatusCode, Value) {
    (StatusCode::OK, json!({"verified": true}))
}

fn wrong() -> (StatusCode, Value) {
    (StatusCode::UNPROCESSABLE_ENTITY, json!("incorrect_password"))
}

#[tokio::test]
async fn a_password_is_verified_changed_and_removed() {
    let api = Api::of(0);
    let path = create(&api, json!({"username": "ada1", "password": "correct horse"})).await;
    assert_eq!(
        (verify(&api, &path, "correct horse").await, verify(&api, &path, "Correct horse").await),
        (right(), wrong())
    );
    api.json(Method::PATCH, &path, &json!({"password": "battery staple"})).await;
    assert_eq!(
        (verify(&api, &path, "battery staple").await, verify(&api, &path, "correct horse").await),
        (right(), wrong())
    );
    let skipped = api.json(Method::PATCH, &path, &json!({"password": "short", "skip_password_checks": true})).await;
    assert_eq!((skipped.status, verify(&api, &path, "short").await), (StatusCode::OK, right()));

    let removed = api.post(&format!("{path}/remove_password")).await;
    assert_eq!((removed.status, &removed.body["password_enabled"]), (StatusCode::OK, &json!(false)));
    assert_eq!(verify(&api, &path, "short").await, (StatusCode::BAD_REQUEST, json!("no_password_set")));
    assert_eq!(api.post(&format!("{path}/remove_password")).await.status, StatusCode::OK, "once more changes nothing");
    let missing = api.json(Method::POST, &format!("{path}/verify_password"), &json!({})).await;
    assert_eq!(missing.errors(), [("form_param_missing", "password")]);
    let alone = api.json(Method::PATCH, &path, &json!({"sign_out_of_other_sessions": true})).await;
    assert_eq!(alone.errors(), [("form_conditional_param_disallowed", "sign_out_of_other_sessions")]);
}

#[tokio::test]
async fn digests_from_elsewhere_are_verified_or_told_to_be_beyond() {
    let api = Api::of(0);
    // "abc" in each; the first is the vector of FIPS 180, the second is of OpenBSD's own tests.
    let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let bcrypt = "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i";
    for (hasher, digest) in [("sha256", sha256), ("bcrypt", bcrypt)] {
        let body = json!({"username": format!("{hasher}_user"), "password_hasher": hasher, "password_digest": digest});
        let path = create(&api, body).await;
        assert_eq!(
            (verify(&api, &path, "abc").await, verify(&api, &path, "abd").await),
            (right(), wrong()),
            "{hasher}"
        );
    }
    // Well written, so kept: an import does not stop at it. But one holds no hash, and the other would take hours.
    let endless = bcrypt.replace("$06$", "$31$");
    for (hasher, digest) in [("awscognito", "awscognito#pool#client#ada"), ("bcrypt", &endless)] {
        let body = json!({"username": format!("{hasher}_kept"), "password_hasher": hasher, "password_digest": digest});
        let path = create(&api, body).await;
        let refused = (StatusCode::BAD_REQUEST, json!("password_hasher_not_supported"));
        assert_eq!(verify(&api, &path, "abc").await, refused, "{hasher}");
    }
}

#[tokio::test]
async fn a_password_is_no_identifier_of_its_user() {
    let api = Api::of(0);
    let refused = [("form_password_matches_identifier", "password")];
    let [email, phone, username] = ["ada@example.com", "+12015550100", "ada_lovelace"];
    let body = |password: &str| json!({"username": username, "email_address": [email], "phone_number": [phone], "password": password});
    for password in [email, "Ada@Example.com", phone, username] {
        let reply = api.json(Method::POST, "/v1/users", &body(password)).await;
        assert_eq!((reply.status, reply.errors()), (StatusCode::UNPROCESSABLE_ENTITY, refused.to_vec()), "{password}");
    }
    let path = create(&api, body("correct horse")).await;
    for password in [email, phone, username] {
        let reply = api.json(Method::PATCH, &path, &json!({"password": password})).await;
        assert_eq!(reply.errors(), refused, "{password}");
    }
    let both = json!({"username": "countess_ada", "password": "countess_ada"});
    assert_eq!(api.json(Method::PATCH, &path, &both).await.errors(), refused, "the one it is about to have");
    let former = json!({"username": "countess_ada", "password": username});
    assert_eq!(api.json(Method::PATCH, &path, &former).await.status, StatusCode::OK);
    let skipped = json!({"password": email, "skip_password_checks": true});
    assert_eq!(api.json(Method::PATCH, &path, &skipped).await.status, StatusCode::OK);
    assert_eq!(verify(&api, &path, email).await, right());
}

#[tokio::test]
async fn the_longest_password_is_72_bytes() {
    let api = Api::of(0);
    let longest = "é".repeat(36);
    let path = create(&api, json!({"username": "ada1", "password": longest})).await;
    assert_eq!((verify(&api, &path, &longest).await, verify(&api, &path, &"é".repeat(35)).await), (right(), wrong()));
    let body = json!({"password": format!("{longest}x"), "skip_password_checks": true});
    let longer = api.json(Method::PATCH, &path, &body).await;
    assert_eq!(longer.errors(), [("form_password_size_in_bytes_exceeded", "password")]);
}

/// A digest whose verification takes many times longer than any read does, and reads while it is verified.
#[tokio::test]
async fn others_are_served_while_a_password_is_verified() {
    let api = Api::of(10);
    // Of nothing in particular, so wrong in any case.
    let digest = format!("pbkdf2_sha512_hex$200000$0102abcd${}", "ab".repeat(64));
    let body = json!({"username": "ada1", "password_hasher": "pbkdf2_sha512_hex", "password_digest": digest});
    let path = create(&api, body).await;
    let mut verifying = std::pin::pin!(verify(&api, &path, "abc"));
    let mut reads = 0;
    let verified = loop {
        tokio::select! {
            biased;
            verified = &mut verifying => break verified,
            reply = api.get(&path) => {
                assert_eq!(reply.status, StatusCode::OK);
                reads += 1;
            }
        }
    };
    assert_eq!(verified, wrong());
    assert!(reads > 3, "only {reads} reads in the meantime");
}

#[tokio::test]
async fn a_password_known_to_others_can_end_all_sessions() {
    let api = Api::of(60);
    let user = api.user_who(|user| user["password_enabled"] == true && user["banned"] == false).await;
    let path = format!("/v1/users/{}", user["id"].as_str().unwrap());
    assert_eq!(verify(&api, &path, "anything").await, wrong(), "nobody knows it");
    let set = format!("{path}/password/set_compromised");
    let reply = api.json(Method::POST, &set, &json!({"revoke_all_sessions": true})).await;
    assert_eq!((reply.status, &reply.body["id"]), (StatusCode::OK, &user["id"]));
    let active = format!("/v1/sessions?status=active&user_id={}", user["id"].as_str().unwrap());
    assert!(api.list(&active).await.is_empty());
    assert_eq!(api.post(&format!("{path}/password/unset_compromised")).await.status, StatusCode::OK);
    let without = api.user_who(|user| user["password_enabled"] == false).await;
    let path = format!("/v1/users/{}/password/set_compromised", without["id"].as_str().unwrap());
    assert_eq!(api.post(&path).await.code(), "no_password_set");
}

#[tokio::test]
async fn a_new_password_signs_out_when_asked_to_and_goes_with_its_user() {
    let api = Api::of(60);
    let mut signed_in = None;
    for id in api.ids("/v1/users?limit=60").await {
        if !api.list(&format!("/v1/sessions?status=active&user_id={id}")).await.is_empty() {
            signed_in = Some(id);
        }
    }
    let id = signed_in.unwrap();
    let (path, active) = (format!("/v1/users/{id}"), format!("/v1/sessions?status=active&user_id={id}"));
    api.json(Method::PATCH, &path, &json!({"password": "correct horse"})).await;
    assert!(!api.list(&active).await.is_empty(), "not unless asked to");
    let body = json!({"password": "battery staple", "sign_out_of_other_sessions": true});
    assert_eq!(api.json(Method::PATCH, &path, &body).await.status, StatusCode::OK);
    assert!(api.list(&active).await.is_empty());
    assert_eq!(verify(&api, &path, "battery staple").await, right());
    assert_eq!(api.delete(&path).await.status, StatusCode::OK);
    assert_eq!(verify(&api, &path, "battery staple").await.1, "resource_not_found");
}
