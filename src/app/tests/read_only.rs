//! Only reading: how it begins and ends, and that nothing that changes anything can be begun meanwhile.

use super::{
    Stage,
    stage::{NOW, sessions, user},
};
use crate::{
    app::{
        Action, Dialog, Event, Preferences, ReadOnly, SlotId,
        detail::Tab,
        dialog::{PickedFor, Purpose},
        job::JobRequest,
    },
    clerk::InstanceKind,
};
use ratatui::layout::Size;
use strum::IntoEnumIterator;

const WHY: &str = "Nothing is changed while read-only: ctrl-t leaves it.";

/// On production, with one user.
fn on_production() -> Stage {
    let mut stage = Stage::begin_with(InstanceKind::Production, Size::new(120, 36), Preferences::default());
    stage.answer_list([user(0)]);
    stage.rest();
    stage
}

/// Whether something is open that can lead to a change.
fn leads_to_a_change(stage: &Stage) -> bool {
    match stage.app.dialog() {
        Some(Dialog::Form(form)) => !matches!(form.purpose(), Purpose::Note | Purpose::LeaveReadOnly),
        Some(Dialog::Picker(picker)) => !matches!(picker.purpose(), PickedFor::Filter | PickedFor::Invitations),
        Some(Dialog::Confirm(_) | Dialog::Metadata(_) | Dialog::Picture(_) | Dialog::Many(_) | Dialog::Link(_)) => true,
        _ => false,
    }
}

#[test]
fn every_action_that_changes_something_says_why_not_and_how_to_leave() {
    let mut stage = Stage::with_users(3);
    stage.press("ctrl-t");
    for action in Action::iter().filter(|action| action.writes()) {
        let why = stage.app.why_not(action, stage.now).map(|reason| reason.as_str().to_owned());
        assert_eq!(why.as_deref(), Some(WHY), "{action:?}");
    }
}

/// Runs every action where these keys have led.
fn run_every_action_after(keys: &str) {
    for action in Action::iter() {
        let mut stage = Stage::with_users(3);
        stage.press("ctrl-t").press(keys);
        let name: &str = action.into();
        stage.send(Event::Drawn).send(Event::Line(name.to_owned()));
        assert!(!leads_to_a_change(&stage), "{action:?} after {keys}");
        let is_work = |(_, request): &&(_, JobRequest)| !matches!(request, JobRequest::ShiftShare(_));
        let jobs = stage.job_requests.iter().filter(is_work).count();
        let others = stage.creations.len() + stage.restrictions.len() + stage.invitations.len();
        let begun = stage.changes.len() + others + jobs;
        assert_eq!(begun, 0, "{action:?} after {keys}");
    }
}

#[test]
fn no_action_leads_to_a_change_wherever_it_is_run() {
    for keys in ["", "space", "space k enter"] {
        run_every_action_after(keys);
    }
    for tab in Tab::iter() {
        run_every_action_after(&format!("enter {}", 1 + tab as usize));
    }
}

#[test]
fn on_development_one_key_begins_and_ends_it() {
    let mut stage = Stage::with_users(3);
    stage.press("ctrl-t");
    assert_eq!((stage.app.read_only(), stage.read_only, stage.notice()), (ReadOnly::On, true, WHY));
    stage.press("b");
    assert!(stage.app.dialog().is_none());
    assert_eq!(stage.notice(), WHY);
    stage.press("ctrl-t");
    assert_eq!((stage.app.read_only(), stage.read_only), (ReadOnly::Off, false));
    stage.press("b").answer(SlotId::ActiveSessions, sessions(0)).press("enter");
    assert_eq!(stage.changes.len(), 1);
}

#[test]
fn on_production_the_instance_has_to_be_named_to_leave_it() {
    let mut stage = on_production();
    stage.press("ctrl-t");
    assert!(stage.app.dialog().is_none() && stage.read_only, "it begins without a question");
    stage.press("ctrl-t enter");
    let Some(Dialog::Form(form)) = stage.app.dialog() else { panic!("no form") };
    assert!(form.fields()[0].fault.is_some(), "nothing typed is no name");
    stage.press("a c m enter");
    let Some(Dialog::Form(form)) = stage.app.dialog() else { panic!("no form") };
    assert_eq!(form.fields()[0].fault.as_deref(), Some("It is called acme."));
    assert!(stage.read_only && stage.app.read_only().is_on());
    stage.press("e enter");
    assert!(stage.app.dialog().is_none());
    assert_eq!((stage.app.read_only(), stage.read_only), (ReadOnly::Off, false));
    assert_eq!(stage.notice(), "What is asked for is changed again.");
}

#[test]
fn what_was_started_read_only_stays_so() {
    let mut stage = on_production();
    stage.app.settings.read_only = ReadOnly::Fixed;
    stage.press("ctrl-t");
    assert!(stage.app.dialog().is_none());
    assert!(stage.notice().starts_with("It was started read-only"), "{}", stage.notice());
    stage.press("b");
    assert!(stage.app.dialog().is_none() && stage.notice().starts_with("It was started read-only"));
    assert_eq!(stage.app.read_only(), ReadOnly::Fixed);
}

#[test]
fn what_was_sought_to_take_back_is_not_asked_about_any_more() {
    let mut stage = Stage::with_users(3);
    stage.press("u");
    assert!(stage.waiting.contains_key(&SlotId::Step));
    stage.press("ctrl-t");
    assert!(!stage.waiting.contains_key(&SlotId::Step) && stage.app.dialog().is_none());
}

#[test]
fn reading_marking_noting_and_taking_marks_back_go_on() {
    let mut stage = Stage::with_users(3);
    stage.press("ctrl-t space A u");
    assert_eq!(stage.app.marks().len(), 1);
    for action in [Action::Note, Action::Refresh, Action::Search, Action::Copy, Action::Jobs] {
        assert_eq!(stage.app.why_not(action, NOW), None, "{action:?}");
    }
}
