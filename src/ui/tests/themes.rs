//! The themes: what each cell looks like, and that each screen is in the theme's colours throughout.

use super::{
    Stage,
    cast::stage_with,
    looks,
    picture::{look_of, screen_in},
    text,
};
use crate::{
    app::{ColorDepth, Preferences, ThemeName, tests::stage::Stage as Bare},
    ui::Theme,
};
use insta::assert_snapshot;
use ratatui::buffer::Buffer;
use rstest::rstest;
use strum::IntoEnumIterator;

fn preferring(theme: ThemeName) -> Preferences {
    Preferences { theme, ..Preferences::default() }
}

fn shown(stage: &mut Stage, depth: ColorDepth) -> Buffer {
    let theme = Theme::of(stage.app.theme(), depth);
    screen_in(stage, &theme)
}

/// Each row as runs of cells that look alike: what they say, and what they look like.
fn runs(buffer: &Buffer) -> String {
    let mut lines = Vec::new();
    for row in buffer.area.rows() {
        let mut runs: Vec<(String, String)> = Vec::new();
        for position in row.positions() {
            let cell = &buffer[position];
            let look = look_of(cell);
            match runs.last_mut() {
                Some((last, words)) if *last == look => words.push_str(cell.symbol()),
                _ => runs.push((look, cell.symbol().to_owned())),
            }
        }
        for (look, words) in runs {
            lines.push(format!("{:>3} {look:<28} {}", row.y, words.trim_end()));
        }
    }
    lines.join("\n")
}

#[rstest]
#[case::dark(ThemeName::Dark, ColorDepth::True)]
#[case::light(ThemeName::Light, ColorDepth::True)]
#[case::high_contrast(ThemeName::HighContrast, ColorDepth::True)]
#[case::dark_of_256(ThemeName::Dark, ColorDepth::Indexed)]
#[case::light_of_16(ThemeName::Light, ColorDepth::Sixteen)]
#[case::terminal(ThemeName::Terminal, ColorDepth::True)]
#[case::no_color(ThemeName::NoColor, ColorDepth::True)]
fn a_question_over_the_list(#[case] theme: ThemeName, #[case] depth: ColorDepth) {
    let mut stage = stage_with(80, 14, preferring(theme));
    stage.press("b");
    assert_snapshot!(format!("runs_{}_{depth:?}", theme.as_str()), runs(&shown(&mut stage, depth)));
}

#[test]
fn no_cell_is_left_in_the_terminals_colours_where_a_theme_has_its_own() {
    for theme in [ThemeName::Dark, ThemeName::Light, ThemeName::HighContrast] {
        for keys in ["", "enter", "enter 6", "b", "s", "?", "/", ":"] {
            let mut stage = stage_with(120, 36, preferring(theme));
            stage.press(keys);
            let buffer = shown(&mut stage, ColorDepth::True);
            let bare = buffer.content.iter().find(|cell| look_of(cell).contains("Reset"));
            assert_eq!(bare, None, "{theme:?} after {keys:?}");
        }
    }
}

#[test]
fn each_theme_says_the_same() {
    for keys in ["", "enter", "b", "s", "?"] {
        let said = ThemeName::iter().map(|theme| {
            let mut stage = stage_with(120, 36, preferring(theme));
            stage.press(keys);
            text(&shown(&mut stage, ColorDepth::True))
        });
        let said: Vec<_> = said.collect();
        assert!(said.iter().all(|other| *other == said[0]), "after {keys:?}");
    }
}

#[rstest]
#[case::wide(120, 36)]
#[case::narrow(80, 24)]
fn the_menu_of_themes(#[case] width: u16, #[case] height: u16) {
    let mut stage = stage_with(width, height, preferring(ThemeName::Light));
    stage.press(": t h e m e enter");
    let buffer = shown(&mut stage, ColorDepth::True);
    assert_snapshot!(format!("themes_{width}x{height}"), text(&buffer));
    let before = looks(&buffer, "name").bg;
    stage.press("d");
    assert_eq!(stage.app.theme(), ThemeName::Dark);
    assert_ne!(looks(&shown(&mut stage, ColorDepth::True), "name").bg, before);
}

#[test]
fn a_theme_is_chosen_by_its_name() {
    let mut stage = Bare::with_users(3);
    let typed = |stage: &mut Bare, words: &str| {
        stage.press(":").send(crate::app::Event::Paste(words.into())).press("enter");
    };
    typed(&mut stage, "theme high-contrast");
    assert_eq!((stage.app.theme(), stage.app.dialog().is_none()), (ThemeName::HighContrast, true));
    typed(&mut stage, "theme drak");
    assert_eq!(
        (stage.app.theme(), stage.notice()),
        (ThemeName::HighContrast, "There is no theme \"drak\"; did you mean dark?")
    );
}

#[test]
fn where_there_are_no_colours_there_is_no_theme_to_choose() {
    let mut stage = Bare::begin_in_colors(ColorDepth::None);
    stage.press(": t h e m e enter");
    assert!(
        stage.app.dialog().is_none() && stage.notice().starts_with("There are no colours here"),
        "{}",
        stage.notice()
    );
}
