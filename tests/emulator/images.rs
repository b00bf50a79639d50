use crate::api::Api;
use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use serde_json::{Value, json};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nand the rest";

/// A form with one part, as SDKs send it.
async fn upload(api: &Api, path: &str, part: &str, bytes: &[u8]) -> crate::api::Reply {
    let mut body =
        format!("--xyz\r\ncontent-disposition: form-data; name=\"{part}\"; filename=\"a.png\"\r\n\r\n").into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--xyz--\r\n");
    let request = api.request(Method::POST, &format!("{path}/profile_image")).header("host", "127.0.0.1:4010");
    api.send(request.header("content-type", "multipart/form-data; boundary=xyz").body(Body::from(body)).unwrap()).await
}

async fn somebody(api: &Api) -> String {
    format!("/v1/users/{}", api.user_who(|user| user["has_image"] == false).await["id"].as_str().unwrap())
}

#[tokio::test]
async fn an_image_is_kept_and_served_where_it_says() {
    let api = Api::of(20);
    let path = somebody(&api).await;
    let user = upload(&api, &path, "file", PNG).await;
    assert_eq!((user.status, &user.body["has_image"]), (StatusCode::OK, &json!(true)), "{}", user.body);
    let url = user.body["image_url"].as_str().unwrap();
    let image = url.strip_prefix("http://127.0.0.1:4010").unwrap();
    assert_eq!(api.bytes(image).await, (StatusCode::OK, "image/png".to_owned(), PNG.to_vec()));

    let without = api.delete(&format!("{path}/profile_image")).await;
    assert_eq!((without.status, &without.body["has_image"]), (StatusCode::OK, &json!(false)));
    assert_ne!(without.body["image_url"], Value::from(url));
    assert_eq!(api.bytes(image).await.0, StatusCode::NOT_FOUND);
    let again = api.delete(&format!("{path}/profile_image")).await;
    assert_eq!((again.status, again.code()), (StatusCode::NOT_FOUND, "image_not_found"));
}

#[tokio::test]
async fn what_is_no_image_is_refused() {
    let api = Api::of(20);
    let path = somebody(&api).await;
    let text = upload(&api, &path, "file", b"hello").await;
    assert_eq!((text.status, text.code()), (StatusCode::BAD_REQUEST, "request_body_invalid"));
    let other = upload(&api, &path, "picture", PNG).await;
    assert_eq!((other.status, other.code()), (StatusCode::BAD_REQUEST, "form_param_missing"));
    let none = api.post(&format!("{path}/profile_image")).await;
    assert_eq!((none.status, none.code()), (StatusCode::BAD_REQUEST, "form_param_missing"));
    let mut large = PNG.to_vec();
    large.resize(10 * 1024 * 1024, 0);
    assert_eq!(upload(&api, &path, "file", &large).await.status, StatusCode::OK);
    for more in [1, 200_000] {
        large.resize(10 * 1024 * 1024 + more, 0);
        let reply = upload(&api, &path, "file", &large).await;
        assert_eq!((reply.status, reply.code()), (StatusCode::PAYLOAD_TOO_LARGE, "image_too_large"));
    }
    assert_eq!(upload(&api, "/v1/users/user_nobody", "file", PNG).await.status, StatusCode::NOT_FOUND);
}
