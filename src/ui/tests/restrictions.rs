//! The lists of who may sign up, and the boxes beside a ban.

use super::{cast, screen, stage, text};
use crate::{
    app::{
        Event, Fetched, SlotId,
        dialog::Restriction,
        tests::stage::{NOW, refused, sessions},
    },
    clerk::model::IdentifierType,
};
use insta::assert_snapshot;
use rstest::rstest;
use std::time::Duration;

fn entries() -> Vec<Restriction> {
    let entry = |days: u64, identifier: &str, kind: IdentifierType| Restriction {
        id: format!("blid_{days}"),
        identifier: identifier.into(),
        kind,
        created_at: NOW.minus(Duration::from_hours(24 * days)),
    };
    vec![
        entry(1, "*@spam.example", IdentifierType::EmailAddress),
        entry(2, "eve\u{1b}[31m+\u{202e}evil@example.com", IdentifierType::EmailAddress),
        entry(30, "+442079460958", IdentifierType::PhoneNumber),
        entry(300, "0x71C7656EC7ab88b098defB751B7401B5f6d8976F", IdentifierType::Web3Wallet),
    ]
}

fn open(size: (u16, u16), list: &str) -> super::Stage {
    let mut stage = stage(size.0, size.1);
    stage.press(":").send(Event::Paste(list.into()));
    stage.press("enter");
    stage
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn the_blocklist(#[case] size: (u16, u16)) {
    let mut stage = open(size, "blocklist");
    stage.answer(SlotId::Restrictions, Fetched::Restrictions(entries())).press("j");
    assert_snapshot!(format!("blocklist_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn an_entry_is_asked_about(#[case] size: (u16, u16)) {
    let mut stage = open(size, "blocklist");
    stage.answer(SlotId::Restrictions, Fetched::Restrictions(entries())).press("j d");
    assert_snapshot!(format!("unblock_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn an_entry_is_typed(#[case] size: (u16, u16)) {
    let mut stage = open(size, "allowlist");
    stage.answer(SlotId::Restrictions, Fetched::Restrictions(Vec::new()));
    stage.press("n a d a enter");
    assert_snapshot!(format!("allow_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[test]
fn a_list_is_waited_for_can_be_empty_and_can_fail() {
    let mut stage = open((80, 24), "allowlist");
    stage.wait(Duration::from_millis(200));
    assert!(text(&screen(&mut stage)).contains("Reading the list …"));
    stage.answer(SlotId::Restrictions, Fetched::Restrictions(Vec::new()));
    assert!(text(&screen(&mut stage)).contains("Nothing is on it. n adds something."));
    stage.press("r").fail(SlotId::Restrictions, refused(402, "unsupported_subscription_plan_features"));
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("The list could not be read.") && shown.contains("plan at Clerk"), "{shown}");
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_ban_offers_to_block(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("b").answer(SlotId::ActiveSessions, sessions(2));
    stage.press("tab tab tab space");
    assert_snapshot!(format!("ban_and_block_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn what_can_be_blocked(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press(". a");
    cast::answer_the_rest(&mut stage);
    assert_snapshot!(format!("block_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}
