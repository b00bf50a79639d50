use super::{
    Stage,
    stage::{received, user},
};
use crate::app::{Action, Event, Fetched, Person, SlotId, Step, job::Target};
use std::time::Duration;

/// The marked, in order, by the numbers of the people on the stage.
pub(super) fn marked(stage: &Stage) -> Vec<usize> {
    let number = |target: Target| target.id.as_str()["user_".len()..].parse().unwrap();
    stage.app.marks().targets().into_iter().map(number).collect()
}

/// Types lines, each after what there is has been told.
pub(super) fn line(stage: &mut Stage, lines: &[&str]) {
    for line in lines {
        stage.send(Event::Drawn).send(Event::Line((*line).to_owned()));
    }
}

#[test]
fn space_marks_and_goes_down_and_takes_the_mark_away_again() {
    let mut stage = Stage::with_users(5);
    stage.press("space space");
    assert_eq!((marked(&stage), stage.selected()), (vec![0, 1], "user_2"));
    stage.press("k k space");
    assert_eq!((marked(&stage), stage.selected()), (vec![1], "user_1"));
    let Target { id, person, .. } = stage.app.marks().targets().remove(0);
    assert_eq!((id, person), (user(1).id, Person::of(&user(1))));
}

#[test]
fn marks_stay_whatever_the_list_shows() {
    let mut stage = Stage::with_users(1_000);
    stage.press("space j space");
    // Another order, a refresh that brings others, a search, a page far away.
    stage.press("S").answer_list((900..1_000).rev().map(user));
    stage.press("r").answer_list((800..900).rev().map(user));
    stage.press("/ x").wait(Duration::from_secs(1)).answer_list([]);
    stage.press("enter G");
    assert_eq!(marked(&stage), [0, 2]);
}

#[test]
fn who_is_marked_is_who_they_were_then() {
    let mut stage = Stage::with_users(3);
    stage.press("space r");
    let renamed = crate::clerk::model::User { first_name: Some("Eve".into()), ..user(0) };
    stage.answer_list([renamed, user(1), user(2)]);
    assert_eq!(stage.app.marks().targets()[0].person.name.as_deref(), Some("Person 0"));
}

#[test]
fn a_range_marks_what_the_cursor_moves_over_and_shrinks_again() {
    let mut stage = Stage::with_users(50);
    stage.press("j j space v j j");
    assert_eq!(marked(&stage), [2, 3, 4, 5]);
    stage.press("k");
    assert_eq!(marked(&stage), [2, 3, 4]);
    // Over where it began, to the other side: who was marked before stays so, both there and back.
    stage.press("k k k");
    assert_eq!((marked(&stage), stage.selected()), (vec![2, 3, 1], "user_1"), "the row it began on is part of it");
    stage.press("j j v j j");
    assert_eq!(marked(&stage), [2, 3], "ended: moving on marks nobody");
}

#[test]
fn an_action_ends_a_range_and_esc_takes_it_back() {
    let mut stage = Stage::with_users(50);
    stage.press("space v j j esc");
    assert_eq!(marked(&stage), [0]);
    stage.press("v j space");
    assert_eq!((marked(&stage), stage.selected()), (vec![0, 3, 4], "user_5"), "space only ends it, and goes down");
    stage.press("j j");
    assert_eq!(marked(&stage).len(), 3);
    stage.press("v j y esc j");
    assert_eq!(marked(&stage), [0, 3, 4, 7, 8]);
}

#[test]
fn shift_and_an_arrow_mark_as_long_as_shift_is_held() {
    let mut stage = Stage::with_users(50);
    stage.press("shift-down shift-down shift-up");
    assert_eq!((marked(&stage), stage.selected()), (vec![0, 1], "user_1"));
    stage.press("down down shift-up");
    assert_eq!(marked(&stage), [0, 1, 3, 2]);
}

#[test]
fn a_range_grows_beyond_what_is_kept_in_memory() {
    let mut stage = Stage::with_users(2_000);
    stage.press("v");
    for page in 1..10 {
        while stage.fetch(SlotId::PageAfter).is_none() {
            stage.press("ctrl-f");
        }
        let users = (100 * page..100 * (page + 1)).map(|number| received(user(number)));
        stage.answer(SlotId::PageAfter, Fetched::Users(users.collect()));
    }
    assert!(stage.app.list().position(&user(0).id).is_none(), "the row that it began on is dropped");
    let selected: usize = stage.selected()["user_".len()..].parse().unwrap();
    assert_eq!(marked(&stage), (0..=selected).collect::<Vec<_>>());
}

#[test]
fn a_range_ends_where_the_list_shows_something_else() {
    let mut stage = Stage::with_users(1_000);
    stage.press("v j G").answer_list((900..1_000).rev().map(user));
    assert_eq!(marked(&stage), [0, 1]);
    assert!(stage.notice().contains("range ended"), "{}", stage.notice());
    stage.press("k k");
    assert_eq!(marked(&stage), [0, 1]);
    stage.press("v S").answer_list((0..100).map(user)).press("j");
    assert_eq!(marked(&stage), [0, 1, 997]);
}

#[test]
fn dropped_marks_come_back_as_long_as_nothing_else_was_done() {
    let mut stage = Stage::with_users(5);
    stage.press("space space A");
    assert_eq!((marked(&stage), stage.notice()), (vec![], "2 marks dropped, u brings them back."));
    stage.press("j S").answer_list((0..5).map(user));
    stage.press("u");
    assert_eq!((marked(&stage), stage.notice()), (vec![0, 1], "2 marks brought back."));
    stage.press("A space u").answer(SlotId::Step, Fetched::Step(Step::None));
    assert_eq!((marked(&stage).len(), stage.notice()), (1, "There is nothing to undo."), "somebody was marked since");
}

#[test]
fn a_change_since_is_what_undo_is_about() {
    let mut stage = Stage::with_users(5);
    stage.press("space A b enter");
    let banned = crate::clerk::model::User { banned: true, ..user(1) };
    stage.succeed(banned).press("u");
    assert_eq!(stage.question(), "Undo: unban Person 1?");
    assert!(marked(&stage).is_empty());
}

#[test]
fn esc_drops_the_marks_last_of_all() {
    let mut stage = Stage::with_users(5);
    stage.press("/ x").wait(Duration::from_secs(1)).answer_list((0..5).map(user));
    stage.press("enter space enter");
    stage.press("esc");
    assert_eq!((stage.app.focus(), marked(&stage).len()), (crate::app::Focus::List, 1), "the detail first");
    stage.press("esc").answer_list((0..5).map(user));
    assert_eq!((stage.app.search().text(), marked(&stage).len()), ("", 1), "then the search");
    stage.press("esc");
    assert_eq!((marked(&stage).len(), stage.notice()), (0, "1 mark dropped, u brings them back."));
    assert!(stage.app.why_not(Action::Back, stage.now).is_none(), "the notice");
    stage.press("esc esc");
    assert_eq!(stage.notice(), "This is the list; q quits.");
}

#[test]
fn with_marks_nothing_is_done_to_the_row_under_the_cursor() {
    let mut stage = Stage::with_users(5);
    stage.press("space");
    for key in ["e", "m", "i"] {
        stage.press(key);
        assert!(stage.app.dialog().is_none(), "{key}");
        assert!(stage.notice().starts_with("1 user is marked, and that can be done to one only"), "{key}");
    }
    // Who is opened is meant.
    stage.press("enter e");
    assert!(stage.app.dialog().is_some());
    stage.press("esc b");
    assert!(matches!(stage.app.dialog(), Some(crate::app::Dialog::Many(_))), "a ban means the marked");
    stage.press("esc A b");
    assert_eq!(stage.question(), "Ban Person 1?");
}

#[test]
fn without_users_there_is_nobody_to_mark() {
    let mut stage = Stage::with_users(0);
    for key in ["space", "v", "shift-down"] {
        stage.press(key);
        assert_eq!(stage.notice(), "There is no user to mark.");
    }
    stage.press("A");
    assert_eq!(stage.notice(), "Nobody is marked.");
}
