//! That nothing is sent can be seen wherever one is, and what would be.

use super::{cast, screen, stage, text};
use crate::{
    app::{Event, Failure},
    clerk::{Exchange, SentBody, Unsent},
    ui::{plain, title},
};
use insta::assert_snapshot;
use rstest::rstest;

fn dry(width: u16, height: u16) -> super::Stage {
    stage(width, height).in_dry_run()
}

#[rstest]
#[case::list("")]
#[case::detail("enter")]
#[case::help("?")]
#[case::question("b")]
fn it_stands_beside_the_badge_in_every_view(#[case] keys: &str) {
    for (width, height) in [(200, 60), (120, 36), (80, 24), (60, 16), (40, 10), (30, 3)] {
        let mut stage = dry(width, height);
        stage.press(keys);
        let shown = text(&screen(&mut stage));
        assert!(shown.lines().next().is_some_and(|head| head.contains("[dry run]")), "{width}x{height}: {shown}");
        assert!(title(&stage.app).ends_with("dry run"));
    }
}

#[test]
fn who_only_reads_is_told_that_alone() {
    let mut stage = dry(120, 36);
    stage.press("ctrl-t");
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("[read-only]") && !shown.contains("[dry run]"), "{shown}");
}

#[test]
fn it_is_told_without_a_screen_too() {
    let stage = dry(120, 17);
    assert!(plain::greeting(&stage.app).contains(", dry run. "), "{}", plain::greeting(&stage.app));
    assert!(plain::tell(&stage.app, stage.now).place[0].ends_with(" [dry run]"));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn what_would_be_sent_is_told_and_is_among_the_requests(#[case] size: (u16, u16)) {
    let mut stage = dry(size.0, size.1);
    stage.press("b enter");
    let id = stage.changes.last().unwrap().user.clone();
    let (path, body) = (format!("/users/{id}/ban"), SentBody::Empty);
    stage.fail_change(Failure::DryRun(vec![Unsent { method: "POST".into(), path: path.clone(), body }]));
    assert_snapshot!(format!("dry_run_{}x{}", size.0, size.1), text(&screen(&mut stage)));
    let kept_back = Exchange {
        method: "POST".into(),
        url: format!("https://api.clerk.com/v1{path}"),
        path,
        status: None,
        trace_id: None,
        is_kept_back: true,
        ..cast::exchanges().swap_remove(0)
    };
    stage.send(Event::Sent(Box::new(kept_back))).press("@");
    assert_snapshot!(format!("dry_run_requests_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}
