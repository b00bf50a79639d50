use crate::api::{Api, NOW};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

fn path(user: &Value) -> String {
    format!("/v1/users/{}", user["id"].as_str().unwrap())
}

async fn create(api: &Api, body: Value) -> Value {
    let reply = api.json(Method::POST, "/v1/users", &body).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    reply.body
}

#[tokio::test]
async fn passkeys_and_wallets_are_taken_away_but_not_the_last_way_in() {
    let api = Api::of(300);
    let user = api.user_who(|user| user["passkeys"][0].is_object() && user["email_addresses"][0].is_object()).await;
    let id = user["passkeys"][0]["id"].as_str().unwrap();
    let gone = api.delete(&format!("{}/passkeys/{id}", path(&user))).await;
    assert_eq!(gone.body, json!({"object": "passkey", "id": id, "deleted": true}));
    let left = api.get(&path(&user)).await.body["passkeys"].as_array().unwrap().len();
    assert_eq!(left, user["passkeys"].as_array().unwrap().len() - 1);
    let again = api.delete(&format!("{}/passkeys/{id}", path(&user))).await;
    assert_eq!((again.status, again.code()), (StatusCode::NOT_FOUND, "resource_not_found"));

    let wallets = [format!("0x{}", "1".repeat(40)), format!("0x{}", "2".repeat(40))];
    let user = create(&api, json!({"web3_wallet": wallets})).await;
    let ids: Vec<&str> = (0..2).map(|place| user["web3_wallets"][place]["id"].as_str().unwrap()).collect();
    let take = async |id: &str| api.delete(&format!("{}/web3_wallets/{id}", path(&user))).await;
    assert_eq!(take(ids[0]).await.body, json!({"object": "web3_wallet", "id": ids[0], "deleted": true}));
    assert_eq!(api.get(&path(&user)).await.body["primary_web3_wallet_id"], ids[1]);
    assert_eq!(api.count(&format!("web3_wallet={}", wallets[0])).await, 0);
    let last = take(ids[1]).await;
    assert_eq!((last.status, last.code()), (StatusCode::BAD_REQUEST, "identification_deletion_failed"));
    assert_eq!(api.count(&format!("web3_wallet={}", wallets[1])).await, 1);
}

#[tokio::test]
async fn an_external_account_goes_by_its_eac_id_alone() {
    let api = Api::of(200);
    let user = api.user_who(|user| user["external_accounts"][0]["provider"] == "oauth_google").await;
    let account = &user["external_accounts"][0];
    let take =
        async |id: &Value| api.delete(&format!("{}/external_accounts/{}", path(&user), id.as_str().unwrap())).await;
    let refused = take(&account["id"]).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::NOT_FOUND, "external_account_not_found"));
    let linked = api
        .json(Method::PUT, &format!("{}/email_address", path(&user)), &json!({"email_address": "n@example.com"}))
        .await;
    assert_eq!((linked.status, linked.code()), (StatusCode::BAD_REQUEST, "delete_linked_identification_disallowed"));
    let gone = take(&account["external_account_id"]).await;
    assert_eq!(gone.body, json!({"object": "external_account", "id": account["external_account_id"], "deleted": true}));
    let after = api.get(&path(&user)).await.body;
    let linked = |link: &Value| link["id"] == account["identification_id"];
    assert!(!after["email_addresses"][0]["linked_to"].as_array().unwrap().iter().any(linked));
    let provider_user = account["provider_user_id"].as_str().unwrap();
    assert_eq!(api.count(&format!("provider=oauth_google&provider_user_id={provider_user}")).await, 0);
}

#[tokio::test]
async fn one_address_stands_instead_of_all() {
    let api = Api::of(0);
    create(&api, json!({"email_address": ["taken@example.com"], "phone_number": ["+12015550199"]})).await;
    let body = json!({"email_address": ["a@example.com", "b@example.com"], "phone_number": ["+12015550100"]});
    let user = create(&api, body).await;
    let put = async |what: &str, body: Value| api.json(Method::PUT, &format!("{}/{what}", path(&user)), &body).await;
    let email =
        put("email_address", json!({"email_address": "C@example.com", "identification_status": "reserved"})).await;
    assert_eq!(
        (&email.body["object"], &email.body["email_address"], &email.body["reserved"]),
        (&json!("email_address"), &json!("c@example.com"), &json!(true))
    );
    let phone = put("phone_number", json!({"phone_number": "+12015550101"})).await;
    assert_eq!(phone.body["verification"]["status"], "verified");
    let after = api.get(&path(&user)).await.body;
    assert_eq!((&after["email_addresses"], &after["phone_numbers"]), (&json!([email.body]), &json!([phone.body])));
    assert_eq!(after["primary_email_address_id"], email.body["id"]);
    assert_eq!(api.count("email_address=a@example.com&email_address=b@example.com").await, 0);
    assert_eq!(api.count("email_address=c@example.com").await, 1);

    for (what, body, error) in [
        ("email_address", json!({"email_address": "taken@example.com"}), ("form_identifier_exists", "email_address")),
        ("phone_number", json!({"phone_number": "+12015550199"}), ("form_identifier_exists", "phone_number")),
        ("email_address", json!({}), ("form_param_missing", "email_address")),
        ("phone_number", json!({"phone_number": "1"}), ("form_param_format_invalid", "phone_number")),
        (
            "phone_number",
            json!({"phone_number": "+12015550102", "identification_status": "x"}),
            ("form_param_value_invalid", "identification_status"),
        ),
    ] {
        assert_eq!(put(what, body).await.errors(), [error]);
    }
    let shared =
        put("email_address", json!({"email_address": "taken@example.com", "identification_status": "unverified"}));
    assert_eq!(shared.await.status, StatusCode::OK, "an unverified one is nobody's yet");
}

#[tokio::test]
async fn devices_are_listed_and_revoked() {
    let api = Api::of(200);
    let mut found = None;
    for id in api.ids("/v1/users?limit=200").await {
        let path = format!("/v1/users/{id}/trusted_devices");
        let page = api.get(&path).await.body;
        assert_eq!(page["total_count"], page["data"].as_array().unwrap().len());
        if page["total_count"] != 0 {
            found = Some((path, page["data"][0].clone()));
        }
    }
    let (path, device) = found.unwrap();
    let one = format!("{path}/{}", device["id"].as_str().unwrap());
    let revoked = api.delete(&one).await.body;
    assert_eq!((&device["status"], &revoked["status"]), (&json!("active"), &json!("revoked")));
    assert_eq!(revoked["revoked_at"], NOW.as_millis());
    assert_eq!(api.get(&path).await.body["data"][0], revoked);
    assert_eq!(api.delete(&one).await.body, revoked, "once more changes nothing");
    assert_eq!(api.delete(&format!("{path}/tdev_nothing")).await.code(), "resource_not_found");
}

#[tokio::test]
async fn tokens_come_bare_or_wrapped() {
    let api = Api::of(200);
    let user = api.user_who(|user| user["external_accounts"][0]["provider"] == "oauth_google").await;
    let path = format!("{}/oauth_access_tokens/oauth_google", path(&user));
    let tokens = api.list(&path).await;
    assert_eq!(tokens.len(), 1);
    assert_eq!(tokens[0]["external_account_id"], user["external_accounts"][0]["external_account_id"]);
    assert_eq!((&tokens[0]["object"], &tokens[0]["scopes"][0]), (&json!("oauth_access_token"), &json!("email")));
    let wrapped = api.get(&format!("{path}?paginated=true")).await.body;
    assert_eq!(wrapped, json!({"data": tokens, "total_count": 1}));
    assert!(api.list(&path.replace("oauth_google", "oauth_nothing")).await.is_empty());
}

#[tokio::test]
async fn invitations_find_the_user_of_their_address() {
    let api = Api::of(200);
    let mut seen = Vec::new();
    for place in 0..3 {
        let body = json!({"email_address": [format!("invited.{place}.0@inbox.example")]});
        let user = create(&api, body).await;
        let page = api.get(&format!("{}/organization_invitations?status=pending", path(&user))).await.body;
        assert_eq!(page["total_count"], page["data"].as_array().unwrap().len());
        let expired = api.get(&format!("{}/organization_invitations?status=expired", path(&user))).await.body;
        assert_eq!(expired["total_count"], 0);
        seen.extend(page["data"].as_array().unwrap().clone());
        assert_eq!(
            api.get(&format!("{}/organization_invitations?status=lost", path(&user))).await.code(),
            "form_param_value_invalid"
        );
    }
    assert!(!seen.is_empty());
    for invitation in seen {
        assert_eq!((&invitation["status"], &invitation["role_name"]), (&json!("pending"), &json!("Member")));
        assert_eq!(invitation["public_organization_data"]["id"], invitation["organization_id"]);
    }
}
