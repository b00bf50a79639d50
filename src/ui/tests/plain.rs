//! What is told where there is no screen.

use super::{Stage, cast, cast::stage};
use crate::{
    app::{Event, SlotId, tests::stage::sessions},
    ui::plain,
};
use insta::assert_snapshot;
use rstest::rstest;

fn told(stage: &Stage) -> String {
    let told = plain::tell(&stage.app, stage.now);
    [told.notice, told.place].concat().join("\n")
}

fn line(stage: &mut Stage, lines: &[&str]) {
    for line in lines {
        stage.send(Event::Drawn).send(Event::Line((*line).to_owned()));
    }
}

#[rstest]
#[case("list", &[])]
#[case("profile", &["open"])]
#[case("memberships", &["open", "memberships"])]
#[case("sessions", &["open", "sessions"])]
#[case("security", &["open", "security"])]
#[case("metadata", &["open", "metadata"])]
#[case("ban", &["ban"])]
#[case("delete", &["delete"])]
#[case("order", &["order"])]
#[case("edit", &["edit", "", "x"])]
#[case("edit_metadata", &["edit-metadata", "{"])]
#[case("sending", &["edit-metadata", "{\"a\": 1}", "", ""])]
#[case("metadata_confirm", &["edit-metadata", "{\"a\": 1}", "done"])]
#[case("picture", &[".i"])]
#[case("unknown", &["dance"])]
fn everything_is_told_in_lines(#[case] name: &str, #[case] lines: &[&str]) {
    let mut stage = stage(120, 17);
    line(&mut stage, lines);
    if stage.fetch(SlotId::ActiveSessions).is_some() {
        stage.answer(SlotId::ActiveSessions, sessions(2));
    }
    cast::answer_the_rest(&mut stage);
    assert_snapshot!(format!("plain_{name}"), told(&stage));
}

#[test]
fn nothing_that_is_told_drives_a_terminal() {
    let mut stage = stage(120, 17);
    line(&mut stage, &["open", "raw"]);
    let told = told(&stage);
    assert!(told.chars().all(|char| char == '\n' || !char.is_control()) && !told.contains('\u{202e}'), "{told}");
}

#[test]
fn of_a_place_that_was_told_only_the_news_are() {
    let lines = |texts: &[&str]| plain::Told {
        which: texts[0].to_owned(),
        place: texts.iter().map(ToString::to_string).collect(),
        notice: Vec::new(),
        work: None,
    };
    let before = lines(&["2 users", "1. Ada, chosen", "2. Eve", "3. Zoe", "4. Kim"]);
    let chosen = lines(&["2 users", "1. Ada", "2. Eve, chosen", "3. Zoe", "4. Kim"]);
    assert_eq!(plain::news(&before, &chosen), ["2. Eve, chosen"]);
    let banned = lines(&["2 users", "1. Ada, banned, chosen", "2. Eve", "3. Zoe", "4. Kim"]);
    assert_eq!(plain::news(&before, &banned), ["1. Ada, banned, chosen"]);
    let other = lines(&["1 user", "1. Ada, chosen"]);
    assert_eq!(plain::news(&before, &other), other.place, "another place is told whole");
    assert!(plain::news(&before, &before).is_empty());
}

#[test]
fn production_is_told_first_and_in_every_question() {
    let mut stage = stage(120, 17);
    assert!(plain::greeting(&stage.app).contains("PRODUCTION"));
    line(&mut stage, &["ban"]);
    assert!(told(&stage).starts_with("On PRODUCTION: Ban "));
}
