//! Email addresses and phone numbers by their own ids: `/v1/email_addresses`, `/v1/phone_numbers`.

use crate::api::{Api, NOW, Reply};
use axum::http::{Method, StatusCode};
use lazyclerk::clerk::model::Timestamp;
use serde_json::{Value, json};

async fn ada(api: &Api) -> Value {
    let body = json!({ "email_address": ["ada@example.com"], "phone_number": ["+12015550100"] });
    api.json(Method::POST, "/v1/users", &body).await.body
}

async fn again(api: &Api, user: &Value) -> Value {
    api.get(&format!("/v1/users/{}", user["id"].as_str().unwrap())).await.body
}

async fn add(api: &Api, kind: &str, user: &Value, more: Value) -> Reply {
    let mut body = json!({ "user_id": user["id"] });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    api.json(Method::POST, &format!("/v1/{kind}"), &body).await
}

async fn change(api: &Api, kind: &str, id: &Value, body: Value) -> Reply {
    api.json(Method::PATCH, &format!("/v1/{kind}/{}", id.as_str().unwrap()), &body).await
}

async fn take(api: &Api, kind: &str, id: &Value) -> Reply {
    api.delete(&format!("/v1/{kind}/{}", id.as_str().unwrap())).await
}

fn refused(reply: &Reply) -> (u16, &str, &Value) {
    (reply.status.as_u16(), reply.code(), &reply.body["errors"][0]["meta"]["param_name"])
}

#[tokio::test]
async fn an_address_is_added_proven_made_primary_and_taken_away() {
    let api = Api::of(0);
    let user = ada(&api).await;
    let first = &user["email_addresses"][0]["id"];
    let made = add(&api, "email_addresses", &user, json!({ "email_address": "Countess@Example.com" })).await;
    assert_eq!((made.status, &made.body["email_address"]), (StatusCode::OK, &json!("countess@example.com")));
    assert_eq!((&made.body["object"], &made.body["verification"]), (&json!("email_address"), &Value::Null));
    let id = made.body["id"].clone();
    let shown = api.get(&format!("/v1/email_addresses/{}", id.as_str().unwrap())).await;
    assert_eq!(shown.body, made.body);
    assert_eq!(api.count("email_address=countess@example.com").await, 1);
    assert_eq!(again(&api, &user).await["primary_email_address_id"], *first, "the second is not the primary one");

    let early = change(&api, "email_addresses", &id, json!({ "primary": true })).await;
    assert_eq!(refused(&early), (422, "form_verification_needed", &json!("primary")));
    api.clock.set(Timestamp::from_millis(NOW.as_millis() + 1_000));
    let body = json!({ "verified": true, "primary": true, "notify_primary_email_address_changed": true });
    let proven = change(&api, "email_addresses", &id, body).await;
    assert_eq!(proven.body["verification"]["status"], "verified");
    assert_eq!(proven.body["updated_at"], NOW.as_millis() + 1_000);
    let after = again(&api, &user).await;
    assert_eq!((&after["primary_email_address_id"], &after["email_addresses"][1]), (&id, &proven.body));
    assert_eq!(after["updated_at"], NOW.as_millis() + 1_000);

    let gone = take(&api, "email_addresses", &id).await;
    assert_eq!(gone.body, json!({ "object": "email_address", "id": id, "deleted": true }));
    assert_eq!(again(&api, &user).await["primary_email_address_id"], *first, "the one that is left");
    assert_eq!(api.count("email_address=countess@example.com").await, 0);
    let path = format!("/v1/email_addresses/{}", id.as_str().unwrap());
    assert_eq!(api.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(take(&api, "email_addresses", &id).await.code(), "resource_not_found");
}

#[tokio::test]
async fn several_claim_an_address_and_one_proves_it() {
    let api = Api::of(0);
    let user = ada(&api).await;
    let bob = api.json(Method::POST, "/v1/users", &json!({ "email_address": ["bob@example.com"] })).await.body;
    let own = add(&api, "email_addresses", &user, json!({ "email_address": "ADA@example.com" })).await;
    assert_eq!(refused(&own), (422, "form_identifier_exists", &json!("email_address")));
    let taken = add(&api, "email_addresses", &bob, json!({ "email_address": "ada@example.com" })).await;
    assert_eq!(refused(&taken), (422, "form_identifier_exists", &json!("email_address")));

    let claim = json!({ "email_address": "shared@example.com" });
    let one = add(&api, "email_addresses", &user, claim.clone()).await.body["id"].clone();
    let other = add(&api, "email_addresses", &bob, claim).await.body["id"].clone();
    let proof = json!({ "verified": true });
    assert_eq!(change(&api, "email_addresses", &one, proof.clone()).await.status, StatusCode::OK);
    let late = change(&api, "email_addresses", &other, proof).await;
    assert_eq!(refused(&late), (422, "form_identifier_exists", &json!("email_address")));
}

#[tokio::test]
async fn a_phone_number_is_a_second_factor_only_when_it_is_proven() {
    let api = Api::of(0);
    let user = ada(&api).await;
    let number = json!({ "phone_number": "+1 (201) 555-0101", "reserved_for_second_factor": true });
    let unproven = add(&api, "phone_numbers", &user, number).await;
    assert_eq!(refused(&unproven), (422, "form_verification_needed", &json!("reserved_for_second_factor")));
    assert_eq!(again(&api, &user).await["phone_numbers"].as_array().unwrap().len(), 1, "nothing was added");

    let first = user["phone_numbers"][0]["id"].clone();
    let number = json!({ "phone_number": "+12015550101", "reserved_for_second_factor": true, "verified": true });
    let second = add(&api, "phone_numbers", &user, number).await.body;
    assert_eq!((&second["reserved_for_second_factor"], &second["default_second_factor"]), (&json!(true), &json!(true)));
    assert_eq!(again(&api, &user).await["two_factor_enabled"], true);
    let reserve = json!({ "reserved_for_second_factor": true });
    let other = change(&api, "phone_numbers", &first, reserve).await.body;
    assert_eq!((&other["reserved_for_second_factor"], &other["default_second_factor"]), (&json!(true), &json!(false)));

    // No longer known to be the user's, it takes no codes; the other one does.
    let second_id = second["id"].clone();
    let doubted = change(&api, "phone_numbers", &second_id, json!({ "verified": false })).await.body;
    assert_eq!((&doubted["verification"], &doubted["reserved_for_second_factor"]), (&Value::Null, &json!(false)));
    assert_eq!(again(&api, &user).await["phone_numbers"][0]["default_second_factor"], true);
    assert_eq!(take(&api, "phone_numbers", &first).await.body["deleted"], true);
    let after = again(&api, &user).await;
    assert_eq!((&after["two_factor_enabled"], &after["primary_phone_number_id"]), (&json!(false), &second_id));
}

#[tokio::test]
async fn what_is_wrong_is_told_and_nothing_changes() {
    let api = Api::of(200);
    let user = api.json(Method::POST, "/v1/users", &json!({ "email_address": ["ada@example.com"] })).await.body;
    let body = json!({ "user_id": "", "email_address": "ada", "verified": "yes" });
    let reply = api.json(Method::POST, "/v1/email_addresses", &body).await;
    let codes: Vec<&Value> = reply.body["errors"].as_array().unwrap().iter().map(|error| &error["code"]).collect();
    assert_eq!(codes, ["form_param_missing", "form_param_format_invalid", "form_param_type_invalid"]);
    let nobody = json!({ "user_id": "user_nobody", "email_address": "x@example.com" });
    assert_eq!(api.json(Method::POST, "/v1/email_addresses", &nobody).await.status, StatusCode::NOT_FOUND);

    // An address is no phone number, and the last one stays.
    let only = &user["email_addresses"][0]["id"];
    assert_eq!(api.get(&format!("/v1/phone_numbers/{}", only.as_str().unwrap())).await.status, StatusCode::NOT_FOUND);
    assert_eq!(refused(&take(&api, "email_addresses", only).await).1, "identification_deletion_failed");
    assert_eq!(again(&api, &user).await["email_addresses"][0]["id"], *only);
    let linked = api.user_who(|user| user["email_addresses"][0]["linked_to"][0].is_object()).await;
    let reply = take(&api, "email_addresses", &linked["email_addresses"][0]["id"]).await;
    assert_eq!((reply.status, reply.code()), (StatusCode::BAD_REQUEST, "delete_linked_identification_disallowed"));
    assert_eq!(again(&api, &linked).await["email_addresses"], linked["email_addresses"]);
}
