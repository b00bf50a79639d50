//! The last admin of an organization: said before the question is answered.

use super::{Stage, stage::timed_out};
use crate::{
    app::{
        Dialog, Fetch, Fetched, SlotId,
        act::Place,
        admins::{AdminPlaces, AdminsFound, OtherAdmins},
    },
    clerk::model::{Organization, OrganizationMembership, Page, Role},
};

fn acme() -> Place {
    Place { id: "org_1".into(), name: "Acme".into() }
}

/// The only membership of the first user, in this role, chosen.
fn with_role(key: &str) -> Stage {
    let mut stage = Stage::begin();
    stage.answer_list((0..3).map(super::stage::user)).wait(std::time::Duration::from_millis(100));
    let organization = Organization { id: "org_1".into(), name: "Acme".into(), ..Organization::default() };
    let membership = OrganizationMembership { role: key.into(), organization, ..OrganizationMembership::default() };
    stage.answer(SlotId::Memberships, Fetched::Memberships(Page { data: vec![membership], total_count: 1 }));
    stage.press("enter 2");
    let role = |key: &str, name: &str| Role { key: key.into(), name: name.into(), ..Role::default() };
    stage.answer(SlotId::Roles, Fetched::Roles(vec![role("org:admin", "Admin"), role("org:member", "Member")]));
    stage
}

fn found(count: u64) -> Fetched {
    let only = (count == 1).then(|| ("user_9".into(), "grace@acme.example".to_owned()));
    Fetched::OtherAdmins(AdminsFound { places: vec![OtherAdmins { place: acme(), count, only }], unlooked: 0 })
}

/// What the open question says of other admins.
fn told(stage: &Stage) -> Option<String> {
    match stage.app.dialog() {
        Some(Dialog::Confirm(confirm)) => confirm.admin_words().map(|words| words.text),
        other => panic!("{other:?}"),
    }
}

fn asked(stage: &Stage) -> Option<&AdminPlaces> {
    match stage.fetch(SlotId::OtherAdmins)? {
        Fetch::OtherAdmins { user, places } => (user.as_str() == "user_0").then_some(places),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_membership_that_goes_asks_who_else_is_admin_there() {
    for keys in ["d", "e 1"] {
        let mut stage = with_role("org:admin");
        stage.press(keys);
        assert_eq!(asked(&stage), Some(&AdminPlaces::One(acme())), "{keys}");
        assert_eq!(told(&stage).as_deref(), Some("Whether Acme has another admin is being read."));
        stage.answer(SlotId::OtherAdmins, found(1));
        assert_eq!(told(&stage).as_deref(), Some("Acme has one more admin: grace@acme.example."));
        // Nothing is in the way: Clerk decides.
        stage.press("enter");
        assert_eq!(stage.changes.len(), 1);
    }
}

#[test]
fn the_last_admin_is_named_before_yes_counts() {
    let mut stage = with_role("org:admin");
    stage.press("d").send(crate::app::Event::Drawn).answer(SlotId::OtherAdmins, found(0));
    assert!(told(&stage).is_some_and(|text| text.starts_with("The last admin of Acme: ")), "{:?}", told(&stage));
    stage.press_undrawn("enter");
    assert!(stage.changes.is_empty(), "what was typed was not meant for that");
    stage.press("enter");
    assert_eq!(stage.changes.len(), 1);
}

#[test]
fn who_is_no_admin_is_not_looked_after_and_neither_is_who_becomes_one() {
    for keys in ["d", "e 1"] {
        let mut stage = with_role("org:member");
        stage.press(keys);
        assert_eq!((asked(&stage), told(&stage)), (None, None), "{keys}");
    }
}

#[test]
fn what_cannot_be_read_is_said_once_and_in_its_place() {
    let mut stage = with_role("org:admin");
    stage.press("d").fail(SlotId::OtherAdmins, timed_out());
    assert!(told(&stage).is_some_and(|text| text.contains("could not be read")), "{:?}", told(&stage));
    assert_eq!((stage.notice(), asked(&stage)), ("", None));
}

#[test]
fn a_question_that_is_left_is_not_read_for() {
    let mut stage = with_role("org:admin");
    stage.press("d").press("esc");
    assert_eq!(stage.fetch(SlotId::OtherAdmins), None, "cancelled");
}

#[test]
fn a_deletion_says_where_nobody_else_is_admin() {
    let mut stage = Stage::with_users(3);
    stage.press("d");
    assert_eq!((asked(&stage), told(&stage)), (Some(&AdminPlaces::All), None));
    stage.answer(SlotId::OtherAdmins, found(0));
    assert_eq!(told(&stage).as_deref(), Some("The last admin of Acme: nobody else is admin there."));
}
