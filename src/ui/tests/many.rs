//! The question before something is done to many.

use super::{
    Stage,
    cast::{people, received, stage_with},
    screen, text,
};
use crate::{
    app::{Event, Fetch, Fetched, Preferences, Protected, SlotId},
    ui::plain,
};
use insta::assert_snapshot;
use rstest::rstest;

fn shown(stage: &mut Stage) -> String {
    text(&screen(stage))
}

/// Answers what the question looks up: everybody is as they were loaded.
fn look_up(stage: &mut Stage) {
    while let Some((slot, Fetch::Among { users: asked, .. })) = stage
        .waiting
        .iter()
        .find(|(slot, _)| matches!(slot, SlotId::LookUp(_)))
        .map(|(slot, (_, fetch))| (*slot, fetch.clone()))
    {
        let found = people().into_iter().filter(|user| asked.contains(&user.id)).map(received).collect();
        stage.answer(slot, Fetched::Users(found));
    }
}

/// So many are marked, some of them difficult, one protected.
fn marked(width: u16, height: u16, count: usize) -> Stage {
    let protected = Protected { domains: ["example.ng".to_owned()].into(), ..Protected::default() };
    let mut stage = stage_with(width, height, Preferences { protected, ..Preferences::default() });
    for _ in 0..count {
        stage.press("space");
    }
    stage
}

#[rstest]
#[case::wide(120, 36)]
#[case::narrow(80, 24)]
fn to_ban_many_on_production_asks_for_their_count(#[case] width: u16, #[case] height: u16) {
    let mut stage = marked(width, height, 40);
    stage.press("b");
    look_up(&mut stage);
    stage.press("3");
    assert_snapshot!(format!("many_ban_{width}x{height}"), shown(&mut stage));
}

#[rstest]
#[case::wide(120, 36)]
#[case::narrow(80, 24)]
fn few_are_named(#[case] width: u16, #[case] height: u16) {
    let mut stage = marked(width, height, 7);
    stage.press("b");
    look_up(&mut stage);
    assert_snapshot!(format!("many_few_{width}x{height}"), shown(&mut stage));
}

#[rstest]
#[case::wide(120, 36)]
#[case::narrow(80, 24)]
fn to_delete_many_offers_copies(#[case] width: u16, #[case] height: u16) {
    let mut stage = marked(width, height, 20);
    stage.press("d");
    look_up(&mut stage);
    stage.press("tab tab");
    assert_snapshot!(format!("many_delete_{width}x{height}"), shown(&mut stage));
}

#[rstest]
#[case::wide(120, 36)]
#[case::narrow(80, 24)]
fn who_exactly_has_those_who_are_skipped_first(#[case] width: u16, #[case] height: u16) {
    let mut stage = marked(width, height, 20);
    stage.press("b");
    look_up(&mut stage);
    stage.press("tab tab tab tab tab enter j");
    assert_snapshot!(format!("many_who_{width}x{height}"), shown(&mut stage));
}

#[rstest]
#[case::wide(120, 36)]
#[case::narrow(80, 24)]
fn a_dry_run_shows_what_would_be_sent(#[case] width: u16, #[case] height: u16) {
    let mut stage = marked(width, height, 20);
    stage.press("L");
    look_up(&mut stage);
    stage.press("tab tab tab tab tab enter j");
    assert_snapshot!(format!("many_dry_run_{width}x{height}"), shown(&mut stage));
}

#[test]
fn what_is_done_to_one_who_is_protected_says_so() {
    let mut stage = marked(120, 36, 0);
    stage.press("j b");
    let shown = shown(&mut stage);
    assert!(shown.contains("Protected (@example.ng): what is done to many"), "{shown}");
    stage.press("esc j b");
    assert!(!self::shown(&mut stage).contains("Protected"), "Adalbert is not");
}

#[test]
fn masked_nobody_is_named() {
    let mut stage = marked(120, 36, 3);
    stage.press("M b");
    look_up(&mut stage);
    let shown = shown(&mut stage);
    for personal in ["Lovelace", "analytical", "Adalbert", "hofmusik"] {
        assert!(!shown.contains(personal), "{personal}\n{shown}");
    }
}

#[test]
fn without_a_screen_it_is_told_in_sentences() {
    let mut stage = marked(120, 17, 12);
    stage.press("b");
    look_up(&mut stage);
    assert_snapshot!("plain_many", plain::tell(&stage.app, stage.now).place.join("\n"));
    stage.send(Event::Drawn).send(Event::Line("dry run".to_owned()));
    assert_snapshot!("plain_many_dry_run", plain::tell(&stage.app, stage.now).place.join("\n"));
}
