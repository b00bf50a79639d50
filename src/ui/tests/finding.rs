//! The search line, the filter form, and picking an organization.

use super::{
    Stage, cast, looks, screen,
    screens::{name, snapshot},
    stage, text,
};
use crate::app::{Fetched, SlotId};
use insta::assert_snapshot;
use ratatui::style::Modifier;
use rstest::rstest;

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn picking_an_organization(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 2");
    cast::answer_the_rest(&mut stage);
    stage.press("n");
    cast::answer_picker(&mut stage);
    stage.press("down down");
    snapshot("picker", size, stage);
}

#[test]
fn a_picker_says_when_it_waits_finds_nothing_or_fails() {
    let mut stage = stage(120, 36);
    stage.press("enter 2 n").wait(std::time::Duration::from_millis(400));
    let shown = |stage: &mut Stage| text(&screen(stage));
    assert!(shown(&mut stage).contains("reading organizations"));
    cast::answer_picker(&mut stage);
    assert!(shown(&mut stage).contains("4 of 70: type to narrow"));
    stage.press("x").wait(std::time::Duration::from_millis(120));
    stage.answer(SlotId::Organizations, Fetched::Organizations(crate::clerk::model::Page::default()));
    assert!(shown(&mut stage).contains("No organization has that in its name"));
    stage.press("y enter").fail(SlotId::Organizations, crate::app::tests::stage::timed_out());
    assert!(shown(&mut stage).contains("The organizations could not be read."));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn typing_a_search(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("/ a d a");
    snapshot("search", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_line_of_filters(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("/").send(crate::app::Event::Paste("ada banned:no created:soon".into()));
    snapshot("filters", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn an_organization_is_looked_up(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("/").send(crate::app::Event::Paste("org:acme banned:no".into()));
    let buffer = screen(&mut stage);
    assert!(text(&buffer).contains("newest first"), "most names are known before that could be read");
    assert!(looks(&buffer, "Adaeze").add_modifier.contains(Modifier::DIM), "they are those of the line before");
    stage.wait(std::time::Duration::from_millis(400));
    assert_snapshot!(name("organization_awaited", size), text(&screen(&mut stage)));
    let page = crate::clerk::model::Page { data: cast::organizations(), total_count: 4 };
    stage.answer(SlotId::Named, Fetched::Organizations(page));
    stage.press("esc /").send(crate::app::Event::Paste("org:o".into()));
    let page = crate::clerk::model::Page { data: cast::organizations(), total_count: 4 };
    stage.answer(SlotId::Named, Fetched::Organizations(page));
    snapshot("organization_unknown", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn the_members_of_an_organization(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 2");
    cast::answer_the_rest(&mut stage);
    stage.press("j enter").answer_list([cast::ada(), person_of(4), person_of(9)]);
    cast::answer_the_rest(&mut stage);
    snapshot("members", size, stage);
}

fn person_of(number: u32) -> crate::clerk::model::User {
    cast::person(number, "Grace", &format!("Number {number}"), &format!("grace{number}@example.com"))
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn the_filter_form(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    let paste = |stage: &mut Stage, fields: usize, text: &str| {
        stage.press(&"tab ".repeat(fields)).send(crate::app::Event::Paste(text.into()));
    };
    stage.press("f");
    for (fields, text) in [(0, "ada"), (8, "acme, -\u{202e}gro.kcah"), (1, "google"), (3, "soon"), (2, "last week")] {
        paste(&mut stage, fields, text);
    }
    stage.press("enter");
    snapshot("filter_form", size, stage);
}

#[test]
fn the_filter_form_shows_what_the_line_says_and_what_it_waits_for() {
    let mut stage = stage(120, 36);
    let line = "ada org:acme active:last-week signed-in:>30d banned:no";
    stage.press("/").send(crate::app::Event::Paste(line.into())).press("enter f");
    stage.wait(std::time::Duration::from_millis(400));
    assert_snapshot!("filter_form_of_a_line_120x36", text(&screen(&mut stage)));
    stage.press("enter").wait(std::time::Duration::from_millis(400));
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("looking up acme"), "{shown}");
}

#[test]
fn filters_are_set_apart_from_words_and_from_what_is_wrong() {
    let mut stage = stage(120, 36);
    stage.press("/").send(crate::app::Event::Paste("ada banned:no created:soon".into()));
    let buffer = screen(&mut stage);
    let theme = crate::ui::Theme::colored();
    assert_eq!(looks(&buffer, "banned:no").fg, theme.filter.fg);
    assert!(looks(&buffer, "banned:no").add_modifier.contains(Modifier::REVERSED));
    assert_eq!(looks(&buffer, "created:soon").fg, theme.wrong.fg);
    assert_ne!(looks(&buffer, "ada banned").fg, theme.filter.fg);
}
