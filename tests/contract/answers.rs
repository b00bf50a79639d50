//! What the emulator answers, to everything that it knows.

use super::contract::{Contract, contract};
use axum::{
    Router,
    body::Body,
    http::{Request, request::Builder},
};
use http_body_util::BodyExt;
use lazyclerk::emulator::{Options, router};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tower::ServiceExt;

/// What the emulator says of a path, or of a verb, that it does not know.
const UNKNOWN: [&str; 2] = ["There is no such operation.", "Method not allowed"];

/// An emulator, and what was found wrong with its answers.
pub struct Emulator<'a> {
    contract: &'a Contract,
    router: Router,
    authorization: String,
    answered: BTreeSet<String>,
    wrong: Vec<String>,
}

impl<'a> Emulator<'a> {
    pub fn start(contract: &'a Contract) -> Self {
        let (router, key) = router(&Options { users: 300, ..Options::default() }).unwrap();
        Self {
            contract,
            router,
            authorization: format!("Bearer {}", key.expose()),
            answered: BTreeSet::new(),
            wrong: Vec::new(),
        }
    }

    fn request(&self, method: &str, path: &str) -> Builder {
        let builder = Request::builder().method(method).uri(path).header("authorization", &self.authorization);
        builder.header("clerk-api-version", "2026-05-12")
    }

    /// Asks, and holds the answer to the contract. Its body.
    async fn ask(&mut self, method: &str, path: &str, body: Option<Value>, expected: u16) -> Value {
        let builder = self.request(method, path);
        let request = match &body {
            Some(body) => builder.header("content-type", "application/json").body(Body::from(body.to_string())),
            None => builder.body(Body::empty()),
        };
        self.send(method, path, request.unwrap(), expected).await
    }

    /// Uploads the smallest of PNGs.
    async fn upload(&mut self, path: &str) {
        let part = "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n";
        let body = [part.as_bytes(), b"\x89PNG\r\n\x1a\n", b"\r\n--xyz--\r\n"].concat();
        let builder = self.request("POST", path).header("content-type", "multipart/form-data; boundary=xyz");
        self.send("POST", path, builder.body(Body::from(body)).unwrap(), 200).await;
    }

    async fn send(&mut self, method: &str, path: &str, request: Request<Body>, expected: u16) -> Value {
        let response = self.router.clone().oneshot(request).await.unwrap();
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
        if expected == 200 {
            self.answered.insert(operation.id.to_owned());
        }
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

/// The operations that the emulator answers well, each answer held to the contract.
///
/// # Panics
///
/// When anything is wrong with one.
pub async fn answered(contract: &Contract) -> BTreeSet<String> {
    let mut emulator = Emulator::start(contract);
    lists_and_acts(&mut emulator).await;
    changes_of_a_user(&mut emulator).await;
    possessions(&mut emulator).await;
    neighbours(&mut emulator).await;
    waitlist(&mut emulator).await;
    identifications(&mut emulator).await;
    assert!(emulator.wrong.is_empty(), "{}", emulator.wrong.join("\n"));
    emulator.answered
}

async fn lists_and_acts(emulator: &mut Emulator<'_>) {
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
}

async fn changes_of_a_user(emulator: &mut Emulator<'_>) {
    let grace = json!({
        "email_address": ["grace@example.com", "hopper@example.com"], "phone_number": ["+12015550123"],
        "username": "grace_h", "first_name": "Grace", "password": "cobol-is-for-people-1959",
        "totp_secret": "JBSWY3DPEHPK3PXP", "backup_codes": ["abcd1234"], "public_metadata": { "rank": "commodore" },
        "web3_wallet": ["0x71C7656EC7ab88b098defB751B7401B5f6d8976F"], "created_at": "2019-12-09T00:00:00Z",
    });
    let user = emulator.ask("POST", "/v1/users", Some(grace.clone()), 200).await;
    let id = user["id"].as_str().unwrap().to_owned();
    let of = |rest: &str| format!("/v1/users/{id}{rest}");
    emulator.ask("POST", "/v1/users", Some(grace), 422).await;
    emulator.ask("POST", "/v1/users", Some(json!({ "nonsense": 1, "email_address": ["no"] })), 422).await;
    emulator.ask("PATCH", &of(""), Some(json!({ "last_name": "Hopper", "username": null })), 200).await;
    emulator.ask("PATCH", &of(""), Some(json!({ "public_metadata": {} })), 422).await;
    emulator.ask("PATCH", &of("/metadata"), Some(json!({ "public_metadata": { "rank": null } })), 200).await;
    emulator.ask("PUT", &of("/metadata"), Some(json!({ "private_metadata": { "a": [1] } })), 200).await;
    emulator.ask("POST", &of("/verify_password"), Some(json!({ "password": "cobol-is-for-people-1959" })), 200).await;
    emulator.ask("POST", &of("/verify_password"), Some(json!({ "password": "fortran" })), 422).await;
    emulator.ask("POST", &of("/verify_totp"), Some(json!({ "code": "abcd1234" })), 200).await;
    emulator.ask("POST", &of("/verify_totp"), Some(json!({ "code": "abcd1234" })), 422).await;
    emulator.ask("POST", &of("/password/set_compromised"), Some(json!({ "revoke_all_sessions": true })), 200).await;
    emulator.post(&of("/password/unset_compromised")).await;
    emulator.post(&of("/remove_password")).await;
    emulator.ask("POST", &of("/verify_password"), Some(json!({ "password": "fortran" })), 400).await;
    for factor in ["/backup_code", "/totp", "/mfa"] {
        emulator.ask("DELETE", &of(factor), None, 200).await;
    }
    emulator.ask("POST", &of("/verify_totp"), Some(json!({ "code": "123456" })), 400).await;
    emulator.ask("PUT", &of("/email_address"), Some(json!({ "email_address": "rear@admiral.example" })), 200).await;
    emulator.ask("PUT", &of("/phone_number"), Some(json!({ "phone_number": "+12015550199" })), 200).await;
    let wallet = user["web3_wallets"][0]["id"].as_str().unwrap().to_owned();
    emulator.ask("DELETE", &of(&format!("/web3_wallets/{wallet}")), None, 200).await;
    emulator.ask("DELETE", &of("/passkeys/idn_nobody"), None, 404).await;
    emulator.ask("DELETE", &of("/external_accounts/eac_nobody"), None, 404).await;
    emulator.get(&of("/trusted_devices")).await;
    emulator.get(&of("/organization_invitations?status=pending")).await;
    emulator.get(&of("/oauth_access_tokens/oauth_google")).await;
    emulator.ask("POST", "/v1/users/ban", Some(json!({ "user_ids": [id] })), 200).await;
    emulator.ask("POST", "/v1/users/unban", Some(json!({ "user_ids": [id] })), 200).await;
    emulator.ask("POST", "/v1/users/ban", Some(json!({ "user_ids": vec![&id; 51] })), 400).await;
    emulator.ask("DELETE", &of(""), None, 200).await;
    emulator.ask("GET", &of(""), None, 404).await;
}

async fn possessions(emulator: &mut Emulator<'_>) {
    let users = emulator.get("/v1/users?limit=300").await;
    for (kind, id) in [("passkeys", "id"), ("external_accounts", "external_account_id")] {
        let owner = users.as_array().unwrap().iter().find(|user| user[kind][0][id].is_string()).unwrap();
        let (user, part) = (owner["id"].as_str().unwrap(), owner[kind][0][id].as_str().unwrap());
        emulator.ask("DELETE", &format!("/v1/users/{user}/{kind}/{part}"), None, 200).await;
    }
    let image = format!("/v1/users/{}/profile_image", users[0]["id"].as_str().unwrap());
    emulator.upload(&image).await;
    emulator.ask("DELETE", &image, None, 200).await;
    for user in users.as_array().unwrap() {
        let devices = format!("/v1/users/{}/trusted_devices", user["id"].as_str().unwrap());
        let device = emulator.get(&devices).await["data"][0]["id"].clone();
        if let Some(device) = device.as_str() {
            emulator.ask("DELETE", &format!("{devices}/{device}"), None, 200).await;
            break;
        }
    }
}

async fn waitlist(emulator: &mut Emulator<'_>) {
    for act in ["invite", "reject", ""] {
        let body = json!({ "email_address": format!("{act}@waiting.example"), "notify": false });
        let body = if act.is_empty() { json!({ "email_address": "gone@waiting.example" }) } else { body };
        let entry = emulator.ask("POST", "/v1/waitlist_entries", Some(body), 200).await;
        let entry = format!("/v1/waitlist_entries/{}", entry["id"].as_str().unwrap());
        match act {
            "" => emulator.ask("DELETE", &entry, None, 200).await,
            act => emulator.post(&format!("{entry}/{act}")).await,
        };
    }
}

async fn neighbours(emulator: &mut Emulator<'_>) {
    let users = emulator.get("/v1/users?limit=300").await;
    let user = users[0]["id"].as_str().unwrap().to_owned();
    let organizations = emulator.get("/v1/organizations?include_members_count=true&limit=100").await;
    let organization = organizations["data"][0]["id"].as_str().unwrap().to_owned();
    let of = |rest: &str| format!("/v1/organizations/{organization}{rest}");
    emulator.get(&of("")).await;
    let members = emulator.get(&of("/memberships?limit=500")).await;
    let is_member = |user: &Value| {
        let members = members["data"].as_array().unwrap();
        members.iter().any(|member| member["public_user_data"]["user_id"] == user["id"])
    };
    let stranger = users.as_array().unwrap().iter().find(|user| !is_member(user)).unwrap()["id"].as_str().unwrap();
    let member = json!({ "user_id": stranger, "role": "org:member" });
    emulator.ask("POST", &of("/memberships"), Some(member.clone()), 200).await;
    emulator.ask("POST", &of("/memberships"), Some(member), 400).await;
    let one = of(&format!("/memberships/{stranger}"));
    emulator.ask("PATCH", &one, Some(json!({ "role": "org:admin" })), 200).await;
    emulator.ask("PATCH", &format!("{one}/metadata"), Some(json!({ "public_metadata": { "a": 1 } })), 200).await;
    emulator.ask("DELETE", &one, None, 200).await;
    emulator.get("/v1/organization_memberships?limit=100").await;
    emulator.get("/v1/organization_roles").await;
    let admin = members["data"].as_array().unwrap().iter().find(|member| member["role"] == "org:admin").unwrap();
    let admin = &admin["public_user_data"]["user_id"];
    let invitation = json!({ "email_address": "new@example.com", "role": "org:member", "inviter_user_id": admin });
    let invited = emulator.ask("POST", &of("/invitations"), Some(invitation), 200).await;
    emulator.get(&of("/invitations")).await;
    emulator.get("/v1/organization_invitations?limit=100").await;
    let revoke = of(&format!("/invitations/{}/revoke", invited["id"].as_str().unwrap_or_default()));
    emulator.ask("POST", &revoke, Some(json!({ "requesting_user_id": admin })), 200).await;
    let invitation = json!({ "email_address": "sign@example.com", "expires_in_days": 7 });
    let invited = emulator.ask("POST", "/v1/invitations", Some(invitation), 200).await;
    emulator.get("/v1/invitations?paginated=false").await;
    emulator.post(&format!("/v1/invitations/{}/revoke", invited["id"].as_str().unwrap_or_default())).await;
    let token = json!({ "user_id": user, "actor": { "sub": "kim" } });
    let token = emulator.ask("POST", "/v1/actor_tokens", Some(token), 200).await;
    emulator.post(&format!("/v1/actor_tokens/{}/revoke", token["id"].as_str().unwrap_or_default())).await;
    let token = emulator.ask("POST", "/v1/sign_in_tokens", Some(json!({ "user_id": user })), 200).await;
    emulator.post(&format!("/v1/sign_in_tokens/{}/revoke", token["id"].as_str().unwrap_or_default())).await;
    for list in ["/v1/blocklist_identifiers", "/v1/allowlist_identifiers"] {
        let entry = emulator.ask("POST", list, Some(json!({ "identifier": "*@spam.example" })), 200).await;
        emulator.get(list).await;
        emulator.ask("DELETE", &format!("{list}/{}", entry["id"].as_str().unwrap_or_default()), None, 200).await;
        emulator.ask("DELETE", &format!("{list}/nobody"), None, 404).await;
    }
    emulator.get("/v1/waitlist_entries").await;
    emulator.ask("PATCH", "/v1/instance/restrictions", Some(json!({ "blocklist": true })), 200).await;
    for session in emulator.get(&format!("/v1/sessions?user_id={user}")).await.as_array().unwrap() {
        let id = session["id"].as_str().unwrap();
        emulator.get(&format!("/v1/sessions/{id}")).await;
        emulator.post(&format!("/v1/sessions/{id}/revoke")).await;
    }
}

async fn identifications(emulator: &mut Emulator<'_>) {
    let user = emulator.ask("POST", "/v1/users", Some(json!({ "username": "grace_h" })), 200).await["id"].clone();
    for (list, name, value) in [
        ("/v1/email_addresses", "email_address", "grace@example.com"),
        ("/v1/phone_numbers", "phone_number", "+12015550123"),
    ] {
        let body = json!({ "user_id": user, name: value });
        let made = emulator.ask("POST", list, Some(body.clone()), 200).await;
        emulator.ask("POST", list, Some(body), 422).await;
        emulator.ask("POST", list, Some(json!({ "user_id": "user_nobody", name: value })), 404).await;
        let one = format!("{list}/{}", made["id"].as_str().unwrap());
        emulator.get(&one).await;
        emulator.ask("PATCH", &one, Some(json!({ "verified": true, "primary": true })), 200).await;
        emulator.ask("DELETE", &one, None, 200).await;
        emulator.ask("GET", &one, None, 404).await;
    }
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
