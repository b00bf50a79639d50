//! The menu of the instances that have a name.

use super::{screen, stage, text};
use insta::assert_snapshot;
use rstest::rstest;

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn the_menu_of_profiles(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.name_profiles(&["acme", "acme-staging", "shop"], Some("acme")).press("p");
    assert_snapshot!(format!("profiles_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}
