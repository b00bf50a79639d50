//! Inviting somebody to an organization: the picker, the form, the question.

use super::{Stage, cast, screen, stage, text};
use crate::{
    app::{Event, Fetched, SlotId, tests::stage::timed_out},
    clerk::model::{Page, Role},
    ui::plain,
};
use insta::assert_snapshot;
use rstest::rstest;
use std::time::Duration;

fn picking(size: (u16, u16)) -> Stage {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 3");
    cast::answer_the_rest(&mut stage);
    stage.press("n");
    let found = Page { data: cast::organizations(), total_count: 70 };
    let role = |key: &str, name: &str| Role { key: key.into(), name: name.into(), ..Role::default() };
    let roles = vec![role("org:admin", "Admin"), role("org:member", "Member"), role("org:billing", "Billing")];
    stage.answer(SlotId::Organizations, Fetched::Organizations(found)).answer(SlotId::Roles, Fetched::Roles(roles));
    stage
}

#[rstest]
#[case::picker("invite_where", "down down")]
#[case::form("invite", "down down enter tab a")]
#[case::faults("invite_wrong", "down down enter ctrl-u x tab tab tab 9 9 9 enter")]
#[case::question("invite_confirm", "down down enter tab tab tab 7 enter")]
fn somebody_is_invited(#[case] name: &str, #[case] keys: &str, #[values((120, 36), (80, 24))] size: (u16, u16)) {
    let mut stage = picking(size);
    stage.press(keys);
    assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[test]
fn it_is_told_in_lines_too() {
    let mut stage = picking((120, 17));
    stage.press("enter").send(Event::Drawn);
    let told = |stage: &Stage| plain::tell(&stage.app, stage.now).place.join("\n");
    assert!(told(&stage).starts_with("Invite to Acme. "), "{}", told(&stage));
    stage.press("enter").send(Event::Drawn);
    let question = told(&stage);
    assert!(
        question.contains("It is ada@analytical.example, as org:member in org_2OAZKxFLXr3SL3oIWQlKcYc01."),
        "{question}"
    );
}

/// The invitations to an organization whose name would do harm, open.
fn listing(size: (u16, u16)) -> Stage {
    let mut stage = stage(size.0, size.1);
    stage.press(":").send(Event::Paste("invitations of".into()));
    stage.press("enter");
    let found = Page { data: cast::organizations(), total_count: 70 };
    stage.answer(SlotId::Organizations, Fetched::Organizations(found));
    stage.press("down down enter");
    stage
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn the_invitations_to_an_organization(#[case] size: (u16, u16)) {
    let mut stage = listing(size);
    stage.press("f a");
    let data = cast::invitations();
    stage.answer(SlotId::OrganizationInvitations, Fetched::Invitations(Page { data, total_count: 2 })).press("j");
    assert_snapshot!(format!("org_invitations_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[test]
fn they_are_waited_for_can_be_none_can_fail_and_are_masked() {
    let mut stage = listing((80, 24));
    stage.wait(Duration::from_millis(200));
    assert!(text(&screen(&mut stage)).contains("Reading the invitations …"));
    stage.answer(SlotId::OrganizationInvitations, Fetched::Invitations(Page::default()));
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("There are none. n invites somebody, f shows others."), "{shown}");
    stage.press("r").fail(SlotId::OrganizationInvitations, timed_out());
    assert!(text(&screen(&mut stage)).contains("The invitations could not be read."));
    let mut stage = stage_masked();
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("a**@a*********.e******") && !shown.contains("analytical"), "{shown}");
}

#[test]
fn the_menu_says_what_the_list_shows_now_whatever_the_tab_does() {
    let mut stage = listing((80, 24));
    stage.press("f");
    let shown = text(&screen(&mut stage));
    let row = shown.lines().find(|row| row.contains("pending")).unwrap();
    assert!(row.contains("› p  pending") && row.contains("now"), "{shown}");
}

fn stage_masked() -> Stage {
    let mut stage = stage(80, 24);
    stage.press("M :").send(Event::Paste("invitations of".into()));
    stage.press("enter");
    let found = Page { data: cast::organizations(), total_count: 4 };
    stage.answer(SlotId::Organizations, Fetched::Organizations(found)).press("enter");
    let data = cast::invitations();
    stage.answer(SlotId::OrganizationInvitations, Fetched::Invitations(Page { data, total_count: 2 }));
    stage
}
