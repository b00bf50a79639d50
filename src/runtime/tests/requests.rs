//! Requests as tasks, and timers.

use super::stage::{Stage, is_list, received, user};
use crate::{
    app::{Act, Changed, Fetch, Fetched, Made, RecordId},
    clerk::query::UserFilter,
};
use crossterm::event::KeyCode;
use std::time::Duration;
use tokio::time::{Instant, sleep};

fn searches(text: &str) -> impl Fn(&Fetch) -> bool {
    move |fetch| matches!(fetch, Fetch::Users { query, .. } if query.filter.query.as_deref() == Some(text))
}

#[tokio::test(start_paused = true)]
async fn a_newer_request_for_a_place_aborts_the_older_and_its_answer_is_never_shown() {
    let stage = Stage::begin().await;
    let old = stage.take_asked(is_list);
    assert!(!old.is_aborted());
    // The old answer is there, and so is the key that asks for another order: the key goes first.
    old.answer(Ok(Fetched::Users(vec![received(&user("Old"))])));
    stage.type_text("S");
    stage.settle().await;
    assert!(!stage.log().shown.contains("Old"), "{}", stage.log().shown);
    let new = stage.take_asked(is_list);
    stage.type_text("S");
    stage.settle().await;
    assert!(new.is_aborted());
    stage.take_asked(is_list).answer(Ok(Fetched::Users(vec![received(&user("New"))])));
    stage.settle().await;
    assert!(stage.log().shown.contains("selected [New]"), "{}", stage.log().shown);
}

#[tokio::test(start_paused = true)]
async fn the_search_is_asked_for_once_the_keys_have_rested() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    stage.type_text("/");
    let mut last_key = Instant::now();
    for char in ["a", "b", "c"] {
        sleep(Duration::from_millis(50)).await;
        stage.type_text(char);
        last_key = Instant::now();
    }
    while !stage.log().asked.iter().any(|asked| searches("abc")(&asked.fetch)) {
        sleep(Duration::from_millis(1)).await;
    }
    assert_eq!(last_key.elapsed().as_millis().clamp(120, 123), last_key.elapsed().as_millis());
    assert!(!stage.log().asked.iter().any(|asked| searches("a")(&asked.fetch) || searches("ab")(&asked.fetch)));
}

#[tokio::test(start_paused = true)]
async fn what_is_not_wanted_any_more_is_aborted() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    stage.type_text("b");
    stage.settle().await;
    let sessions = stage.take_asked(|fetch| matches!(fetch, Fetch::Sessions { .. }));
    assert!(!sessions.is_aborted());
    stage.press(KeyCode::Esc);
    stage.settle().await;
    assert!(sessions.is_aborted());
}

#[tokio::test(start_paused = true)]
async fn a_read_that_panics_is_a_failure_of_its_own_place() {
    let stage = Stage::begin().await;
    stage.take_asked(is_list).panic();
    stage.answer_all(&[]).await;
    stage.type_text("r");
    stage.settle().await;
    let again = stage.take_asked(is_list);
    again.answer(Ok(Fetched::Users(vec![received(&user("Ada"))])));
    stage.settle().await;
    assert!(stage.log().shown.contains("selected [Ada]"), "{}", stage.log().shown);
}

#[tokio::test(start_paused = true)]
async fn a_change_that_panics_is_read_back() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    ban(&stage).await;
    let begun = stage.log().begun.remove(0);
    assert_eq!((&begun.change.act, begun.change.user.as_str()), (&Act::Ban, "user_Ada"));
    drop(begun);
    stage.settle().await;
    let read_back = stage.take_asked(|fetch| matches!(fetch, Fetch::User(id) if id.as_str() == "user_Ada"));
    assert!(!read_back.is_aborted());
}

#[tokio::test(start_paused = true)]
async fn nothing_that_a_person_does_aborts_a_change() {
    let stage = Stage::begin_with(&[user("Ada"), user("Bob")]).await;
    ban(&stage).await;
    let begun = stage.log().begun.remove(0);
    for keys in ["j", "S", "r", "/x", "b"] {
        stage.type_text(keys);
        stage.settle().await;
    }
    assert!(!begun.is_aborted());
    begun.answer(Ok(banned()));
    stage.settle().await;
    let counts = |fetch: &Fetch| *fetch == Fetch::Count(UserFilter { banned: Some(true), ..UserFilter::default() });
    assert!(!stage.take_asked(counts).is_aborted(), "the outcome has reached the state");
}

/// Presses what bans the selected user.
pub(super) async fn ban(stage: &Stage) {
    stage.type_text("b");
    stage.settle().await;
    stage.press(KeyCode::Enter);
    stage.settle().await;
}

pub(super) fn banned() -> Changed {
    let mut user = user("Ada");
    user.banned = true;
    Changed {
        made: Made::User(Box::new(received(&user))),
        trace_id: None,
        record: RecordId("1".into()),
        unrecorded_outcome: None,
        active_sessions: Some(0),
    }
}
