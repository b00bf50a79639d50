//! Forms: what is typed, asked for, sent, and kept when it fails.

use super::{
    Stage,
    stage::{received, refused_at, user},
};
use crate::{
    app::{
        Act, Changed, Dialog, Effect, Event, Focus, Made, RecordId, Reply, SlotId,
        act::{FieldChange, FieldValue, PasswordAct, ProfileAct, ProfileField, SetPassword},
        dialog::Form,
        new_user::TypedPassword,
    },
    clerk::{model::User, users::PasswordHasher},
};
use strum::VariantNames;

fn form(stage: &Stage) -> Option<&Form> {
    match stage.app.dialog() {
        Some(Dialog::Form(form)) => Some(form),
        _ => None,
    }
}

fn text(value: &str) -> FieldValue {
    FieldValue::Text(Some(value.to_owned()))
}

#[test]
fn an_edit_is_typed_asked_sent_told_and_taken_back() {
    let mut stage = Stage::with_users(3);
    stage.press("e tab A d a enter");
    assert_eq!(stage.question(), "Change Person 0?");
    assert!(stage.changes.is_empty(), "nothing is sent before the question is answered");
    stage.press("enter");
    let change = FieldChange { field: ProfileField::LastName, from: FieldValue::Text(None), to: text("Ada") };
    assert_eq!(stage.changes[0].act, Act::Profile(ProfileAct::Edit(vec![change.clone()])));
    assert!(form(&stage).is_some(), "the form waits for the answer");
    stage.succeed(User { last_name: Some("Ada".into()), ..user(0) });
    assert!(form(&stage).is_none());
    assert_eq!(stage.notice(), "Changed Person 0: last name.");
    stage.press("u");
    assert_eq!(stage.question(), "Undo: change Person 0 Ada?");
    stage.press("enter");
    let back = FieldChange { from: change.to, to: change.from, ..change };
    assert_eq!(stage.changes[1].act, Act::Profile(ProfileAct::Edit(vec![back])));
}

#[test]
fn what_clerk_refuses_is_said_at_its_field_and_nothing_typed_is_lost() {
    let mut stage = Stage::with_users(3);
    stage.press("e tab tab g r a c e shift-tab shift-tab h enter enter");
    stage.fail_change(refused_at("username", "That username is taken."));
    let form = form(&stage).unwrap();
    let field = &form.fields()[form.cursor()];
    assert_eq!((field.parameter, field.fault.as_deref()), ("username", Some("That username is taken.")));
    assert_eq!(field.input.text(), "grace");
    assert_eq!(form.fields()[0].input.text(), "Person 0h");
    assert!(stage.notice().contains("was not changed"));
    stage.press("esc");
    assert!(stage.app.notice().is_none() && self::form(&stage).is_some(), "esc dismisses what has been read, first");
    stage.press("a");
    assert_eq!(self::form(&stage).unwrap().fields()[2].fault, None, "typing takes the fault away");
}

#[test]
fn esc_leaves_the_question_and_then_the_form() {
    let mut stage = Stage::with_users(3);
    stage.press("e x enter esc");
    assert!(form(&stage).is_some());
    stage.press("esc");
    assert!(stage.app.dialog().is_none() && stage.changes.is_empty());
}

#[test]
fn every_printable_key_is_text_in_a_form() {
    let mut stage = Stage::with_users(3);
    stage.press("e tab j q ? / b d");
    assert_eq!(form(&stage).unwrap().fields()[1].input.text(), "jq?/bd");
    assert!(!stage.last.contains(&Effect::Quit));
}

#[test]
fn an_email_address_takes_the_place_of_all() {
    let mut stage = Stage::with_users(3);
    stage.press(". e a @ b . c enter");
    assert_eq!(stage.question(), "Give Person 0 the email address a@b.c?");
    stage.press("enter").succeed_with(Made::Done);
    assert!(stage.fetch(SlotId::ReadBack).is_some(), "the user is read again");
    stage.press("u");
    assert_eq!(stage.question(), "Undo: give Person 0 the email address person0@example.com?");
}

#[test]
fn a_password_is_in_no_debug_output_on_its_way() {
    let mut stage = Stage::with_users(3);
    stage.press(". s h u n t e r 2 enter");
    assert!(!format!("{:?}", stage.app).contains("hunter2"));
    stage.press("enter");
    let set = SetPassword { password: TypedPassword::Plain("hunter2".into()), skip_checks: false, sign_out: false };
    assert_eq!(stage.changes[0].act, Act::Password(PasswordAct::Set(set)));
    assert!(!format!("{:?}", stage.changes).contains("hunter2"));
}

#[test]
fn what_nobody_has_cannot_be_verified() {
    let mut stage = Stage::with_users(3);
    stage.press(". v x enter");
    assert!(form(&stage).is_some() && stage.changes.is_empty());
    assert_eq!(stage.notice(), "There is no password.");
}

#[test]
fn somebody_elses_change_to_the_field_is_told_before_anything_is_sent() {
    let mut stage = Stage::with_users(3);
    stage.press("enter r e h enter");
    let other = User { first_name: Some("Other".into()), ..user(0) };
    stage.answer(SlotId::DetailUser, crate::app::Fetched::User(Box::new(super::stage::received(other))));
    let Some(Dialog::Confirm(confirm)) = stage.app.dialog() else { panic!("no question") };
    assert!(confirm.changed_meanwhile());
}

#[test]
fn what_a_user_may_do_is_chosen_with_space() {
    let mut stage = Stage::with_users(3);
    stage.press("e");
    let form = form(&stage).unwrap();
    let place = form.fields().iter().position(|field| field.parameter == "delete_self_enabled").unwrap();
    stage.press(&"tab ".repeat(place)).press("space enter");
    assert_eq!(stage.question(), "Change Person 0?");
    stage.press("enter");
    let Act::Profile(ProfileAct::Edit(changes)) = &stage.changes[0].act else { panic!("no edit") };
    let (from, to) = (FieldValue::Flag(user(0).delete_self_enabled), FieldValue::Flag(!user(0).delete_self_enabled));
    assert_eq!(changes.as_slice(), [FieldChange { field: ProfileField::DeleteSelfEnabled, from, to }]);
}

#[test]
fn what_is_one_of_few_is_chosen_with_space() {
    let mut stage = Stage::with_users(3);
    stage.press("n a @ b . c");
    let index = |parameter: &str, stage: &Stage| {
        form(stage).unwrap().fields().iter().position(|field| field.parameter == parameter).unwrap()
    };
    let hasher = index("password_hasher", &stage);
    stage.press(&"tab ".repeat(hasher)).press("space space");
    let text_of = |index: usize, stage: &Stage| form(stage).unwrap().fields()[index].input.text().to_owned();
    assert_eq!(text_of(hasher, &stage), PasswordHasher::VARIANTS[1]);
    let may_delete = index("delete_self_enabled", &stage);
    stage.press(&"tab ".repeat(may_delete - hasher));
    for (key, chosen) in
        [("space", "yes"), ("space", "no"), ("space", ""), ("y", "yes"), ("x", "yes"), ("backspace", ""), ("n", "no")]
    {
        stage.press(key);
        assert_eq!(text_of(may_delete, &stage), chosen, "{key}");
    }
    stage.press("enter");
    let digest = index("password_digest", &stage);
    assert_eq!(form(&stage).unwrap().fields()[digest].fault.as_deref(), Some("Type the digest too."));
    stage.press("x enter");
    let asked = &stage.creations[0].1;
    assert_eq!(asked.delete_self_enabled, Some(false));
    assert!(
        matches!(&asked.password, Some(TypedPassword::Digest { hasher, .. }) if hasher.as_str() == PasswordHasher::VARIANTS[1])
    );
    assert!(!format!("{asked:?}").contains("\"x\""), "a digest is a secret");
}

#[test]
fn a_user_is_created_once_and_opened() {
    let mut stage = Stage::with_users(3);
    stage.press("n enter");
    assert_eq!(form(&stage).unwrap().fields()[0].fault.as_deref(), Some("Type something to sign in by."));
    stage.press("a @ b . c enter enter");
    assert_eq!(stage.creations.len(), 1, "twice would be two users");
    let (id, asked) = stage.creations[0].clone();
    assert_eq!((asked.email_address.as_deref(), asked.call().as_str()), (Some("a@b.c"), "a@b.c"));
    let made = Made::User(Box::new(received(user(7))));
    let changed =
        Changed { made, trace_id: None, record: RecordId("1".into()), unrecorded_outcome: None, active_sessions: None };
    stage.send(Event::Reply(Reply::Changed { id, result: Ok(changed) }));
    assert_eq!((form(&stage).is_none(), stage.notice()), (true, "Created a@b.c."));
    assert_eq!((stage.app.focus(), stage.app.subject().unwrap().id.as_str()), (Focus::Detail, "user_7"));
    assert!(stage.fetch(SlotId::List).is_some() && stage.fetch(SlotId::AllUsers).is_some());
}

#[test]
fn a_user_who_was_not_created_can_be_typed_on() {
    let mut stage = Stage::with_users(3);
    stage.press("n a @ b . c enter");
    let (id, _) = stage.creations[0].clone();
    stage.send(Event::Reply(Reply::Changed { id, result: Err(refused_at("email_address", "Taken.")) }));
    assert_eq!(form(&stage).unwrap().fields()[0].fault.as_deref(), Some("Taken."));
    assert_eq!(stage.notice(), "a@b.c was not created: Taken.");
    stage.press("d enter");
    assert_eq!(stage.creations.len(), 2);
    stage.press("esc q");
    assert!(!stage.last.contains(&Effect::Quit), "the request under way is waited for");
}
