//! What follows from what a person has chosen once for every start.

use super::{
    Stage,
    cast::{answer_the_rest, stage_with},
    screen, stage, text,
};
use crate::{
    app::{
        Action, Columns, Key, Keymap, Memory, Preferences, Remapping, SavedView, Timer, ViewName, action::rows,
        tests::stage::user,
    },
    clerk::{
        InstanceKind,
        query::{OrderField, UserOrder},
    },
};
use insta::assert_snapshot;
use ratatui::layout::Size;
use rstest::rstest;
use std::time::Duration;

fn with_keys(remapped: &[(Action, &[&str])]) -> Preferences {
    let remapping = |(action, keys): &(Action, &[&str])| Remapping {
        action: *action,
        keys: keys.iter().map(|key| Key::parse(key).unwrap()).collect(),
    };
    let remappings: Vec<_> = remapped.iter().map(remapping).collect();
    Preferences { keymap: Keymap::remapped(rows(), &remappings).unwrap(), ..Preferences::default() }
}

#[test]
fn the_footer_and_the_help_page_tell_the_keys_that_were_chosen() {
    let keys: &[(Action, &[&str])] =
        &[(Action::Ban, &["V", "f2"]), (Action::Help, &["f1"]), (Action::Delete, &[]), (Action::More, &["`"])];
    let mut stage = stage_with(200, 60, with_keys(keys));
    let shown = text(&screen(&mut stage));
    let footer = shown.lines().last().unwrap();
    assert!(footer.contains(" V ban ") && footer.contains("F1 help"), "{footer}");
    assert!(!footer.contains("delete"), "{footer}");
    stage.press("f1");
    let help = text(&screen(&mut stage));
    for told in ["V F2 ", "F1 ", "` p "] {
        assert!(help.contains(told), "{told}:\n{help}");
    }
    assert!(!help.contains("? "), "{help}");
}

#[test]
fn a_question_tells_the_keys_that_were_chosen() {
    let mut stage = stage_with(120, 36, with_keys(&[(Action::Confirm, &["f9"]), (Action::Cancel, &["q"])]));
    stage.press("b");
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("F9 ban") && shown.contains("q or esc cancel"), "{shown}");
}

#[rstest]
#[case::wide(120, 36)]
#[case::narrow(80, 24)]
fn the_columns(#[case] width: u16, #[case] height: u16) {
    let mut stage = stage(width, height);
    stage.press("c j space j space j");
    assert_snapshot!(format!("columns_{width}x{height}"), text(&screen(&mut stage)));
}

#[test]
fn all_columns_that_there_are() {
    let mut stage = stage(200, 40);
    stage.press("c j j space j space j j j space j space j j j space esc");
    assert_snapshot!("all_columns_200x40", text(&screen(&mut stage)));
}

#[rstest]
#[case::wide(120, 36)]
#[case::narrow(80, 24)]
fn the_saved_views(#[case] width: u16, #[case] height: u16) {
    let view = |search: &str, order: UserOrder| SavedView { search: search.into(), order, columns: Columns::default() };
    let newest = UserOrder::default();
    let active = UserOrder { by: OrderField::LastActiveAt, ..newest };
    let views = [
        ("spam", view("banned:no created:<3h \u{1b}[31m\u{202e}@inbox", newest)),
        ("away", view("active:>90d", active)),
        ("everybody", view("", newest.reversed())),
    ];
    let views = views.into_iter().map(|(name, view)| (ViewName::parse(name).unwrap(), view)).collect();
    let memory = Memory { views, ..Memory::default() };
    let mut stage = stage_with(width, height, Preferences { memory, ..Preferences::default() });
    stage.press("' j");
    assert_snapshot!(format!("views_{width}x{height}"), text(&screen(&mut stage)));
}

#[test]
fn in_ascii_the_program_draws_nothing_else() {
    for keys in ["", "enter", "enter 5", "enter 6", "enter 8", "b", "s", "c", "?", ":", "/"] {
        for (width, height) in [(120, 36), (80, 24), (50, 20), (30, 6)] {
            let preferences = Preferences { ascii: true, ..Preferences::default() };
            let mut stage = Stage::begin_with(InstanceKind::Production, Size::new(width, height), preferences);
            stage.answer_list((0..200).map(user));
            answer_the_rest(&mut stage);
            stage.press(keys);
            let shown = text(&screen(&mut stage));
            // Names are as they are, also what stands for a character that is not shown.
            let is_of_name = |char: &char| char.is_alphanumeric() || *char == char::REPLACEMENT_CHARACTER;
            let other: String = shown.chars().filter(|char| !char.is_ascii() && !is_of_name(char)).collect();
            assert!(other.is_empty(), "{other} after {keys:?} at {width}×{height}:\n{shown}");
        }
    }
}

#[test]
fn without_motion_the_spinner_appears_and_stands() {
    let preferences = Preferences { motion: false, ..Preferences::default() };
    let mut stage = Stage::begin_with(InstanceKind::Development, Size::new(120, 36), preferences);
    stage.wait(Duration::from_millis(149));
    assert!(!text(&screen(&mut stage)).contains("reading users"));
    stage.wait(Duration::from_millis(1));
    assert!(text(&screen(&mut stage)).contains("… reading users"));
    assert!(!stage.timers.contains_key(&Timer::Spinner), "nothing wakes the program to turn it");
    stage.wait(Duration::from_secs(1));
    assert!(text(&screen(&mut stage)).contains("… reading users"));
}
