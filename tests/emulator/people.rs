use crate::api::{Api, NOW, options};
use lazyclerk::{
    clerk::model::User,
    emulator::{Day, Options},
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// Whether something is true of a user.
type Holds<'a> = &'a dyn Fn(&Value) -> bool;

async fn thousand(options: &Options) -> Vec<Value> {
    let api = Api::with(options);
    let mut all = api.list("/v1/users?limit=500").await;
    all.extend(api.list("/v1/users?limit=500&offset=500").await);
    all
}

#[tokio::test]
async fn the_same_seed_gives_the_same_people() {
    let one = thousand(&options(1_000)).await;
    assert_eq!(one, thousand(&options(1_000)).await);
    assert_ne!(one, thousand(&Options { seed: 2, ..options(1_000) }).await);
}

/// Without moments and what is left until one.
fn timeless(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let stays = object.iter().filter(|(key, _)| !key.ends_with("_at") && !key.ends_with("_seconds"));
            stays.map(|(key, value)| (key.clone(), timeless(value))).collect()
        }
        Value::Array(values) => values.iter().map(timeless).collect(),
        value => value.clone(),
    }
}

#[tokio::test]
async fn the_day_moves_their_times_and_nothing_else() {
    let people = async |days: u64| {
        let today = Day::of(NOW.plus(Duration::from_hours(24 * days)));
        Api::with(&Options { today, ..options(300) }).list("/v1/users?limit=500").await
    };
    let by_id = |users: &[Value]| -> BTreeMap<String, Value> {
        users.iter().map(|user| (user["id"].as_str().unwrap().to_owned(), timeless(user))).collect()
    };
    let one = people(0).await;
    assert_eq!(by_id(&one).len(), 300);
    // On every day of the week: at weekends fewer sign up.
    for days in 1..=7 {
        let other = people(days).await;
        assert!(by_id(&one) == by_id(&other), "after {days} days somebody is another");
        assert_ne!(one[0]["created_at"], other[0]["created_at"]);
    }
}

#[tokio::test]
async fn there_is_something_of_everything() {
    let users = thousand(&options(1_000)).await;
    let count = |holds: &dyn Fn(&Value) -> bool| users.iter().filter(|user| holds(user)).count();
    let len = |user: &Value, list: &str| user[list].as_array().map_or(0, Vec::len);
    let some: &[(&str, Holds<'_>)] = &[
        ("without a name", &|user| user["first_name"].is_null() && user["last_name"].is_null()),
        ("without an email address", &|user| len(user, "email_addresses") == 0),
        ("with several email addresses", &|user| len(user, "email_addresses") > 2),
        ("with several phones", &|user| len(user, "phone_numbers") > 1),
        ("with a wallet", &|user| len(user, "web3_wallets") > 0),
        ("with a passkey", &|user| len(user, "passkeys") > 0),
        ("with two accounts elsewhere", &|user| len(user, "external_accounts") > 1),
        ("with an account at work", &|user| len(user, "enterprise_accounts") > 0),
        ("with a second factor", &|user| user["two_factor_enabled"] == true),
        ("with backup codes", &|user| user["backup_code_enabled"] == true),
        ("with a password", &|user| user["password_enabled"] == true),
        ("without one", &|user| user["password_enabled"] == false),
        ("banned", &|user| user["banned"] == true),
        ("locked", &|user| user["locked"] == true),
        ("never seen", &|user| user["last_sign_in_at"].is_null()),
        ("with public metadata", &|user| !user["public_metadata"].as_object().unwrap().is_empty()),
        ("with private metadata", &|user| !user["private_metadata"].as_object().unwrap().is_empty()),
        ("with unsafe metadata", &|user| !user["unsafe_metadata"].as_object().unwrap().is_empty()),
        ("with an external id", &|user| user["external_id"].is_string()),
        ("hostile", &|user| user["first_name"].as_str().is_some_and(|name| name.contains('\u{1b}'))),
        ("with a very long name", &|user| user["first_name"].as_str().is_some_and(|name| name.chars().count() > 400)),
    ];
    for (what, holds) in some {
        let found = count(holds);
        assert!(found > 0 && found < 950, "{what}: {found}");
    }
    assert!((5..60).contains(&count(&|user| user["banned"] == true)));
}

#[tokio::test]
async fn nobody_can_be_reached_and_nobody_is_two() {
    let users = thousand(&options(1_000)).await;
    let mut seen = BTreeSet::new();
    for user in &users {
        assert!(seen.insert(user["id"].as_str().unwrap().to_owned()));
        for email in user["email_addresses"].as_array().unwrap() {
            let address = email["email_address"].as_str().unwrap();
            let domain = address.rsplit('@').next().unwrap();
            assert!(
                domain.ends_with(".example") || matches!(domain, "example.com" | "example.org" | "example.net"),
                "{address}"
            );
            assert!(seen.insert(address.to_owned()), "{address} twice");
        }
        for phone in user["phone_numbers"].as_array().unwrap() {
            let number = phone["phone_number"].as_str().unwrap();
            assert!(number.starts_with('+') && number[1..].bytes().all(|byte| byte.is_ascii_digit()), "{number}");
        }
        assert!(user["created_at"].as_i64().unwrap() <= NOW.as_millis());
    }
}

#[tokio::test]
async fn sign_ups_grow() {
    let users = thousand(&options(1_000)).await;
    let within = |days: u64| {
        let since = NOW.minus(Duration::from_hours(24 * days)).as_millis();
        users.iter().filter(|user| user["created_at"].as_i64().unwrap() >= since).count()
    };
    assert!(
        within(1) >= 5 && within(7) > 2 * within(1) && within(30) > within(7) && within(180) > 2 * within(30),
        "{} {} {} {}",
        within(1),
        within(7),
        within(30),
        within(180)
    );
    assert!(within(700) < 900);
}

/// The required keys of the contract, present with null rather than absent, and nothing that the model does not know.
#[tokio::test]
async fn users_have_every_key_of_the_contract() {
    const REQUIRED: &[&str] = &[
        "id",
        "object",
        "username",
        "first_name",
        "last_name",
        "has_image",
        "primary_email_address_id",
        "primary_phone_number_id",
        "primary_web3_wallet_id",
        "password_enabled",
        "two_factor_enabled",
        "totp_enabled",
        "backup_code_enabled",
        "email_addresses",
        "phone_numbers",
        "web3_wallets",
        "passkeys",
        "external_accounts",
        "saml_accounts",
        "enterprise_accounts",
        "public_metadata",
        "external_id",
        "last_sign_in_at",
        "banned",
        "locked",
        "lockout_expires_in_seconds",
        "verification_attempts_remaining",
        "created_at",
        "updated_at",
        "delete_self_enabled",
        "create_organization_enabled",
        "last_active_at",
        "mfa_enabled_at",
        "mfa_disabled_at",
        "legal_accepted_at",
    ];
    for user in thousand(&options(1_000)).await {
        for key in REQUIRED {
            assert!(user.get(key).is_some(), "{key}");
        }
        let read: User = serde_json::from_value(user.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), user, "reading and writing loses nothing");
    }
}
