//! The box beside a deletion, and the list of recovery copies.

use super::{screen, stage, text};
use crate::{
    app::{Deleted, Event, Fetched, Identifier, Lost, Person, RecordId, SlotId, tests::stage::NOW},
    clerk::model::{Passkey, User},
};
use insta::assert_snapshot;
use rstest::rstest;
use std::time::Duration;

fn copies() -> Vec<Deleted> {
    let copy = |days: u64, name: &str, email: &str| Deleted {
        user: format!("user_{days}").as_str().into(),
        person: Person {
            name: Some(name.to_owned()).filter(|name| !name.is_empty()),
            identifier: Some(Identifier::EmailAddress(email.to_owned())),
        },
        at: NOW.minus(Duration::from_hours(24 * days)),
        by: "kim on laptop".to_owned(),
        memberships: Some(3 - usize::try_from(days.min(3)).unwrap()),
        lost: Lost::of(&User { password_enabled: true, passkeys: vec![Passkey::default()], ..User::default() }),
        record: RecordId(format!("record {days}")),
        restored_as: (days == 9).then(|| "user_new".into()),
    };
    vec![
        copy(0, "Ada Lovelace", "ada@analytical.example"),
        copy(2, "Eve\u{1b}[31m\u{202e}", "eve+\u{1b}[31m@example.com"),
        copy(9, "", "gone@example.com"),
    ]
}

fn open(size: (u16, u16)) -> super::Stage {
    let mut stage = stage(size.0, size.1);
    stage.press(":").send(Event::Paste("trash".into()));
    stage.press("enter");
    stage
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn the_copies(#[case] size: (u16, u16)) {
    let mut stage = open(size);
    stage.answer(SlotId::Trash, Fetched::Trash(copies())).press("j");
    assert_snapshot!(format!("trash_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn what_does_not_come_back_is_said_before(#[case] size: (u16, u16)) {
    let mut stage = open(size);
    stage.answer(SlotId::Trash, Fetched::Trash(copies())).press("enter");
    assert_snapshot!(format!("restore_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_deletion_says_that_a_copy_is_kept(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("d tab tab");
    assert_snapshot!(format!("delete_copy_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[test]
fn masked_they_are_known_by_their_ids() {
    let mut stage = open((120, 36));
    stage.answer(SlotId::Trash, Fetched::Trash(copies()));
    stage.press("esc M :").send(Event::Paste("trash".into()));
    stage.press("enter");
    assert!(stage.fetch(SlotId::Trash).is_some(), "{}", text(&screen(&mut stage)));
    stage.answer(SlotId::Trash, Fetched::Trash(copies()));
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("user_0") && !shown.contains("Lovelace") && !shown.contains("ada@"), "{shown}");
    stage.press("enter");
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("Restore user_0?") && !shown.contains("ada@"), "{shown}");
}

#[test]
fn copies_are_waited_for_can_be_none_and_can_fail() {
    let mut stage = open((80, 24));
    stage.wait(Duration::from_millis(200));
    assert!(text(&screen(&mut stage)).contains("Reading the copies …"));
    stage.answer(SlotId::Trash, Fetched::Trash(Vec::new()));
    assert!(text(&screen(&mut stage)).contains("Nobody who was deleted from here is kept."));
    stage.press("r").fail(SlotId::Trash, crate::app::Failure::Trash("trash is something else; move it away".into()));
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("The copies could not be read.") && shown.contains("move it away"), "{shown}");
}
