//! What a question says of other admins.

use super::{Stage, cast, screen, stage, text};
use crate::{
    app::{
        Event, Fetched, SlotId,
        act::Place,
        admins::{AdminsFound, OtherAdmins},
        tests::stage::sessions,
    },
    clerk::model::Role,
    ui::plain,
};
use insta::assert_snapshot;
use rstest::rstest;

/// Where the user of the drawings is admin, and in another one whose name would do harm.
fn found(count: u64) -> AdminsFound {
    let only = (count == 1).then(|| ("user_9".into(), "grace\u{1b}[31m@acme.example".to_owned()));
    let place = |name: &str| Place { id: "org_1".into(), name: name.into() };
    let other = OtherAdmins { place: place("\u{1b}[31mHooli\u{202e}"), count: 0, only: None };
    AdminsFound { places: vec![OtherAdmins { place: place("Acme"), count, only }, other], unlooked: 0 }
}

fn removal(size: (u16, u16)) -> Stage {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 2");
    cast::answer_the_rest(&mut stage);
    stage.press("d");
    stage
}

#[rstest]
#[case::last("last_admin", 0)]
#[case::one_more("one_more_admin", 1)]
fn a_member_who_is_admin_is_removed(
    #[case] name: &str,
    #[case] others: u64,
    #[values((120, 36), (80, 24))] size: (u16, u16),
) {
    let mut stage = removal(size);
    stage.answer(SlotId::OtherAdmins, Fetched::OtherAdmins(found(others)));
    assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[test]
fn the_row_is_there_while_it_is_awaited_so_that_nothing_jumps() {
    let mut stage = removal((80, 24));
    let awaited = text(&screen(&mut stage));
    assert!(awaited.contains("Whether Acme has another admin is being read."), "{awaited}");
    stage.answer(SlotId::OtherAdmins, Fetched::OtherAdmins(found(1)));
    let row = |text: &str| text.lines().position(|line| line.contains("Reason"));
    assert_eq!(row(&awaited), row(&text(&screen(&mut stage))));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn the_last_admin_is_deleted(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("d").answer(SlotId::ActiveSessions, sessions(2));
    stage.answer(SlotId::OtherAdmins, Fetched::OtherAdmins(found(0)));
    assert_snapshot!(format!("delete_last_admin_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[test]
fn it_is_told_in_lines_too() {
    let mut stage = stage(120, 17);
    stage.press("enter 2");
    let role = Role { key: "org:member".into(), name: "Member".into(), ..Role::default() };
    stage.answer(SlotId::Roles, Fetched::Roles(vec![role]));
    stage.press("e 1").answer(SlotId::OtherAdmins, Fetched::OtherAdmins(found(0))).send(Event::Drawn);
    let told = plain::tell(&stage.app, stage.now).place.join("\n");
    assert!(told.contains("The last admin of Acme: Clerk refuses to take the last one away."), "{told}");
}
