//! That nothing is changed can be seen wherever one is.

use super::{screen, stage, text};
use crate::{
    app::Event,
    ui::{plain, title},
};
use insta::assert_snapshot;
use rstest::rstest;

#[rstest]
#[case::list("")]
#[case::detail("enter")]
#[case::help("?")]
#[case::question("s")]
fn it_stands_beside_the_badge_in_every_view(#[case] keys: &str) {
    for (width, height) in [(200, 60), (120, 36), (80, 24), (60, 16), (40, 10), (30, 3)] {
        let mut stage = stage(width, height);
        stage.press("ctrl-t").press(keys);
        let shown = text(&screen(&mut stage));
        assert!(shown.lines().next().is_some_and(|head| head.contains("[read-only]")), "{width}x{height}: {shown}");
        assert!(title(&stage.app).ends_with("read-only"));
    }
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_key_that_would_change_something_says_why_not(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("ctrl-t b");
    assert_snapshot!(format!("read_only_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[test]
fn it_is_told_without_a_screen_too() {
    let mut stage = stage(120, 17);
    stage.press("ctrl-t");
    assert!(plain::greeting(&stage.app).contains(", read-only. "), "{}", plain::greeting(&stage.app));
    assert!(plain::tell(&stage.app, stage.now).place[0].ends_with(" [read-only]"));
    stage.send(Event::Drawn).send(Event::Line("open".into()));
    assert!(plain::tell(&stage.app, stage.now).place[0].ends_with(" [read-only]"));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn to_leave_it_production_is_named(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("ctrl-t ctrl-t a enter");
    assert_snapshot!(format!("leave_read_only_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}
