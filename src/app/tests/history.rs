//! The history tab: read from the record of changes, anew after each, and what of it the profile tells.

use super::{
    Stage,
    stage::{refused, timed_out, user},
};
use crate::{
    app::{
        Effect, Failure, Fetch, Fetched, RecordId, SlotId, Timer,
        detail::{Batch, HistoryEnding, HistoryEntry, ProfileFact, Rows, profile_facts},
    },
    clerk::model::User,
};

fn entry(number: usize, action: &str, ending: HistoryEnding) -> HistoryEntry {
    HistoryEntry {
        record: RecordId(format!("record {number}")),
        at: Some(super::stage::NOW),
        action: action.to_owned(),
        part: None,
        reason: None,
        by: "kim".to_owned(),
        machine: "here".to_owned(),
        undoes: None,
        ending,
        done: None,
        status: None,
        code: None,
        trace_id: None,
        newer_version: None,
    }
}

fn page(entries: Vec<HistoryEntry>) -> Fetched {
    let total = u64::try_from(entries.len()).ok();
    Fetched::History(Batch { rows: entries, total })
}

fn rows(stage: &Stage) -> &Rows<HistoryEntry> {
    stage.app.history_of(stage.app.subject().unwrap()).unwrap()
}

/// What the profile tells of it.
fn told(stage: &Stage) -> Vec<String> {
    let known = stage.app.subject().unwrap();
    let facts = profile_facts(known, None, stage.app.history_of(known), stage.now);
    let words = |fact: &ProfileFact<'_>| match fact {
        ProfileFact::Done { entry, first } => Some(format!("{first} {} by {}", entry.words(), entry.by)),
        ProfileFact::DoneUnknown => Some("unknown".to_owned()),
        _ => None,
    };
    facts.iter().filter_map(words).collect()
}

#[test]
fn it_is_read_for_the_user_that_the_cursor_rests_on_and_for_nobody_else() {
    let mut stage = Stage::with_users(3);
    stage.press("j");
    assert_eq!(stage.fetch(SlotId::History), None);
    stage.wait(std::time::Duration::from_millis(100));
    assert!(
        matches!(stage.fetch(SlotId::History), Some(Fetch::History { user, offset: 0, .. }) if user.as_str() == "user_1")
    );
    stage.press("4");
    assert_eq!(stage.fetch(SlotId::History), None, "neither the profile nor the history is open");
    stage.press("7").answer(SlotId::History, page(vec![entry(1, "ban", HistoryEnding::Done)]));
    assert_eq!((rows(&stage).loaded().len(), rows(&stage).total()), (1, Some(1)));
}

#[test]
fn each_change_is_followed_by_a_look_at_the_record_also_one_that_failed() {
    let mut stage = Stage::with_users(3);
    stage.press("enter 7 b enter").succeed(User { banned: true, ..user(0) });
    assert!(matches!(stage.fetch(SlotId::History), Some(Fetch::History { offset: 0, .. })));
    stage.answer(SlotId::History, page(vec![entry(1, "ban", HistoryEnding::Done)]));
    for failure in [refused(403, "authorization_invalid"), timed_out()] {
        stage.press("L enter").fail_change(failure);
        assert!(stage.fetch(SlotId::History).is_some());
        stage.answer(SlotId::History, page(vec![entry(2, "lock", HistoryEnding::Failed)]));
    }
}

#[test]
fn what_was_taken_back_is_known_by_what_took_it_back() {
    let mut stage = Stage::with_users(3);
    let undo =
        |number, ending| HistoryEntry { undoes: Some(RecordId("record 1".into())), ..entry(number, "unban", ending) };
    let entries = vec![undo(3, HistoryEnding::Failed), entry(1, "ban", HistoryEnding::Done)];
    stage.press("enter 7 r").answer(SlotId::History, page(entries));
    let history = rows(&stage);
    assert_eq!(history.undoing(&history.loaded()[1]), None, "the attempt failed");
    assert_eq!(history.undone_by(&history.loaded()[0]), Some(&history.loaded()[1]));
    let entries =
        vec![undo(4, HistoryEnding::Done), undo(3, HistoryEnding::Failed), entry(1, "ban", HistoryEnding::Done)];
    stage.press("r").answer(SlotId::History, page(entries));
    let history = rows(&stage);
    assert_eq!(history.undoing(&history.loaded()[2]), Some(&history.loaded()[0]));
}

#[test]
fn the_profile_tells_the_latest_two_that_were_made() {
    let mut stage = Stage::with_users(3);
    assert_eq!(told(&stage), [""; 0]);
    let entries = vec![
        entry(5, "delete", HistoryEnding::Failed),
        entry(4, "unban", HistoryEnding::Done),
        entry(3, "lock", HistoryEnding::Unknown),
        entry(2, "teleport_away", HistoryEnding::Done),
        entry(1, "ban", HistoryEnding::Done),
    ];
    stage.press("enter r").answer(SlotId::History, page(entries));
    assert_eq!(told(&stage), ["true unbanned by kim", "false teleport away by kim"]);
}

#[test]
fn a_record_that_cannot_be_read_is_told_in_its_place_and_waits() {
    let mut stage = Stage::with_users(3);
    stage.press("enter 7 r").fail(SlotId::History, Failure::RecordUnread("no".into()));
    assert_eq!((stage.fetch(SlotId::History), stage.notice()), (None, ""));
    assert!(rows(&stage).failure().is_some());
    assert_eq!(told(&stage), ["unknown"]);
    stage.press("r");
    assert!(stage.fetch(SlotId::History).is_some());
}

#[test]
fn how_long_ago_something_was_done_is_told_anew_each_minute() {
    let mut stage = Stage::with_users(3);
    stage.press("enter 7 r").answer(SlotId::History, page(vec![entry(1, "ban", HistoryEnding::Done)]));
    assert_eq!(stage.timers[&Timer::Clock].since(super::stage::NOW), std::time::Duration::from_mins(1));
}

#[test]
fn the_id_in_the_record_can_be_copied() {
    let mut stage = Stage::with_users(3);
    stage.press("enter 7 r").answer(SlotId::History, page(vec![entry(7, "ban", HistoryEnding::Done)]));
    stage.press("y r");
    assert!(stage.last.contains(&Effect::Copy("record 7".into())), "{:?}", stage.last);
}
