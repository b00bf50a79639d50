//! What the program runs on.

use super::{screen, stage, text};
use crate::app::Event;
use insta::assert_snapshot;
use rstest::rstest;

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn what_it_runs_on(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press(":").send(Event::Paste("about".into()));
    stage.press("enter");
    assert_snapshot!(format!("about_{}x{}", size.0, size.1), text(&screen(&mut stage)));
    stage.press("esc");
    assert!(stage.app.dialog().is_none());
}
