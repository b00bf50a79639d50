use crate::api::{Api, escaped};
use axum::http::StatusCode;
use rstest::rstest;
use serde_json::Value;

async fn page(api: &Api, query: &str) -> (Vec<Value>, u64) {
    let reply = api.get(&format!("/v1/organizations?{query}")).await;
    assert_eq!(reply.status, StatusCode::OK, "{query}: {}", reply.body);
    (reply.body["data"].as_array().unwrap().clone(), reply.body["total_count"].as_u64().unwrap())
}

fn text<'a>(organization: &'a Value, field: &str) -> &'a str {
    organization[field].as_str().unwrap()
}

#[tokio::test]
async fn they_come_newest_first_in_pages_with_counts_where_asked() {
    let api = Api::of(200);
    let (all, total) = page(&api, "limit=500").await;
    assert_eq!(total, u64::try_from(all.len()).unwrap());
    assert!(all.windows(2).all(|pair| pair[0]["created_at"].as_i64() >= pair[1]["created_at"].as_i64()));
    assert!(all.iter().all(|organization| organization.get("members_count").is_none()));
    let (second, _) = page(&api, "limit=7&offset=7").await;
    assert_eq!(second, all[7..14]);
    let (by_size, _) = page(&api, "order_by=-members_count&include_members_count=true&limit=500").await;
    let sizes: Vec<_> = by_size.iter().map(|organization| organization["members_count"].as_u64().unwrap()).collect();
    assert!(sizes.is_sorted_by(|one, other| one >= other) && sizes[0] > sizes[sizes.len() - 1]);
    let largest = &by_size[0];
    let members = api.get(&format!("/v1/organizations/{}/memberships", text(largest, "id"))).await.body;
    assert_eq!(members["total_count"], largest["members_count"]);
}

#[tokio::test]
async fn they_are_found_by_name_slug_id_and_member() {
    let api = Api::of(200);
    let (all, _) = page(&api, "limit=500").await;
    let accented = all.iter().find(|organization| text(organization, "name") == "Ørsted Verft").unwrap();
    for query in ["ØRSTED", "ørsted verft", text(accented, "slug"), text(accented, "id")] {
        let (found, _) = page(&api, &format!("query={}", escaped(query))).await;
        assert!(found.contains(accented) && found.len() < all.len(), "{query}");
    }
    let (one, other) = (text(&all[0], "id"), text(&all[1], "id"));
    assert_eq!(page(&api, &format!("organization_id={one}&organization_id={other}")).await.1, 2);
    assert_eq!(page(&api, &format!("organization_id=-{one}")).await.1, u64::try_from(all.len()).unwrap() - 1);

    let membership = api.get("/v1/organization_memberships?limit=1").await.body["data"][0].clone();
    let user = membership["public_user_data"]["user_id"].as_str().unwrap();
    let (theirs, total) = page(&api, &format!("user_id={user}&limit=500")).await;
    assert!(theirs.iter().any(|organization| organization["id"] == membership["organization"]["id"]));
    let memberships = api.get(&format!("/v1/users/{user}/organization_memberships")).await.body;
    assert_eq!(memberships["total_count"].as_u64(), Some(total));
}

#[tokio::test]
async fn one_is_shown_by_id_and_by_slug() {
    let api = Api::of(50);
    let (all, _) = page(&api, "limit=1&include_members_count=true").await;
    for name in [text(&all[0], "id"), text(&all[0], "slug")] {
        let shown = api.get(&format!("/v1/organizations/{name}?include_members_count=true")).await;
        assert_eq!((shown.status, &shown.body), (StatusCode::OK, &all[0]));
    }
    let none = api.get("/v1/organizations/org_none").await;
    assert_eq!((none.status, none.code()), (StatusCode::NOT_FOUND, "resource_not_found"));
}

#[rstest]
#[case("order_by=age", "order_by")]
#[case("limit=0", "limit")]
#[case("include_members_count=maybe", "include_members_count")]
#[tokio::test]
async fn what_cannot_be_asked_is_refused(#[case] query: &str, #[case] parameter: &str) {
    let reply = Api::of(1).get(&format!("/v1/organizations?{query}")).await;
    assert_eq!((reply.status, reply.param()), (StatusCode::UNPROCESSABLE_ENTITY, parameter));
}

#[tokio::test]
async fn roles_say_what_they_permit() {
    let api = Api::of(0);
    let roles = api.get("/v1/organization_roles?order_by=name").await.body;
    let names: Vec<_> = roles["data"].as_array().unwrap().iter().map(|role| text(role, "name").to_owned()).collect();
    assert_eq!(
        (names, &roles["total_count"]),
        (["Admin", "Billing manager", "Guest", "Member"].map(str::to_owned).to_vec(), &4.into())
    );
    let admin = &roles["data"][0];
    assert!(
        text(admin, "id").starts_with("role_") && admin["object"] == "role" && admin["is_creator_eligible"] == true
    );
    let permissions = admin["permissions"].as_array().unwrap();
    assert!(
        permissions
            .iter()
            .any(|permission| permission["key"] == "org:sys_memberships:manage" && permission["type"] == "system")
    );
    let found = api.get("/v1/organization_roles?query=GUEST").await.body;
    assert_eq!((&found["data"][0]["key"], &found["total_count"]), (&"org:guest".into(), &1.into()));
    assert_eq!(api.get("/v1/organization_roles?limit=1&offset=1").await.body["data"][0]["key"], "org:billing_manager");
}
