use super::{
    Stage,
    stage::{NOW, user},
};
use crate::{
    app::{SlotId, Timer, Work},
    clerk::model::User,
};
use std::time::Duration;

#[test]
fn nothing_wakes_an_idle_program_before_a_label_changes() {
    let mut stage = Stage::with_users(3);
    stage.wait(Duration::from_secs(5));
    assert_eq!(stage.timers.keys().collect::<Vec<_>>(), [&Timer::Clock]);
    let due = stage.timers[&Timer::Clock];
    assert!(due.since(stage.now) > Duration::from_secs(30), "{due:?}");
    assert!(stage.app.is_idle());
}

#[test]
fn a_lock_is_counted_down_by_the_minute() {
    let locked = User { locked: true, lockout_expires_in_seconds: Some(90), ..user(5) };
    let mut stage = Stage::with_users(1);
    stage.press("r").answer_list([locked]);
    assert_eq!(stage.timers[&Timer::Clock].since(stage.now), Duration::from_secs(30));
    assert!(stage.app.why_not(crate::app::Action::Unlock, stage.now).is_none());
    stage.wait(Duration::from_secs(91));
    assert!(stage.app.why_not(crate::app::Action::Unlock, stage.now).is_some(), "it has ended by itself");
}

#[test]
fn a_spinner_turns_only_while_something_is_awaited() {
    let mut stage = Stage::begin();
    assert_eq!(stage.timers[&Timer::Spinner], NOW.plus(Duration::from_millis(150)));
    stage.wait(Duration::from_millis(700));
    assert_eq!(stage.app.spinner(SlotId::List, stage.now), Some(2));
    stage.answer_list([user(0)]);
    assert_eq!(stage.app.spinner(SlotId::List, stage.now), None);
    let waiting: Vec<SlotId> = stage.waiting.keys().copied().collect();
    for slot in waiting {
        stage.fail(slot, super::stage::timed_out());
    }
    assert!(stage.last.contains(&Work::Disarm(Timer::Spinner).into()));
}

#[test]
fn a_remark_goes_away_by_itself() {
    let mut stage = Stage::with_users(3);
    stage.press("-");
    assert_eq!(stage.notice(), "There is no view before this one.");
    stage.wait(Duration::from_secs(9));
    assert_eq!(stage.notice(), "");
}
