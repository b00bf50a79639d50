//! What follows from what a person has chosen once for every start.

use super::{cast::stage_with, screen, text};
use crate::app::{Action, Key, Keymap, Preferences, Remapping, action::rows};

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
