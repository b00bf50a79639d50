//! Lines instead of keys: commands, numbers, and answers to dialogs.

use super::{
    Stage,
    stage::{sessions, user},
};
use crate::{
    app::{
        Act, Dialog, Effect, Event, Fetched, Focus, SlotId,
        act::{FieldValue, ProfileAct, Sending},
        detail::Tab,
    },
    clerk::model::User,
};

/// Types lines, each after what there is has been told.
fn line(stage: &mut Stage, lines: &[&str]) {
    for line in lines {
        stage.send(Event::Drawn).send(Event::Line((*line).to_owned()));
    }
}

#[test]
fn an_action_is_called_by_name_key_or_palette_word() {
    for words in ["ban", "b", ":ban", "ban 1"] {
        let mut stage = Stage::with_users(3);
        line(&mut stage, &[words]);
        assert_eq!(stage.question(), "Ban Person 0?", "{words}");
    }
    let mut stage = Stage::with_users(3);
    line(&mut stage, &["open", "invitations"]);
    assert_eq!(stage.app.detail().tab(), Tab::Invitations, "a tab by its name");
    line(&mut stage, &[":invitations"]);
    assert!(matches!(stage.app.dialog(), Some(Dialog::Picker(_))), "and a word of the palette behind a colon");
    for words in ["quit", "q", ":q"] {
        let mut stage = Stage::with_users(3);
        line(&mut stage, &[words]);
        assert!(stage.last.contains(&Effect::Quit), "{words}");
    }
    let mut stage = Stage::with_users(3);
    line(&mut stage, &["dance"]);
    assert_eq!(stage.notice(), "There is no command \"dance\"; help tells them all.");
    line(&mut stage, &["more"]);
    assert!(matches!(stage.app.dialog(), Some(Dialog::Menu(_))));
    line(&mut stage, &["no such thing", "remove the picture"]);
    assert_eq!(stage.notice(), "There is no uploaded picture.");
}

#[test]
fn a_number_chooses_and_is_checked() {
    let mut stage = Stage::with_users(3);
    line(&mut stage, &["2"]);
    assert_eq!(stage.selected(), "user_1");
    line(&mut stage, &["lock 3"]);
    assert_eq!(stage.question(), "Lock Person 2?");
    line(&mut stage, &["no", "ban 9"]);
    assert_eq!((stage.notice(), stage.app.dialog().is_none()), ("There is no number 9 here.", true));
    line(&mut stage, &["open 1", "memberships"]);
    assert_eq!((stage.app.focus(), stage.app.detail().tab()), (Focus::Detail, Tab::Memberships));
    line(&mut stage, &["back"]);
    assert_eq!(stage.app.focus(), Focus::List);
}

#[test]
fn only_a_clear_yes_changes_anybody() {
    let mut stage = Stage::with_users(3);
    for refusal in ["", "no", "cancel", "n"] {
        line(&mut stage, &["ban", refusal]);
        assert!(stage.app.dialog().is_none() && stage.changes.is_empty(), "{refusal}");
        assert_eq!(stage.notice(), "Nothing was sent.");
    }
    line(&mut stage, &["ban", "perhaps"]);
    assert_eq!(stage.notice(), "Answer yes or no.");
    // Typed ahead of a question that nobody has been told.
    stage.send(Event::Line("no".into())).send(Event::Drawn);
    stage.send(Event::Line("ban".into())).send(Event::Line("yes".into()));
    assert!(stage.changes.is_empty());
    line(&mut stage, &["yes"]);
    assert_eq!(stage.changes[0].act, Act::Ban);
    stage.succeed(User { banned: true, ..user(0) });
    line(&mut stage, &["undo", "unban"]);
    assert_eq!(stage.changes[1].act, Act::Unban);
}

#[test]
fn deleting_asks_for_the_identifier() {
    let mut stage = Stage::with_users(3);
    line(&mut stage, &["delete"]);
    stage.answer(SlotId::ActiveSessions, sessions(1));
    line(&mut stage, &["yes"]);
    assert_eq!(stage.notice(), "That is not what has to be typed. Or cancel.");
    line(&mut stage, &["person0@example.com"]);
    assert_eq!(stage.changes[0].act, Act::Delete { copy: true });
}

#[test]
fn a_slash_searches_and_tells_what_is_wrong() {
    let mut stage = Stage::with_users(3);
    line(&mut stage, &["/ada"]);
    assert_eq!(stage.app.list().query().filter.query.as_deref(), Some("ada"));
    assert_eq!(stage.app.focus(), Focus::List);
    line(&mut stage, &["search banned:perhaps"]);
    assert!(stage.notice().starts_with("Not looked for: "), "{}", stage.notice());
    line(&mut stage, &["/"]);
    assert!(stage.app.list().query().filter.is_empty());
}

#[test]
fn a_form_is_filled_in_line_by_line() {
    let mut stage = Stage::with_users(3);
    line(&mut stage, &["edit", "", "\\cancel", "done"]);
    line(&mut stage, &["yes"]);
    let Act::Profile(ProfileAct::Edit(changes)) = &stage.changes[0].act else { panic!("{:?}", stage.changes) };
    assert_eq!(changes[0].to, FieldValue::Text(Some("cancel".into())));
    let mut stage = Stage::with_users(3);
    line(&mut stage, &["edit", "-", "cancel"]);
    assert!(stage.app.dialog().is_none() && stage.changes.is_empty());
}

#[test]
fn metadata_is_typed_as_json_and_its_sending_chosen() {
    let mut stage = Stage::with_users(3);
    line(&mut stage, &["edit-metadata", "{", "{\"plan\": 1}", "", "", "3", "2"]);
    assert_eq!(stage.question(), "Replace the metadata of Person 0?");
    line(&mut stage, &["yes"]);
    let Act::Metadata(act) = &stage.changes[0].act else { panic!("{:?}", stage.changes) };
    assert_eq!((act.sending, act.bags.len()), (Sending::Replace, 1));
}

#[test]
fn a_picture_is_named_in_a_line() {
    let mut stage = Stage::with_users(3);
    line(&mut stage, &[".i", "~/ada.png"]);
    let picture = crate::app::act::Picture { content_type: "image/png", bytes: 9 };
    stage.answer(SlotId::File, Fetched::Picture(picture));
    assert_eq!(stage.question(), "Give Person 0 the picture in ~/ada.png?");
}
