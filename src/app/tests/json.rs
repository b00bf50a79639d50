//! The tabs of JSON.

use super::{
    Stage,
    stage::{received, user},
};
use crate::{
    app::{Event, Fetched, Focus, SlotId, json::JsonView},
    clerk::model::User,
};

fn with_metadata() -> Stage {
    let mut stage = Stage::begin();
    let mut ada = user(0);
    ada.public_metadata = serde_json::from_value(serde_json::json!({ "plan": { "seats": 3 }, "tags": [] })).unwrap();
    stage.answer_list([ada, user(1)]).rest();
    stage.press("enter 6");
    stage
}

fn json(stage: &Stage) -> &JsonView {
    stage.app.detail().json().unwrap()
}

fn path(stage: &Stage) -> &str {
    &json(stage).chosen().unwrap().path
}

#[test]
fn metadata_is_gone_through_folded_and_found_in() {
    let mut stage = with_metadata();
    stage.press("j j j");
    assert_eq!(path(&stage), ".public_metadata.plan.seats");
    stage.press("k space");
    assert!(matches!(json(&stage).lines()[2], crate::app::json::JsonRow::Folded(_)));
    stage.press("/ s e a t");
    assert_eq!(path(&stage), ".public_metadata.plan.seats", "what has it is opened");
    stage.press("enter n G esc");
    assert_eq!((stage.app.focus(), json(&stage).find_field().is_none()), (Focus::Detail, true), "one step back");
    stage.press("esc");
    assert_eq!(stage.app.focus(), Focus::List);
}

#[test]
fn every_printable_key_is_text_while_something_is_looked_for() {
    let mut stage = with_metadata();
    stage.press("/ q b 1");
    assert_eq!((json(&stage).find_field().unwrap().text(), stage.app.dialog().is_none()), ("qb1", true));
    stage.send(Event::Paste("tags".into()));
    assert_eq!(json(&stage).find_field().unwrap().text(), "qb1tags");
    stage.press("esc n");
    assert_eq!(stage.notice(), "Nothing has been found here; / looks for something.");
}

#[test]
fn a_refresh_keeps_the_place_and_another_user_begins_anew() {
    let mut stage = with_metadata();
    stage.press("j j r");
    let mut changed = user(0);
    changed.public_metadata = serde_json::from_value(serde_json::json!({ "new": 1, "plan": "free" })).unwrap();
    stage.answer(SlotId::DetailUser, Fetched::User(Box::new(received(changed))));
    assert_eq!(path(&stage), ".public_metadata.plan");
    stage.press("esc j enter");
    assert_eq!((path(&stage), json(&stage).cursor()), (".", 0));
}

#[test]
fn raw_is_the_user_as_it_came() {
    let mut stage = with_metadata();
    stage.press("8 G");
    let text: User = serde_json::from_str(stage.app.subject().unwrap().raw()).unwrap();
    assert_eq!(text.id.as_str(), "user_0");
    assert_eq!(json(&stage).cursor(), json(&stage).lines().len() - 1);
    assert!(json(&stage).entries().iter().any(|entry| entry.path == ".email_addresses[0].email_address"));
}
