//! Inviting somebody to an organization.

use super::{
    Stage,
    stage::{refused, refused_at, timed_out},
};
use crate::{
    app::{
        Dialog, Event, Fetch, Fetched, Made, RecordId, Retrace, SlotId, Step,
        act::{InvitationAct, NewInvitation, Place, RoleName},
        dialog::{Form, Picker},
    },
    clerk::model::{EmailAddress, Organization, OrganizationMembership, Page, Role, User},
};
use std::time::Duration;

fn organization(number: usize, name: &str) -> Organization {
    Organization { id: format!("org_{number}").into(), name: name.into(), ..Organization::default() }
}

fn found() -> Fetched {
    let data = vec![organization(1, "Acme"), organization(2, "Globex")];
    Fetched::Organizations(Page { data, total_count: 2 })
}

fn roles() -> Fetched {
    let role = |key: &str, name: &str| Role { key: key.into(), name: name.into(), ..Role::default() };
    Fetched::Roles(vec![role("org:admin", "Admin"), role("org:member", "Member")])
}

/// One who is invited to nothing yet, the address verified.
fn person() -> User {
    let address =
        EmailAddress { id: Some("idn_1".into()), email_address: "Ada@example.com".into(), ..EmailAddress::default() };
    User { primary_email_address_id: Some("idn_1".into()), email_addresses: vec![address], ..super::stage::user(0) }
}

/// The picker, opened from the tab of somebody's invitations, and answered.
fn picking() -> Stage {
    let mut stage = Stage::begin();
    stage.answer_list([person(), super::stage::user(1)]).wait(Duration::from_millis(100));
    stage.press("enter 3 n").answer(SlotId::Organizations, found()).answer(SlotId::Roles, roles());
    stage
}

/// The same with the form for Globex open.
fn asking() -> Stage {
    let mut stage = picking();
    stage.press("down enter");
    stage
}

fn form(stage: &Stage) -> &Form {
    match stage.app.dialog() {
        Some(Dialog::Form(form)) => form,
        other => panic!("{other:?}"),
    }
}

fn picker(stage: &Stage) -> &Picker {
    match stage.app.dialog() {
        Some(Dialog::Picker(picker)) => picker,
        other => panic!("{other:?}"),
    }
}

/// What the fields hold.
fn typed(stage: &Stage) -> Vec<&str> {
    form(stage).fields().iter().map(|field| field.input.text()).collect()
}

fn to_globex(email_address: &str) -> NewInvitation {
    NewInvitation {
        place: Place { id: "org_2".into(), name: "Globex".into() },
        email_address: email_address.into(),
        role: RoleName { key: "org:member".into(), name: "Member".into() },
        redirect_url: None,
        expires_in_days: None,
        notify: true,
    }
}

fn beside(stage: &Stage) -> Option<&str> {
    stage.invitations.last().unwrap().beside.as_ref().map(|(id, _)| id.as_str())
}

#[test]
fn a_user_is_invited_by_their_address_and_that_is_taken_back() {
    let mut stage = asking();
    assert_eq!(typed(&stage), ["Ada@example.com", "org:member", "", "", "yes"]);
    assert_eq!(form(&stage).place().unwrap().name, "Globex");
    stage.press("enter");
    assert_eq!(stage.question(), "Invite Ada@example.com to Globex?");
    assert!(stage.invitations.is_empty(), "nothing is sent before the question is answered");
    stage.press("tab p a r t n e r enter");
    assert_eq!(stage.invitations[0].act, InvitationAct::Create(to_globex("Ada@example.com")));
    assert_eq!((beside(&stage), stage.invitations[0].grounds.reason.as_deref()), (Some("user_0"), Some("partner")));
    assert!(matches!(stage.app.dialog(), Some(Dialog::Form(_))), "the form waits for the answer");
    stage.end_invitation(Ok(Made::Invited("orginv_1".into())));
    assert_eq!(stage.notice(), "Invited Ada@example.com to Globex as Member.");
    assert!(stage.app.dialog().is_none(), "form and picker are done with");
    assert!(matches!(stage.fetch(SlotId::Invitations), Some(Fetch::Invitations { offset: 0, .. })), "read anew");

    stage.press("u");
    assert_eq!(stage.question(), "Undo: revoke the invitation of Ada@example.com to Globex?");
    stage.press("enter");
    let revoke = InvitationAct::Revoke { id: "orginv_1".into(), invitation: to_globex("Ada@example.com") };
    assert_eq!(stage.invitations[1].act, revoke);
    assert_eq!(stage.invitations[1].grounds.undoes, Some(RecordId("record 1".into())));
    assert_eq!(beside(&stage), Some("user_0"), "it is in the history of that user too");
    stage.end_invitation(Ok(Made::Done)).press("u");
    assert!(stage.fetch(SlotId::Step).is_some(), "nothing of this run is left to take back");
}

#[test]
fn everything_is_typed_that_the_contract_takes() {
    let mut stage = asking();
    stage.press("ctrl-u").send(Event::Paste("grace@elsewhere.example".into()));
    stage.press("tab a tab").send(Event::Paste("https://example.com/welcome".into()));
    stage.press("tab 7 tab n enter enter");
    let invitation = NewInvitation {
        role: RoleName { key: "org:admin".into(), name: "Admin".into() },
        redirect_url: Some("https://example.com/welcome".into()),
        expires_in_days: Some(7),
        notify: false,
        ..to_globex("grace@elsewhere.example")
    };
    assert_eq!(stage.invitations[0].act, InvitationAct::Create(invitation));
    assert_eq!(beside(&stage), None, "it is the address of nobody who is known");
}

#[test]
fn what_is_wrong_is_said_at_its_field_before_anything_is_sent() {
    for (keys, wrong, text) in [
        ("ctrl-u", 0, ""),
        ("ctrl-u", 0, "+442079460958"),
        ("ctrl-u", 0, "*@example.com"),
        ("tab backspace", 1, ""),
        ("tab tab", 2, "example.com"),
        ("tab tab tab", 3, "366"),
        ("tab tab tab", 3, "soon"),
    ] {
        let mut stage = asking();
        stage.press(keys).send(Event::Paste(text.into()));
        stage.press("enter");
        let form = form(&stage);
        let faults: Vec<usize> =
            (0..).zip(form.fields()).filter(|(_, field)| field.fault.is_some()).map(|(at, _)| at).collect();
        assert_eq!((faults, form.cursor()), (vec![wrong], wrong), "{text}");
    }
}

#[test]
fn what_clerk_refuses_is_said_at_its_field_and_nothing_typed_is_lost() {
    let mut stage = asking();
    stage.press("tab a enter enter").end_invitation(Err(refused_at("email_address", "is invited already")));
    let form = form(&stage);
    let field = &form.fields()[form.cursor()];
    assert_eq!((field.parameter, field.fault.as_deref()), ("email_address", Some("is invited already")));
    assert_eq!(typed(&stage)[1], "org:admin");
    assert!(stage.notice().starts_with("Ada@example.com was not invited to Globex"), "{}", stage.notice());
    stage.press("esc enter enter");
    assert_eq!(stage.invitations.len(), 2, "it is tried again");
}

#[test]
fn one_step_back_is_one_step_back() {
    let mut stage = asking();
    stage.press("enter esc");
    assert_eq!(typed(&stage)[0], "Ada@example.com");
    stage.press("esc");
    assert_eq!(picker(&stage).cursor(), 1, "another one can be chosen");
    stage.press("esc");
    assert!(stage.app.dialog().is_none() && stage.invitations.is_empty());
}

#[test]
fn a_second_invitation_waits_for_the_first() {
    let mut stage = asking();
    stage.press("enter enter enter enter");
    assert_eq!(stage.invitations.len(), 1);
    assert_eq!(stage.notice(), "Nothing was sent: another invitation is under way.");
}

#[test]
fn anybody_is_invited_from_anywhere_to_the_organization_that_is_looked_at() {
    let mut stage = Stage::begin();
    stage.answer_list([person()]).wait(Duration::from_millis(100));
    let membership = OrganizationMembership { organization: organization(1, "Acme"), ..Default::default() };
    let page = Page { data: vec![membership], total_count: 1 };
    stage.answer(SlotId::Memberships, Fetched::Memberships(page)).press("enter 2");
    stage.press(":").send(Event::Paste("invite".into()));
    stage.press("enter");
    assert_eq!(picker(&stage).field().text(), "Acme");
    assert!(matches!(stage.fetch(SlotId::Organizations), Some(Fetch::Organizations { text, .. }) if text == "Acme"));
    stage.answer(SlotId::Organizations, found()).answer(SlotId::Roles, roles()).press("enter");
    assert_eq!(typed(&stage)[0], "", "nobody in particular");
    stage.press("esc esc enter");
    // The members are the list now.
    stage.press(":").send(Event::Paste("invite".into()));
    stage.press("enter");
    assert_eq!(picker(&stage).field().text(), "acme", "as the search line names it");
}

#[test]
fn a_masked_address_is_not_filled_in_nor_told() {
    let mut stage = Stage::begin();
    stage.answer_list([person()]).wait(Duration::from_millis(100)).press("M enter 3 n");
    stage.answer(SlotId::Organizations, found()).answer(SlotId::Roles, roles()).press("enter");
    assert_eq!(typed(&stage)[0], "");
    stage.send(Event::Paste("ada@example.com".into())).press("enter");
    assert_eq!(stage.question(), "Invite a**@e******.c** to Acme?");
    stage.press("enter").end_invitation(Ok(Made::Invited("orginv_1".into())));
    assert_eq!(stage.notice(), "Invited a**@e******.c** to Acme as Member.");
}

#[test]
fn without_roles_nobody_is_invited() {
    let mut stage = Stage::with_users(3);
    stage.press("enter 3 n").answer(SlotId::Organizations, found()).press("enter");
    assert_eq!(stage.notice(), "The roles are still being read.");
    stage.fail(SlotId::Roles, timed_out()).press("enter");
    assert!(stage.notice().starts_with("The roles could not be read and are being read again"), "{}", stage.notice());
    assert!(stage.fetch(SlotId::Roles).is_some(), "asked again");
    stage.answer(SlotId::Roles, roles()).press("enter");
    assert_eq!(form(&stage).place().unwrap().name, "Acme");
}

#[test]
fn what_was_accepted_meanwhile_is_not_offered_to_be_taken_back_again() {
    let mut stage = asking();
    stage.press("enter enter").end_invitation(Ok(Made::Invited("orginv_1".into())));
    stage.press("u enter").end_invitation(Err(refused(400, "invitation_already_accepted")));
    assert!(stage.notice().contains("was not revoked"), "{}", stage.notice());
    stage.press("esc u");
    assert!(stage.fetch(SlotId::Step).is_some());
    let mut stage = asking();
    stage.press("enter enter").end_invitation(Ok(Made::Invited("orginv_1".into())));
    stage.press("u enter").end_invitation(Err(timed_out())).press("esc u");
    assert_eq!(stage.question(), "Undo: revoke the invitation of Ada@example.com to Globex?");
}

#[test]
fn what_cannot_be_made_anew_is_not_offered_again() {
    let mut stage = asking();
    stage.press("enter enter").end_invitation(Ok(Made::Invited("orginv_1".into())));
    stage.press("u enter").end_invitation(Ok(Made::Done));
    let step = Step::Invitation {
        act: Box::new(InvitationAct::Create(to_globex("Ada@example.com"))),
        beside: None,
        record: RecordId("record 2".into()),
    };
    stage.press("ctrl-r").answer(SlotId::Step, Fetched::Step(step)).press("enter");
    stage.end_invitation(Err(refused(400, "duplicate_record"))).press("esc u");
    assert!(stage.fetch(SlotId::Step).is_some(), "what is before it the log tells");
}

#[test]
fn an_answer_to_undo_does_not_cover_what_is_being_typed() {
    let mut stage = picking();
    stage.press("esc esc u");
    assert!(stage.fetch(SlotId::Step).is_some());
    stage.press("e A d a");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Form(_))), "{:?}", stage.app.dialog());
    let step = Step::Invitation {
        act: Box::new(InvitationAct::Create(to_globex("Ada@example.com"))),
        beside: None,
        record: RecordId("record 2".into()),
    };
    stage.answer(SlotId::Step, Fetched::Step(step.clone()));
    assert!(matches!(stage.app.dialog(), Some(Dialog::Form(_))), "{:?}", stage.app.dialog());
    assert!(stage.notice().starts_with("Leave this first, and undo once more"), "{}", stage.notice());
}

#[test]
fn what_an_earlier_run_has_done_is_taken_back_and_done_again() {
    for (key, way, act, question) in [
        (
            "u",
            Retrace::Back,
            InvitationAct::Revoke { id: "orginv_1".into(), invitation: to_globex("a@b.example") },
            "Undo: revoke the invitation of a@b.example to Globex?",
        ),
        (
            "ctrl-r",
            Retrace::Again,
            InvitationAct::Create(to_globex("a@b.example")),
            "Redo: invite a@b.example to Globex?",
        ),
    ] {
        let mut stage = Stage::with_users(3);
        stage.press(key);
        assert_eq!(stage.fetch(SlotId::Step), Some(&Fetch::Step(way)));
        let step = Step::Invitation { act: Box::new(act.clone()), beside: None, record: RecordId("of-before".into()) };
        stage.answer(SlotId::Step, Fetched::Step(step));
        assert_eq!(stage.question(), question);
        stage.press("enter");
        assert_eq!(stage.invitations[0].act, act);
        assert_eq!(stage.invitations[0].grounds.undoes, Some(RecordId("of-before".into())));
    }
}
