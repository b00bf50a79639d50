//! The palette and the search of the help page: what they find is what their keys would do.

use super::Stage;
use crate::{
    app::{Action, Dialog, Effect, dialog::Choice},
    clerk::query::OrderField,
};
use strum::IntoEnumIterator;

fn typed(text: &str) -> String {
    text.chars().map(|char| if char == ' ' { "space ".to_owned() } else { format!("{char} ") }).collect()
}

#[test]
fn what_is_found_is_run() {
    let mut stage = Stage::with_users(3);
    stage.press(":").press(&typed("ban")).press("enter");
    assert_eq!(stage.question(), "Ban Person 0?");
    stage.press("esc :").press(&typed("sort by username")).press("enter");
    assert_eq!(stage.app.list().query().order.by, OrderField::Username);
    stage.press(":").press(&typed("q")).press("enter");
    assert!(stage.last.contains(&Effect::Quit));
}

#[test]
fn it_takes_what_is_typed_ahead_but_what_it_opens_does_not() {
    let mut stage = Stage::with_users(3);
    for key in [":", "b", "a", "n", "enter", "enter"] {
        stage.press_undrawn(key);
    }
    assert_eq!((stage.question().as_str(), stage.changes.len()), ("Ban Person 0?", 0));
}

#[test]
fn esc_closes_it_and_every_printable_key_is_text() {
    let mut stage = Stage::with_users(3);
    stage.press(": q ? j");
    let Some(Dialog::Palette(palette)) = stage.app.dialog() else { panic!("it is open") };
    assert_eq!(palette.field().text(), "q?j");
    stage.press("esc");
    assert!(stage.app.dialog().is_none() && stage.last.is_empty());
}

#[test]
fn what_cannot_be_done_says_why() {
    let mut stage = Stage::with_users(3);
    stage.press(":").press(&typed("lift the ban")).press("enter");
    assert_eq!((stage.app.dialog().is_none(), stage.notice()), (true, "Not banned."));
    stage.press(":").press(&typed("role (mem")).press("enter");
    assert_eq!(stage.notice(), "Open the tab Memberships first.");
    let why = |stage: &Stage| stage.app.why_not(Action::Fold, stage.now).map(|reason| reason.as_str().to_owned());
    assert_eq!(why(&stage).as_deref(), Some("Open the tab Metadata or Raw first."));
    stage.press("enter 8");
    assert_eq!(why(&stage), None);
}

#[test]
fn what_works_now_comes_first() {
    let mut stage = Stage::with_users(3);
    for keys in ["g", "enter 7"] {
        stage.press(keys);
        let now: Vec<Action> =
            Action::iter().filter(|action| stage.app.why_not(*action, stage.now).is_none()).collect();
        let Some(Dialog::Palette(palette)) = stage.press(":").app.dialog() else { panic!("it is open") };
        let works = |choice: &Choice| !matches!(choice, Choice::Action(action) if !now.contains(action));
        let works: Vec<bool> = palette.found().map(|entry| works(&entry.choice)).collect();
        stage.press("esc");
        assert!(works.is_sorted_by(|one, next| one >= next) && works.contains(&false), "{keys}: {works:?}");
    }
}

#[test]
fn from_help_it_is_about_what_help_is_about() {
    let mut stage = Stage::with_users(3);
    stage.press("? :").press(&typed("lock")).press("enter");
    assert_eq!(stage.question(), "Lock Person 0?");
    stage.press("esc");
    assert!(stage.app.dialog().is_none());
}

#[test]
fn help_is_narrowed_run_and_widened_again() {
    let mut stage = Stage::with_users(3);
    stage.press("? /").press(&typed("unlock")).press("enter");
    let Some(Dialog::Help(help)) = stage.app.dialog() else { panic!("it is open") };
    assert_eq!((help.is_finding(), help.chosen()), (false, Some(Action::Unlock)));
    stage.press("enter");
    assert_eq!(stage.notice(), "Not locked.");
    stage.press("? /").press(&typed("quit")).press("enter esc");
    let Some(Dialog::Help(help)) = stage.app.dialog() else { panic!("esc shows the whole page first") };
    assert!(!help.is_narrowed());
    stage.press("esc");
    assert!(stage.app.dialog().is_none());
}
