//! While personal data is masked, nothing on any screen says who somebody is.

use super::{Stage, cast, screen, stage, text};
use crate::app::{Event, NoticeKind};
use insta::assert_snapshot;
use rstest::rstest;

/// What says who the user of the drawings is, and who some others are.
const PERSONAL: &[&str] = &[
    "Lovelace",
    "lovelace",
    "analytical",
    "7946",
    "crm_81723",
    "sees",
    "Nwosu",
    "adaeze@",
    "hofmusik",
    "525555550142",
    "London",
    "192.0.2",
];

fn assert_masked(keys: &str, stage: &mut Stage) {
    let shown = text(&screen(stage));
    for personal in PERSONAL {
        assert!(!shown.contains(personal), "\"{personal}\" after {keys}:\n{shown}");
    }
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
#[case::slim((50, 20))]
#[case::line((39, 9))]
fn nothing_says_who_it_is(#[case] size: (u16, u16)) {
    for keys in [
        "",
        "enter",
        "enter 2",
        "enter 2 n",
        "enter 7 j",
        "f",
        "N",
        "enter 3",
        "enter 4",
        "enter 5 j j j",
        "enter 6",
        "enter 8",
        "b",
        "b enter",
        "x",
        "d",
        "L",
        ".",
        "y",
        "@",
        ": b a n",
        "?",
        "s",
        "z",
        "/ a d a enter",
        "e",
        "m",
        "i",
        "enter 2 d",
        "enter 4 x",
        "enter 5 d",
        "enter 8 / e enter",
    ] {
        let mut stage = stage(size.0, size.1);
        for exchange in cast::exchanges() {
            stage.send(Event::Sent(Box::new(exchange)));
        }
        stage.press("M").press(keys);
        cast::answer_the_rest(&mut stage);
        assert_masked(keys, &mut stage);
    }
}

/// Else the test above would look for what is nowhere.
#[test]
fn without_the_mask_all_of_it_is_somewhere() {
    let mut shown = String::new();
    for keys in ["", "enter", "enter 3", "enter 4 j", "enter 5 j j j j j j", "enter 6", "enter 8"] {
        let mut stage = stage(200, 60);
        stage.press(keys);
        cast::answer_the_rest(&mut stage);
        shown.push_str(&text(&screen(&mut stage)));
    }
    for personal in PERSONAL {
        assert!(shown.contains(personal), "{personal} is nowhere");
    }
}

#[test]
fn what_is_masked_can_still_be_told_apart_and_comes_back() {
    let mut stage = stage(120, 36);
    stage.press("enter M");
    assert_snapshot!("masked_120x36", text(&screen(&mut stage)));
    stage.press("M");
    assert!(text(&screen(&mut stage)).contains("Ada Lovelace"));
}

#[test]
fn a_form_that_would_show_it_says_why_it_does_not_open() {
    let mut stage = stage(120, 36);
    for keys in ["M e", "m", ". r"] {
        stage.press(keys);
        let notice = stage.app.notice().map(|notice| (notice.text.as_str(), notice.kind.clone()));
        assert_eq!(notice, Some(("Personal data is masked: M shows it again.", NoticeKind::Remark)), "{keys}");
    }
}

#[test]
fn who_is_deleted_is_asked_for_by_their_id() {
    let mut stage = stage(120, 36);
    stage.press("M d");
    assert!(text(&screen(&mut stage)).contains("Type user_2NNEqL2nrIRdJ194ndJqAHwEfxC to do it"));
}
