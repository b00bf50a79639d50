//! The requests that were sent: looked at, and copied.

use super::{Stage, stage::exchange};
use crate::app::{Dialog, Effect, Event};

fn sent(stage: &mut Stage, number: usize) {
    stage.send(Event::Sent(Box::new(exchange(number))));
}

fn cursor(stage: &Stage) -> usize {
    match stage.app.dialog() {
        Some(Dialog::Requests(pane)) => pane.cursor(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_chosen_request_is_copied_as_a_command() {
    let mut stage = Stage::with_users(3);
    for number in 0..3 {
        sent(&mut stage, number);
    }
    stage.press("@ j y");
    assert!(stage.last.contains(&Effect::Copy(exchange(1).curl())), "{:?}", stage.last);
    assert_eq!(stage.notice(), "Copied the request as curl, if the terminal allows it.");
    stage.press("esc");
    assert!(stage.app.dialog().is_none());
}

#[test]
fn the_last_request_is_copied_from_the_menu_too() {
    let mut stage = Stage::with_users(3);
    sent(&mut stage, 7);
    stage.press("y c");
    assert!(stage.last.contains(&Effect::Copy(exchange(7).curl())), "{:?}", stage.last);
}

#[test]
fn the_chosen_one_stays_chosen_when_others_are_sent_and_the_latest_stays_the_latest() {
    let mut stage = Stage::with_users(3);
    sent(&mut stage, 0);
    stage.press("@");
    sent(&mut stage, 1);
    assert_eq!(cursor(&stage), 0);
    stage.press("j");
    sent(&mut stage, 2);
    assert_eq!(stage.app.request_log().exchanges()[cursor(&stage)], exchange(0));
    stage.press("G g");
    assert_eq!(cursor(&stage), 0);
}

#[test]
fn where_nothing_was_sent_there_is_nothing_to_copy() {
    let mut stage = Stage::with_users(3);
    stage.press("@ y");
    assert_eq!((stage.notice(), stage.last.len()), ("Nothing has been sent yet.", 1), "{:?}", stage.last);
    stage.press("@");
    assert!(stage.app.dialog().is_none(), "the key that opens it closes it");
}
