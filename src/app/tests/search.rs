use super::{Stage, stage::user};
use crate::{
    app::{Event, Fetch, Fetched, Focus, SlotId, list::ListState},
    clerk::query::UserFilter,
};
use std::time::Duration;

/// The text that the list is being asked for: empty for all users, none when nothing is asked.
fn asked(stage: &Stage) -> Option<String> {
    match stage.fetch(SlotId::List)? {
        Fetch::Users { query, .. } => Some(query.filter.query.clone().unwrap_or_default()),
        _ => None,
    }
}

#[test]
fn the_text_is_asked_for_when_typing_rests() {
    let mut stage = Stage::with_users(50);
    stage.press("/ a d");
    stage.wait(Duration::from_millis(100)).press("a");
    assert_eq!(asked(&stage), None);
    stage.wait(Duration::from_millis(119));
    assert_eq!(asked(&stage), None);
    stage.wait(Duration::from_millis(1));
    assert_eq!(asked(&stage), Some("ada".into()));
    assert!(
        matches!(stage.fetch(SlotId::Matching), Some(Fetch::Count(filter)) if filter.query.as_deref() == Some("ada"))
    );
    assert_eq!(stage.app.list().state(), ListState::Stale, "the old rows stay until the new ones are there");
    stage.answer_list([user(7)]).answer(SlotId::Matching, Fetched::Count(1));
    assert_eq!((stage.selected(), stage.app.matching_users()), ("user_7", Some(1)));
}

#[test]
fn every_printable_key_is_text_while_searching() {
    let mut stage = Stage::with_users(50);
    stage.press("/ b L q ? j space G %");
    assert_eq!((stage.app.search().text(), stage.changes.len()), ("bLq?j G%", 0));
    assert_eq!(stage.selected(), "user_0");
}

#[test]
fn enter_asks_at_once_and_leaves_and_esc_brings_all_back() {
    let mut stage = Stage::with_users(50);
    stage.press("/ x enter");
    assert_eq!((asked(&stage), stage.app.focus()), (Some("x".into()), Focus::List));
    stage.answer_list([]);
    stage.press("esc");
    assert_eq!((asked(&stage), stage.app.search().text()), (Some(String::new()), ""));
    stage.answer_list([user(1)]);
    stage.press("/ y esc");
    assert_eq!((stage.app.focus(), stage.app.search().text()), (Focus::List, ""));
}

#[test]
fn the_same_text_is_not_asked_for_twice() {
    let mut stage = Stage::with_users(50);
    stage.press("/ x enter").answer_list([user(1)]).answer(SlotId::Matching, Fetched::Count(1));
    stage.press("/ y backspace").wait(Duration::from_millis(200));
    assert_eq!(asked(&stage), None);
}

#[test]
fn a_paste_is_asked_for_at_once() {
    let mut stage = Stage::with_users(50);
    stage.press("/").send(Event::Paste("user_42\n".into()));
    assert_eq!(asked(&stage), Some("user_42".into()));
}

#[test]
fn a_paste_outside_the_box_does_nothing() {
    let mut stage = Stage::with_users(50);
    stage.send(Event::Paste("bq".into()));
    assert!(stage.last.is_empty() && stage.app.dialog().is_none());
}

#[test]
fn the_list_moves_under_the_arrow_keys_while_typing() {
    let mut stage = Stage::with_users(50);
    stage.press("/ down down");
    assert_eq!((stage.selected(), stage.app.focus()), ("user_2", Focus::Search));
}

#[test]
fn an_answer_to_an_older_text_is_never_shown() {
    let mut stage = Stage::with_users(50);
    stage.press("/ a enter");
    let old = stage.waiting[&SlotId::List].0;
    stage.press("/ b enter");
    let users = vec![super::stage::received(user(1))];
    let result = Ok(Fetched::Users(users));
    stage.send(Event::Reply(crate::app::Reply::Fetched { slot: SlotId::List, generation: old, result }));
    assert_eq!(stage.app.list().state(), ListState::Stale);
}

/// The filter that the list is being asked for.
fn filter(stage: &Stage) -> Option<UserFilter> {
    match stage.fetch(SlotId::List)? {
        Fetch::Users { query, .. } => Some(query.filter.clone()),
        _ => None,
    }
}

#[test]
fn a_line_of_filters_is_asked_for() {
    let mut stage = Stage::with_users(50);
    stage.press("/").send(Event::Paste("banned:yes joined:<1d ada".into()));
    let asked = filter(&stage).unwrap();
    assert_eq!((asked.banned, asked.query.as_deref()), (Some(true), Some("ada")));
    assert_eq!(asked.created_at.after, Some(stage.now.minus(Duration::from_hours(24) + Duration::from_millis(1))));
}

#[test]
fn a_filter_that_cannot_be_read_asks_for_nothing_rather_than_for_everybody() {
    let mut stage = Stage::with_users(50);
    stage.press("/ b a n n e d :").wait(Duration::from_millis(200));
    assert_eq!((filter(&stage), stage.app.search().line().fault()), (None, Some("banned: of what?")));
    stage.press("x enter");
    assert_eq!((filter(&stage), stage.app.focus()), (None, Focus::Search), "where it has to be mended");
    stage.press("backspace y e s enter");
    assert_eq!((filter(&stage).unwrap().banned, stage.app.focus()), (Some(true), Focus::List));
}
