use crate::api::{Api, NOW, escaped};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

/// The path of the memberships of the organization with the most members.
async fn largest(api: &Api) -> String {
    let page = api.get("/v1/organizations?order_by=-members_count&limit=1").await.body;
    format!("/v1/organizations/{}/memberships", page["data"][0]["id"].as_str().unwrap())
}

async fn list(api: &Api, path: &str) -> Vec<Value> {
    let reply = api.get(path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
    reply.body["data"].as_array().unwrap().clone()
}

fn user_of(membership: &Value) -> &str {
    membership["public_user_data"]["user_id"].as_str().unwrap()
}

/// Somebody who does not belong to the organization.
async fn stranger(api: &Api, path: &str) -> String {
    let members = list(api, &format!("{path}?limit=500")).await;
    let users = api.list("/v1/users?limit=500").await;
    let is_member = |user: &Value| members.iter().any(|member| user_of(member) == user["id"]);
    users.iter().find(|user| !is_member(user)).unwrap()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn they_are_filtered_and_ordered() {
    let api = Api::of(500);
    let path = largest(&api).await;
    let all = list(&api, &format!("{path}?limit=500")).await;
    assert!(
        all.len() > 10 && all.windows(2).all(|pair| pair[0]["created_at"].as_i64() >= pair[1]["created_at"].as_i64())
    );
    let admins = list(&api, &format!("{path}?role=org:admin&limit=500")).await;
    let expected: Vec<_> = all.iter().filter(|member| member["role"] == "org:admin").cloned().collect();
    assert!(!admins.is_empty() && admins.len() < all.len());
    assert_eq!(admins, expected);
    let by_name = list(&api, &format!("{path}?order_by=first_name&limit=500")).await;
    let names: Vec<_> =
        by_name.iter().map(|member| member["public_user_data"]["first_name"].as_str().map(str::to_lowercase)).collect();
    assert!(names.is_sorted());

    let member =
        all.iter().find(|member| member["public_user_data"]["identifier"].as_str().unwrap().contains('@')).unwrap();
    let email = escaped(member["public_user_data"]["identifier"].as_str().unwrap());
    for query in [format!("user_id={}", user_of(member)), format!("email_address={email}"), format!("query={email}")] {
        assert_eq!(list(&api, &format!("{path}?{query}")).await, std::slice::from_ref(member), "{query}");
    }
    let others = api.get(&format!("{path}?user_id=-{}", user_of(member))).await.body;
    assert_eq!(others["total_count"].as_u64().unwrap(), u64::try_from(all.len()).unwrap() - 1);
    let every = api.get("/v1/organization_memberships?limit=500&order_by=created_at").await.body;
    assert!(every["total_count"].as_u64().unwrap() > u64::try_from(all.len()).unwrap());
    assert!(
        every["data"]
            .as_array()
            .unwrap()
            .windows(2)
            .all(|pair| pair[0]["created_at"].as_i64() <= pair[1]["created_at"].as_i64())
    );
}

#[tokio::test]
async fn somebody_joins_rises_and_leaves() {
    let api = Api::of(300);
    let path = largest(&api).await;
    let user = stranger(&api, &path).await;
    let body = json!({ "user_id": user, "role": "org:member", "public_metadata": { "seat": 1 }, "private_metadata": { "cost": 2 } });
    let joined = api.write(Method::POST, &path, &body).await;
    assert_eq!(
        (joined.status, joined.body["role_name"].as_str(), user_of(&joined.body)),
        (StatusCode::OK, Some("Member"), user.as_str())
    );
    assert_eq!(
        (&joined.body["public_metadata"], &joined.body["private_metadata"]),
        (&json!({ "seat": 1 }), &json!({ "cost": 2 }))
    );
    assert_eq!(joined.body["created_at"].as_i64(), Some(NOW.as_millis()));
    assert_eq!(
        list(&api, &format!("{path}?limit=1")).await,
        std::slice::from_ref(&joined.body),
        "the newest is the first"
    );
    let theirs = list(&api, &format!("/v1/users/{user}/organization_memberships")).await;
    assert!(theirs.contains(&joined.body));
    let again = api.write(Method::POST, &path, &body).await;
    assert_eq!((again.status, again.code()), (StatusCode::BAD_REQUEST, "already_a_member_in_organization"));

    api.clock.set(NOW.plus(Duration::from_secs(1)));
    let risen = api.write(Method::PATCH, &format!("{path}/{user}"), &json!({ "role": "org:admin" })).await;
    assert_eq!(
        (risen.status, &risen.body["role"], &risen.body["role_name"]),
        (StatusCode::OK, &"org:admin".into(), &"Admin".into())
    );
    assert!(risen.body["permissions"].as_array().unwrap().contains(&"org:sys_memberships:manage".into()));
    assert_eq!(risen.body["updated_at"].as_i64(), Some(NOW.as_millis() + 1_000));

    let left = api.write(Method::DELETE, &format!("{path}/{user}"), &Value::Null).await;
    assert_eq!((left.status, &left.body), (StatusCode::OK, &risen.body), "the answer is the membership");
    assert!(list(&api, &format!("{path}?user_id={user}")).await.is_empty());
    let gone = api.write(Method::DELETE, &format!("{path}/{user}"), &Value::Null).await;
    assert_eq!((gone.status, gone.code()), (StatusCode::NOT_FOUND, "resource_not_found"));
}

#[tokio::test]
async fn the_last_admin_stays() {
    let api = Api::of(300);
    let path = largest(&api).await;
    let mut admins = list(&api, &format!("{path}?role=org:admin&limit=500")).await;
    let last = admins.pop().unwrap();
    for admin in admins {
        let removed = api.write(Method::DELETE, &format!("{path}/{}", user_of(&admin)), &Value::Null).await;
        assert_eq!(removed.status, StatusCode::OK);
    }
    let path = format!("{path}/{}", user_of(&last));
    for reply in [
        api.write(Method::DELETE, &path, &Value::Null).await,
        api.write(Method::PATCH, &path, &json!({ "role": "org:member" })).await,
    ] {
        assert_eq!((reply.status, reply.code()), (StatusCode::BAD_REQUEST, "organization_minimum_permissions_needed"));
    }
    assert_eq!(api.write(Method::PATCH, &path, &json!({ "role": "org:admin" })).await.status, StatusCode::OK);
}

#[tokio::test]
async fn metadata_is_merged_and_has_its_size() {
    let api = Api::of(100);
    let path = largest(&api).await;
    let member = list(&api, &format!("{path}?limit=1")).await.remove(0);
    let path = format!("{path}/{}/metadata", user_of(&member));
    let write = async |body: Value| api.write(Method::PATCH, &path, &body).await;
    write(json!({ "public_metadata": { "a": { "b": 1, "c": [1, 2] }, "d": 1 }, "private_metadata": { "x": 1 } })).await;
    let merged =
        write(json!({ "public_metadata": { "a": { "b": null, "c": [3], "e": { "f": null } }, "d": null } })).await;
    let mut expected = member["public_metadata"].clone();
    expected["a"] = json!({ "c": [3], "e": {} });
    assert_eq!((&merged.body["public_metadata"], &merged.body["private_metadata"]), (&expected, &json!({ "x": 1 })));
    let much = write(json!({ "private_metadata": { "x": "y".repeat(8 * 1024) } })).await;
    assert_eq!(
        (much.status, much.code(), much.param()),
        (StatusCode::UNPROCESSABLE_ENTITY, "form_param_exceeds_allowed_size", "private_metadata")
    );
    let unknown = write(json!({ "unsafe_metadata": {} })).await;
    assert_eq!(
        (unknown.status, unknown.code(), unknown.param()),
        (StatusCode::UNPROCESSABLE_ENTITY, "form_param_unknown", "unsafe_metadata")
    );
}

#[tokio::test]
async fn what_is_wrong_is_told_at_once() {
    let api = Api::of(100);
    let path = largest(&api).await;
    let missing = api.write(Method::POST, &path, &json!({ "role": 7 })).await;
    let told: Vec<_> = missing.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (&error["code"], &error["meta"]["param_name"]))
        .collect();
    assert_eq!(
        told,
        [(&"form_param_missing".into(), &"user_id".into()), (&"form_param_type_invalid".into(), &"role".into())]
    );
    let role = api.write(Method::POST, &path, &json!({ "user_id": "user_none", "role": "org:king" })).await;
    assert_eq!(
        (role.status, role.code(), role.param()),
        (StatusCode::UNPROCESSABLE_ENTITY, "form_param_value_invalid", "role")
    );
    let nobody = api.write(Method::POST, &path, &json!({ "user_id": "user_none", "role": "org:member" })).await;
    assert_eq!((nobody.status, nobody.code()), (StatusCode::NOT_FOUND, "resource_not_found"));
    let broken = api
        .send(api.request(Method::POST, &path).header("content-type", "application/json").body("{".into()).unwrap())
        .await;
    assert_eq!((broken.status, broken.code()), (StatusCode::BAD_REQUEST, "request_body_invalid"));
    let other = api
        .send(api.request(Method::POST, &path).header("content-type", "text/plain").body("{}".into()).unwrap())
        .await;
    assert_eq!((other.status, other.code()), (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_content_type"));
}
