//! The invitations to an organization: opened, narrowed, taken back, made.

use super::{Stage, stage::timed_out};
use crate::{
    app::{
        Dialog, Event, Fetch, Fetched, Made, SlotId,
        act::{InvitationAct, NewInvitation, Place, RoleName},
        dialog::InvitationsPane,
    },
    clerk::model::{InvitationStatus, Organization, OrganizationInvitation, Page, Role, Timestamp},
};
use std::time::Duration;

fn invitation(number: usize, status: InvitationStatus) -> OrganizationInvitation {
    let made = Timestamp::from_millis(1_795_000_000_000);
    OrganizationInvitation {
        id: format!("orginv_{number}"),
        email_address: format!("guest{number}@example.com"),
        role: "org:member".into(),
        role_name: "Member".into(),
        status: Some(status),
        created_at: made,
        expires_at: Some(made.plus(Duration::from_hours(7 * 24))),
        ..OrganizationInvitation::default()
    }
}

fn page(data: Vec<OrganizationInvitation>) -> Fetched {
    Fetched::Invitations(Page { total_count: data.len() as u64, data })
}

/// The pending invitations to Acme, open and read.
fn open() -> Stage {
    let mut stage = Stage::with_users(3);
    stage.press(":").send(Event::Paste("invitations of".into()));
    stage.press("enter");
    let acme = Organization { id: "org_1".into(), name: "Acme".into(), ..Organization::default() };
    stage.answer(SlotId::Organizations, Fetched::Organizations(Page { data: vec![acme], total_count: 1 }));
    stage.press("enter");
    assert_eq!(asked(&stage).as_deref(), Some("pending"));
    let pending = [1, 2].map(|number| invitation(number, InvitationStatus::Pending));
    stage.answer(SlotId::OrganizationInvitations, page(pending.into()));
    let role = |key: &str, name: &str| Role { key: key.into(), name: name.into(), ..Role::default() };
    stage.answer(SlotId::Roles, Fetched::Roles(vec![role("org:member", "Member")]));
    stage
}

fn pane(stage: &Stage) -> &InvitationsPane {
    match stage.app.dialog() {
        Some(Dialog::Invitations(pane)) => pane,
        other => panic!("{other:?}"),
    }
}

/// Of which status invitations are being asked for, in Clerk's words; `all` of any.
fn asked(stage: &Stage) -> Option<String> {
    match stage.fetch(SlotId::OrganizationInvitations)? {
        Fetch::OrganizationInvitations { organization, status } => {
            assert_eq!(organization.as_str(), "org_1");
            Some(status.as_ref().map_or("all", InvitationStatus::as_str).to_owned())
        }
        other => panic!("{other:?}"),
    }
}

fn to(number: usize) -> NewInvitation {
    NewInvitation {
        place: Place { id: "org_1".into(), name: "Acme".into() },
        email_address: format!("guest{number}@example.com"),
        role: RoleName { key: "org:member".into(), name: "Member".into() },
        redirect_url: None,
        expires_in_days: Some(7),
        notify: true,
    }
}

#[test]
fn the_one_who_is_looked_at_is_told_of_an_invitation_to_their_address() {
    let mut stage = open();
    let theirs = OrganizationInvitation {
        email_address: "PERSON0@example.com".into(),
        ..invitation(3, InvitationStatus::Pending)
    };
    stage.press("r").answer(SlotId::OrganizationInvitations, page(vec![theirs])).press("d enter");
    let beside = stage.invitations[0].beside.as_ref().map(|(id, _)| id.as_str());
    assert_eq!(beside, Some("user_0"));
}

#[test]
fn of_two_lists_the_upper_one_is_read_and_worked_on() {
    let mut stage = open();
    let globex = Place { id: "org_2".into(), name: "Globex".into() };
    stage.app.dialogs.open(Dialog::Invitations(InvitationsPane::of(globex)));
    stage.send(Event::Drawn);
    let Some(Fetch::OrganizationInvitations { organization, .. }) = stage.fetch(SlotId::OrganizationInvitations) else {
        panic!("it is asked for");
    };
    assert_eq!(organization.as_str(), "org_2");
    stage.answer(SlotId::OrganizationInvitations, page(vec![invitation(5, InvitationStatus::Pending)]));
    assert_eq!(pane(&stage).chosen().unwrap().id, "orginv_5");
    stage.press("n");
    let Some(Dialog::Form(form)) = stage.app.dialog() else { panic!("{:?}", stage.app.dialog()) };
    assert_eq!(form.place().unwrap().name, "Globex");
}

#[test]
fn one_is_taken_back_the_list_read_again_and_a_new_one_made_by_undo() {
    let mut stage = open();
    stage.press("j d");
    assert_eq!(stage.question(), "Revoke the invitation of guest2@example.com to Acme?");
    stage.press("enter");
    assert_eq!(stage.invitations[0].act, InvitationAct::Revoke { id: "orginv_2".into(), invitation: to(2) });
    stage.end_invitation(Ok(Made::Done));
    assert_eq!(stage.notice(), "Revoked the invitation of guest2@example.com to Acme.");
    assert_eq!(asked(&stage).as_deref(), Some("pending"));
    stage.answer(SlotId::OrganizationInvitations, page(vec![invitation(1, InvitationStatus::Pending)]));
    assert_eq!(pane(&stage).chosen().unwrap().id, "orginv_1");
    stage.press("esc esc u");
    assert_eq!(stage.question(), "Undo: invite guest2@example.com to Acme?");
    stage.press("enter");
    assert_eq!(stage.invitations[1].act, InvitationAct::Create(to(2)));
}

#[test]
fn they_are_narrowed_by_status_and_only_the_pending_are_taken_back() {
    let mut stage = open();
    stage.press("f c");
    assert_eq!(asked(&stage).as_deref(), Some("accepted"));
    stage.answer(SlotId::OrganizationInvitations, page(vec![invitation(3, InvitationStatus::Accepted)])).press("d");
    assert_eq!(stage.notice(), "There is no invitation here that could be revoked.");
    assert_eq!(pane(&stage).chosen().unwrap().id, "orginv_3");
    stage.press("esc f a");
    assert_eq!(asked(&stage), None, "esc has left the list: f is the filter of users again, and a is text in it");
    let mut stage = open();
    stage.press("f a");
    assert_eq!(asked(&stage).as_deref(), Some("all"));
}

#[test]
fn somebody_is_invited_to_the_organization_that_is_open() {
    let mut stage = open();
    stage.press("n").send(Event::Paste("guest9@example.com".into()));
    stage.press("tab tab tab 7 enter");
    assert_eq!(stage.question(), "Invite guest9@example.com to Acme?");
    stage.press("enter");
    assert_eq!(stage.invitations[0].act, InvitationAct::Create(to(9)));
    stage.end_invitation(Ok(Made::Invited("orginv_9".into())));
    assert!(asked(&stage).is_some(), "read anew");
    let newer = [9, 1, 2].map(|number| invitation(number, InvitationStatus::Pending));
    stage.answer(SlotId::OrganizationInvitations, page(newer.into()));
    assert_eq!(pane(&stage).chosen().unwrap().id, "orginv_1", "the chosen one stays chosen");
}

#[test]
fn what_cannot_be_read_is_said_in_its_place_and_asked_for_again() {
    let mut stage = open();
    stage.press("r").fail(SlotId::OrganizationInvitations, timed_out());
    assert!(pane(&stage).found().failure().is_some() && stage.notice().is_empty());
    stage.press("r");
    assert!(asked(&stage).is_some());
    stage.press("esc");
    assert!(asked(&stage).is_none(), "cancelled");
}

#[test]
fn without_roles_nobody_is_invited_from_there() {
    let mut stage = Stage::with_users(3);
    stage.press(":").send(Event::Paste("invitations of".into()));
    stage.press("enter");
    let acme = Organization { id: "org_1".into(), name: "Acme".into(), ..Organization::default() };
    stage.answer(SlotId::Organizations, Fetched::Organizations(Page { data: vec![acme], total_count: 1 }));
    stage.press("enter").fail(SlotId::Roles, timed_out()).press("n");
    assert!(stage.notice().starts_with("The roles could not be read"), "{}", stage.notice());
    stage.press("r");
    assert!(stage.fetch(SlotId::Roles).is_some(), "r tries again");
}

#[test]
fn while_only_reading_they_are_looked_at_and_nothing_else() {
    let mut stage = open();
    stage.press("esc ctrl-t :").send(Event::Paste("invitations of".into()));
    stage.press("enter");
    let acme = Organization { id: "org_1".into(), name: "Acme".into(), ..Organization::default() };
    stage.answer(SlotId::Organizations, Fetched::Organizations(Page { data: vec![acme], total_count: 1 }));
    stage.press("enter");
    stage.answer(SlotId::OrganizationInvitations, page(vec![invitation(1, InvitationStatus::Pending)]));
    for key in ["n", "d"] {
        stage.press(key);
        assert!(stage.notice().starts_with("Nothing is changed while read-only"), "{key}: {}", stage.notice());
        assert_eq!(pane(&stage).rows().len(), 1, "{key}");
    }
}
