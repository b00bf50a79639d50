//! New users from the copies of those that a job has deleted.

use super::Setting;
use lazyclerk::{
    app::job::JobAct,
    clerk::{
        Clerk, Endpoint, SentBody,
        model::{Timestamp, User, UserId, Verification, VerificationStatus},
        query::PageLimit,
        users::{CreateUser, IdentificationStatus, NewIdentification},
    },
    trash::{Kept, requests, restore},
};
use serde_json::{Value, json};
use std::collections::HashMap;
use tokio::sync::mpsc::unbounded_channel;

fn now() -> Timestamp {
    Timestamp::from(jiff::Timestamp::now())
}

/// Values with whether they are verified; the primary one stands apart, the others in an order of their own.
fn identifiers<'a>(all: impl Iterator<Item = (&'a str, Option<&'a VerificationStatus>)>) -> Value {
    let mut all: Vec<_> =
        all.map(|(value, status)| (value.to_owned(), status == Some(&VerificationStatus::Verified))).collect();
    all.sort();
    json!(all)
}

impl Setting {
    /// All of a user that can come back, with their memberships.
    async fn what_can_come_back(&self, user: &User, external_id: &str) -> Value {
        let memberships = self.clerk.users().organization_memberships(&user.id, PageLimit::MAX, 0).await.unwrap();
        let mut memberships: Vec<_> = memberships
            .value
            .data
            .into_iter()
            .map(|membership| {
                let metadata = (membership.public_metadata, membership.private_metadata);
                json!([membership.organization.id, membership.role, metadata])
            })
            .collect();
        memberships.sort_by_key(ToString::to_string);
        let emails = user.email_addresses.iter();
        let phones = user.phone_numbers.iter();
        json!({
            "name": [user.first_name, user.last_name, user.username],
            "external_id": external_id,
            "emails": identifiers(emails.map(|email| (&*email.email_address, email.verification.as_ref().map(|it| &it.status)))),
            "primary_email": user.primary_email_address().map(|email| &email.email_address),
            "phones": identifiers(phones.map(|phone| (&*phone.phone_number, phone.verification.as_ref().map(|it| &it.status)))),
            "primary_phone": user.primary_phone_number().map(|phone| &phone.phone_number),
            "second_factors": user.phone_numbers.iter().filter(|phone| phone.reserved_for_second_factor).count(),
            "wallets": user.web3_wallets.len(),
            "primary_wallet": user.primary_web3_wallet().map(|wallet| &wallet.web3_wallet),
            "metadata": [&user.public_metadata, &user.private_metadata.clone().unwrap_or_default(), &user.unsafe_metadata],
            "locale": user.locale,
            "created_at": user.created_at,
            "legal_accepted_at": user.legal_accepted_at,
            "may": [user.delete_self_enabled, user.create_organization_enabled, user.bypass_client_trust],
            "limit": user.create_organizations_limit,
            "banned": user.banned,
            "locked": user.locked,
            "memberships": memberships,
        })
    }
}

#[tokio::test]
async fn whoever_is_restored_is_as_they_were_in_all_that_can_come_back() {
    let mut setting = Setting::with_users(150).await;
    let users = setting.users().await;
    let mut before = HashMap::new();
    for user in &users {
        let external_id = user.external_id.clone().unwrap_or_else(|| user.id.to_string());
        before.insert(user.id.clone(), setting.what_can_come_back(user, &external_id).await);
    }
    setting.carry_out(JobAct::Delete { copies: true }, &users).await;
    assert_eq!(setting.users().await.len(), 0);
    let copies = setting.copies();
    assert_eq!(copies.len(), users.len());
    // The one who belongs nearly everywhere would take a minute: Clerk takes ten changes of a user in ten seconds.
    for Kept { copy, .. } in copies.into_iter().filter(|kept| kept.copy.memberships.len() < 10) {
        let restored = restore(&setting.clerk, &copy, now()).await.unwrap();
        assert_eq!(restored.left_out, [], "{}", copy.user.id);
        let user = setting.clerk.users().get(&restored.user.id).await.unwrap().value;
        let external_id = user.external_id.clone().unwrap_or_default();
        assert_ne!(user.id, copy.user.id);
        assert_eq!(setting.what_can_come_back(&user, &external_id).await, before[&copy.user.id]);
    }
    let has = |key: &str| before.values().filter(|user| user[key].as_array().is_some_and(|all| all.len() > 1)).count();
    assert!(has("emails") > 0 && has("memberships") > 0, "some have several");
    assert!(before.values().any(|user| user["banned"] == true) && before.values().any(|user| user["locked"] == true));
}

#[tokio::test]
async fn what_a_dry_run_tells_is_what_is_sent() {
    let mut setting = Setting::with_users(40).await;
    let users = setting.users().await;
    setting.carry_out(JobAct::Delete { copies: true }, &users).await;
    let (watcher, mut exchanges) = unbounded_channel();
    let endpoint = Endpoint::parse(setting.emulator.url()).unwrap();
    let clerk = Clerk::watched(endpoint, setting.emulator.secret_key().clone(), watcher).unwrap();
    for Kept { copy, .. } in setting.copies().into_iter().filter(|kept| kept.copy.memberships.len() < 10) {
        let at = now();
        let planned = requests(&copy, at);
        let restored = restore(&clerk, &copy, at).await.unwrap();
        let ids = |path: &str, id: &UserId| path.replace("[the new user]", id.as_str());
        for planned in planned {
            let sent = exchanges.recv().await.unwrap();
            assert_eq!(sent.method, planned.method);
            if !planned.path.contains("[the id of") {
                assert_eq!(format!("/v1{}", sent.path), ids(&planned.path, &restored.user.id));
            }
            let body = ids(&planned.body.to_string(), &restored.user.id);
            let SentBody::Json(sent) = sent.body else { panic!("{} carries nothing", sent.path) };
            assert_eq!(serde_json::from_str::<Value>(&body).unwrap(), serde_json::from_str::<Value>(&sent).unwrap());
        }
        assert!(exchanges.try_recv().is_err(), "nothing else was sent");
    }
}

fn somebody(email_address: Option<&str>, phone_numbers: &[&str], status: IdentificationStatus) -> CreateUser {
    let new = |value: &str, status| NewIdentification { value: value.to_owned(), status };
    CreateUser {
        email_addresses: email_address.map(|value| new(value, IdentificationStatus::Verified)).into_iter().collect(),
        phone_numbers: phone_numbers.iter().map(|value| new(value, status)).collect(),
        skip_password_requirement: true,
        ..CreateUser::default()
    }
}

#[tokio::test]
async fn an_unverified_number_that_is_taken_by_now_is_left_out_and_told() {
    const NUMBER: &str = "+12125550142";
    const FREE: &str = "+12125550143";
    const ADDRESS: &str = "grace@example.com";
    let mut setting = Setting::with_users(3).await;
    let users = setting.clerk.users();
    let user = users.create(&somebody(Some(ADDRESS), &[NUMBER, FREE], IdentificationStatus::Reserved)).await.unwrap();
    setting.carry_out(JobAct::Delete { copies: true }, &[user.value]).await;
    let copy = setting.copies().remove(0).copy;
    let users = setting.clerk.users();
    users.create(&somebody(None, &[NUMBER], IdentificationStatus::Verified)).await.unwrap();
    let restored = restore(&setting.clerk, &copy, now()).await.unwrap();
    let [left_out] = &restored.left_out[..] else { panic!("{:?}", restored.left_out) };
    assert_eq!(left_out.to_string(), format!("{NUMBER} (That phone number is taken. Please try another)"));
    let user = users.get(&restored.user.id).await.unwrap().value;
    let numbers: Vec<&str> = user.phone_numbers.iter().map(|phone| &*phone.phone_number).collect();
    assert_eq!((&numbers[..], &*user.email_addresses[0].email_address), (&[FREE][..], ADDRESS));
    assert!(!user.phone_numbers[0].verification.as_ref().is_some_and(Verification::is_verified));
    // What was verified is nothing to do without.
    users.delete(&restored.user.id).await.unwrap();
    users.create(&somebody(Some(ADDRESS), &[], IdentificationStatus::Verified)).await.unwrap();
    let refused = restore(&setting.clerk, &copy, now()).await.unwrap_err();
    assert_eq!((refused.code(), refused.taken_parameter()), (Some("form_identifier_exists"), Some("email_address")));
}
