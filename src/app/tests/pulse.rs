//! The pulse: what it counts, and the lists behind it.

use super::{
    Stage,
    stage::{timed_out, user},
};
use crate::{
    app::{Dialog, Fetch, Fetched, Focus, SlotId},
    clerk::query::{Direction, OrderField, UserFilter},
};

fn open(stage: &mut Stage) {
    stage.press(": p u l s e enter");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Pulse(_))), "{:?}", stage.app.dialog());
}

#[test]
fn everything_is_counted_a_few_at_a_time_and_what_failed_waits_to_be_asked() {
    let mut stage = Stage::with_users(3);
    open(&mut stage);
    assert_eq!(stage.fetch(SlotId::Pulse(0)), Some(&Fetch::CountInBackground(UserFilter::default())));
    let banned = UserFilter { banned: Some(true), ..UserFilter::default() };
    assert_eq!(stage.fetch(SlotId::Pulse(1)), Some(&Fetch::CountInBackground(banned)));
    assert_eq!(stage.fetch(SlotId::Pulse(4)), None);
    stage.fail(SlotId::Pulse(0), timed_out());
    for index in 1..36 {
        stage.answer(SlotId::Pulse(index), Fetched::Count(u64::from(index)));
    }
    let failed = |stage: &Stage| matches!(stage.app.dialog(), Some(Dialog::Pulse(pulse)) if pulse.failure().is_some());
    assert!(failed(&stage) && stage.fetch(SlotId::Pulse(0)).is_none());
    assert_eq!(stage.notice(), "", "the pulse says it itself");
}

#[test]
fn a_refresh_counts_anew_and_leaving_counts_no_more() {
    let mut stage = Stage::with_users(3);
    open(&mut stage);
    for index in 0..36 {
        stage.answer(SlotId::Pulse(index), Fetched::Count(1));
    }
    stage.press("r");
    assert!(stage.fetch(SlotId::Pulse(0)).is_some() && stage.fetch(SlotId::List).is_none());
    stage.press("esc");
    assert_eq!((stage.fetch(SlotId::Pulse(0)), stage.app.dialog().is_none()), (None, true));
}

#[test]
fn each_figure_opens_the_list_behind_it() {
    let mut stage = Stage::with_users(3);
    open(&mut stage);
    stage.press("j enter");
    assert_eq!((stage.app.search().text(), stage.app.focus()), ("banned:yes", Focus::List));
    assert_eq!(stage.app.list().query().filter.banned, Some(true));
    stage.answer_list([user(1)]);
    open(&mut stage);
    stage.press("G k enter");
    assert_eq!(stage.app.search().text(), "created:2026-10-26");
    open(&mut stage);
    stage.press("j j enter");
    let order = stage.app.list().query().order;
    assert_eq!(
        (stage.app.search().text(), order.by, order.direction),
        ("", OrderField::LastSignInAt, Direction::Ascending)
    );
    assert!(stage.notice().starts_with("Clerk has no filter for those who never signed in"));
    stage.press("-");
    assert_eq!(stage.app.search().text(), "created:2026-10-26", "the view before comes back");
}
