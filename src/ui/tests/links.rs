//! Links that let somebody in.

use super::{Stage, screen, stage, text};
use crate::app::{Event, Made, Secret, dialog::Link, tests::stage::NOW};
use insta::assert_snapshot;
use rstest::rstest;
use std::time::Duration;

fn linked(size: (u16, u16), keys: &str) -> Stage {
    let mut stage = stage(size.0, size.1);
    let url = "https://clerk.acme.example/v1/tickets/accept?ticket=eyJhbGciOiJIUzI1NiJ9.\u{1b}[31mcontrol\u{202e}.sig";
    let link = Link { id: "act_1".into(), url: Secret::from(url), expires_at: NOW.plus(Duration::from_mins(10)) };
    stage.press(keys).succeed_with(Made::Link(link));
    stage
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn impersonating_asks_why(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("i");
    assert_snapshot!(format!("impersonate_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_link_is_masked(#[case] size: (u16, u16)) {
    let mut stage = linked(size, "i h m enter");
    assert_snapshot!(format!("link_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_link_is_shown_when_it_is_asked_for(#[case] size: (u16, u16)) {
    let mut stage = linked(size, "i h m enter");
    stage.press("enter");
    assert_snapshot!(format!("link_shown_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_sign_in_link(#[case] size: (u16, u16)) {
    let mut stage = linked(size, ". l y");
    assert_snapshot!(format!("sign_in_link_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn an_impersonation_is_ended(#[case] size: (u16, u16)) {
    let mut stage = linked(size, "i h m enter");
    stage.press("x").send(Event::Drawn);
    assert_snapshot!(format!("end_impersonation_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}
