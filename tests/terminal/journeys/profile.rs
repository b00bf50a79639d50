//! Who a user is.

use super::Journey;
use lazyclerk::clerk::{
    identifications::EmailAddressUpdate,
    query::{PageLimit, PageStart, UserFilter, UserPage, UserQuery},
    users::CreateUser,
};
use std::fs;

#[test]
fn a_user_is_created() {
    let mut journey = Journey::begin();
    journey.terminal.send("n").wait_for("New user").wait_for("enter create");
    journey.terminal.send("zora@example.com\t\t\tNella\tLarsen\tcorrect horse battery\r").wait_for("not created");
    journey.terminal.send("\u{15}nella@example.com\r").wait_for("Created Nella Larsen.").wait_for("22 users");
    let page = UserPage { start: PageStart::FIRST, limit: PageLimit::MAX };
    let filter = UserFilter { email_address: vec!["nella@example.com".into()], ..UserFilter::default() };
    let query = UserQuery { filter, ..UserQuery::default() };
    let found = journey.runtime.block_on(journey.clerk.users().list(&query, &page)).unwrap().value;
    assert_eq!((found.len(), found[0].last_name.as_deref()), (1, Some("Larsen")));
    let password = "correct horse battery".to_owned().into();
    assert!(journey.runtime.block_on(journey.clerk.users().verify_password(&found[0].id, &password)).unwrap().value);
    assert_eq!(journey.audited(), ["create", "failed", "create", "done"]);
    let last = journey.terminal.audit().pop().unwrap();
    assert_eq!(last["user_id"].as_str(), Some(found[0].id.as_str()));
}

#[test]
fn a_user_is_created_with_all_that_another_system_knew() {
    let mut journey = Journey::begin();
    journey.terminal.send("n").wait_for("New user").wait_for("enter create");
    let digest = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
    let typed = [
        "nella@example.com",
        "",
        "",
        "Nella",
        "",
        "",
        // The customer's own records.
        "crm-7",
        "en-GB",
        "{\"plan\":\"pro\"}",
        "{\"score\":7}",
        "{\"theme\":\"dark\"}",
        // What another system knew; the fourth hasher is bcrypt.
        digest,
        "    ",
        "JBSWY3DPEHPK3PXP",
        "",
        "2020-01-31",
        "2020-02-01",
        // What is allowed.
        "  ",
        " ",
        "3",
    ];
    journey.terminal.send(&typed.join("\t")).send("\r").wait_for("Created Nella.");
    let filter = UserFilter { email_address: vec!["nella@example.com".into()], ..UserFilter::default() };
    let query = UserQuery { filter, ..UserQuery::default() };
    let page = UserPage { start: PageStart::FIRST, limit: PageLimit::MAX };
    let found = journey.runtime.block_on(journey.clerk.users().list(&query, &page)).unwrap().value;
    let user = &found[0];
    assert_eq!((user.external_id.as_deref(), user.locale.as_deref()), (Some("crm-7"), Some("en-GB")));
    assert_eq!(serde_json::to_value(&user.private_metadata).unwrap(), serde_json::json!({ "score": 7 }));
    assert_eq!((user.created_at.as_millis(), user.totp_enabled), (1_580_428_800_000, true));
    let allowed = (user.delete_self_enabled, user.create_organization_enabled, user.create_organizations_limit);
    assert_eq!(allowed, (false, true, Some(3)));
}

#[test]
fn a_profile_is_edited_and_put_back() {
    let mut journey = Journey::begin();
    let taken = CreateUser { username: Some("grace".into()), ..CreateUser::default() };
    journey.runtime.block_on(journey.clerk.users().create(&taken)).unwrap();
    journey.terminal.send("e").wait_for("Edit Zora").send("h\tNeale\tgrace\r").wait_for("Change Zora?");
    journey.terminal.wait_for("cancel").send("\r").wait_for("taken");
    assert_eq!(journey.user().last_name, None, "nothing is changed by half");
    // What was typed is there still; ctrl-u empties the field.
    journey.terminal.wait_for("go on").send("\u{15}zora_h\r").wait_for("Change Zora?").wait_for("cancel").send("\r");
    journey.terminal.wait_for("Changed Zora");
    let user = journey.user();
    let names = [user.first_name, user.last_name, user.username].map(Option::unwrap_or_default);
    assert_eq!(names, ["Zorah", "Neale", "zora_h"]);
    journey.act("u", "Undo: change Zorah Neale?", "Changed Zorah Neale");
    let user = journey.user();
    assert_eq!((user.first_name.as_deref(), user.last_name, user.username), (Some("Zora"), None, None));
    assert_eq!(journey.audited(), ["update", "failed", "update", "done", "update", "done"]);
    // So that a later start can put it back too.
    let told = &journey.terminal.audit()[2]["parameters"];
    assert_eq!((&told["first_name"]["from"], &told["last_name"]["from"]), (&"Zora".into(), &serde_json::Value::Null));
}

#[test]
fn another_address_is_the_primary_one_and_back() {
    let mut journey = Journey::begin();
    let created = journey.runtime.block_on(journey.clerk.identifications().create_email_address(
        &journey.id,
        "neale@example.com",
        EmailAddressUpdate { verified: Some(true), ..EmailAddressUpdate::default() },
    ));
    let created = created.unwrap().value.id;
    let first = journey.user().primary_email_address_id;
    assert_ne!(first, created);
    journey.terminal.send("r").wait_for("neale@example.com").send("e").wait_for("primary email");
    // Behind the names and the username; what is one of several is chosen with space.
    journey.terminal.send("\t\t\t ").wait_for("› neale@example.com").send("\r").wait_for("Change Zora?");
    journey.terminal.wait_for("cancel").send("\r").wait_for("Changed Zora: primary email.");
    assert_eq!(journey.user().primary_email_address_id, created);
    journey.act("u", "Undo: change Zora?", "Changed Zora: primary email.");
    // The notice reads as it did before.
    journey.terminal.wait_until("the outcome", |terminal| terminal.audit().len() == 4);
    assert_eq!(journey.user().primary_email_address_id, first);
}

#[test]
fn an_email_address_and_a_phone_number_take_the_place_of_all() {
    let mut journey = Journey::begin();
    for (key, title, typed, told) in [
        ("e", "Replace the email", "neale@example.com", "Zora has the email address neale@example.com"),
        ("n", "Replace the phone", "+15005550006", "Zora has the phone number +15005550006"),
    ] {
        journey.terminal.send(".").wait_for("More for Zora").send(key).wait_for(title);
        journey.terminal.send(typed).send("\r").wait_for("Give Zora the").wait_for("esc or n cancel").send("\r");
        journey.terminal.wait_for(told);
    }
    let user = journey.user();
    let emails: Vec<_> = user.email_addresses.iter().map(|email| email.email_address.as_str()).collect();
    let phones: Vec<_> = user.phone_numbers.iter().map(|phone| phone.phone_number.as_str()).collect();
    assert_eq!((emails, phones), (vec!["neale@example.com"], vec!["+15005550006"]));
}

#[test]
fn a_picture_is_uploaded_and_removed() {
    let mut journey = Journey::begin();
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("a.gif");
    fs::write(&file, b"<svg/>").unwrap();
    journey.terminal.send(".").wait_for("More for Zora").send("i").wait_for("Upload a picture of Zora");
    let folder = folder.path().to_str().unwrap();
    journey.terminal.wait_for("tab complete").send(&format!("{folder}/\t")).wait_for("/a.gif");
    journey.terminal.send("\r").wait_for("Not taken: it is no JPEG");
    fs::write(&file, b"GIF89a\x01\x00\x01\x00\x00\x00\x00;").unwrap();
    journey.terminal.send("\r").wait_for("GIF, 1 KB").wait_for("cancel").send("\r").wait_for("Gave Zora a picture.");
    assert!(journey.user().has_image);
    journey.act(".d", "Remove the picture of Zora?", "Removed the picture of Zora.");
    assert!(!journey.user().has_image);
    let audited = ["set_profile_image", "done", "delete_profile_image", "done"];
    assert_eq!(journey.audited(), audited);
}
