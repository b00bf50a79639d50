//! A picture to upload: its name completed, the file looked at, then asked, then sent.

use super::{Stage, stage::refused_at};
use crate::app::{
    Act, Dialog, Failure, Fetch, Fetched, SlotId,
    act::{ImageAct, Picture},
    dialog::PictureForm,
    tests::stage::user,
};

fn form(stage: &Stage) -> &PictureForm {
    match stage.app.dialog() {
        Some(Dialog::Picture(form)) => form,
        other => panic!("{other:?}"),
    }
}

const PICTURE: Picture = Picture { content_type: "image/png", bytes: 34_000 };

#[test]
fn tab_completes_and_enter_looks_before_anything_is_asked() {
    let mut stage = Stage::with_users(3);
    stage.press(". i ~ / a tab");
    assert_eq!(stage.fetch(SlotId::File), Some(&Fetch::FileNames("~/a".into())));
    stage.answer(SlotId::File, Fetched::FileNames(vec!["ada.png".into(), "adb/".into()]));
    assert_eq!((form(&stage).path().text(), form(&stage).names().len()), ("~/ad", 2));
    stage.press("a");
    assert!(form(&stage).names().is_empty(), "they were of another name");
    stage.press("tab").answer(SlotId::File, Fetched::FileNames(vec!["ada.png".into()])).press("enter");
    assert_eq!(stage.fetch(SlotId::File), Some(&Fetch::Picture("~/ada.png".into())));
    stage.answer(SlotId::File, Fetched::Picture(PICTURE));
    assert_eq!(stage.question(), "Give Person 0 the picture in ~/ada.png?");
    let Some(Dialog::Confirm(confirm)) = stage.app.dialog() else { panic!("no question") };
    let words = confirm.words(stage.now, &stage.app.settings().time_zone);
    assert_eq!(words.now, "PNG, 34 KB; is shown wherever they are");
    stage.press("enter");
    let set = ImageAct::Set { path: "~/ada.png".into(), picture: PICTURE };
    assert_eq!(stage.changes[0].act, Act::Image(set));
    stage.fail_change(refused_at("file", "is no picture"));
    assert_eq!(form(&stage).fault(), Some("is no picture"));
    stage.press("esc enter").answer(SlotId::File, Fetched::Picture(PICTURE)).press("enter").succeed(user(0));
    assert!(stage.app.dialog().is_none());
}

#[test]
fn what_is_no_picture_is_said_at_its_name() {
    let mut stage = Stage::with_users(3);
    stage.press(". i enter");
    assert!(form(&stage).fault().is_some() && stage.fetch(SlotId::File).is_none(), "nothing is no name");
    stage
        .press("x enter")
        .fail(SlotId::File, Failure::File { path: "x".into(), reason: "it is no JPEG, PNG, GIF or WebP".into() });
    assert_eq!(form(&stage).fault(), Some("Not taken: it is no JPEG, PNG, GIF or WebP."));
    assert!(stage.app.notice().is_none() && stage.changes.is_empty(), "it is told once");
}

#[test]
fn an_answer_about_another_name_comes_too_late() {
    let mut stage = Stage::with_users(3);
    stage.press(". i x enter y");
    assert!(stage.fetch(SlotId::File).is_none(), "it is not wanted any more");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Picture(_))));
}
