//! Tabs of rows: read when they are open, narrowed down, acted upon.

use super::{
    Stage,
    stage::{refused, timed_out},
};
use crate::{
    app::{
        Act, Failure, Fetch, Fetched, Made, SlotId,
        act::{Halfway, OrganizationAct, Place, RoleName, SessionAct},
        detail::Parts,
    },
    clerk::model::{
        InvitationStatus, Organization, OrganizationInvitation, OrganizationMembership, Page, PublicOrganizationData,
        Role, Session, SessionActivity, SessionId, SessionStatus,
    },
};
use std::time::Duration;

fn parts(stage: &Stage) -> &Parts {
    stage.app.detail().parts_of(&stage.app.subject().unwrap().id).unwrap()
}

fn with_membership() -> Stage {
    let mut stage = Stage::with_users(3);
    stage.press("j").wait(Duration::from_millis(100));
    let membership = OrganizationMembership {
        role: "org:admin".into(),
        role_name: Some("Admin".into()),
        organization: Organization { id: "org_1".into(), name: "Acme".into(), ..Organization::default() },
        ..OrganizationMembership::default()
    };
    let page = Page { data: vec![membership], total_count: 1 };
    stage.answer(SlotId::Memberships, Fetched::Memberships(page)).press("enter 2");
    let role = |key: &str, name: &str| Role { key: key.into(), name: name.into(), ..Role::default() };
    let roles = vec![role("org:admin", "Admin"), role("org:member", "Member"), role("org:billing", "Billing")];
    stage.answer(SlotId::Roles, Fetched::Roles(roles));
    stage
}

fn place() -> Place {
    Place { id: "org_1".into(), name: "Acme".into() }
}

fn role(key: &str, name: &str) -> RoleName {
    RoleName { key: key.into(), name: name.into() }
}

#[test]
fn a_member_gets_another_role_and_the_former_again() {
    let mut stage = with_membership();
    stage.press("e 1");
    assert!(stage.question().contains("Make Person 1 Member of Acme?"), "{}", stage.question());
    stage.press("enter").succeed_with(Made::Done);
    let (admin, member) = (role("org:admin", "Admin"), role("org:member", "Member"));
    let change = OrganizationAct::ChangeRole { place: place(), from: admin.clone(), to: member.clone() };
    assert_eq!((&stage.changes[0].act, stage.changes[0].user.as_str()), (&Act::Organization(change), "user_1"));
    assert!(matches!(stage.fetch(SlotId::Memberships), Some(Fetch::Memberships { offset: 0, .. })), "read anew");
    stage.press("u enter");
    let back = OrganizationAct::ChangeRole { place: place(), from: member, to: admin };
    assert_eq!(stage.changes[1].act, Act::Organization(back));
    assert!(stage.changes[1].grounds.undoes.is_some());
}

#[test]
fn a_member_is_removed_with_the_role_of_the_moment() {
    let mut stage = with_membership();
    // Nothing has answered yet how the memberships are since.
    stage.press("e 1 enter").succeed_with(Made::Done).press("d enter");
    let member = role("org:member", "Member");
    let remove = OrganizationAct::Remove { place: place(), role: member };
    assert_eq!(stage.changes[1].act, Act::Organization(remove));
    stage.succeed_with(Made::Done);
    assert!(parts(&stage).memberships.loaded().is_empty());
}

#[test]
fn a_member_is_removed_and_added_again() {
    let mut stage = with_membership();
    stage.press("d enter").succeed_with(Made::Done);
    let admin = role("org:admin", "Admin");
    let remove = OrganizationAct::Remove { place: place(), role: admin.clone() };
    assert_eq!(stage.changes[0].act, Act::Organization(remove));
    stage.answer(SlotId::Memberships, Fetched::Memberships(Page::default())).press("d");
    assert!(stage.app.dialog().is_none(), "there is nobody to remove, and d does not mean the user here");
    stage.press("e");
    assert_eq!(stage.notice(), "There is no membership here.");
    stage.press("u enter");
    assert_eq!(stage.changes[1].act, Act::Organization(OrganizationAct::Add { place: place(), role: admin }));
}

#[test]
fn a_pending_invitation_is_revoked_and_no_other() {
    let invitation = |status| OrganizationInvitation {
        id: "orginv_1".into(),
        organization_id: Some("org_1".into()),
        public_organization_data: Some(PublicOrganizationData { name: "Acme".into(), ..Default::default() }),
        status: Some(status),
        ..OrganizationInvitation::default()
    };
    for (status, revokes) in [(InvitationStatus::Pending, true), (InvitationStatus::Accepted, false)] {
        let mut stage = Stage::with_users(3);
        stage.press("enter 3");
        let page = Page { data: vec![invitation(status)], total_count: 1 };
        stage.answer(SlotId::Invitations, Fetched::Invitations(page)).press("d enter");
        let acts: Vec<_> = stage.changes.iter().map(|change| change.act.clone()).collect();
        let revoke = OrganizationAct::RevokeInvitation { place: place(), id: "orginv_1".into() };
        assert_eq!(acts, if revokes { vec![Act::Organization(revoke)] } else { Vec::new() });
    }
}

#[test]
fn roles_that_cannot_be_read_are_asked_for_again_by_a_refresh() {
    let mut stage = with_membership();
    stage.press("r").fail(SlotId::Roles, refused(500, "internal_error"));
    stage.press("e");
    assert!(stage.app.dialog().is_some(), "those that were read before are still there");
    let mut stage = Stage::with_users(3);
    stage.press("enter 2");
    assert_eq!(stage.fetch(SlotId::Roles), None, "without a membership there is no use for them");
}

fn session(number: usize, status: SessionStatus) -> Session {
    let activity = SessionActivity {
        browser_name: Some("Firefox".into()),
        city: Some("London".into()),
        country: Some("GB".into()),
        ..SessionActivity::default()
    };
    let id = SessionId::from(format!("sess_{number}"));
    Session { id, status, latest_activity: Some(activity), ..Session::default() }
}

fn with_sessions() -> Stage {
    let mut stage = Stage::with_users(3);
    stage.press("enter 4");
    let rows = vec![session(0, SessionStatus::Active), session(1, SessionStatus::Active)];
    stage.answer(SlotId::Sessions, Fetched::Sessions(rows));
    stage
}

#[test]
fn a_tab_is_read_when_it_is_opened_and_not_before() {
    let mut stage = Stage::with_users(3);
    stage.press("enter");
    assert_eq!((stage.fetch(SlotId::Sessions), stage.fetch(SlotId::Invitations)), (None, None));
    stage.press("4");
    assert!(matches!(
        stage.fetch(SlotId::Sessions),
        Some(Fetch::Sessions { user, status: Some(SessionStatus::Active), offset: 0, .. }) if user.as_str() == "user_0"
    ));
    stage.press("3");
    assert_eq!(stage.fetch(SlotId::Sessions), None, "nobody looks at it any more");
    assert!(matches!(stage.fetch(SlotId::Invitations), Some(Fetch::Invitations { status: None, .. })));
    let row = OrganizationInvitation { id: "orginv_1".into(), ..OrganizationInvitation::default() };
    stage.answer(SlotId::Invitations, Fetched::Invitations(Page { data: vec![row], total_count: 1 }));
    assert_eq!(parts(&stage).invitations.chosen().unwrap().id, "orginv_1");
}

#[test]
fn a_tab_is_narrowed_to_a_status_for_every_user() {
    let mut stage = with_sessions();
    stage.press("f r");
    assert!(matches!(
        stage.fetch(SlotId::Sessions),
        Some(Fetch::Sessions { status: Some(SessionStatus::Revoked), offset: 0, .. })
    ));
    assert_eq!(parts(&stage).sessions.loaded(), [], "what was there is of another status");
    stage.answer(SlotId::Sessions, Fetched::Sessions(Vec::new()));
    stage.press("f a");
    assert!(matches!(stage.fetch(SlotId::Sessions), Some(Fetch::Sessions { status: None, .. })));
    stage.press("3 f p");
    let pending = Some(InvitationStatus::Pending);
    assert!(matches!(stage.fetch(SlotId::Invitations), Some(Fetch::Invitations { status, .. }) if *status == pending));
    stage.press("esc j enter 3");
    assert!(matches!(
        stage.fetch(SlotId::Invitations),
        Some(Fetch::Invitations { status, user, .. }) if *status == pending && user.as_str() == "user_1"
    ));
}

#[test]
fn a_sign_out_that_ends_half_way_says_how_far_it_came_and_reads_what_is_left() {
    let mut stage = with_sessions();
    let done = Halfway { link: false, sessions: 1, left: Some(2) };
    stage.press("X enter").fail_change(Failure::Partly { done, then: Box::new(timed_out()) });
    let words = "Person 0 was not signed out of every session: 1 of 3 sessions ended; then: no answer within 10 s";
    assert_eq!(stage.notice(), words);
    assert!(matches!(stage.fetch(SlotId::Sessions), Some(Fetch::Sessions { offset: 0, .. })), "what is left is read");
}

#[test]
fn x_ends_the_chosen_session_and_capital_x_all_of_them() {
    let mut stage = with_sessions();
    stage.press("j x");
    assert!(stage.question().contains("out of Firefox, London, GB"), "{}", stage.question());
    stage.press("enter");
    let revoke = SessionAct::Revoke { id: SessionId::from("sess_1"), place: "Firefox, London, GB".into() };
    assert_eq!(stage.changes[0].act, Act::Session(revoke));
    stage.succeed_with(Made::Done);
    assert!(matches!(stage.fetch(SlotId::Sessions), Some(Fetch::Sessions { offset: 0, .. })), "what is left is read");
    stage.answer(SlotId::Sessions, Fetched::Sessions(vec![session(0, SessionStatus::Active)]));
    assert_eq!(parts(&stage).sessions.loaded().len(), 1);
    stage.press("X enter");
    assert_eq!(stage.changes[1].act, Act::SignOut);
}

#[test]
fn a_session_that_is_over_cannot_be_ended() {
    let mut stage = with_sessions();
    stage.press("f a").answer(SlotId::Sessions, Fetched::Sessions(vec![session(7, SessionStatus::Expired)]));
    stage.press("x");
    assert!(stage.app.dialog().is_none());
    assert!(stage.notice().contains("no session here that could be ended"), "{}", stage.notice());
}

#[test]
fn a_tab_that_cannot_be_read_says_so_and_waits() {
    let mut stage = Stage::with_users(3);
    stage.press("enter 4").fail(SlotId::Sessions, refused(500, "internal_error"));
    assert!(parts(&stage).sessions.failure().is_some());
    assert_eq!(stage.fetch(SlotId::Sessions), None);
    stage.press("r");
    assert!(stage.fetch(SlotId::Sessions).is_some());
}
