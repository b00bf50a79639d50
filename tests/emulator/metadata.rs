use crate::api::{Api, NOW};
use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use serde_json::{Value, json};
use std::time::Duration;

async fn somebody(api: &Api) -> String {
    format!("/v1/users/{}/metadata", api.ids("/v1/users").await[0])
}

#[tokio::test]
async fn patch_merges_and_null_takes_out() {
    let api = Api::of(5);
    let path = somebody(&api).await;
    let start = json!({"public_metadata": {"a": {"b": 1, "c": [1, 2]}, "d": "x"}, "unsafe_metadata": {"keep": true}});
    let put = api.json(Method::PUT, &path, &start).await;
    assert_eq!((put.status, &put.body["public_metadata"]), (StatusCode::OK, &start["public_metadata"]));
    let private = put.body["private_metadata"].clone();

    api.clock.set(NOW.plus(Duration::from_secs(1)));
    let change =
        json!({"public_metadata": {"a": {"b": null, "c": [3], "e": {"f": null, "g": 1}}, "d": {"h": 2}, "z": null}});
    let merged = api.json(Method::PATCH, &path, &change).await.body;
    assert_eq!(merged["public_metadata"], json!({"a": {"c": [3], "e": {"g": 1}}, "d": {"h": 2}}));
    assert_eq!((&merged["unsafe_metadata"], &merged["private_metadata"]), (&start["unsafe_metadata"], &private));
    assert_eq!(merged["updated_at"], NOW.as_millis() + 1_000);
    assert_eq!(api.get(path.trim_end_matches("/metadata")).await.body, merged);
}

#[tokio::test]
async fn put_replaces_only_the_bags_that_are_given_and_keeps_null() {
    let api = Api::of(5);
    let path = somebody(&api).await;
    api.json(Method::PUT, &path, &json!({"public_metadata": {"a": 1}, "private_metadata": {"b": 2}})).await;
    let body = api.json(Method::PUT, &path, &json!({"public_metadata": {"n": null}, "unsafe_metadata": {}})).await.body;
    assert_eq!(
        (&body["public_metadata"], &body["private_metadata"], &body["unsafe_metadata"]),
        (&json!({"n": null}), &json!({"b": 2}), &json!({}))
    );
}

#[tokio::test]
async fn a_bag_holds_eight_kilobytes_after_merging() {
    let api = Api::of(5);
    let path = somebody(&api).await;
    // {"k":"…"} is 8 bytes around the text.
    let bag = |key: &str, bytes: usize| json!({"public_metadata": {key: "x".repeat(bytes - 8)}});
    let full = api.json(Method::PUT, &path, &bag("k", 8_192)).await;
    assert_eq!(full.status, StatusCode::OK);
    for body in [bag("l", 9), bag("k", 8_193)] {
        let reply = api.json(Method::PATCH, &path, &body).await;
        assert_eq!(
            (reply.status, reply.errors()),
            (StatusCode::UNPROCESSABLE_ENTITY, vec![("form_param_exceeds_allowed_size", "public_metadata")])
        );
    }
    let now = api.get(path.trim_end_matches("/metadata")).await.body;
    assert_eq!(now["public_metadata"], full.body["public_metadata"], "a refusal changes nothing");
}

#[tokio::test]
async fn bodies_are_closed_and_all_that_is_wrong_is_told() {
    let api = Api::of(5);
    let path = somebody(&api).await;
    let body = json!({"public_metadata": 7, "private_metadata": null, "metadata": {}});
    let reply = api.json(Method::PATCH, &path, &body).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        reply.errors(),
        [
            ("form_param_type_invalid", "public_metadata"),
            ("form_param_nil", "private_metadata"),
            ("form_param_unknown", "metadata")
        ]
    );
    let nobody = api.json(Method::PATCH, "/v1/users/user_nobody/metadata", &json!({})).await;
    assert_eq!((nobody.status, nobody.code()), (StatusCode::NOT_FOUND, "resource_not_found"));
    let send = async |kind: &str, body: &'static str| {
        let request = api.request(Method::PATCH, &path).header("content-type", kind);
        api.send(request.body(Body::from(body)).unwrap()).await
    };
    let broken = send("application/json", "{\"public_metadata\":").await;
    assert_eq!((broken.status, broken.code()), (StatusCode::BAD_REQUEST, "request_body_invalid"));
    let form = send("application/x-www-form-urlencoded", "a=1").await;
    assert_eq!((form.status, form.code()), (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_content_type"));
    assert_eq!(send("application/json; charset=utf-8", "{}").await.status, StatusCode::OK);
    assert!(Value::is_string(&broken.body["clerk_trace_id"]));
}
