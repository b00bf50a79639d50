use crate::api::{Api, escaped};
use rstest::rstest;
use serde_json::Value;
use std::{cmp::Ordering, collections::BTreeSet};

fn texts<'a>(user: &'a Value, list: &str, field: &str) -> Vec<&'a str> {
    user[list].as_array().unwrap().iter().map(|item| item[field].as_str().unwrap()).collect()
}

fn has(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

fn name(user: &Value) -> String {
    let part = |field: &str| user[field].as_str().unwrap_or_default().trim().to_owned();
    format!("{} {}", part("first_name"), part("last_name")).trim().to_owned()
}

/// What `query` finds, as the contract tells it.
fn found_by(user: &Value, part: &str) -> bool {
    let wallets = texts(user, "web3_wallets", "web3_wallet");
    let each = [texts(user, "email_addresses", "email_address"), texts(user, "phone_numbers", "phone_number"), wallets];
    let username = user["username"].as_str().unwrap_or_default();
    each.concat().iter().any(|text| has(text, part))
        || has(&name(user), part)
        || has(username, part)
        || has(user["id"].as_str().unwrap(), part)
}

async fn everybody(api: &Api) -> Vec<Value> {
    let mut all = api.list("/v1/users?limit=500").await;
    all.extend(api.list("/v1/users?limit=500&offset=500").await);
    all
}

/// The filter finds, in the same order, whom looking at everybody finds; and the count agrees.
async fn agrees(api: &Api, all: &[Value], query: &str, holds: impl Fn(&Value) -> bool) -> usize {
    let expected: Vec<_> = all.iter().filter(|user| holds(user)).map(|user| user["id"].as_str().unwrap()).collect();
    let found = api.ids(&format!("/v1/users?limit=500&{query}")).await;
    assert_eq!(found, expected.iter().take(500).copied().collect::<Vec<_>>(), "{query}");
    assert_eq!(api.count(query).await, u64::try_from(expected.len()).unwrap(), "{query}");
    expected.len()
}

#[tokio::test]
async fn partial_match_finds_what_it_should_in_any_script_and_case() {
    let api = Api::of(1_000);
    let all = everybody(&api).await;
    let parts = [
        "ada",
        "ADA",
        "a",
        "zq",
        "Øs",
        "example",
        "EXAMPLE.COM",
        "+1202",
        "山田",
        "ива",
        "ИВА",
        "user_2",
        "0x",
        "'",
        "\"",
        "%",
        "_",
        "a d",
    ];
    for part in parts {
        agrees(&api, &all, &format!("query={}", escaped(part)), |user| found_by(user, part)).await;
    }
    assert!(agrees(&api, &all, "query=ada", |user| found_by(user, "ada")).await >= 20, "a search to show");
    let full = api.user_who(|user| user["first_name"].is_string() && user["last_name"].is_string()).await;
    let both = name(&full);
    assert!(agrees(&api, &all, &format!("query={}", escaped(&both)), |user| found_by(user, &both)).await >= 1);
}

#[tokio::test]
async fn the_partial_matches_of_one_kind_look_at_that_kind_alone() {
    let api = Api::of(1_000);
    let all = everybody(&api).await;
    agrees(&api, &all, "email_address_query=ADA", |user| {
        texts(user, "email_addresses", "email_address").iter().any(|text| has(text, "ada"))
    })
    .await;
    agrees(&api, &all, "phone_number_query=202555", |user| {
        texts(user, "phone_numbers", "phone_number").iter().any(|text| has(text, "202555"))
    })
    .await;
    agrees(&api, &all, "username_query=an", |user| has(user["username"].as_str().unwrap_or_default(), "an")).await;
    agrees(&api, &all, "name_query=an", |user| has(&name(user), "an")).await;
    agrees(&api, &all, "name_query=an&query=example", |user| has(&name(user), "an") && found_by(user, "example")).await;
}

#[tokio::test]
async fn exact_values_find_their_users_and_the_unknown_nobody() {
    let api = Api::of(1_000);
    let all = everybody(&api).await;
    for (parameter, list) in
        [("email_address", "email_addresses"), ("phone_number", "phone_numbers"), ("web3_wallet", "web3_wallets")]
    {
        let user = api.user_who(|user| !user[list].as_array().unwrap().is_empty()).await;
        let value = texts(&user, list, parameter)[0].to_owned();
        let query = format!("{parameter}={}&{parameter}=nobody", escaped(&value.to_uppercase()));
        assert!(agrees(&api, &all, &query, |user| texts(user, list, parameter).contains(&value.as_str())).await >= 1);
        assert_eq!(api.count(&format!("{parameter}={}", escaped(&value[..value.len() - 1]))).await, 0, "not partial");
    }
    let user = api.user_who(|user| user["username"].is_string()).await;
    let username = user["username"].as_str().unwrap();
    agrees(&api, &all, &format!("username={username}"), |user| user["username"] == username).await;
    let user = api.user_who(|user| user["external_accounts"][0].is_object()).await;
    let account = &user["external_accounts"][0];
    let query = format!(
        "provider={}&provider_user_id={}",
        account["provider"].as_str().unwrap(),
        account["provider_user_id"].as_str().unwrap()
    );
    assert_eq!(agrees(&api, &all, &query, |other| other["id"] == user["id"]).await, 1);
}

#[tokio::test]
async fn ids_are_included_and_excluded() {
    let api = Api::of(1_000);
    let all = everybody(&api).await;
    let ids: Vec<&str> = all[3..6].iter().map(|user| user["id"].as_str().unwrap()).collect();
    let is = |user: &Value| ids.contains(&user["id"].as_str().unwrap());
    let query = format!("user_id={}&user_id=%2B{}&user_id={}&user_id=user_nobody", ids[0], ids[1], ids[2]);
    assert_eq!(agrees(&api, &all, &query, is).await, 3);
    let query = format!("user_id=-{}&user_id=-{}&user_id=-{}", ids[0], ids[1], ids[2]);
    assert_eq!(agrees(&api, &all, &query, |user| !is(user)).await, 997);
    let with = api.user_who(|user| user["external_id"].is_string()).await;
    let external = with["external_id"].as_str().unwrap();
    assert_eq!(agrees(&api, &all, &format!("external_id={external}"), |user| user["external_id"] == external).await, 1);
    let query = format!("external_id=-{external}");
    assert_eq!(agrees(&api, &all, &query, |user| user["external_id"] != external).await, 999, "those without one pass");
}

#[tokio::test]
async fn members_of_organizations_are_included_and_excluded() {
    let api = Api::of(300);
    let all = api.list("/v1/users?limit=500").await;
    let mut members = BTreeSet::new();
    let mut organization = String::new();
    for user in &all {
        let id = user["id"].as_str().unwrap();
        let page = api.get(&format!("/v1/users/{id}/organization_memberships?limit=100")).await.body;
        for membership in page["data"].as_array().unwrap() {
            let of = membership["organization"]["id"].as_str().unwrap();
            if organization.is_empty() {
                of.clone_into(&mut organization);
            }
            if organization == of {
                members.insert(id.to_owned());
            }
        }
    }
    let is = |user: &Value| members.contains(user["id"].as_str().unwrap());
    assert!(agrees(&api, &all, &format!("organization_id={organization}"), is).await >= 1);
    agrees(&api, &all, &format!("organization_id=-{organization}"), |user| !is(user)).await;
}

#[tokio::test]
async fn states_and_times_are_filtered() {
    let api = Api::of(1_000);
    let all = everybody(&api).await;
    assert!(agrees(&api, &all, "banned=true", |user| user["banned"] == true).await >= 5);
    agrees(&api, &all, "banned=false", |user| user["banned"] == false).await;
    let middle = all[500]["created_at"].as_i64().unwrap();
    for (parameter, field, before) in [
        ("created_at_before", "created_at", true),
        ("created_at_after", "created_at", false),
        ("last_active_at_before", "last_active_at", true),
        ("last_active_at_after", "last_active_at", false),
        ("last_active_at_since", "last_active_at", false),
        ("last_sign_in_at_before", "last_sign_in_at", true),
        ("last_sign_in_at_after", "last_sign_in_at", false),
    ] {
        let holds =
            |user: &Value| user[field].as_i64().is_some_and(|at| if before { at < middle } else { at > middle });
        assert!(agrees(&api, &all, &format!("{parameter}={middle}"), holds).await > 10, "{parameter}");
    }
    let both = |user: &Value| user["banned"] == true && user["created_at"].as_i64().unwrap() > middle;
    agrees(&api, &all, &format!("banned=true&created_at_after={middle}"), both).await;
}

/// What an order compares of a user: smallest where there is nothing.
fn key(user: &Value, field: &str) -> Option<(i64, String)> {
    let primary = |list: &str, id: &str, text: &str| {
        let items = user[list].as_array().unwrap();
        items.iter().find(|item| item["id"] == user[id]).map(|item| item[text].as_str().unwrap().to_lowercase())
    };
    match field {
        "email_address" => {
            primary("email_addresses", "primary_email_address_id", "email_address").map(|text| (0, text))
        }
        "phone_number" => primary("phone_numbers", "primary_phone_number_id", "phone_number").map(|text| (0, text)),
        "web3wallet" => primary("web3_wallets", "primary_web3_wallet_id", "web3_wallet").map(|text| (0, text)),
        "username" | "first_name" | "last_name" => user[field].as_str().map(|text| (0, text.to_lowercase())),
        _ => user[field].as_i64().map(|at| (at, String::new())),
    }
}

#[rstest]
#[tokio::test]
async fn every_order_runs_both_ways_and_the_one_is_the_other_turned_round(
    #[values(
        "created_at",
        "updated_at",
        "email_address",
        "web3wallet",
        "first_name",
        "last_name",
        "phone_number",
        "username",
        "last_active_at",
        "last_sign_in_at"
    )]
    field: &str,
) {
    let api = Api::of(400);
    let up = api.list(&format!("/v1/users?limit=500&order_by=%2B{field}")).await;
    let keys: Vec<_> = up.iter().map(|user| key(user, field)).collect();
    assert!(keys.windows(2).all(|pair| pair[0].cmp(&pair[1]) != Ordering::Greater), "{field}");
    assert!(keys.iter().collect::<BTreeSet<_>>().len() > 2, "{field}: something to order");
    let bare = api.ids(&format!("/v1/users?limit=500&order_by={field}")).await;
    let mut down = api.ids(&format!("/v1/users?limit=500&order_by=-{field}")).await;
    assert_eq!(bare, up.iter().map(|user| user["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>());
    down.reverse();
    assert_eq!(bare, down, "{field}");
}

#[rstest]
#[case("", "")]
#[case("&order_by=%2Bcreated_at", "")]
#[case("", "&query=example")]
#[case("", "&banned=false")]
#[tokio::test]
async fn walking_by_cursor_is_walking_by_offset(#[case] order: &str, #[case] filter: &str) {
    let api = Api::of(300);
    let by_offset = api.ids(&format!("/v1/users?limit=500{order}{filter}")).await;
    let mut by_cursor: Vec<String> = Vec::new();
    loop {
        let after = by_cursor.last().map(|id| format!("&starting_after={id}")).unwrap_or_default();
        let page = api.ids(&format!("/v1/users?limit=37{order}{filter}{after}")).await;
        let ended = page.len() < 37;
        by_cursor.extend(page);
        if ended {
            break;
        }
    }
    assert_eq!(by_cursor, by_offset);
}

#[tokio::test]
async fn of_several_orders_the_first_counts() {
    let api = Api::of(50);
    let one = api.ids("/v1/users?order_by=first_name&order_by=-created_at").await;
    assert_eq!(one, api.ids("/v1/users?order_by=first_name").await);
}
