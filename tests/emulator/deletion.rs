use crate::api::{Api, escaped};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

fn path(user: &Value) -> String {
    format!("/v1/users/{}", user["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_deleted_user_leaves_nothing_behind() {
    let api = Api::of(300);
    let mut found = None;
    for user in api.list("/v1/users?limit=300").await {
        let memberships = api.get(&format!("{}/organization_memberships", path(&user))).await.body;
        if user["email_addresses"][0].is_object() && memberships["total_count"] != 0 {
            found = Some((user, memberships));
            break;
        }
    }
    let (user, memberships) = found.unwrap();
    let id = user["id"].as_str().unwrap();
    let organization = memberships["data"][0]["organization"]["id"].as_str().unwrap();
    let members = api.count(&format!("organization_id={organization}")).await;
    let email = escaped(user["email_addresses"][0]["email_address"].as_str().unwrap());
    assert_eq!(api.count(&format!("email_address_query={email}")).await, 1);

    let reply = api.delete(&path(&user)).await;
    assert_eq!((reply.status, reply.body), (StatusCode::OK, json!({"object": "user", "id": id, "deleted": true})));
    assert_eq!(api.get(&path(&user)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(api.count("").await, 299);
    for query in [format!("email_address={email}"), format!("email_address_query={email}"), format!("query={id}")] {
        assert_eq!(api.count(&query).await, 0, "{query}");
    }
    assert_eq!(api.list(&format!("/v1/sessions?user_id={id}")).await, Vec::<Value>::new());
    assert_eq!(api.count(&format!("organization_id={organization}")).await, members - 1);
    let again = api.delete(&path(&user)).await;
    assert_eq!((again.status, again.code()), (StatusCode::NOT_FOUND, "resource_not_found"));
}

#[tokio::test]
async fn many_are_banned_and_let_in_again_at_once() {
    let api = Api::of(80);
    let ids = api.ids("/v1/users?banned=false&limit=50").await;
    let before = api.count("banned=true").await;
    let banned = api.json(Method::POST, "/v1/users/ban", &json!({"user_ids": ids})).await;
    let answered: Vec<_> = banned.body.as_array().unwrap().iter().map(|user| user["id"].as_str().unwrap()).collect();
    assert_eq!((banned.status, answered), (StatusCode::OK, ids.iter().map(String::as_str).collect()));
    assert!(banned.body.as_array().unwrap().iter().all(|user| user["banned"] == true));
    assert_eq!(api.count("banned=true").await, before + 50);
    for id in &ids {
        assert!(api.list(&format!("/v1/sessions?user_id={id}&status=active")).await.is_empty());
    }
    let twice = json!({"user_ids": [ids[0], ids[0]]});
    assert_eq!(api.json(Method::POST, "/v1/users/unban", &twice).await.body.as_array().unwrap().len(), 1);
    assert_eq!(api.count("banned=true").await, before + 49);
}

#[tokio::test]
async fn a_bulk_ban_is_all_or_nothing() {
    let api = Api::of(20);
    let ids = api.ids("/v1/users?banned=false").await;
    let before = api.count("banned=true").await;
    let ban = async |body: Value| api.json(Method::POST, "/v1/users/ban", &body).await;
    assert_eq!(ban(json!({"user_ids": [ids[0], "user_nobody"]})).await.status, StatusCode::NOT_FOUND);
    let many = ban(json!({"user_ids": vec![&ids[0]; 51]})).await;
    assert_eq!((many.status, many.code()), (StatusCode::BAD_REQUEST, "bulk_size_exceeded"));
    for (body, code) in [
        (json!({"user_ids": []}), "form_param_missing"),
        (json!({}), "form_param_missing"),
        (json!({"user_ids": ids[0]}), "form_param_type_invalid"),
        (json!({"user_ids": null}), "form_param_nil"),
    ] {
        let reply = ban(body).await;
        assert_eq!((reply.status, reply.errors()[0]), (StatusCode::UNPROCESSABLE_ENTITY, (code, "user_ids")));
    }
    assert_eq!(api.count("banned=true").await, before);
}
