//! What each operation of the client sends.

use super::{
    contract::contract,
    operations::{Operation, all},
};
use lazyclerk::clerk::{Clerk, Endpoint, SecretKey};
use serde_json::{Value, json};
use std::fmt::Write as _;
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers::any};

/// The request that an operation makes.
pub async fn request_of(operation: &Operation) -> Request {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).set_body_json(&operation.answer);
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let key = SecretKey::new("sk_test_abcdefghijklmnopqrstuvwxyz0123456789").unwrap();
    let clerk = Clerk::new(Endpoint::parse(&server.uri()).unwrap(), key).unwrap();
    (operation.call)(&clerk).await.unwrap_or_else(|error| panic!("{}: {error}", operation.function));
    let mut requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 1, "{}", operation.function);
    requests.remove(0)
}

fn content_type(request: &Request) -> &str {
    request.headers.get("content-type").map_or("", |value| value.to_str().unwrap())
}

fn json_body(request: &Request) -> Option<Value> {
    (content_type(request) == "application/json").then(|| serde_json::from_slice(&request.body).unwrap())
}

#[tokio::test]
async fn each_operation_has_its_verb_path_parameters_and_body() {
    let mut told = String::new();
    for operation in all() {
        let request = request_of(&operation).await;
        let query = request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
        writeln!(told, "{}\n    {} {}{query}", operation.function, request.method, request.url.path()).unwrap();
        match (json_body(&request), content_type(&request)) {
            (Some(body), _) => writeln!(told, "    {body}").unwrap(),
            (None, "") => assert!(request.body.is_empty(), "{}", operation.function),
            (None, content_type) => {
                let form = String::from_utf8_lossy(&request.body);
                assert!(content_type.starts_with("multipart/form-data; boundary="), "{content_type}");
                assert!(form.contains("name=\"file\"; filename=\"ada.png\""), "{form}");
                assert!(form.contains("Content-Type: image/png") && form.contains("PNG"), "{form}");
                writeln!(told, "    multipart/form-data").unwrap();
            }
        }
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn each_request_is_as_the_contract_wants_it() {
    let Some(contract) = contract() else { return };
    let mut wrong = Vec::new();
    for operation in all() {
        let request = request_of(&operation).await;
        let Some(defined) = contract.operation(request.method.as_str(), request.url.path()) else {
            wrong.push(format!("{}: no such operation", operation.function));
            continue;
        };
        let names = request.url.query_pairs().map(|(name, _)| name.into_owned());
        let unknown = defined.unknown_parameters(names);
        wrong.extend(unknown.into_iter().map(|name| format!("{}: parameter {name}", operation.function)));
        let body = json_body(&request);
        if body.is_none() && !request.body.is_empty() {
            let content_type = content_type(&request).split(';').next().unwrap_or_default();
            assert!(defined.takes(content_type), "{}: {content_type}", operation.function);
        } else {
            let errors = defined.body_errors(body.as_ref());
            wrong.extend(errors.into_iter().map(|error| format!("{} ({}): {error}", operation.function, defined.id)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_contract_refuses_what_it_does_not_know() {
    let Some(contract) = contract() else { return };
    let create = contract.operation("POST", "/v1/users").unwrap();
    assert_eq!(create.id, "CreateUser");
    let errors = |body: Value| create.body_errors(Some(&body)).len();
    assert_eq!(errors(json!({ "first_name": "Ada", "last_name": null })), 0);
    assert_eq!(errors(json!({ "firstname": "Ada" })), 1);
    assert_eq!(errors(json!({ "phone_number_identification_status": ["guessed"] })), 1);
    assert_eq!(errors(json!({ "email_address": "ada@example.com" })), 1);
    assert_eq!(create.unknown_parameters(["dry_run".to_owned()].into_iter()), ["dry_run"]);
    assert_eq!(contract.operation("POST", "/v1/users/ban").unwrap().id, "UsersBan");
    assert_eq!(contract.operation("GET", "/v1/users/count").unwrap().id, "GetUsersCount");
    assert!(contract.operation("DELETE", "/v1/users/user_1/ban").is_none());
}
