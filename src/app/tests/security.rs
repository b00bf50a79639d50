//! The security tab: its items, and what removes them.

use super::{
    Stage,
    stage::{refused, user},
};
use crate::{
    app::{
        Act, Fetch, Fetched, Made, SlotId,
        act::{Part, SecurityAct},
        detail::{SecurityItem, Tab},
    },
    clerk::model::{EnterpriseAccount, ExternalAccount, Passkey, TrustedDevice, TrustedDeviceStatus, User},
};

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
