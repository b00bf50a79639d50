//! Inviting somebody to an organization: the picker, the form, the question.

use super::{Stage, cast, screen, stage, text};
use crate::{
    app::{Event, Fetched, SlotId},
    clerk::model::{Page, Role},
    ui::plain,
};
use insta::assert_snapshot;
use rstest::rstest;

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
    assert!(question.contains("It is ada@analytical.example, as org:member."), "{question}");
}
