//! What only a person can add to themselves, and tests by way of `/control`.

use crate::api::{Api, NOW, Reply};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

async fn somebody(api: &Api) -> String {
    let new = json!({ "username": "zora", "skip_password_requirement": true });
    let created = api.json(Method::POST, "/v1/users", &new).await;
    created.body["id"].as_str().expect("a user").to_owned()
}

async fn add(api: &Api, user: &str, what: &str, body: &Value) -> Reply {
    api.write(Method::POST, &format!("/control/users/{user}/{what}"), body).await
}

#[tokio::test]
async fn what_is_added_is_the_users_and_can_be_taken_away_by_its_id() {
    let api = Api::of(3);
    let user = somebody(&api).await;
    let wallet = format!("0x{}", "a1".repeat(20));
    let added = [
        ("passkeys", json!({ "name": "Chrome on Linux" })),
        ("web3_wallets", json!({ "web3_wallet": wallet })),
        (
            "external_accounts",
            json!({ "provider": "oauth_github", "email_address": "Zora@Example.com", "approved_scopes": "repo" }),
        ),
        ("enterprise_accounts", json!({ "provider": "saml_okta", "email_address": "zora@acme.example" })),
    ];
    for (what, body) in &added {
        let reply = add(&api, &user, what, body).await;
        assert_eq!(reply.status, StatusCode::OK, "{what}: {}", reply.body);
        assert_eq!(reply.body["verification"]["status"], "verified");
        let now = api.get(&format!("/v1/users/{user}")).await.body;
        assert_eq!((&now[*what], &now["updated_at"]), (&json!([reply.body]), &json!(NOW.as_millis())), "{what}");
    }
    let found = api.ids(&format!("/v1/users?web3_wallet={wallet}")).await;
    assert_eq!(found, [user.as_str()], "the filters know it");
    let now = api.get(&format!("/v1/users/{user}")).await.body;
    assert_eq!(now["primary_web3_wallet_id"], now["web3_wallets"][0]["id"]);
    assert_eq!(now["external_accounts"][0]["email_address"], "zora@example.com");
    for what in ["passkeys", "web3_wallets", "external_accounts"] {
        let id = now[what][0]["id"].as_str().unwrap();
        let gone = api.delete(&format!("/v1/users/{user}/{what}/{id}")).await;
        assert_eq!((gone.status, &gone.body["deleted"]), (StatusCode::OK, &json!(true)), "{what}");
        assert_eq!(api.get(&format!("/v1/users/{user}")).await.body[what], json!([]), "{what}");
    }
}

#[tokio::test]
async fn an_account_at_work_is_proven_by_its_protocol() {
    let api = Api::of(3);
    let user = somebody(&api).await;
    for (body, object, strategy) in [
        (json!({ "provider": "saml_okta" }), "verification_saml", "saml"),
        (json!({ "provider": "saml_google", "protocol": "saml" }), "verification_saml", "saml"),
        (json!({ "provider": "oauth_google", "protocol": "oauth" }), "verification_oauth", "oauth_google"),
    ] {
        let account = add(&api, &user, "enterprise_accounts", &body).await.body;
        let verification = &account["verification"];
        assert_eq!((&verification["object"], &verification["strategy"]), (&json!(object), &json!(strategy)), "{body}");
    }
}

#[tokio::test]
async fn a_device_is_trusted_until_it_is_revoked() {
    let api = Api::of(3);
    let user = somebody(&api).await;
    let device = add(&api, &user, "trusted_devices", &json!({ "platform": "android", "name": "Pixel 10" })).await.body;
    let path = format!("/v1/users/{user}/trusted_devices");
    assert_eq!(api.get(&path).await.body, json!({ "data": [device], "total_count": 1 }));
    let revoked = api.delete(&format!("{path}/{}", device["id"].as_str().unwrap())).await.body;
    assert_eq!((&revoked["status"], &revoked["revoked_at"]), (&json!("revoked"), &json!(NOW.as_millis())));
    assert_eq!(api.get(&path).await.body["data"], json!([revoked]));
}

#[tokio::test]
async fn tokens_are_given_out_refused_as_asked_and_given_out_again() {
    let api = Api::of(3);
    let user = somebody(&api).await;
    let account = json!({ "provider": "oauth_github", "approved_scopes": "repo user:email" });
    let account = add(&api, &user, "external_accounts", &account).await.body;
    let path = format!("/v1/users/{user}/oauth_access_tokens/oauth_github");
    let control = format!("/control/users/{user}/oauth_access_tokens/oauth_github");
    let given = api.get(&path).await.body;
    assert_eq!(
        (&given[0]["external_account_id"], &given[0]["scopes"]),
        (&account["id"], &json!(["repo", "user:email"]))
    );
    for (code, status) in [
        ("oauth_token_provider_not_enabled", StatusCode::NOT_FOUND),
        ("oauth_unsupported_provider", StatusCode::BAD_REQUEST),
        ("oauth_token_retrieval_error", StatusCode::BAD_REQUEST),
        ("external_account_missing_refresh_token", StatusCode::BAD_REQUEST),
        ("oauth_missing_refresh_token", StatusCode::UNPROCESSABLE_ENTITY),
        ("oauth_missing_access_token", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let told = api.write(Method::PUT, &control, &json!({ "error": code })).await;
        assert_eq!((told.status, told.body["error"].as_str()), (StatusCode::OK, Some(code)));
        let refused = api.get(&path).await;
        assert_eq!((refused.status, refused.code()), (status, code));
        let other = api.get(&format!("/v1/users/{user}/oauth_access_tokens/oauth_google")).await;
        assert_eq!(other.body, json!([]), "another provider gives what it has");
    }
    api.write(Method::PUT, &control, &json!({ "error": null })).await;
    assert_eq!(api.get(&path).await.body, given);
}

#[tokio::test]
async fn a_provider_of_refused_tokens_needs_no_prefix_and_is_one_of_the_users() {
    let api = Api::of(3);
    let user = somebody(&api).await;
    add(&api, &user, "external_accounts", &json!({ "provider": "oauth_github" })).await;
    let refuse = async |provider: &str, error: Value| {
        let path = format!("/control/users/{user}/oauth_access_tokens/{provider}");
        api.write(Method::PUT, &path, &json!({ "error": error })).await
    };
    let code = json!("oauth_token_retrieval_error");
    let told = refuse("github", code.clone()).await;
    assert_eq!((told.status, &told.body["provider"]), (StatusCode::OK, &json!("oauth_github")));
    for provider in ["github", "oauth_github"] {
        let refused = api.get(&format!("/v1/users/{user}/oauth_access_tokens/{provider}")).await;
        assert_eq!(refused.code(), code, "{provider}");
    }
    let elsewhere = refuse("oauth_gihtub", code.clone()).await;
    assert_eq!((elsewhere.status, elsewhere.code()), (StatusCode::NOT_FOUND, "external_account_not_found"));
    let wrong = refuse("Git%20Hub", code).await;
    assert_eq!((wrong.status, wrong.param()), (StatusCode::UNPROCESSABLE_ENTITY, "provider"));
    assert_eq!(refuse("oauth_gitlab", Value::Null).await.status, StatusCode::OK, "there is nothing to lift");
}

#[tokio::test]
async fn what_is_wrong_is_refused_and_adds_nothing() {
    let api = Api::of(3);
    let user = somebody(&api).await;
    let wallet = json!({ "web3_wallet": format!("0x{}", "b2".repeat(20)) });
    let account = json!({ "provider": "oauth_x", "provider_user_id": "At_1" });
    for (what, body) in [("web3_wallets", &wallet), ("external_accounts", &account)] {
        let first = api.ids("/v1/users?limit=1&offset=1").await.remove(0);
        assert_eq!(add(&api, &first, what, body).await.status, StatusCode::OK);
        for owner in [&first, &user] {
            assert_eq!(add(&api, owner, what, body).await.code(), "form_identifier_exists", "{what}");
        }
    }
    for (what, body, param) in [
        ("passkeys", json!({}), "name"),
        ("passkeys", json!({ "name": "x", "id": "idn_1" }), "id"),
        ("web3_wallets", json!({ "web3_wallet": "0x1" }), "web3_wallet"),
        ("external_accounts", json!({ "provider": "google" }), "provider"),
        ("external_accounts", json!({ "provider": "oauth_google", "email_address": "zora" }), "email_address"),
        ("enterprise_accounts", json!({ "provider": "saml_okta", "protocol": "kerberos" }), "protocol"),
        ("enterprise_accounts", json!({ "provider": "saml_okta", "protocol": "oauth" }), "provider"),
        ("trusted_devices", json!({ "platform": "toaster" }), "platform"),
    ] {
        let reply = add(&api, &user, what, &body).await;
        assert_eq!((reply.status, reply.param()), (StatusCode::UNPROCESSABLE_ENTITY, param), "{what}: {}", reply.body);
    }
    let control = format!("/control/users/{user}/oauth_access_tokens/oauth_github");
    for body in [json!({}), json!({ "error": "teapot" }), json!({ "error": 7 })] {
        assert_eq!(api.write(Method::PUT, &control, &body).await.param(), "error", "{body}");
    }
    let now = api.get(&format!("/v1/users/{user}")).await.body;
    for what in ["passkeys", "web3_wallets", "external_accounts", "enterprise_accounts"] {
        assert_eq!(now[what], json!([]), "{what}");
    }
}

#[tokio::test]
async fn nobody_gets_anything_added_who_is_not_there() {
    let api = Api::of(1);
    let error = json!({ "error": "oauth_token_retrieval_error" });
    for (what, body) in [("passkeys", json!({ "name": "x" })), ("trusted_devices", json!({}))] {
        assert_eq!(add(&api, "user_none", what, &body).await.status, StatusCode::NOT_FOUND, "{what}");
    }
    let refused = api.write(Method::PUT, "/control/users/user_none/oauth_access_tokens/oauth_x", &error).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}
