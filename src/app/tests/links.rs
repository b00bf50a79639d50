//! Links that let somebody in.

use super::{
    Stage,
    stage::{NOW, refused, user},
};
use crate::{
    app::{
        Act, Dialog, Effect, Event, Made, NoticeKind, Secret,
        act::AccessAct,
        dialog::{Link, Place},
    },
    clerk::InstanceKind,
};
use ratatui::layout::Size;
use rstest::rstest;
use std::time::Duration;

const URL: &str = "https://clerk.example/v1/tickets/accept?ticket=eyJsecret";

fn link() -> Link {
    Link { id: "act_1".into(), url: Secret::from(URL), expires_at: NOW.plus(Duration::from_mins(10)) }
}

/// A link to impersonate the first user, made and shown.
fn linked() -> Stage {
    let mut stage = Stage::with_users(3);
    stage.press("i h e l p enter").succeed_with(Made::Link(link()));
    stage
}

fn is_shown(stage: &Stage) -> bool {
    matches!(stage.app.dialog(), Some(Dialog::Link(view)) if view.is_shown())
}

fn end(link: Option<&str>) -> Act {
    Act::Access(AccessAct::EndImpersonation { link: link.map(str::to_owned), actor: "lazyclerk:kim".into() })
}

#[test]
fn a_link_is_masked_when_somebody_else_may_look() {
    for leave in ["ctrl-z", "focus"] {
        let mut stage = linked();
        stage.press("enter");
        assert!(is_shown(&stage));
        if leave == "focus" {
            stage.send(Event::Unfocused);
        } else {
            stage.press(leave);
        }
        assert!(!is_shown(&stage), "{leave}");
    }
}

#[test]
fn no_link_is_shown_while_personal_data_is_masked() {
    let mut stage = linked();
    stage.press("esc M i enter");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Link(_))) && !is_shown(&stage));
    assert_eq!(stage.notice(), "Personal data is masked: M shows it again.");
    stage.press("esc M i enter");
    assert!(is_shown(&stage));
}

#[test]
fn impersonating_asks_for_a_reason_and_shows_a_link_that_tells_nobody() {
    let mut stage = Stage::with_users(3);
    stage.press("i");
    assert_eq!(stage.question(), "Impersonate Person 0?");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Confirm(confirm)) if confirm.place() == Place::Reason));
    stage.press("h e l p enter");
    let change = &stage.changes[0];
    assert_eq!(change.act, Act::Access(AccessAct::Impersonate { actor: "lazyclerk:kim".into() }));
    assert_eq!(change.grounds.reason.as_deref(), Some("help"));
    stage.succeed_with(Made::Link(link()));
    assert!(matches!(stage.app.dialog(), Some(Dialog::Link(_))) && !is_shown(&stage));
    assert_eq!(stage.notice(), "Made a link to impersonate Person 0.");
    assert!(matches!(stage.app.notice().unwrap().kind, NoticeKind::Success { undo: false, .. }));
    assert!(!format!("{:?} {:?}", stage.app, stage.last).contains("eyJsecret"));
}

#[test]
fn on_production_nobody_is_impersonated_without_a_reason() {
    let mut stage = Stage::begin_on(InstanceKind::Production, Size::new(120, 36));
    stage.answer_list([user(0)]);
    stage.press("i enter");
    assert_eq!((stage.notice(), stage.changes.len()), ("Nothing was sent: type the reason first.", 0));
    stage.press("h m enter");
    assert_eq!(stage.changes.len(), 1);
}

#[test]
fn elsewhere_the_reason_can_be_left_out() {
    let mut stage = Stage::with_users(3);
    stage.press("i enter");
    assert_eq!(stage.changes[0].grounds.reason, None);
}

#[test]
fn a_link_is_masked_again_after_half_a_minute() {
    let mut stage = linked();
    stage.press("enter");
    assert!(is_shown(&stage));
    stage.press("enter");
    assert!(!is_shown(&stage));
    stage.press("enter").wait(Duration::from_secs(29));
    assert!(is_shown(&stage));
    stage.wait(Duration::from_secs(1));
    assert!(!is_shown(&stage));
}

#[test]
fn a_link_is_copied_as_a_secret() {
    let mut stage = linked();
    stage.press("y");
    assert!(stage.last.contains(&Effect::CopySecret(Secret::from(URL))));
    assert!(!format!("{:?} {}", stage.last, stage.notice()).contains("eyJsecret"));
}

#[test]
fn the_link_is_opened_again_and_ended_from_there() {
    let mut stage = linked();
    stage.press("esc");
    assert!(stage.app.dialog().is_none());
    stage.press("i");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Link(_))), "no second link is made");
    stage.press("x");
    assert_eq!(stage.question(), "End the impersonation of Person 0?");
    stage.press("enter");
    assert_eq!(stage.changes[1].act, end(Some("act_1")));
    stage.succeed_with(Made::Ended { link: true, sessions: 0 });
    assert!(stage.app.dialog().is_none(), "what it showed works no longer");
    assert_eq!(stage.notice(), "Took the link to impersonate Person 0 back: nobody has used it.");
    stage.press("i");
    assert_eq!(stage.question(), "Impersonate Person 0?");
}

#[test]
fn a_link_whose_time_is_up_is_not_shown_again() {
    let mut stage = linked();
    stage.press("esc").wait(Duration::from_mins(10)).press("i");
    assert_eq!(stage.question(), "Impersonate Person 0?");
}

#[test]
fn a_link_is_of_one_user() {
    let mut stage = linked();
    stage.press("esc j i");
    assert_eq!(stage.question(), "Impersonate Person 1?");
}

#[rstest]
#[case(false, 0, "No session as Person 0 was open, and no link unused.")]
#[case(false, 1, "Ended the impersonation of Person 0: 1 session.")]
#[case(true, 2, "Ended the impersonation of Person 0: 2 sessions.")]
fn an_impersonation_is_ended_also_after_a_restart(#[case] link: bool, #[case] sessions: usize, #[case] told: &str) {
    let mut stage = Stage::with_users(3);
    stage.press(". x y");
    assert_eq!(stage.changes[0].act, end(None));
    stage.succeed_with(Made::Ended { link, sessions });
    assert_eq!(stage.notice(), told);
}

#[test]
fn a_link_that_cannot_be_made_or_ended_says_so_and_the_latter_stays() {
    let mut stage = Stage::with_users(3);
    stage.press("i enter").fail_change(refused(422, "impersonation_limit_exceeded"));
    assert!(stage.notice().starts_with("No link to impersonate Person 0 was made"), "{}", stage.notice());
    let mut stage = linked();
    stage.press("x y").fail_change(refused(500, "internal"));
    assert!(stage.notice().starts_with("The impersonation of Person 0 has not ended"), "{}", stage.notice());
    assert!(matches!(stage.app.dialog(), Some(Dialog::Link(_))));
}

#[test]
fn a_link_that_comes_while_something_else_is_open_waits() {
    let mut stage = Stage::with_users(3);
    stage.press("i enter s").succeed_with(Made::Link(link()));
    assert!(matches!(stage.app.dialog(), Some(Dialog::Menu(_))));
    stage.press("esc i");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Link(_))));
}

#[test]
fn a_sign_in_link_is_made_and_taken_back() {
    let mut stage = Stage::with_users(3);
    stage.press(". l");
    assert_eq!(stage.question(), "Make a sign-in link for Person 0?");
    stage.press("y");
    assert_eq!(stage.changes[0].act, Act::Access(AccessAct::LinkSignIn));
    stage.succeed_with(Made::Link(Link { id: "sit_1".into(), ..link() }));
    stage.press("x y");
    assert_eq!(stage.changes[1].act, Act::Access(AccessAct::RevokeSignInLink { link: "sit_1".into() }));
    stage.succeed_with(Made::Done);
    assert_eq!((stage.notice(), stage.app.dialog().is_none()), ("Took the sign-in link of Person 0 back.", true));
}
