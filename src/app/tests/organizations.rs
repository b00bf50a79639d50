//! Organizations: adding a user to one.

use super::{
    Stage,
    stage::{refused, timed_out},
};
use crate::{
    app::{
        Act, Dialog, Event, Fetch, Fetched, Made, SlotId,
        act::{OrganizationAct, Place, RoleName},
        dialog::Picker,
    },
    clerk::model::{Organization, OrganizationMembership, Page, Role},
};
use std::time::Duration;

pub(super) fn organization(number: usize, name: &str) -> Organization {
    Organization {
        id: format!("org_{number}").into(),
        name: name.into(),
        slug: name.to_lowercase().replace(' ', "-"),
        members_count: Some(3),
        ..Organization::default()
    }
}

pub(super) fn member_of(organization: Organization) -> OrganizationMembership {
    OrganizationMembership { role: "org:admin".into(), organization, ..OrganizationMembership::default() }
}

pub(super) fn page<T>(data: Vec<T>) -> Page<T> {
    Page { total_count: data.len() as u64, data }
}

fn roles() -> Fetched {
    let role = |key: &str, name: &str| Role { key: key.into(), name: name.into(), ..Role::default() };
    Fetched::Roles(vec![role("org:admin", "Admin"), role("org:member", "Member")])
}

/// Everything that the picker shows at first: Acme, where the user is, and Globex, where not.
fn with_picker() -> Stage {
    let mut stage = Stage::with_users(3);
    stage.press("enter 2 n");
    stage.answer(SlotId::Organizations, Fetched::Organizations(page(vec![acme(), globex()])));
    stage.answer(SlotId::Joined, Fetched::Memberships(page(vec![member_of(acme())])));
    stage.answer(SlotId::Roles, roles());
    stage
}

pub(super) fn acme() -> Organization {
    organization(1, "Acme")
}

pub(super) fn globex() -> Organization {
    organization(2, "Globex")
}

fn picker(stage: &Stage) -> &Picker {
    match stage.app.dialog() {
        Some(Dialog::Picker(picker)) => picker,
        other => panic!("{other:?}"),
    }
}

/// The text that organizations are being looked for with.
pub(super) fn looked_for(stage: &Stage) -> Option<&str> {
    match stage.fetch(SlotId::Organizations)? {
        Fetch::Organizations { text, .. } => Some(text),
        other => panic!("{other:?}"),
    }
}

fn add_to_globex() -> Act {
    let place = Place { id: "org_2".into(), name: "Globex".into() };
    Act::Organization(OrganizationAct::Add {
        place,
        role: RoleName { key: "org:member".into(), name: "Member".into() },
    })
}

#[test]
fn a_user_is_added_where_they_are_not_and_taken_out_again() {
    let mut stage = with_picker();
    stage.press("down enter 2");
    assert!(stage.question().contains("Add Person 0 to Globex?"), "{}", stage.question());
    stage.press("enter");
    assert_eq!((&stage.changes[0].act, stage.changes[0].user.as_str()), (&add_to_globex(), "user_0"));
    assert!(stage.app.dialog().is_none(), "the picker is done with");
    stage.succeed_with(Made::Done);
    assert_eq!(stage.notice(), "Added Person 0 to Globex as Member.");
    assert!(matches!(stage.fetch(SlotId::Memberships), Some(Fetch::Memberships { offset: 0, .. })), "read anew");
    stage.press("u enter");
    let Act::Organization(OrganizationAct::Remove { place, .. }) = &stage.changes[1].act else { panic!() };
    assert_eq!((place.id.as_str(), stage.changes[1].grounds.undoes.is_some()), ("org_2", true));
}

#[test]
fn where_the_user_is_already_cannot_be_chosen() {
    let mut stage = with_picker();
    assert!(picker(&stage).membership(&"org_1".into()).is_some());
    stage.press("enter");
    assert!(stage.notice().starts_with("Already org:admin of Acme"), "{}", stage.notice());
    assert!(matches!(stage.app.dialog(), Some(Dialog::Picker(_))));
}

#[test]
fn n_means_an_organization_in_the_memberships_only() {
    let mut stage = Stage::with_users(3);
    stage.press("enter n");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Form(_))));
    stage.press("esc 2 n");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Picker(_))));
    stage.press("j q");
    assert_eq!(picker(&stage).field().text(), "jq", "every printable key is text");
    stage.press("esc");
    assert!(stage.app.dialog().is_none());
}

#[test]
fn organizations_are_looked_for_when_typing_rests_and_older_answers_are_dropped() {
    let mut stage = with_picker();
    stage.press("g l");
    assert_eq!(looked_for(&stage), None);
    stage.wait(Duration::from_millis(120));
    assert_eq!(looked_for(&stage), Some("gl"));
    let (generation, _) = stage.waiting[&SlotId::Organizations].clone();
    stage.press("o").wait(Duration::from_millis(120));
    assert_eq!(looked_for(&stage), Some("glo"));
    let result = Ok(Fetched::Organizations(page(vec![acme()])));
    stage.send(Event::Reply(crate::app::Reply::Fetched { slot: SlotId::Organizations, generation, result }));
    assert_eq!(picker(&stage).rows().len(), 2, "the old rows stay");
    stage.press("down enter");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Picker(_))), "what answers another text cannot be chosen");
    stage.answer(SlotId::Organizations, Fetched::Organizations(page(vec![globex()]))).press("enter");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Menu(_))));
}

#[test]
fn enter_looks_at_once_and_a_paste_too() {
    let mut stage = with_picker();
    stage.press("x enter");
    assert_eq!(looked_for(&stage), Some("x"));
    stage.send(Event::Paste("yz\n".into()));
    assert_eq!(looked_for(&stage), Some("xyz"));
}

#[test]
fn one_step_back_is_one_step_back() {
    let mut stage = with_picker();
    stage.press("down enter 2 esc");
    assert_eq!(picker(&stage).cursor(), 1, "another one can be chosen");
    stage.press("esc");
    assert!(stage.app.dialog().is_none());
}

#[test]
fn what_cannot_be_read_is_said_in_the_picker_and_asked_for_again() {
    let mut stage = Stage::with_users(3);
    stage.press("enter 2 n").fail(SlotId::Organizations, refused(403, "organization_not_enabled_in_instance"));
    assert!(picker(&stage).failure().is_some() && stage.notice().is_empty());
    stage.press("enter");
    assert_eq!(looked_for(&stage), Some(""));
    stage.answer(SlotId::Organizations, Fetched::Organizations(page(vec![globex()]))).press("enter");
    assert_eq!(stage.notice(), "Where the user belongs already is still being read.");
    stage.fail(SlotId::Joined, timed_out()).fail(SlotId::Roles, timed_out()).press("enter");
    assert!(stage.notice().starts_with("The roles could not be read"), "{}", stage.notice());
    stage.press("esc esc n").answer(SlotId::Roles, roles());
    stage.answer(SlotId::Organizations, Fetched::Organizations(page(vec![globex()])));
    stage.fail(SlotId::Joined, timed_out()).press("enter 2");
    assert!(stage.question().contains("Add Person 0 to Globex?"), "Clerk refuses what is so already");
}

#[test]
fn a_full_organization_says_so_and_what_to_do() {
    let mut stage = with_picker();
    stage.press("down enter 2 enter").fail_change(refused(403, "organization_membership_quota_exceeded"));
    assert!(stage.notice().starts_with("Person 0 was not added to Globex: "), "{}", stage.notice());
    let crate::app::NoticeKind::Failure { advice, .. } = &stage.app.notice().unwrap().kind else { panic!() };
    assert!(advice.contains("limit"), "{advice}");
}

#[test]
fn a_user_who_is_being_changed_waits() {
    let mut stage = Stage::with_users(3);
    stage.press("enter 2 b enter n");
    assert!(stage.app.dialog().is_none());
    assert!(stage.notice().starts_with("Wait for what is under way"), "{}", stage.notice());
}
