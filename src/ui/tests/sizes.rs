//! Any size, any name, with and without colours.

use super::{
    cast::{self, DIFFICULT, person},
    picture::screen_in,
    screen, stage, text,
};
use crate::{app::Event, ui::Theme};
use insta::assert_snapshot;
use proptest::{prelude::*, sample::select};
use ratatui::{layout::Size, style::Color};
use rstest::rstest;

#[rstest]
#[case(60, 20)]
#[case(60, 15)]
#[case(48, 16)]
#[case(39, 9)]
#[case(30, 1)]
fn what_gives_where_room_is_scarce(#[case] width: u16, #[case] height: u16) {
    let mut stage = stage(width, height);
    assert_snapshot!(format!("scarce_{width}x{height}"), text(&screen(&mut stage)));
}

#[test]
fn a_question_fits_a_single_line() {
    let mut stage = stage(39, 9);
    stage.press("b");
    assert_snapshot!("scarce_confirm_39x9", text(&screen(&mut stage)));
}

#[test]
fn a_difficult_name_moves_no_column_and_is_never_drawn_raw() {
    for (width, height) in [(120, 36), (80, 24), (200, 40), (50, 20)] {
        let screen_with = |names: &[&str]| {
            let mut stage = cast::loading(width, height);
            stage.answer_list((1..).zip(names).map(|(number, name)| person(number, name, "", "who@example.com")));
            cast::answer_the_rest(&mut stage);
            text(&screen(&mut stage))
        };
        let long = "L".repeat(500);
        let difficult: Vec<&str> = DIFFICULT.into_iter().chain([long.as_str()]).collect();
        let plain = vec!["Plain"; difficult.len()];
        let (hard, easy) = (screen_with(&difficult), screen_with(&plain));
        // Behind the name, each row is what it is for a plain name, cell for cell.
        let heads = easy.lines().position(|line| line.starts_with("    name")).unwrap();
        let head = easy.lines().nth(heads).unwrap();
        let begins = head.find("primary").or_else(|| head.find("state")).unwrap();
        let ends = head.split('│').next().unwrap().len();
        let behind = |screen: &str| -> Vec<String> {
            screen.lines().skip(heads + 1).take(difficult.len()).map(|row| cells_of(row, begins, ends)).collect()
        };
        assert_eq!(behind(&hard), behind(&easy), "{hard}");
        for (number, line) in hard.lines().enumerate() {
            let cells = unicode_width::UnicodeWidthStr::width(line);
            assert!(cells <= usize::from(width), "row {number} at {width}×{height} has {cells} cells: {line}");
        }
        assert!(!hard.chars().any(|char| char != '\n' && char.is_control()), "{hard:?}");
        assert!(!hard.contains(['\u{202e}', '\u{200b}', '\u{feff}']), "{hard:?}");
    }
}

/// The part of a row between two cells.
fn cells_of(row: &str, from: usize, to: usize) -> String {
    let mut at = 0;
    let mut part = String::new();
    for char in row.chars() {
        if (from..to).contains(&at) {
            part.push(char);
        }
        at += unicode_width::UnicodeWidthChar::width(char).unwrap_or(0);
    }
    part
}

#[test]
fn without_colours_nothing_is_lost() {
    for keys in ["", "enter", "2", "b", "s", "?", "/"] {
        let (mut colored, mut colorless) = (stage(120, 36), stage(120, 36));
        colored.press(keys);
        colorless.press(keys);
        let colored = screen(&mut colored);
        let colorless = screen_in(&mut colorless, &Theme::colorless());
        assert_eq!(text(&colored), text(&colorless));
        assert!(colorless.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_size_and_no_key_makes_drawing_fail(
        sizes in prop::collection::vec((0_u16..320, 0_u16..110), 1..4),
        keys in prop::collection::vec(select(vec![
            "j", "k", "G", "g", "enter", "esc", "tab", "1", "2", "b", "B", "L", "s", "S", "?", "/", "x", "J", "ctrl-d", "r",
        ]), 0..8),
        name in select(DIFFICULT.to_vec()),
    ) {
        let mut stage = cast::loading(120, 36);
        stage.answer_list((0..40).map(|number| person(number, name, name, "who@example.com")));
        cast::answer_the_rest(&mut stage);
        for (width, height) in sizes {
            stage.send(Event::Resize(Size::new(width, height)));
            for key in &keys {
                stage.press(key);
                // Drawn at the size that it is told, and not a cell beyond: the buffer would refuse it.
                screen(&mut stage);
            }
        }
    }
}
