//! Forms, metadata and pictures: typing, and what differs.

use super::{looks, screen, screens::snapshot, stage, text};
use crate::app::Fetched;
use rstest::rstest;

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
#[case::largest((200, 60))]
fn the_metadata(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 6 / s e enter");
    snapshot("metadata", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn editing_a_user(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("e tab tab backspace tab tab tab tab tab tab backspace enter");
    snapshot("edit", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn editing_metadata(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("m tab backspace ctrl-s");
    snapshot("edit_metadata", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn choosing_how_metadata_is_sent(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("m shift-tab space");
    snapshot("metadata_sending", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_change_of_metadata_asks_with_what_differs(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    let evil = "a \u{1b}[31mred\u{202e} value that is so long that it needs more than a row";
    let public = serde_json::json!({ "plan": { "name": "pro", "seats": 12 }, "note": evil, "tags": [1], "new": {} });
    stage.press("m").send(crate::app::Event::Edited(Ok(public.to_string()))).press("ctrl-s");
    snapshot("metadata_confirm", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_long_list_of_differences_tells_what_is_out_of_sight(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    let keys: serde_json::Map<_, _> = (0..60).map(|number| (format!("key{number}"), number.into())).collect();
    let text = serde_json::Value::from(keys).to_string();
    stage.press("m").send(crate::app::Event::Edited(Ok(text))).press("ctrl-s j j");
    snapshot("metadata_confirm_long", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn naming_a_picture(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    let names = (1..=9).map(|number| format!("ada {number}.png")).chain(["evil\u{202e}/".into(), "zoo/".into()]);
    stage.press(". i").send(crate::app::Event::Paste("~/Pictures/".into())).press("tab");
    stage.answer(crate::app::SlotId::File, Fetched::FileNames(names.collect()));
    snapshot("picture", size, stage);
}

#[test]
fn what_is_wrong_with_a_picture_is_said_below_its_name() {
    let mut stage = stage(80, 24);
    stage.press(". i x enter");
    let failure = crate::app::Failure::File { path: "x".into(), reason: "it is no JPEG, PNG, GIF or WebP".into() };
    stage.fail(crate::app::SlotId::File, failure);
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("Not taken: it is no JPEG, PNG, GIF or WebP."), "{shown}");
}

#[test]
fn what_differs_has_its_sign_and_its_colour() {
    let mut stage = stage(120, 36);
    let public = "{\"beta\": true, \"plan\": {\"name\": \"pro\"}, \"new\": 1}".to_owned();
    stage.press("m").send(crate::app::Event::Edited(Ok(public))).press("ctrl-s");
    let buffer = screen(&mut stage);
    let theme = crate::ui::Theme::colored();
    for (row, style) in
        [("+ public.new", theme.done), ("- public.tags", theme.failed), ("~ public.plan.name", theme.pending)]
    {
        assert_eq!(looks(&buffer, row).fg, style.fg, "{row}");
    }
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_new_user(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("n a d a tab tab tab tab tab s e c r e t enter shift-tab shift-tab shift-tab");
    snapshot("new_user", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn an_edit_asks(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("e tab tab backspace tab x enter");
    snapshot("edit_confirm", size, stage);
}

#[test]
fn a_password_is_typed_as_stars() {
    let mut stage = stage(120, 36);
    stage.press(". s h u n t e r 2");
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("*******") && !shown.contains("hunter2"), "{shown}");
}
