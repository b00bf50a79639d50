//! What the emulator answers, to everything that it knows.

use super::contract::{Contract, contract};
use axum::{Router, body::Body, http::Request};
use http_body_util::BodyExt;
use lazyclerk::emulator::{Options, router};
use serde_json::{Value, json};
use tower::ServiceExt;

/// What the emulator says of a path, or of a verb, that it does not know.
const UNKNOWN: [&str; 2] = ["There is no such operation.", "Method not allowed"];

/// An emulator, and what was found wrong with its answers.
pub struct Emulator<'a> {
    contract: &'a Contract,
    router: Router,
    authorization: String,
    wrong: Vec<String>,
}

impl<'a> Emulator<'a> {
    pub fn start(contract: &'a Contract) -> Self {
        let (router, key) = router(&Options { users: 300, ..Options::default() }).unwrap();
        Self { contract, router, authorization: format!("Bearer {}", key.expose()), wrong: Vec::new() }
    }

    /// Asks, and holds the answer to the contract. Its body.
    async fn ask(&mut self, method: &str, path: &str, body: Option<Value>, expected: u16) -> Value {
        let builder = Request::builder().method(method).uri(path).header("authorization", &self.authorization);
        let builder = builder.header("clerk-api-version", "2026-05-12");
        let request = match &body {
            Some(body) => builder.header("content-type", "application/json").body(Body::from(body.to_string())),
            None => builder.body(Body::empty()),
        };
        let response = self.router.clone().oneshot(request.unwrap()).await.unwrap();
        let status = response.status().as_u16();
        let content_type = response.headers()["content-type"].to_str().unwrap().to_owned();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        let answer: Value = serde_json::from_slice(&bytes).unwrap();
        let asked = format!("{method} {path}");
        if content_type != "application/json" {
            self.wrong.push(format!("{asked}: {content_type}"));
        }
        if status != expected {
            self.wrong.push(format!("{asked}: {status} for {expected}: {answer}"));
        }
        let without_query = path.split('?').next().unwrap();
        let Some(operation) = self.contract.operation(method, without_query) else {
            self.wrong.push(format!("{asked}: no such operation"));
            return answer;
        };
        let errors = operation.answer_errors(status, &answer);
        self.wrong.extend(errors.into_iter().map(|error| format!("{asked} ({}): {error}", operation.id)));
        answer
    }

    /// Whether there is such an operation here: what is unknown is told before anything else.
    pub async fn knows(&self, method: &str, path: &str) -> bool {
        let request = Request::builder().method(method).uri(path).header("authorization", &self.authorization);
        let response = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        let answer: Value = serde_json::from_slice(&bytes).unwrap();
        !answer["errors"][0]["long_message"].as_str().is_some_and(|told| UNKNOWN.contains(&told))
    }

    async fn get(&mut self, path: &str) -> Value {
        self.ask("GET", path, None, 200).await
    }

    async fn post(&mut self, path: &str) -> Value {
        self.ask("POST", path, None, 200).await
    }
}

#[tokio::test]
async fn each_answer_is_as_the_contract_has_it() {
    let Some(contract) = contract() else { return };
    let mut emulator = Emulator::start(&contract);
    // Everybody, so that every part that a user can have is looked at.
    let users = emulator.get("/v1/users?limit=500").await;
    assert!(users.as_array().unwrap().len() == 300);
    for order in ["%2Bcreated_at", "-last_active_at", "%2Bfirst_name", "-web3wallet"] {
        emulator.get(&format!("/v1/users?order_by={order}&limit=20")).await;
    }
    emulator.get("/v1/users/count?banned=true").await;
    emulator.get("/v1/instance").await;
    emulator.ask("GET", "/v1/users?limit=0", None, 422).await;
    emulator.ask("GET", "/v1/users/user_nobody", None, 404).await;
    let mut memberships = 0;
    for user in users.as_array().unwrap().iter().take(40) {
        let id = user["id"].as_str().unwrap();
        emulator.get(&format!("/v1/users/{id}")).await;
        let page = emulator.get(&format!("/v1/users/{id}/organization_memberships?limit=100")).await;
        memberships += page["total_count"].as_u64().unwrap();
        emulator.get(&format!("/v1/sessions?user_id={id}&limit=100")).await;
    }
    assert!(memberships > 0, "nobody belongs anywhere");
    let id = users[0]["id"].as_str().unwrap();
    for act in ["ban", "unban", "lock", "unlock"] {
        emulator.post(&format!("/v1/users/{id}/{act}")).await;
    }
    assert!(emulator.wrong.is_empty(), "{}", emulator.wrong.join("\n"));
}

#[test]
fn a_user_of_another_shape_is_found_out() {
    let Some(contract) = contract() else { return };
    let get = contract.operation("GET", "/v1/users/user_1").unwrap();
    let errors = get.answer_errors(200, &json!({ "object": "user", "id": "user_1", "colour": "blue" }));
    assert!(errors.iter().any(|error| error.contains("colour")), "{errors:?}");
    assert!(errors.iter().any(|error| error.contains("email_addresses")), "{errors:?}");
    assert!(!get.answer_errors(418, &json!({})).is_empty());
}
