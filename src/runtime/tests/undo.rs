//! What can be taken back, found in the log of what was really done.

use crate::{
    app::{
        Act, Change, ChangeId, Fetch, Fetched, Grounds, Person, RecordId, Restoration, RestrictionChange, Retrace,
        Step,
        act::{FieldChange, FieldValue, ProfileAct, ProfileField, RestrictionAct, RestrictionList},
        job::{JobAct, JobReport, JobRequest, JobState, Plan, Target as Whom},
    },
    clerk::{
        model::{Received, User},
        query::{PageLimit, PageStart, UserPage, UserQuery},
    },
    emulator::Options,
    runtime::{Perform, Performer, Restraint, Target},
};
use tempfile::TempDir;
use tokio::sync::mpsc::UnboundedReceiver;

async fn users(demo: &Performer) -> Vec<Received<User>> {
    let page = UserPage { start: PageStart::FIRST, limit: PageLimit::MAX };
    let fetched = demo.fetch(Fetch::Users { query: UserQuery::default(), page }).await.unwrap();
    let Fetched::Users(users) = fetched else { panic!("{fetched:?}") };
    users
}

async fn step(demo: &Performer, way: Retrace) -> Step {
    let Fetched::Step(step) = demo.fetch(Fetch::Step(way)).await.unwrap() else { panic!("no step") };
    step
}

async fn change(demo: &Performer, act: Act, user: &User, grounds: Grounds) {
    let (id, person) = (ChangeId(1), Person::of(user));
    demo.change(Change { id, act, user: user.id.clone(), person, grounds }).await.unwrap();
}

async fn carry_out(demo: &Performer, reports: &mut UnboundedReceiver<JobReport>, plan: Plan) {
    demo.ask_of_job(JobRequest::Begin(Box::new(plan))).await.unwrap();
    while reports.recv().await.unwrap().state != JobState::Ended {}
}

#[tokio::test]
async fn a_job_is_taken_back_for_those_whom_it_changed_and_done_again() {
    let state = TempDir::new().unwrap();
    let options = Options { users: 12, ..Options::default() };
    let mut demo = Performer::new(Target::Demo(options), state.path().to_owned(), Restraint::default());
    let mut reports = demo.job_reports().unwrap();
    let before = users(&demo).await;
    let fresh: Vec<_> = before.iter().filter(|user| !user.banned).map(|user| user.id.clone()).collect();
    change(&demo, Act::Ban, before.iter().find(|user| user.id == fresh[0]).unwrap(), Grounds::default()).await;
    let targets: Vec<_> = before.iter().map(|user| Whom::of(user)).collect();
    let plan = Plan { act: JobAct::Ban, targets, grounds: Grounds::default(), chosen: "by hand".into() };
    carry_out(&demo, &mut reports, plan).await;
    assert!(users(&demo).await.iter().all(|user| user.banned));

    let Step::Many { act, targets, chosen, record } = step(&demo, Retrace::Back).await else { panic!("no job") };
    assert_eq!(targets.iter().map(|target| target.id.clone()).collect::<Vec<_>>(), fresh[1..], "the others were so");
    assert!(
        chosen.starts_with("those whom the job") && targets.iter().all(|target| target.person.identifier.is_some())
    );
    let grounds = Grounds { undoes: Some(record), reason: None };
    carry_out(&demo, &mut reports, Plan { act, targets, grounds, chosen }).await;
    let still: Vec<_> = users(&demo).await.into_iter().filter(|user| user.banned).map(|user| user.id.clone()).collect();
    let expected = before.iter().filter(|user| user.banned || user.id == fresh[0]).map(|user| user.id.clone());
    assert_eq!(still, expected.collect::<Vec<_>>());

    let Step::Many { act, targets, .. } = step(&demo, Retrace::Again).await else { panic!("nothing to do again") };
    assert_eq!((act, targets.len()), (JobAct::Ban, fresh.len() - 1));
    let Step::One { act, user, .. } = step(&demo, Retrace::Back).await else { panic!("nothing before the job") };
    assert_eq!((act, &user.id), (Act::Unban, &fresh[0]), "what was done before it comes next");
}

#[tokio::test]
async fn what_fields_held_is_known_at_the_next_start() {
    let state = TempDir::new().unwrap();
    let start = || {
        Performer::new(
            Target::Demo(Options { users: 3, ..Options::default() }),
            state.path().to_owned(),
            Restraint::default(),
        )
    };
    let demo = start();
    let user = users(&demo).await.remove(0);
    let (from, to) = (ProfileField::FirstName.read(&user), FieldValue::Text(Some("Nova".into())));
    let edit = FieldChange { field: ProfileField::FirstName, from: from.clone(), to: to.clone() };
    change(&demo, Act::Profile(ProfileAct::Edit(vec![edit])), &user, Grounds::default()).await;
    drop(demo);
    let Step::One { act, user: found, record } = step(&start(), Retrace::Back).await else { panic!("nothing") };
    let back = FieldChange { field: ProfileField::FirstName, from: to, to: from };
    assert_eq!((act, &found.id), (Act::Profile(ProfileAct::Edit(vec![back])), &user.id));
    assert!(!record.0.is_empty());
}

#[tokio::test]
async fn what_has_no_way_back_is_passed_over() {
    let state = TempDir::new().unwrap();
    let options = Options { users: 3, ..Options::default() };
    let demo = Performer::new(Target::Demo(options), state.path().to_owned(), Restraint::default());
    assert_eq!(step(&demo, Retrace::Back).await, Step::None);
    let all = users(&demo).await;
    change(&demo, Act::Lock, &all[0], Grounds::default()).await;
    change(&demo, Act::Lock, &all[1], Grounds::default()).await;
    change(&demo, Act::Delete { copy: false }, &all[1], Grounds::default()).await;
    change(&demo, Act::SignOut, &all[2], Grounds::default()).await;
    let Step::One { act, user, .. } = step(&demo, Retrace::Back).await else { panic!("nothing") };
    assert_eq!((act, &user.id), (Act::Unlock, &all[0].id), "the second is not there any more");
    assert_eq!(step(&demo, Retrace::Again).await, Step::None);
}

/// Does something to a list, as what led back to it if it did.
async fn restrict(demo: &Performer, act: RestrictionAct, undoes: Option<RecordId>) {
    let grounds = Grounds { undoes, reason: None };
    demo.restrict(RestrictionChange { id: ChangeId(1), act, beside: None, grounds }).await.unwrap();
}

#[tokio::test]
async fn what_was_done_to_a_list_is_taken_back_and_done_again_while_that_can_be() {
    let state = TempDir::new().unwrap();
    let options = Options { users: 3, ..Options::default() };
    let demo = Performer::new(Target::Demo(options), state.path().to_owned(), Restraint::default());
    let block =
        RestrictionAct::Add { to: RestrictionList::Blocklist, identifier: "*@spam.example".into(), notify: false };
    restrict(&demo, block.clone(), None).await;
    let Step::Restriction { act: unblock, record, .. } = step(&demo, Retrace::Back).await else { panic!("a way back") };
    let RestrictionAct::Remove { from: RestrictionList::Blocklist, id, identifier } = &unblock else {
        panic!("{unblock:?}")
    };
    assert!(!id.is_empty() && identifier == "*@spam.example");
    restrict(&demo, unblock, Some(record)).await;
    assert_eq!(step(&demo, Retrace::Back).await, Step::None);
    let Step::Restriction { act: again, record, .. } = step(&demo, Retrace::Again).await else { panic!("again") };
    assert_eq!(again, block);
    restrict(&demo, again, Some(record)).await;
    let Step::Restriction { act: unblock, .. } = step(&demo, Retrace::Back).await else { panic!("a way back") };
    // Somebody else takes it off: nothing of ours is left to take back.
    let clerk = demo.clerk().await.unwrap();
    let RestrictionAct::Remove { id, .. } = &unblock else { panic!("{unblock:?}") };
    clerk.restrictions().unblock(id).await.unwrap();
    assert_eq!(step(&demo, Retrace::Back).await, Step::None);
}

#[tokio::test]
async fn who_was_deleted_is_made_anew_from_the_copy_also_at_a_later_start() {
    let state = TempDir::new().unwrap();
    let options = Options { users: 3, ..Options::default() };
    let demo = Performer::new(Target::Demo(options), state.path().to_owned(), Restraint::default());
    // The newest belongs to most organizations.
    let user = users(&demo).await.pop().unwrap();
    change(&demo, Act::Delete { copy: true }, &user, Grounds::default()).await;
    let Step::Restoration(deleted) = step(&demo, Retrace::Back).await else { panic!("a way back") };
    assert_eq!(deleted.user, user.id);
    let grounds = Grounds { undoes: Some(deleted.record.clone()), reason: None };
    demo.restore(Restoration { id: ChangeId(2), deleted: *deleted, grounds }).await.unwrap();
    assert_eq!(step(&demo, Retrace::Back).await, Step::None);
    assert_eq!(step(&demo, Retrace::Again).await, Step::None, "nobody is deleted by doing again");
}

#[tokio::test]
async fn whom_a_job_has_deleted_is_told_with_the_way_back() {
    let state = TempDir::new().unwrap();
    let options = Options { users: 5, ..Options::default() };
    let mut demo = Performer::new(Target::Demo(options), state.path().to_owned(), Restraint::default());
    let mut reports = demo.job_reports().unwrap();
    let all = users(&demo).await;
    change(&demo, Act::Lock, &all[4], Grounds::default()).await;
    let plan = |copies: bool, whom: &[Received<User>]| Plan {
        act: JobAct::Delete { copies },
        targets: whom.iter().map(|user| Whom::of(user)).collect(),
        grounds: Grounds::default(),
        chosen: "by hand".into(),
    };
    carry_out(&demo, &mut reports, plan(true, &all[..2])).await;
    let Step::Deletions { job, users } = step(&demo, Retrace::Back).await else { panic!("a way back") };
    assert!(users == 2 && job.contains("-delete-"), "{job}");
    carry_out(&demo, &mut reports, plan(false, &all[2..3])).await;
    assert_eq!(step(&demo, Retrace::Back).await, Step::Deletions { job, users }, "without copies there is no way back");
}
