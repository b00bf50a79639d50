//! The way back from what the audit log tells, and again from there.

use super::{
    Stage,
    stage::{received, refused, timed_out, user},
};
use crate::app::{
    Act, Deleted, Dialog, Fetch, Fetched, Known, Made, RecordId, Retrace, SlotId, Step,
    act::{RestrictionAct, RestrictionList},
    job::{JobAct, JobRequest, Target},
};
use crate::clerk::model::User;

fn step(act: Act) -> Fetched {
    Fetched::Step(Step::One { act, user: Box::new(received(user(1))), record: RecordId("of-before".into()) })
}

fn question(stage: &Stage) -> String {
    match stage.app.dialog() {
        Some(Dialog::Confirm(confirm)) => {
            let words = confirm.words(stage.now, &stage.app.settings().time_zone);
            confirm.title(&words)
        }
        Some(Dialog::Many(many)) => many.words().question,
        other => panic!("no question: {other:?}"),
    }
}

#[test]
fn what_an_earlier_run_has_done_is_asked_about_and_taken_back_as_such() {
    let mut stage = Stage::with_users(3);
    stage.press("u");
    assert_eq!(stage.fetch(SlotId::Step), Some(&Fetch::Step(Retrace::Back)));
    stage.answer(SlotId::Step, step(Act::Ban));
    assert_eq!(question(&stage), "Undo: ban Person 1?");
    stage.press("enter");
    let change = stage.changes.last().unwrap();
    assert_eq!((&change.act, change.grounds.undoes.as_ref().unwrap().0.as_str()), (&Act::Ban, "of-before"));
}

#[test]
fn what_was_taken_back_is_done_again() {
    let mut stage = Stage::with_users(3);
    stage.press("ctrl-r");
    assert_eq!(stage.fetch(SlotId::Step), Some(&Fetch::Step(Retrace::Again)));
    stage.answer(SlotId::Step, step(Act::Lock));
    assert_eq!(question(&stage), "Redo: lock Person 1?");
}

#[test]
fn what_this_run_has_done_is_not_looked_for() {
    let mut stage = Stage::with_users(3);
    stage.press("b enter");
    let mut banned = user(0);
    banned.banned = true;
    stage.succeed(banned);
    stage.press("u");
    assert!(stage.fetch(SlotId::Step).is_none());
    assert_eq!(question(&stage), "Undo: unban Person 0?");
}

#[test]
fn a_job_is_taken_back_as_a_job_for_those_whom_it_changed() {
    let mut stage = Stage::with_users(3);
    let target = |number: usize| Target { undoes: Some(format!("job/{number}")), ..Target::of(&user(number)) };
    let (act, targets, record) = (JobAct::Unban, vec![target(0), target(1)], RecordId("job".into()));
    let chosen = "those whom the job has changed".to_owned();
    stage.press("u").answer(SlotId::Step, Fetched::Step(Step::Many { act, targets: targets.clone(), chosen, record }));
    assert!(matches!(stage.app.dialog(), Some(Dialog::Many(_))), "{:?}", stage.app.dialog());
    let mut banned: Vec<_> = (0..2).map(user).collect();
    for user in &mut banned {
        user.banned = true;
    }
    if stage.waiting.contains_key(&SlotId::LookUp(0)) {
        stage.answer(SlotId::LookUp(0), Fetched::Users(banned.into_iter().map(received).collect()));
    }
    stage.press("enter");
    let Some((_, JobRequest::Begin(plan))) = stage.job_requests.last() else { panic!("no job was begun") };
    assert_eq!((&plan.act, &plan.targets), (&JobAct::Unban, &targets));
    assert_eq!(plan.grounds.undoes, Some(RecordId("job".into())));
}

#[test]
fn where_there_is_nothing_that_is_said() {
    for (key, words) in [("u", "There is nothing to undo."), ("ctrl-r", "There is nothing to do again.")] {
        let mut stage = Stage::with_users(3);
        stage.press(key).answer(SlotId::Step, Fetched::Step(Step::None));
        assert_eq!(stage.notice(), words);
        assert!(stage.app.dialog().is_none() && stage.fetch(SlotId::Step).is_none());
    }
}

#[test]
fn a_log_that_cannot_be_read_is_told_and_not_asked_again_by_itself() {
    let mut stage = Stage::with_users(3);
    stage.press("u").fail(SlotId::Step, timed_out());
    assert!(!stage.notice().is_empty() && stage.fetch(SlotId::Step).is_none());
}

#[test]
fn the_way_back_from_a_list_and_from_a_deletion_is_asked_about() {
    let mut stage = Stage::with_users(3);
    let block = RestrictionAct::Remove {
        from: RestrictionList::Blocklist,
        id: "blid_1".into(),
        identifier: "*@spam.example".into(),
    };
    let found = Step::Restriction { act: block.clone(), beside: None, record: RecordId("of-before".into()) };
    stage.press("u").answer(SlotId::Step, Fetched::Step(found));
    assert_eq!(question(&stage), "Undo: take *@spam.example off the blocklist?");
    stage.press("enter");
    let change = stage.restrictions.last().unwrap();
    assert_eq!((&change.act, change.grounds.undoes.as_ref().unwrap().0.as_str()), (&block, "of-before"));

    let mut stage = Stage::with_users(3);
    let known = Known::new(received(user(7)), stage.now);
    let deleted = Deleted::just_now(&known, stage.now, RecordId("of-before".into()));
    stage.press("u").answer(SlotId::Step, Fetched::Step(Step::Restoration(Box::new(deleted))));
    assert_eq!(question(&stage), "Restore Person 7?");
}

#[test]
fn what_takes_more_than_a_gesture_is_told() {
    let mut stage = Stage::with_users(3);
    let found = Step::Deletions { job: "20261123T165901-delete-1a2b".into(), users: 3_000 };
    stage.press("u").answer(SlotId::Step, Fetched::Step(found));
    let words = "The last was a job that deleted 3,000 users: \
                 lazyclerk trash restore --job 20261123T165901-delete-1a2b";
    assert_eq!(stage.notice(), words);
    assert!(stage.app.dialog().is_none());
}

#[test]
fn what_cannot_be_taken_off_a_list_any_more_is_not_offered_again() {
    let mut stage = Stage::with_users(3);
    stage.press("b tab tab space y").succeed(User { banned: true, ..user(0) });
    stage.end_restriction(Ok(Made::Listed("blid_1".into())));
    stage.press("u enter").end_restriction(Err(refused(404, "resource_not_found")));
    stage.press("esc u");
    assert_eq!(question(&stage), "Undo: unban Person 0?");
}
