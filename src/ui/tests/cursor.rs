//! The terminal's own cursor: screen readers and magnifiers follow it, so it stands where the keys go to.

use super::{cast, cast::stage, picture::cursor, screen, text};
use rstest::rstest;

#[rstest]
#[case::list("", "›")]
#[case::list_moved("j j", "›")]
#[case::search("/ a", "")]
#[case::profile("enter", "Profile")]
#[case::memberships("enter 2", "›")]
#[case::invitations("enter 3", "›")]
#[case::sessions("enter 4", "›")]
#[case::security("enter 5", "›")]
#[case::metadata("enter 6", "›")]
#[case::raw("enter 8 j", "›")]
#[case::menu("s j", "›")]
#[case::more(".", "›")]
#[case::question("b", "Ban")]
#[case::deletion("d a", "")]
#[case::form("e tab", "")]
#[case::bags("m", "")]
#[case::sending("m shift-tab", "•")]
#[case::picture(". i x", "")]
#[case::help("? j", "›")]
fn it_stands_where_the_keys_go(#[case] keys: &str, #[case] at: &str) {
    for (width, height) in [(120, 36), (80, 24)] {
        let mut stage = stage(width, height);
        stage.press(keys);
        cast::answer_the_rest(&mut stage);
        let shown = text(&screen(&mut stage));
        let cursor =
            cursor(&mut stage).unwrap_or_else(|| panic!("no cursor after {keys} at {width}x{height}:\n{shown}"));
        let row = screen(&mut stage).area.rows().nth(usize::from(cursor.y)).unwrap();
        let buffer = screen(&mut stage);
        let behind: String =
            row.columns().skip(usize::from(cursor.x)).map(|cell| buffer[cell.as_position()].symbol()).collect();
        // A tab's number and a rule's gap come before their words.
        let words = behind.trim_start_matches([' ', '1']);
        assert!(words.starts_with(at), "after {keys} at {width}x{height} it stands on {behind:?}:\n{shown}");
    }
}
