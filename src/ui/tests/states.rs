//! What stands on the screen while something is awaited, has failed, or has just been done.

use super::{
    Stage,
    cast::{self, ada},
    looks, screen, stage, text,
};
use crate::{
    app::{
        Failure, Fetched, SlotId,
        tests::stage::{refused, sessions, timed_out},
    },
    clerk::model::User,
};
use insta::assert_snapshot;
use ratatui::style::Color;
use rstest::rstest;
use std::time::Duration;

fn shown(stage: &mut Stage) -> String {
    text(&screen(stage))
}

#[rstest]
#[case::wide(120, 36)]
#[case::narrow(80, 24)]
fn before_the_first_answer(#[case] width: u16, #[case] height: u16) {
    let mut stage = cast::loading(width, height);
    assert!(!shown(&mut stage).contains("reading"), "most answers come before that could be read");
    stage.wait(Duration::from_millis(400));
    assert_snapshot!(format!("loading_{width}x{height}"), shown(&mut stage));
}

#[rstest]
#[case::wide(120, 36)]
#[case::narrow(80, 24)]
fn nobody_matches(#[case] width: u16, #[case] height: u16) {
    let mut stage = stage(width, height);
    stage.press("/ z q enter").wait(Duration::from_secs(1));
    stage.answer_list([]).answer(SlotId::Matching, Fetched::Count(0));
    assert_snapshot!(format!("empty_{width}x{height}"), shown(&mut stage));
}

#[test]
fn what_a_reading_brings_is_marked() {
    let mut stage = stage(120, 36);
    stage.press("R").wait(std::time::Duration::from_secs(10));
    let mut users = cast::people();
    users[1].banned = true;
    users.insert(0, cast::person(99, "Nova", "New", "nova@example.com"));
    stage.answer_list(users);
    let shown = text(&screen(&mut stage));
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines[0].contains("every 10 s"), "{shown}");
    assert!(lines[4].starts_with("  + Nova New") && lines[5].starts_with(" ›  Ada"), "{shown}");
    assert!(lines[6].starts_with("  ~ Adaeze Nwosu") && lines[6].contains("banned"), "{shown}");
}

#[test]
fn an_instance_without_users() {
    let mut stage = cast::loading(120, 36);
    stage.answer_list([]);
    let shown = shown(&mut stage);
    assert!(shown.contains("This instance has no users.") && shown.contains("r looks again."), "{shown}");
}

#[rstest]
#[case::wide(120, 36)]
#[case::narrow(80, 24)]
fn the_list_failed(#[case] width: u16, #[case] height: u16) {
    let mut stage = cast::loading(width, height);
    stage.fail(SlotId::List, refused(401, "clerk_key_invalid"));
    assert_snapshot!(format!("failed_{width}x{height}"), shown(&mut stage));
}

#[test]
fn rows_of_the_search_before_are_dim_until_the_answer() {
    let mut stage = stage(120, 36);
    stage.press("/ x enter").wait(Duration::from_secs(1));
    let buffer = screen(&mut stage);
    assert!(text(&buffer).contains("reading"));
    assert!(looks(&buffer, "Adaeze").add_modifier.contains(ratatui::style::Modifier::DIM));
}

#[test]
fn a_change_is_drawn_before_it_is_confirmed_and_told_afterwards() {
    let mut stage = stage(120, 36);
    stage.press("b").answer(SlotId::ActiveSessions, sessions(2)).press("enter");
    assert_snapshot!("pending_120x36", shown(&mut stage));
    stage.succeed(User { banned: true, ..ada() });
    let buffer = screen(&mut stage);
    assert_snapshot!("banned_120x36", text(&buffer));
    assert_eq!(looks(&buffer, "Banned Ada Lovelace").fg, Some(Color::Green));
}

#[rstest]
#[case::wide(120, 36)]
#[case::narrow(80, 24)]
fn a_change_that_failed_says_why_and_what_to_do(#[case] width: u16, #[case] height: u16) {
    let mut stage = stage(width, height);
    stage.press("b enter").fail_change(refused(404, "resource_not_found"));
    assert_snapshot!(format!("failure_{width}x{height}"), shown(&mut stage));
}

#[test]
fn a_dialog_tells_what_somebody_else_has_changed() {
    let mut stage = stage(120, 36);
    // The user is read again, and the question is asked meanwhile.
    stage.press("enter r b");
    stage.answer(SlotId::DetailUser, Fetched::User(Box::new(cast::received(User { banned: true, ..ada() }))));
    let buffer = screen(&mut stage);
    assert!(text(&buffer).contains("Somebody else changed this user"), "{}", text(&buffer));
    assert_eq!(looks(&buffer, "Somebody else").fg, Some(Color::Yellow));
}

#[test]
fn memberships_are_awaited_missing_or_failed_in_words() {
    let mut stage = stage(120, 36);
    stage.press("j enter 2").wait(Duration::from_millis(400));
    let waiting = shown(&mut stage);
    assert!(waiting.contains("reading memberships"), "{waiting}");
    stage.answer(SlotId::Memberships, Fetched::Memberships(crate::clerk::model::Page::default()));
    let none = shown(&mut stage);
    assert!(none.contains("Belongs to no organization."), "{none}");
    stage.press("r").fail(SlotId::Memberships, timed_out());
    let failed = shown(&mut stage);
    assert!(failed.contains("could not be read") && failed.contains("r tries again"), "{failed}");
}

#[test]
fn a_user_deleted_by_somebody_else_is_marked() {
    let mut stage = stage(120, 36);
    stage.press("enter r").fail(SlotId::DetailUser, refused(404, "resource_not_found"));
    let shown = shown(&mut stage);
    assert!(shown.contains("gone"), "{shown}");
    assert!(shown.contains("deleted meanwhile"), "{shown}");
}

#[test]
fn a_failure_holding_foreign_text_is_shown_by_what_can_be_seen() {
    let mut stage = cast::loading(120, 36);
    stage.fail(SlotId::List, Failure::Internal("evil\u{1b}[2Jtext".into()));
    let shown = shown(&mut stage);
    assert!(shown.contains("vil␛[2Jtext"), "{shown}");
}

#[test]
fn a_dialog_over_a_tab_of_rows_leaves_the_chosen_row_in_sight() {
    let mut stage = stage(80, 24);
    stage.press("enter 2");
    cast::answer_the_rest(&mut stage);
    stage.press("G d");
    let shown = text(&screen(&mut stage));
    assert!(shown.lines().any(|line| line.trim_start().starts_with('›')), "{shown}");
}
