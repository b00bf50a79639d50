//! Metadata: edited here or in an editor outside, compared, merged or replaced, and put back.

use super::{Stage, stage::user};
use crate::{
    app::{
        Act, Dialog, Effect, Event, Failure,
        act::{MetadataAct, Sending},
        dialog::{Confirm, MetadataForm},
        tests::stage::refused_at,
    },
    clerk::model::User,
};
use serde_json::json;

fn form(stage: &Stage) -> &MetadataForm {
    match stage.app.dialog() {
        Some(Dialog::Metadata(form)) => form,
        other => panic!("{other:?}"),
    }
}

fn question(stage: &Stage) -> &Confirm {
    match stage.app.dialog() {
        Some(Dialog::Confirm(confirm)) => confirm,
        other => panic!("{other:?}"),
    }
}

fn sent(stage: &Stage) -> &MetadataAct {
    match stage.changes.last().map(|change| &change.act) {
        Some(Act::Metadata(act)) => act,
        other => panic!("{other:?}"),
    }
}

/// The first of these users has this in the public bag.
fn stage(public: &serde_json::Value) -> Stage {
    let mut stage = Stage::begin();
    let public_metadata = public.as_object().cloned().expect("an object");
    stage.answer_list([User { public_metadata, ..user(0) }, user(1)]).rest();
    stage
}

#[test]
fn only_what_differs_is_merged_and_it_can_be_put_back() {
    let mut stage = stage(&json!({ "plan": "free", "old": 1 }));
    stage.press("m").send(Event::Edited(Ok("{\"plan\": \"pro\", \"seats\": 3}\n".into()))).press("ctrl-s");
    assert_eq!(stage.question(), "Change the metadata of Person 0?");
    let told: Vec<_> = question(&stage).differences().iter().map(ToString::to_string).collect();
    assert_eq!(told, ["public.old goes, was 1", "public.plan becomes \"pro\", was \"free\"", "public.seats becomes 3"]);
    stage.press("enter");
    assert_eq!((sent(&stage).sending, sent(&stage).bags.len()), (Sending::Merge, 1), "the others are not touched");
    let public_metadata = sent(&stage).bags[0].to.clone();
    stage.succeed(User { public_metadata, ..user(0) });
    assert!(stage.app.dialog().is_none(), "the dialog closes once it is done");
    stage.press("u");
    assert_eq!(stage.question(), "Undo: change the metadata of Person 0?");
}

#[test]
fn typing_is_text_and_the_sending_is_chosen_behind_the_bags() {
    let mut stage = stage(&json!({}));
    stage.press("m").send(Event::Paste("\"a\": null".into())).press("ctrl-s");
    let fault = form(&stage).bags()[0].fault.as_deref();
    assert_eq!(fault, Some("A null cannot be merged in: replace the whole bag instead."));
    stage.press("shift-tab space enter");
    assert_eq!(stage.question(), "Replace the metadata of Person 0?");
    stage.press("esc esc . r");
    assert_eq!(form(&stage).sending(), Sending::Replace, "the menu has it chosen already");
}

#[test]
fn enter_and_the_arrows_move_in_the_text() {
    let mut stage = stage(&json!({}));
    stage.press("m enter");
    assert_eq!(form(&stage).bags()[0].text.text(), "{\n  \n}");
    stage.press("down down");
    assert_eq!(form(&stage).cursor(), 1, "behind the last line comes the next bag");
    stage.press("tab tab tab");
    assert_eq!(form(&stage).cursor(), 0);
}

#[test]
fn an_editor_outside_gets_the_bag_and_gives_it_back() {
    let mut stage = stage(&json!({ "plan": "free" }));
    stage.press("m ctrl-o");
    let text = "{\n  \"plan\": \"free\"\n}".to_owned();
    assert!(stage.last.contains(&Effect::Edit { name: "public_metadata", text }));
    stage.send(Event::Edited(Ok("{\n  \"plan\": pro\n}\n".into())));
    let bag = &form(&stage).bags()[0];
    assert_eq!(bag.fault.as_deref(), Some("Line 2, column 11: expected value."));
    stage.press("ctrl-o");
    assert!(
        matches!(stage.last.as_slice(), [Effect::Edit { text, .. }, ..] if text.contains("pro")),
        "nothing is lost"
    );
    stage.send(Event::Edited(Err(Failure::Editor("the editor ended with exit code 1".into()))));
    let bag = &form(&stage).bags()[0];
    assert_eq!(bag.fault.as_deref(), Some("Nothing was taken over: the editor ended with exit code 1."));
    assert!(bag.text.text().contains("pro"));
    stage.press("shift-tab ctrl-o");
    assert_eq!(stage.notice(), "Go to one of the bags first.");
}

#[test]
fn what_clerk_refuses_is_said_at_its_bag_and_nothing_typed_is_lost() {
    let mut stage = stage(&json!({}));
    stage.press("m tab").send(Event::Paste("\"a\": 1".into())).press("ctrl-s enter");
    stage.fail_change(refused_at("private_metadata", "is too large"));
    let form = form(&stage);
    assert_eq!((form.cursor(), form.bags()[1].fault.as_deref()), (1, Some("is too large")));
    assert_eq!(form.bags()[1].text.text(), "{\"a\": 1}");
    stage.press("esc");
    assert!(stage.app.notice().is_none() && matches!(stage.app.dialog(), Some(Dialog::Metadata(_))));
}

#[test]
fn what_is_edited_after_it_was_sent_outlives_the_answer() {
    let mut stage = stage(&json!({}));
    stage.press("m").send(Event::Paste("\"a\": 1".into())).press("ctrl-s enter");
    stage.send(Event::Paste(",\"b\": 2".into()));
    stage.succeed(user(0));
    assert_eq!(form(&stage).bags()[0].text.text(), "{\"a\": 1,\"b\": 2}");
}

#[test]
fn a_long_list_of_differences_scrolls_to_its_last() {
    let many: serde_json::Map<_, _> = (0..40).map(|number| (format!("key{number}"), json!(number))).collect();
    let mut stage = stage(&json!({}));
    stage.press("m").send(Event::Edited(Ok(json!(many).to_string()))).press("ctrl-s j j k");
    assert_eq!(question(&stage).scrolled(), 1);
    stage.press("G j");
    assert_eq!(question(&stage).scrolled(), 39);
    stage.press("g k");
    assert_eq!(question(&stage).scrolled(), 0);
}
