//! Private notes.

use super::{Stage, screen, stage, text};
use crate::app::{Event, Fetched, SlotId};
use insta::assert_snapshot;
use rstest::rstest;
use std::collections::BTreeMap;

/// Ada and the next have notes, hers with what a terminal must not get.
fn noted(size: (u16, u16)) -> Stage {
    let mut stage = stage(size.0, size.1);
    let ada = stage.app.subject().unwrap().id.clone();
    let next = stage.app.list().window().rows()[1].id.clone();
    let text = "Promised to stop on 3 Nov\u{1b}[31m, \u{202e}see ticket 4711; 山田 knows more about it";
    let notes = BTreeMap::from([(ada, text.to_owned()), (next, "spam".to_owned())]);
    stage.press("r").answer(SlotId::Notes, Fetched::Notes(notes));
    super::cast::answer_the_rest(&mut stage);
    stage
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_note_stands_with_the_user(#[case] size: (u16, u16)) {
    let mut stage = noted(size);
    assert_snapshot!(format!("note_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[test]
fn a_note_is_read_in_the_profile() {
    let mut stage = noted((80, 24));
    stage.press("enter");
    assert_snapshot!("note_profile_80x24", text(&screen(&mut stage)));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_note_is_typed(#[case] size: (u16, u16)) {
    let mut stage = noted(size);
    stage.press("N").send(Event::Drawn);
    assert_snapshot!(format!("note_form_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}
