//! The security tab: its items, and what removes them.

use super::{Stage, stage::user};
use crate::{
    app::{
        Act, Fetched, SlotId,
        act::{Part, SecurityAct},
        detail::Tab,
    },
    clerk::model::{EnterpriseAccount, ExternalAccount, Passkey, User},
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
    stage.press("j d");
    assert_eq!(stage.notice(), "There is no authenticator application.");
    stage.press("G d");
    assert_eq!(stage.notice(), "This one cannot be removed here: its directory has it.");
    assert!(stage.changes.is_empty() && stage.app.dialog().is_none());
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
    assert_eq!(stage.app.detail().chosen_security_item(), 5);
    stage.press("j k");
    assert_eq!(stage.app.detail().chosen_security_item(), 4);
    stage.press("esc j").rest();
    assert_eq!(stage.app.detail().chosen_security_item(), 0);
}
