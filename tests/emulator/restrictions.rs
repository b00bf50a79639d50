use crate::api::{Api, Reply};
use axum::http::{Method, StatusCode};
use rstest::rstest;
use serde_json::{Value, json};

async fn add(api: &Api, list: &str, identifier: &str) -> Reply {
    api.write(Method::POST, &format!("/v1/{list}_identifiers"), &json!({ "identifier": identifier })).await
}

async fn delete(api: &Api, path: &str) -> Reply {
    api.write(Method::DELETE, path, &Value::Null).await
}

#[rstest]
#[case("Ada@Corp.example", "ada@corp.example", "email_address")]
#[case("*@corp.example", "*@corp.example", "email_address")]
#[case("*@*.corp.example", "*@*.corp.example", "email_address")]
#[case("+12015550100", "+12015550100", "phone_number")]
#[case("0x00000000000000000000000000000000000000AA", "0x00000000000000000000000000000000000000aa", "web3_wallet")]
#[tokio::test]
async fn identifiers_are_kept_in_lower_case_once(#[case] given: &str, #[case] kept: &str, #[case] kind: &str) {
    let api = Api::of(0);
    for (list, prefix) in [("blocklist", "blid_"), ("allowlist", "alid_")] {
        let made = add(&api, list, given).await;
        assert_eq!(
            (made.status, made.body["identifier"].as_str(), made.body["identifier_type"].as_str()),
            (StatusCode::OK, Some(kept), Some(kind))
        );
        assert_eq!(made.body["object"], format!("{list}_identifier"));
        assert!(made.body["id"].as_str().unwrap().starts_with(prefix));
        let twice = add(&api, list, kept).await;
        assert_eq!((twice.status, twice.code()), (StatusCode::BAD_REQUEST, "duplicate_record"));
        let path = format!("/v1/{list}_identifiers");
        let listed = api.get(&path).await.body;
        let rows = if list == "blocklist" { &listed["data"] } else { &listed };
        assert_eq!(rows, &json!([made.body]), "one of them wraps its rows, the other does not");
        let path = format!("{path}/{}", made.body["id"].as_str().unwrap());
        let deleted = delete(&api, &path).await;
        assert_eq!(
            deleted.body,
            json!({ "object": format!("{list}_identifier"), "id": made.body["id"], "deleted": true })
        );
        assert_eq!(delete(&api, &path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(add(&api, list, given).await.status, StatusCode::OK, "it is free again");
    }
}

#[tokio::test]
async fn what_is_no_identifier_is_refused() {
    let api = Api::of(0);
    for wrong in ["ada", "ada@", "+12", "0x12", "*@", "@corp.example"] {
        let reply = add(&api, "blocklist", wrong).await;
        assert_eq!(
            (reply.status, reply.code(), reply.param()),
            (StatusCode::UNPROCESSABLE_ENTITY, "form_param_format_invalid", "identifier"),
            "{wrong}"
        );
    }
    let reply = api.write(Method::POST, "/v1/blocklist_identifiers", &json!({ "notify": true })).await;
    let codes: Vec<_> =
        reply.body["errors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["form_param_missing", "form_param_unknown"], "only the allowlist notifies");
}

#[tokio::test]
async fn who_is_allowed_can_be_invited_with_it() {
    let api = Api::of(0);
    let body = json!({ "identifier": "ada@new.example", "notify": true });
    let made = api.write(Method::POST, "/v1/allowlist_identifiers", &body).await.body;
    assert_eq!(api.list("/v1/invitations").await[0]["id"], made["invitation_id"]);
    add(&api, "allowlist", "bob@new.example").await;
    let page = api.get("/v1/allowlist_identifiers?paginated=true&limit=1&offset=1").await.body;
    assert_eq!((&page["data"][0], &page["total_count"]), (&made, &2.into()));
}

#[tokio::test]
async fn switches_given_are_switched_and_the_others_stay() {
    let api = Api::of(0);
    let switch = async |body: Value| api.write(Method::PATCH, "/v1/instance/restrictions", &body).await;
    let one = switch(json!({ "allowlist": true, "block_email_subaddresses": true })).await;
    assert_eq!((one.status, &one.body["object"]), (StatusCode::OK, &"instance_restrictions".into()));
    let two = switch(json!({ "allowlist": false, "blocklist": null })).await.body;
    assert_eq!(
        (&two["allowlist"], &two["block_email_subaddresses"], &two["blocklist"]),
        (&false.into(), &true.into(), &false.into())
    );
    let wrong = switch(json!({ "allowlist": "yes", "greylist": true })).await;
    assert_eq!((wrong.code(), wrong.param()), ("form_param_type_invalid", "allowlist"));
    assert_eq!(wrong.body["errors"][1]["code"], "form_param_unknown");
}

#[tokio::test]
async fn tokens_are_made_and_taken_back_once() {
    let api = Api::of(3);
    let user = api.ids("/v1/users").await.remove(0);
    let bodies = [
        (
            "actor",
            "act_",
            json!({ "user_id": user, "actor": { "sub": "user_support", "why": "ticket" }, "expires_in_seconds": 60 }),
        ),
        ("sign_in", "sit_", json!({ "user_id": user })),
    ];
    for (kind, prefix, body) in bodies {
        let path = format!("/v1/{kind}_tokens");
        let made = api.write(Method::POST, &path, &body).await;
        assert_eq!(
            (made.status, &made.body["status"], &made.body["user_id"]),
            (StatusCode::OK, &"pending".into(), &user.as_str().into())
        );
        assert_eq!((&made.body["object"], &made.body["actor"]), (&format!("{kind}_token").into(), &body["actor"]));
        assert!(made.body["url"].as_str().unwrap().ends_with(made.body["token"].as_str().unwrap()));
        let id = made.body["id"].as_str().unwrap();
        assert!(id.starts_with(prefix));
        let revoked = api.post(&format!("{path}/{id}/revoke")).await;
        assert_eq!(
            (revoked.status, &revoked.body["status"], &revoked.body["id"]),
            (StatusCode::OK, &"revoked".into(), &id.into())
        );
        assert_eq!(api.post(&format!("{path}/{id}/revoke")).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(api.post(&format!("{path}/none/revoke")).await.code(), "resource_not_found");
        let nobody = json!({ "user_id": "user_none", "actor": { "sub": "x" } });
        assert_eq!(api.write(Method::POST, &path, &nobody).await.status, StatusCode::NOT_FOUND);
    }
    let wrong = api.write(Method::POST, "/v1/actor_tokens", &json!({ "actor": {}, "x": 1 })).await;
    let told: Vec<_> = wrong.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["meta"]["param_name"].as_str().unwrap())
        .collect();
    assert_eq!(told, ["user_id", "actor.sub", "x"]);
}

#[tokio::test]
async fn who_waits_is_invited_or_turned_away() {
    let api = Api::of(5);
    let wait =
        async |email: &str| api.write(Method::POST, "/v1/waitlist_entries", &json!({ "email_address": email })).await;
    let mut paths = Vec::new();
    for email in ["ada@new.example", "bob@new.example", "cyd@new.example"] {
        let entry = wait(email).await;
        assert_eq!(
            (entry.status, &entry.body["status"], &entry.body["object"]),
            (StatusCode::OK, &"pending".into(), &"waitlist_entry".into())
        );
        paths.push(format!("/v1/waitlist_entries/{}", entry.body["id"].as_str().unwrap()));
    }
    assert_eq!(wait("ADA@new.example").await.code(), "duplicate_record");
    let invited = api.post(&format!("{}/invite", paths[0])).await;
    assert_eq!((invited.status, &invited.body["status"]), (StatusCode::OK, &"invited".into()));
    assert_eq!(api.list("/v1/invitations").await, [invited.body["invitation"].clone()]);
    assert_eq!(api.post(&format!("{}/reject", paths[1])).await.body["status"], "rejected");
    for (path, act) in [(&paths[0], "invite"), (&paths[0], "reject"), (&paths[1], "reject")] {
        let again = api.post(&format!("{path}/{act}")).await;
        assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "conflict"), "{act}");
    }
    assert_eq!(delete(&api, &paths[0]).await.status, StatusCode::CONFLICT, "the invitation is out in the world");
    assert_eq!(delete(&api, &paths[2]).await.body["deleted"], true);
    assert_eq!(delete(&api, &paths[2]).await.status, StatusCode::NOT_FOUND);
    let emails = async |query: &str| {
        let body = api.get(&format!("/v1/waitlist_entries?{query}")).await.body;
        body["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["email_address"].as_str().unwrap()[..3].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(emails("").await, ["bob", "ada"]);
    assert_eq!(emails("order_by=email_address").await, ["ada", "bob"]);
    assert_eq!(emails("order_by=-invited_at").await, ["ada", "bob"]);
    assert_eq!(
        (emails("status=rejected").await, emails("query=AD").await),
        (vec!["bob".to_owned()], vec!["ada".to_owned()])
    );
    assert_eq!(api.get("/v1/waitlist_entries?status=gone").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
