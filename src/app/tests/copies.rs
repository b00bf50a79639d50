//! Recovery copies: the box in the dialog, the way back from a deletion, and the list of copies.

use super::stage::{NOW, Stage, received, user};
use crate::{
    app::{
        Act, Changed, CopyAct, Deleted, Dialog, Effect, Event, Failure, Fetch, Fetched, LeftOut, Lost, Made,
        NoticeKind, Person, RecordId, Reply, Restoration, SlotId, Step, Work, dialog::Matter,
    },
    clerk::model::{User, UserId},
};

fn deleted(number: usize) -> Deleted {
    let user = user(number);
    Deleted {
        person: Person::of(&user),
        lost: Lost::of(&user),
        user: user.id,
        at: NOW,
        by: "kim on laptop".to_owned(),
        memberships: Some(number),
        record: RecordId(format!("deletion {number}")),
        restored_as: None,
    }
}

/// With the list of copies open.
fn with_copies(copies: Vec<Deleted>) -> Stage {
    let mut stage = Stage::with_users(3);
    stage.press(":").send(Event::Paste("trash".into()));
    stage.press("enter");
    assert_eq!(stage.fetch(SlotId::Trash), Some(&Fetch::Trash));
    stage.answer(SlotId::Trash, Fetched::Trash(copies));
    stage
}

fn restoration(stage: &Stage) -> Option<Restoration> {
    stage.last.iter().find_map(|effect| match effect {
        Effect::Work(work) => match &**work {
            Work::Restore(restoration) => Some(restoration.clone()),
            _ => None,
        },
        _ => None,
    })
}

fn end(stage: &mut Stage, restoration: &Restoration, result: Result<Vec<LeftOut>, Failure>) {
    let made = |left_out| Made::Restored {
        user: Box::new(received(User { id: UserId::from("user_new"), ..user(7) })),
        left_out,
    };
    let changed = |left_out| Changed {
        made: made(left_out),
        trace_id: Some("trace".into()),
        record: RecordId("restored".into()),
        unrecorded_outcome: None,
        active_sessions: None,
    };
    stage.send(Event::Reply(Reply::Changed { id: restoration.id, result: result.map(changed) }));
}

fn delete(stage: &mut Stage) {
    stage.send(Event::Paste("person0@example.com".into())).press("enter");
}

fn undo_words(stage: &Stage) -> String {
    let Some(Dialog::Confirm(confirm)) = stage.app.dialog() else { panic!("no question") };
    confirm.words(stage.now, &stage.app.settings().time_zone).undo
}

#[test]
fn a_copy_is_kept_unless_its_tick_is_taken_away() {
    let mut stage = Stage::with_users(1);
    stage.press("d");
    assert!(undo_words(&stage).starts_with("u makes a new user of the copy, for 30 days; without user id"));
    // Past the reason, to the box.
    stage.press("tab tab space");
    assert_eq!(undo_words(&stage), "none; nothing of the user is kept here either");
    stage.press("tab");
    delete(&mut stage);
    assert_eq!(stage.changes[0].act, Act::Delete { copy: false });
    stage.succeed_with(Made::Deleted);
    assert!(matches!(stage.app.notice().unwrap().kind, NoticeKind::Success { undo: false, .. }));
    stage.press("u").answer(SlotId::Step, Fetched::Step(Step::None));
    assert_eq!(stage.notice(), "There is nothing to undo.");
}

#[test]
fn undo_makes_a_new_user_of_the_copy_once() {
    let mut stage = Stage::with_users(1);
    stage.press("d");
    delete(&mut stage);
    assert_eq!(stage.changes[0].act, Act::Delete { copy: true });
    stage.succeed_with(Made::Deleted);
    assert!(matches!(stage.app.notice().unwrap().kind, NoticeKind::Success { undo: true, .. }));
    stage.press("u");
    assert_eq!(stage.question(), "Restore Person 0?");
    stage.press("enter");
    let sent = restoration(&stage).expect("it is sent");
    assert_eq!((sent.deleted.user.as_str(), &sent.grounds.undoes), ("user_0", &Some(RecordId("record 1".into()))));
    stage.press("u enter");
    assert!(restoration(&stage).is_none(), "not twice");
    assert_eq!(stage.notice(), "Nothing was sent: they are being restored already.");
    end(&mut stage, &sent, Ok(Vec::new()));
    assert_eq!(stage.notice(), "Restored Person 0 as a new user.");
    stage.press("u").answer(SlotId::Step, Fetched::Step(Step::None));
    assert_eq!(stage.notice(), "There is nothing to undo.");
}

#[test]
fn what_is_refused_or_left_out_is_told_and_stays() {
    let mut stage = with_copies(vec![deleted(5)]);
    stage.press("enter enter");
    let sent = restoration(&stage).expect("it is sent");
    end(&mut stage, &sent, Err(Failure::Trash("nobody was restored: user_5 is still there".into())));
    assert_eq!(stage.notice(), "Person 5 was not restored: nobody was restored: user_5 is still there");
    stage.answer(SlotId::Trash, Fetched::Trash(vec![deleted(5)])).press("enter enter");
    let sent = restoration(&stage).expect("it can be tried again");
    let left = LeftOut { what: "the membership of Acme".into(), reason: "there is no such organization.".into() };
    end(&mut stage, &sent, Ok(vec![left]));
    let told = "Person 5 is restored in part: left out: the membership of Acme (there is no such organization)";
    assert_eq!(stage.notice(), told);
    assert!(stage.app.notice().unwrap().is_failure(), "it stays until it is read");
}

#[test]
fn the_chosen_copy_is_asked_about_and_thrown_away() {
    let mut stage = with_copies(vec![deleted(3), deleted(2), deleted(1)]);
    stage.press("j d");
    assert_eq!(stage.question(), "Throw away the copy of Person 2?");
    stage.press("esc");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Trash(_))), "the list stays");
    stage.press("d enter");
    let purged = stage.last.iter().find_map(|effect| match effect {
        Effect::Work(work) => match &**work {
            Work::Purge(id, user) => Some((*id, user.clone())),
            _ => None,
        },
        _ => None,
    });
    let (id, user) = purged.expect("it is done");
    assert_eq!(user.as_str(), "user_2");
    stage.send(Event::Reply(Reply::Purged { id, result: Ok(()) }));
    assert_eq!(stage.notice(), "The copy of Person 2 is thrown away.");
    stage.answer(SlotId::Trash, Fetched::Trash(vec![deleted(3), deleted(1)])).press("enter");
    let Some(Dialog::Confirm(confirm)) = stage.app.dialog() else { panic!("no question") };
    let Matter::Copy { act: CopyAct::Restore, deleted } = confirm.matter() else { panic!("{:?}", confirm.matter()) };
    assert_eq!(deleted.user.as_str(), "user_1");
}

#[test]
fn what_cannot_be_done_with_a_copy_says_why() {
    let mut stage = with_copies(Vec::new());
    stage.press("enter");
    assert_eq!(stage.notice(), "There is no copy here.");
    let mut stage = with_copies(vec![Deleted { restored_as: Some("user_9".into()), ..deleted(1) }]);
    stage.press("enter");
    assert_eq!(stage.notice(), "A user has been made from it already.");
    stage.press("r").fail(SlotId::Trash, Failure::Trash("no".into()));
    assert!(stage.notice() != "no", "the list says it");
}
