//! Tabs of rows: read when they are open, narrowed down, acted upon.

use super::{Stage, stage::refused};
use crate::{
    app::{Act, Fetch, Fetched, Made, SlotId, act::SessionAct, detail::Parts},
    clerk::model::{
        InvitationStatus, OrganizationInvitation, Page, Session, SessionActivity, SessionId, SessionStatus,
    },
};

fn parts(stage: &Stage) -> &Parts {
    stage.app.detail().parts_of(&stage.app.subject().unwrap().id).unwrap()
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
