use crate::api::{Api, NOW};
use axum::http::{Method, StatusCode};
use rstest::rstest;
use serde_json::{Value, json};

async fn create(api: &Api, body: Value) -> Value {
    let reply = api.json(Method::POST, "/v1/users", &body).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    reply.body
}

fn path(user: &Value) -> String {
    format!("/v1/users/{}", user["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_user_is_made_with_everything_given() {
    let api = Api::of(3);
    let user = create(
        &api,
        json!({
            "external_id": "x1", "first_name": "Ada", "last_name": "Lovelace", "locale": "en-GB", "username": "ada.l",
            "email_address": ["Ada@Example.com", "b@example.com"],
            "email_address_identification_status": ["verified", "reserved"],
            "phone_number": ["+12015550100"], "web3_wallet": ["0x0000000000000000000000000000000000000000"],
            "public_metadata": {"plan": "pro"}, "delete_self_enabled": false, "create_organizations_limit": 3,
            "created_at": "2012-10-20T07:15:20.902Z", "legal_accepted_at": "2012-10-20T07:15:20.902Z",
            "bypass_client_trust": true, "banned": true, "locked": true,
        }),
    )
    .await;
    for (key, expected) in [
        ("external_id", json!("x1")),
        ("username", json!("ada.l")),
        ("locale", json!("en-GB")),
        ("created_at", json!(1_350_717_320_902_i64)),
        ("legal_accepted_at", json!(1_350_717_320_902_i64)),
        ("updated_at", json!(NOW.as_millis())),
        ("public_metadata", json!({"plan": "pro"})),
        ("delete_self_enabled", json!(false)),
        ("create_organizations_limit", json!(3)),
        ("bypass_client_trust", json!(true)),
        ("banned", json!(true)),
        ("locked", json!(true)),
        ("lockout_expires_in_seconds", json!(3_600)),
        ("password_enabled", json!(false)),
    ] {
        assert_eq!(user[key], expected, "{key}");
    }
    let emails = user["email_addresses"].as_array().unwrap();
    assert_eq!(
        (&emails[0]["email_address"], &emails[0]["id"]),
        (&json!("ada@example.com"), &user["primary_email_address_id"])
    );
    assert_eq!(
        (&emails[0]["verification"]["status"], &emails[0]["verification"]["strategy"]),
        (&json!("verified"), &json!("admin"))
    );
    assert_eq!((&emails[1]["reserved"], &emails[1]["verification"]), (&json!(true), &Value::Null));
    assert_eq!(api.get(&path(&user)).await.body, user);
    assert_eq!(api.ids("/v1/users?email_address_query=ada@exam").await, [user["id"].as_str().unwrap()]);
    assert_eq!(api.ids("/v1/users?order_by=created_at&limit=1").await, [user["id"].as_str().unwrap()], "backdated");
}

#[rstest]
#[case(json!({}), &[("form_data_missing", "")])]
#[case(json!({"username": "ada1", "nonsense": 1}), &[("form_param_unknown", "nonsense")])]
#[case(json!({"email_address": ["ada"], "phone_number": ["123"], "username": "a b c d"}), &[("form_username_invalid_character", "username"), ("form_param_format_invalid", "email_address"), ("form_param_format_invalid", "phone_number")])]
#[case(json!({"username": "ada1", "password_digest": "x"}), &[("form_conditional_param_missing", "password_hasher")])]
#[case(json!({"username": "ada1", "password_digest": "x", "password_hasher": "rot13"}), &[("form_param_value_invalid", "password_hasher")])]
#[case(json!({"username": "ada1", "password_digest": "x", "password_hasher": "bcrypt"}), &[("form_password_digest_invalid_code", "password_digest")])]
#[case(json!({"username": "ada1", "password": "short"}), &[("form_password_length_too_short", "password")])]
#[case(json!({"username": "ada1", "password": "Password1"}), &[("form_password_pwned", "password")])]
#[case(json!({"username": "ada1", "totp_secret": "1"}), &[("invalid_totp_secret_code", "totp_secret")])]
#[case(json!({"username": "ada1", "created_at": "yesterday"}), &[("form_param_invalid_time", "created_at")])]
#[case(json!({"username": "ada1", "locale": "en_GB"}), &[("form_param_format_invalid", "locale")])]
#[case(json!({"email_address": ["a@example.com"], "email_address_identification_status": ["verified", "verified"]}), &[("form_param_array_length_mismatch", "email_address_identification_status")])]
#[case(json!({"email_address": ["taken@example.com"], "username": "TAKEN", "external_id": "taken"}), &[("form_identifier_exists", "username"), ("form_identifier_exists", "external_id"), ("form_identifier_exists", "email_address")])]
#[tokio::test]
async fn what_is_wrong_is_told_at_once_and_nobody_is_made(#[case] body: Value, #[case] errors: &[(&str, &str)]) {
    let api = Api::of(0);
    create(&api, json!({"email_address": ["taken@example.com"], "username": "taken", "external_id": "taken"})).await;
    let reply = api.json(Method::POST, "/v1/users", &body).await;
    assert_eq!((reply.status, reply.errors()), (StatusCode::UNPROCESSABLE_ENTITY, errors.to_vec()));
    assert_eq!(api.count("").await, 1);
}

#[tokio::test]
async fn absent_is_unchanged_and_null_clears() {
    let api = Api::of(0);
    let user = create(
        &api,
        json!({"first_name": "Ada", "last_name": "L", "username": "ada1", "email_address": ["a@example.com"]}),
    )
    .await;
    let update = async |body: Value| api.json(Method::PATCH, &path(&user), &body).await;
    let changed = update(json!({"first_name": "Augusta", "last_name": null, "username": ""})).await.body;
    assert_eq!(
        (&changed["first_name"], &changed["last_name"], &changed["username"]),
        (&json!("Augusta"), &Value::Null, &Value::Null)
    );
    assert_eq!(changed["email_addresses"], user["email_addresses"]);
    assert_eq!(api.ids("/v1/users?name_query=augusta").await.len(), 1);
    assert_eq!(api.count("query=ada1").await, 0, "a username that is gone finds nobody");
    let again = create(&api, json!({"username": "ada1"})).await;
    let last = api.json(Method::PATCH, &path(&again), &json!({"username": null})).await;
    assert_eq!((last.status, last.code()), (StatusCode::BAD_REQUEST, "identification_deletion_failed"));
    let taken = update(json!({"username": "Ada1", "first_name": "No"})).await;
    assert_eq!(taken.errors(), [("form_identifier_exists", "username")]);
    assert_eq!(api.get(&path(&user)).await.body["first_name"], "Augusta");
    let empty = api.send(api.request(Method::PATCH, &path(&user)).body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(empty.status, StatusCode::OK);
}

#[tokio::test]
async fn metadata_in_an_update_depends_on_the_version() {
    let api = Api::of(0);
    let user =
        create(&api, json!({"username": "ada1", "public_metadata": {"a": 1}, "private_metadata": {"b": 1}})).await;
    let body = json!({"public_metadata": {"c": 2}});
    let refused = api.json(Method::PATCH, &path(&user), &body).await;
    assert_eq!(refused.errors(), [("form_param_unknown", "public_metadata")]);
    let replaced = api.json_in("2025-11-10", Method::PATCH, &path(&user), &body).await.body;
    assert_eq!((&replaced["public_metadata"], &replaced["private_metadata"]), (&json!({"c": 2}), &json!({"b": 1})));
}

#[tokio::test]
async fn only_a_verified_identification_of_ones_own_comes_first() {
    let api = Api::of(0);
    let user = create(
        &api,
        json!({
            "email_address": ["a@example.com", "b@example.com", "c@example.com"],
            "email_address_identification_status": ["verified", "verified", "reserved"],
        }),
    )
    .await;
    let set = async |id: &Value| api.json(Method::PATCH, &path(&user), &json!({"primary_email_address_id": id})).await;
    let second = &user["email_addresses"][1]["id"];
    assert_eq!(&set(second).await.body["primary_email_address_id"], second);
    assert_eq!(set(&user["email_addresses"][2]["id"]).await.code(), "form_verification_needed");
    assert_eq!(set(&json!("idn_nothing")).await.code(), "form_resource_not_found");
}
