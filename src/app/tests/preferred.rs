//! What a person prefers: colours, columns and views are chosen, take effect at once, and are remembered.

use super::stage::{Stage, received, user};
use crate::{
    app::{
        ChosenTheme, Column, Columns, Dialog, Effect, Event, Fetched, Memory, Preferences, Remember, Remembered, Reply,
        SavedView, Showing, SlotId, ThemeName, ViewName,
        dialog::{MenuKind, VIEW_KEYS},
    },
    clerk::{
        InstanceKind,
        query::{OrderField, UserOrder},
    },
};
use ratatui::layout::Size;
use std::time::Duration;

fn typed(stage: &mut Stage, words: &str) {
    stage.press(":").send(Event::Paste(words.into())).press("enter");
}

fn named(name: &str) -> ViewName {
    ViewName::parse(name).unwrap()
}

fn remembering(memory: Memory) -> Stage {
    let preferences = Preferences { memory, ..Preferences::default() };
    let mut stage = Stage::begin_with(InstanceKind::Development, Size::new(120, 36), preferences);
    stage.answer_list((0..3).map(user));
    stage.rest();
    stage
}

fn written(stage: &mut Stage) {
    let memory = stage.app.memory().clone();
    stage.send(Event::Reply(Reply::Remembered(Ok(Remembered { memory, remark: None }))));
}

fn shown(stage: &Stage) -> Vec<Column> {
    stage.app.placed_columns().iter().map(|placed| placed.column).collect()
}

fn searched(stage: &mut Stage, text: &str) {
    stage.press("/").send(Event::Paste(text.into())).press("enter");
    stage.wait(Duration::from_secs(1));
}

#[test]
fn a_chosen_theme_is_remembered() {
    let mut stage = Stage::with_users(3);
    typed(&mut stage, "theme light");
    let chosen = ChosenTheme { name: ThemeName::Light, instead_of: ThemeName::Terminal };
    assert_eq!(stage.remembered, [Remember::Theme(chosen)]);
    let stage = remembering(stage.app.memory().clone());
    assert_eq!(stage.app.theme(), ThemeName::Light);
}

#[test]
fn columns_are_shown_hidden_and_moved_at_once_and_remembered() {
    let mut stage = Stage::with_users(3);
    stage.press("c j space");
    assert_eq!(shown(&stage), [Column::Name, Column::ExternalId, Column::State, Column::Joined, Column::Active]);
    written(&mut stage);
    stage.press("j enter K K");
    assert_eq!(shown(&stage)[..2], [Column::Username, Column::Name]);
    let Some(Dialog::Columns(list)) = stage.app.dialog() else { panic!("it stays open") };
    assert_eq!(list.cursor(), 0, "the cursor goes along");
    stage.press("J esc");
    assert_eq!(shown(&stage)[..2], [Column::Name, Column::Username]);
    let columns = stage.app.columns().clone();
    assert_eq!(stage.app.memory().columns.as_ref(), Some(&columns));
    let again = remembering(stage.app.memory().clone());
    assert_eq!(shown(&again), shown(&stage));
    stage.press("c r");
    assert_eq!(stage.app.columns(), &Columns::default());
}

#[test]
fn name_and_state_stay() {
    let mut stage = Stage::with_users(3);
    stage.press("c space");
    assert!(stage.notice().starts_with("Name and state are always shown"), "{}", stage.notice());
    assert!(stage.remembered.is_empty());
    assert_eq!(stage.app.columns().choices()[0].showing, Showing::Shown);
}

#[test]
fn one_thing_is_written_at_a_time_and_what_fails_is_told() {
    let mut stage = Stage::with_users(3);
    stage.press("c j space j space j space");
    assert_eq!(stage.remembered.len(), 1);
    stage.send(Event::Reply(Reply::Remembered(Err("the disk is full".into()))));
    assert!(stage.notice().contains("the disk is full"), "{}", stage.notice());
    // What came meanwhile is written as it is in the end.
    assert_eq!(stage.remembered.last(), Some(&Remember::Columns(stage.app.columns().clone())));
    assert_eq!(stage.remembered.len(), 2);
}

#[test]
fn leaving_waits_until_everything_is_written() {
    let mut stage = Stage::with_users(3);
    typed(&mut stage, "save all");
    stage.press("q");
    assert!(!stage.last.contains(&Effect::Quit));
    written(&mut stage);
    assert!(stage.last.contains(&Effect::Quit));
}

#[test]
fn a_view_brings_back_search_order_and_columns() {
    let mut stage = Stage::with_users(3);
    searched(&mut stage, "banned:yes ada");
    stage.answer_list([user(1)]);
    stage.press("s a").press("c j space esc");
    typed(&mut stage, "save spam");
    assert_eq!(stage.notice(), "View spam saved.");
    let (columns, query) = (stage.app.columns().clone(), stage.app.list().query().clone());
    let mut stage = remembering(stage.app.memory().clone());
    stage.press("c r esc").press("enter");
    typed(&mut stage, "view spam");
    assert_eq!(stage.app.search().text(), "banned:yes ada");
    assert_eq!((stage.app.columns(), stage.app.list().query()), (&columns, &query));
    assert_eq!(stage.app.list().query().order.by, OrderField::LastActiveAt);
    assert_eq!(stage.app.focus(), crate::app::Focus::List);
    stage.answer(SlotId::List, Fetched::Users(vec![received(user(1))]));
    assert_eq!(stage.app.list().window().rows().len(), 1);
}

#[test]
fn a_view_is_chosen_by_its_key_and_deleted_in_the_menu() {
    let mut stage = Stage::with_users(3);
    stage.press("'");
    assert!(stage.app.dialog().is_none() && stage.notice().starts_with("No view has been saved yet"));
    for (search, name) in [("ada", "one"), ("grace", "two")] {
        searched(&mut stage, search);
        typed(&mut stage, &format!("save {name}"));
        stage.press("esc esc").wait(Duration::from_secs(1));
        written(&mut stage);
    }
    stage.press("' 2");
    assert_eq!((stage.app.search().text(), stage.app.dialog().is_none()), ("grace", true));
    stage.press("' d");
    assert_eq!(stage.notice(), "View one deleted.");
    let Some(Dialog::Menu(menu)) = stage.app.dialog() else { panic!("the menu stays open") };
    assert_eq!((menu.kind(), menu.items().len()), (MenuKind::View, 1));
    assert_eq!(stage.remembered.last(), Some(&Remember::ForgetView(named("one"))));
    stage.press("d");
    assert!(stage.app.dialog().is_none() && stage.app.memory().views.is_empty());
}

#[test]
fn saving_says_what_it_does() {
    let mut stage = Stage::with_users(3);
    let said = |stage: &mut Stage, words: &str| {
        typed(stage, words);
        stage.notice().to_owned()
    };
    assert_eq!(said(&mut stage, "save"), "A view needs a name: save spam.");
    assert_eq!(said(&mut stage, "save two words"), "The name of a view is up to 24 letters, digits, - and _.");
    assert_eq!(said(&mut stage, "save mine"), "View mine saved.");
    assert_eq!(said(&mut stage, "save mine"), "View mine is saved so already.");
    stage.press("S");
    assert_eq!(said(&mut stage, "save mine"), "View mine saved in the place of the one that had this name.");
    assert_eq!(said(&mut stage, "view mien"), "There is no view \"mien\"; did you mean mine?");
    searched(&mut stage, "created:soon");
    stage.press("down");
    stage.send(Event::Drawn);
    assert_eq!(stage.app.focus(), crate::app::Focus::Search, "what is wrong has to be mended");
}

#[test]
fn there_are_no_more_views_than_keys() {
    let view = SavedView { search: String::new(), order: UserOrder::default(), columns: Columns::default() };
    let views = (0..VIEW_KEYS.len()).map(|number| (named(&format!("view-{number}")), view.clone())).collect();
    let mut stage = remembering(Memory { views, ..Memory::default() });
    typed(&mut stage, "save another");
    assert!(stage.notice().starts_with("Not saved: there are 30 views"), "{}", stage.notice());
    assert!(stage.remembered.is_empty());
}

#[test]
fn what_another_program_has_saved_is_there_once_something_is_written() {
    let mut stage = Stage::with_users(3);
    typed(&mut stage, "save mine");
    typed(&mut stage, "theme dark");
    let view = SavedView { search: "x".into(), order: UserOrder::default(), columns: Columns::default() };
    let mut elsewhere = Memory::default();
    elsewhere.take(stage.remembered[0].clone());
    elsewhere.take(Remember::View(named("theirs"), view));
    let remark = Some("It was broken.".to_owned());
    stage.send(Event::Reply(Reply::Remembered(Ok(Remembered { memory: elsewhere, remark }))));
    assert_eq!(stage.notice(), "It was broken.");
    assert_eq!(stage.app.memory().views.len(), 2);
    assert!(stage.app.memory().theme.is_some(), "what is still to be written is not forgotten");
}

#[test]
fn what_has_to_be_said_about_it_is_said_at_the_start() {
    let preferences = Preferences { remark: Some("It was broken.".into()), ..Preferences::default() };
    let stage = Stage::begin_with(InstanceKind::Development, Size::new(120, 36), preferences);
    assert_eq!(stage.notice(), "It was broken.");
}
