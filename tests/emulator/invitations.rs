use crate::api::{Api, NOW, Reply};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

const DAY: i64 = 86_400_000;

async fn invite(api: &Api, body: Value) -> Reply {
    api.write(Method::POST, "/v1/invitations", &body).await
}

fn addresses(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["email_address"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_invitation_is_made_listed_and_taken_back() {
    let api = Api::of(3);
    let body = json!({ "email_address": "Ada@new.example", "public_metadata": { "plan": "pro" }, "notify": false, "expires_in_days": 2 });
    let made = invite(&api, body).await;
    assert_eq!(
        (made.status, &made.body["status"], &made.body["revoked"]),
        (StatusCode::OK, &"pending".into(), &false.into())
    );
    assert_eq!(
        (&made.body["object"], &made.body["public_metadata"]),
        (&"invitation".into(), &json!({ "plan": "pro" }))
    );
    assert_eq!(made.body["expires_at"].as_i64(), Some(NOW.as_millis() + 2 * DAY));
    let id = made.body["id"].as_str().unwrap();
    assert!(id.starts_with("inv_") && id.len() == 31 && made.body["url"].as_str().unwrap().starts_with("https://"));
    invite(&api, json!({ "email_address": "bob@new.example" })).await;
    assert_eq!(addresses(&api.list("/v1/invitations").await), ["bob@new.example", "ada@new.example"]);
    assert_eq!(
        addresses(&api.list("/v1/invitations?order_by=email_address").await),
        ["ada@new.example", "bob@new.example"]
    );
    assert_eq!(api.list("/v1/invitations?query=ADA").await, std::slice::from_ref(&made.body));
    assert_eq!(api.get("/v1/invitations?paginated=true&limit=1").await.body["total_count"], 2);

    api.clock.set(NOW.plus(Duration::from_secs(1)));
    let revoked = api.post(&format!("/v1/invitations/{id}/revoke")).await;
    assert_eq!((&revoked.body["status"], &revoked.body["revoked"]), (&"revoked".into(), &true.into()));
    assert_eq!(addresses(&api.list("/v1/invitations").await), ["bob@new.example"], "those taken back are not listed");
    assert_eq!(api.list("/v1/invitations?status=revoked").await, [revoked.body]);
    let again = api.post(&format!("/v1/invitations/{id}/revoke")).await;
    assert_eq!((again.status, again.code()), (StatusCode::BAD_REQUEST, "invitation_already_revoked"));
    assert_eq!(api.post("/v1/invitations/inv_none/revoke").await.status, StatusCode::NOT_FOUND);

    api.clock.set(NOW.plus(Duration::from_hours(24 * 30)));
    assert_eq!(addresses(&api.list("/v1/invitations?status=expired").await), ["bob@new.example"]);
    assert!(api.list("/v1/invitations?status=pending").await.is_empty());
}

#[tokio::test]
async fn nobody_is_invited_twice_or_who_is_there_unless_that_does_not_matter() {
    let api = Api::of(20);
    let user = api.user_who(|user| !user["email_addresses"].as_array().unwrap().is_empty()).await;
    let taken = user["email_addresses"][0]["email_address"].as_str().unwrap().to_uppercase();
    let reply = invite(&api, json!({ "email_address": taken })).await;
    assert_eq!(
        (reply.status, reply.code(), reply.param()),
        (StatusCode::UNPROCESSABLE_ENTITY, "form_identifier_exists", "email_address")
    );
    assert_eq!(invite(&api, json!({ "email_address": "a@new.example" })).await.status, StatusCode::OK);
    let twice = invite(&api, json!({ "email_address": "A@new.example" })).await;
    assert_eq!((twice.status, twice.code()), (StatusCode::BAD_REQUEST, "duplicate_record"));
    for email_address in [taken.as_str(), "a@new.example"] {
        let body = json!({ "email_address": email_address, "ignore_existing": true });
        assert_eq!(invite(&api, body).await.status, StatusCode::OK, "{email_address}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_an_invitation_is_told_at_once() {
    let api = Api::of(1);
    let reply =
        invite(&api, json!({ "email_address": "a@b", "expires_in_days": 366, "template_slug": "x", "colour": 1 }))
            .await;
    let told: Vec<_> = reply.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["code"].as_str().unwrap(), error["meta"]["param_name"].as_str().unwrap()))
        .collect();
    let invalid = "form_param_value_invalid";
    assert_eq!(
        told,
        [
            ("form_param_format_invalid", "email_address"),
            (invalid, "template_slug"),
            (invalid, "expires_in_days"),
            ("form_param_unknown", "colour")
        ]
    );
    let missing = api.post("/v1/invitations").await;
    assert_eq!(
        (missing.status, missing.code(), missing.param()),
        (StatusCode::UNPROCESSABLE_ENTITY, "form_param_missing", "email_address")
    );
    for query in ["status=gone", "order_by=name", "limit=0"] {
        assert_eq!(
            api.get(&format!("/v1/invitations?{query}")).await.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{query}"
        );
    }
}

#[tokio::test]
async fn an_organization_invites_and_takes_back() {
    let api = Api::of(300);
    let every = api.get("/v1/organization_invitations?limit=500").await.body;
    assert!(
        every["data"]
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["public_organization_data"]["id"] == row["organization_id"])
    );
    let largest = api.get("/v1/organizations?order_by=-members_count&limit=1").await.body["data"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/v1/organizations/{largest}/invitations");
    let members = format!("/v1/organizations/{largest}/memberships");
    let before = api.get(&path).await.body["total_count"].as_u64().unwrap();
    let admin = api.get(&format!("{members}?role=org:admin")).await.body["data"][0].clone();
    let admin = admin["public_user_data"]["user_id"].as_str().unwrap();
    let body = json!({ "email_address": "new@new.example", "role": "org:member", "inviter_user_id": admin, "private_metadata": { "a": 1 } });
    let made = api.write(Method::POST, &path, &body).await;
    assert_eq!(
        (made.status, &made.body["status"], &made.body["role_name"]),
        (StatusCode::OK, &"pending".into(), &"Member".into())
    );
    assert_eq!(
        (&made.body["inviter_id"], &made.body["public_inviter_data"]["user_id"]),
        (&admin.into(), &admin.into())
    );
    assert_eq!(
        (&made.body["organization_id"], &made.body["private_metadata"]),
        (&largest.as_str().into(), &json!({ "a": 1 }))
    );
    assert_eq!(made.body["expires_at"].as_i64(), Some(NOW.as_millis() + 30 * DAY));
    let listed = api.get(&format!("{path}?email_address=NEW@new.example")).await.body;
    assert_eq!((&listed["data"][0], &listed["total_count"]), (&made.body, &1.into()));
    assert_eq!(api.get(&path).await.body["total_count"].as_u64(), Some(before + 1));
    assert_eq!(api.get("/v1/organization_invitations?query=new@new").await.body["total_count"], 1);
    assert_eq!(api.write(Method::POST, &path, &body).await.code(), "duplicate_record");

    let revoke = format!("{path}/{}/revoke", made.body["id"].as_str().unwrap());
    let member = api.get(&format!("{members}?role=org:guest&role=org:member&limit=1")).await.body["data"][0].clone();
    let refused =
        api.write(Method::POST, &revoke, &json!({ "requesting_user_id": member["public_user_data"]["user_id"] })).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::FORBIDDEN, "not_an_admin_in_organization"));
    let revoked = api.post(&revoke).await;
    assert_eq!((revoked.status, &revoked.body["status"]), (StatusCode::OK, &"revoked".into()));
    assert_eq!(api.post(&revoke).await.code(), "invitation_already_revoked");
    assert_eq!(api.get(&format!("{path}?status=revoked")).await.body["data"], json!([revoked.body]));

    let email = member["public_user_data"]["identifier"].as_str().filter(|text| text.contains('@')).unwrap();
    let inside = api.write(Method::POST, &path, &json!({ "email_address": email, "role": "org:member" })).await;
    assert_eq!((inside.status, inside.code()), (StatusCode::BAD_REQUEST, "already_a_member_in_organization"));
    assert_eq!(api.get("/v1/organizations/org_none/invitations").await.status, StatusCode::NOT_FOUND);
    let nobody = json!({ "email_address": "x", "role": "org:nobody", "expires_in_days": 0 });
    let wrong = api.write(Method::POST, &path, &nobody).await;
    let told: Vec<_> = wrong.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["code"].as_str().unwrap(), error["meta"]["param_name"].as_str().unwrap()))
        .collect();
    let invalid = "form_param_value_invalid";
    assert_eq!(told, [("form_param_format_invalid", "email_address"), (invalid, "role"), (invalid, "expires_in_days")]);
}

#[tokio::test]
async fn who_is_invited_takes_a_place_of_those_there_are() {
    let api = Api::of(300);
    let organizations = api.get("/v1/organizations?limit=500&include_members_count=true").await.body;
    let places = |row: &Value| row["max_allowed_memberships"].as_u64().unwrap();
    let members = |row: &Value| row["members_count"].as_u64().unwrap();
    let has_room = |row: &&Value| places(row) > members(row);
    let limited = organizations["data"].as_array().unwrap().iter().find(has_room).unwrap();
    let path = format!("/v1/organizations/{}/invitations", limited["id"].as_str().unwrap());
    let open = api.get(&format!("{path}?status=pending")).await.body["total_count"].as_u64().unwrap();
    let free = places(limited).saturating_sub(members(limited) + open);
    let invite = async |number: u64| {
        let body = json!({ "email_address": format!("new{number}@new.example"), "role": "org:member" });
        api.write(Method::POST, &path, &body).await
    };
    for number in 0..free {
        assert_eq!(invite(number).await.status, StatusCode::OK, "{number} of {free}");
    }
    let full = invite(free).await;
    assert_eq!((full.status, full.code()), (StatusCode::FORBIDDEN, "organization_membership_quota_exceeded"));
    if let Some(open) = api.get(&format!("{path}?status=pending")).await.body["data"][0]["id"].as_str() {
        assert_eq!(api.post(&format!("{path}/{open}/revoke")).await.status, StatusCode::OK);
        assert_eq!(invite(free).await.status, StatusCode::OK, "who is not invited any more leaves room");
    }
}
