//! The security tab: its items, and what removes them.

use super::{
    Stage,
    stage::{refused, user},
};
use crate::{
    app::{
        Act, Effect, Event, Fetch, Fetched, Made, SlotId,
        act::{OAuthAct, Part, SecurityAct},
        detail::{OAuthToken, SecurityItem, Tab},
        secret::SHOWN_FOR,
    },
    clerk::InstanceKind,
    clerk::model::{EnterpriseAccount, ExternalAccount, Passkey, TrustedDevice, TrustedDeviceStatus, User},
};
use std::time::Duration;

fn stage_with(first: User) -> Stage {
    let mut stage = Stage::with_users(3);
    stage.press("r").answer_list([first, user(1)]);
    stage.answer(SlotId::AllUsers, Fetched::Count(2)).answer(SlotId::BannedUsers, Fetched::Count(0));
    stage.rest().press("enter 5");
    assert_eq!(stage.app.detail().tab(), Tab::Security);
    stage
}

fn with_accounts() -> User {
    User {
        password_enabled: true,
        passkeys: vec![Passkey { id: Some("idn_1".into()), name: "Chrome".into(), ..Passkey::default() }],
        external_accounts: vec![ExternalAccount {
            id: "eac_1".into(),
            provider: "oauth_github".into(),
            ..ExternalAccount::default()
        }],
        enterprise_accounts: vec![EnterpriseAccount::default()],
        ..user(0)
    }
}

#[test]
fn d_removes_the_chosen_item_and_not_the_user() {
    let mut stage = stage_with(with_accounts());
    stage.press("j j j d");
    assert_eq!(stage.question(), "Remove the passkey Chrome of Person 0?");
    stage.press("enter");
    let part = Part { id: "idn_1".into(), name: "Chrome".into() };
    assert_eq!(stage.changes[0].act, Act::Security(SecurityAct::DeletePasskey(part)));
}

#[test]
fn what_is_not_set_or_belongs_to_a_directory_says_why_it_cannot_be_removed() {
    let mut stage = stage_with(with_accounts());
    stage.answer(SlotId::TrustedDevices, Fetched::TrustedDevices(Vec::new())).press("j d");
    assert_eq!(stage.notice(), "There is no authenticator application.");
    stage.press("G d");
    assert_eq!(stage.notice(), "There is no device here that could be revoked.");
    stage.press("k d");
    assert_eq!(stage.notice(), "This one cannot be removed here: its directory has it.");
    assert!(stage.changes.is_empty() && stage.app.dialog().is_none());
}

fn device(id: &str, status: TrustedDeviceStatus) -> TrustedDevice {
    TrustedDevice { id: id.into(), platform: "ios".into(), status, ..TrustedDevice::default() }
}

fn devices(stage: &Stage) -> Vec<String> {
    let told = |item: &SecurityItem<'_>| match item {
        SecurityItem::TrustedDevice(device) => Some(device.id.clone()),
        SecurityItem::NoTrustedDevice(why) => Some(format!("{why:?}").split('(').next().unwrap().to_owned()),
        _ => None,
    };
    stage.app.security_items().iter().filter_map(told).collect()
}

#[test]
fn trusted_devices_are_read_when_the_tab_is_open_and_d_revokes_one() {
    let mut stage = stage_with(with_accounts());
    assert!(
        matches!(stage.fetch(SlotId::TrustedDevices), Some(Fetch::TrustedDevices(user)) if user.as_str() == "user_0")
    );
    assert_eq!(devices(&stage), ["Reading"]);
    stage.press("1");
    assert_eq!(stage.fetch(SlotId::TrustedDevices), None);
    let both = || vec![device("tdev_1", TrustedDeviceStatus::Active), device("tdev_2", TrustedDeviceStatus::Revoked)];
    stage.press("5").answer(SlotId::TrustedDevices, Fetched::TrustedDevices(both()));
    assert_eq!(devices(&stage), ["tdev_1", "tdev_2"]);
    stage.press("G d");
    assert_eq!(stage.notice(), "The trust in this device has been taken back already.");
    stage.press("esc k d");
    assert_eq!(stage.question(), "Remove the trusted device ios of Person 0?");
    stage.press("enter");
    let part = Part { id: "tdev_1".into(), name: "ios".into() };
    assert_eq!(stage.changes[0].act, Act::Security(SecurityAct::RevokeTrustedDevice(part)));
    assert_eq!(stage.fetch(SlotId::TrustedDevices), None);
    stage.succeed_with(Made::Done);
    stage.answer(SlotId::TrustedDevices, Fetched::TrustedDevices(Vec::new()));
    assert_eq!(devices(&stage), ["None"]);
}

#[test]
fn devices_that_cannot_be_read_are_told_in_their_place_and_wait() {
    let mut stage = stage_with(with_accounts());
    stage.fail(SlotId::TrustedDevices, refused(403, "feature_not_enabled"));
    assert_eq!((stage.fetch(SlotId::TrustedDevices), stage.notice()), (None, ""));
    assert_eq!(devices(&stage), ["Failed"]);
    stage.press("r").answer(SlotId::TrustedDevices, Fetched::TrustedDevices(Vec::new()));
    assert_eq!(devices(&stage), ["None"]);
}

#[test]
fn in_another_tab_d_means_the_user_again() {
    let mut stage = stage_with(with_accounts());
    stage.press("1 d");
    assert_eq!(stage.question(), "Delete Person 0?");
}

#[test]
fn the_choice_stays_within_what_there_is_and_begins_anew_with_another_user() {
    let mut stage = stage_with(with_accounts());
    stage.press("G");
    assert_eq!(stage.app.detail().chosen_security_item(), 6);
    stage.press("j k");
    assert_eq!(stage.app.detail().chosen_security_item(), 5);
    stage.press("esc j").rest();
    assert_eq!(stage.app.detail().chosen_security_item(), 0);
}

/// The security tab on an account at GitHub, its devices read.
fn on_the_account() -> Stage {
    let mut stage = stage_with(with_accounts());
    stage.answer(SlotId::TrustedDevices, Fetched::TrustedDevices(Vec::new())).press("j j j j");
    stage
}

fn token(account: &str) -> Made {
    Made::OAuthTokens(vec![OAuthToken {
        account: account.into(),
        token: "gho_secret".into(),
        secret: None,
        scopes: vec!["repo".into()],
        expires_at: None,
    }])
}

/// Whether the token is shown; none when there is none.
fn shown(stage: &Stage) -> Option<bool> {
    let fetched = stage.app.token_of_chosen()?;
    fetched.token().ok().flatten().map(|_| fetched.is_shown(stage.now))
}

#[test]
fn t_fetches_the_token_of_the_chosen_account_and_enter_shows_it_for_a_while() {
    let mut stage = on_the_account();
    stage.press("t");
    assert_eq!(stage.question(), "Fetch the github token of Person 0?");
    stage.press("enter");
    let account = Part { id: "eac_1".into(), name: "github".into() };
    assert_eq!(stage.changes[0].act, Act::OAuth(OAuthAct { provider: "oauth_github".into(), account }));
    stage.succeed_with(token("eac_1"));
    assert_eq!((shown(&stage), stage.fetch(SlotId::ReadBack)), (Some(false), None), "nothing has changed");
    assert!(stage.fetch(SlotId::History).is_none() && stage.app.notice().is_none());
    stage.press("enter").wait(SHOWN_FOR.saturating_sub(Duration::from_millis(1)));
    assert_eq!(shown(&stage), Some(true));
    stage.wait(Duration::from_millis(1));
    assert_eq!(shown(&stage), Some(false), "masked by itself");
    stage.press("enter enter");
    assert_eq!(shown(&stage), Some(false), "masked by hand");
    assert!(!format!("{:?} {:?}", stage.app, stage.changes).contains("gho_secret"));
}

#[test]
fn the_token_is_masked_when_another_item_is_chosen_and_forgotten_when_the_tab_is_left() {
    let mut stage = on_the_account();
    stage.press("t enter").succeed_with(token("eac_1")).press("enter k");
    assert_eq!(shown(&stage), None);
    stage.press("j");
    assert_eq!(shown(&stage), Some(false));
    stage.press("enter ctrl-z");
    assert_eq!(shown(&stage), Some(false), "the shell must not find it on the screen");
    stage.press("enter").send(Event::Unfocused);
    assert_eq!(shown(&stage), Some(false), "who looks at it now may be anybody");
    for (leave, back) in [("1", "5"), ("esc", "enter")] {
        stage.press(leave).press(back);
        assert_eq!(shown(&stage), None, "{leave}");
        stage.press("t enter").succeed_with(token("eac_1"));
    }
}

#[test]
fn the_token_is_copied_and_its_menu_shows_nothing_of_it() {
    let mut stage = on_the_account();
    stage.press("t enter").succeed_with(token("eac_1")).press("y");
    assert!(!format!("{:?}", stage.app.dialog()).contains("gho_secret"));
    stage.press("t");
    assert!(stage.last.contains(&Effect::CopySecret("gho_secret".into())));
    assert!(
        stage.notice().starts_with("Copied the OAuth token") && !format!("{:?}", stage.last).contains("gho_secret")
    );
}

#[test]
fn a_token_that_comes_when_the_tab_has_been_left_is_not_kept() {
    let mut stage = on_the_account();
    stage.press("t enter 1").succeed_with(token("eac_1"));
    assert!(stage.notice().ends_with("It was not kept, as its tab has been left."), "{}", stage.notice());
    stage.press("esc 5");
    assert!(!format!("{:?}", stage.app).contains("OAuthToken {"));
}

#[test]
fn a_token_that_cannot_be_fetched_is_told_where_it_would_be() {
    let mut stage = on_the_account();
    stage.press("t enter").fail_change(refused(404, "oauth_token_provider_not_enabled"));
    let failure = stage.app.token_of_chosen().unwrap().token().unwrap_err().clone();
    assert_eq!((failure.code(), stage.notice()), (Some("oauth_token_provider_not_enabled"), ""));
    assert!(!stage.app.is_gone(&"user_0".into()), "the provider is what was not found");
    stage.press("enter");
    assert_eq!(stage.notice(), "No token has been fetched for this one.");
    stage.press("esc t enter 1").fail_change(refused(400, "oauth_token_retrieval_error"));
    assert!(stage.notice().contains("was not fetched"), "{}", stage.notice());
}

#[test]
fn on_production_a_token_is_not_fetched_without_a_reason() {
    let fetch = OAuthAct { provider: "oauth_x".into(), account: Part::default() };
    assert!(Act::OAuth(fetch.clone()).needs_reason(InstanceKind::Production));
    assert!(!Act::OAuth(fetch).needs_reason(InstanceKind::Development));
}

#[test]
fn what_is_no_account_has_no_token() {
    let mut stage = on_the_account();
    for keys in ["k t", "G t"] {
        stage.press(keys);
        assert_eq!(stage.notice(), "Only an account at an OAuth provider has a token to fetch.");
        stage.press("esc");
    }
    stage.press("1 t");
    assert!(stage.app.dialog().is_none() && stage.changes.is_empty());
}
