use super::{
    Stage,
    jobs::report,
    stage::{instance, received, refused, user},
};
use crate::{
    app::{
        Action, Dialog, Event, Fetch, Fetched, Preferences, Protected, Reply, SlotId,
        act::Bag,
        dialog::{Many, ManyPane},
        job::{Blocking, Counts, JobAct, JobAnswer, JobId, JobReport, JobState, Pause, Plan},
    },
    clerk::{
        InstanceKind,
        model::{Organization, OrganizationId, Page, User, UserId},
    },
};
use ratatui::layout::Size;
use rstest::rstest;
use serde_json::json;

/// The question that is open.
fn question(stage: &Stage) -> &Many {
    match stage.app.dialog() {
        Some(Dialog::Many(many)) => many,
        other => panic!("{other:?}"),
    }
}

/// Answers what the question looks up: everybody is as the stage has them.
fn look_up(stage: &mut Stage) {
    look_up_as(stage, |user| user);
}

fn look_up_as(stage: &mut Stage, is: impl Fn(User) -> User) {
    while let Some((slot, Fetch::Among { users, .. })) = stage
        .waiting
        .iter()
        .find(|(slot, _)| matches!(slot, SlotId::LookUp(_)))
        .map(|(slot, (_, fetch))| (*slot, fetch.clone()))
    {
        let number = |id: &UserId| id.as_str()["user_".len()..].parse().unwrap();
        let found = users.iter().map(|id| received(is(user(number(id))))).collect();
        stage.answer(slot, Fetched::Users(found));
    }
}

fn production(count: usize) -> Stage {
    production_for(count, Preferences::default())
}

fn production_for(count: usize, preferences: Preferences) -> Stage {
    let mut stage = Stage::begin_with(InstanceKind::Production, Size::new(120, 36), preferences);
    stage.answer_list((0..count).map(user));
    stage.answer(SlotId::Instance, Fetched::Instance(instance()));
    stage
}

/// Marks so many, from the first on.
fn mark(stage: &mut Stage, count: usize) {
    for _ in 0..count {
        stage.press("space");
    }
}

fn ids(plan: &Plan) -> Vec<&str> {
    plan.targets.iter().map(|target| target.id.as_str()).collect()
}

#[rstest]
#[case("b", JobAct::Ban, |user| user)]
#[case("B", JobAct::Unban, |user| User { banned: true, ..user })]
#[case("L", JobAct::Lock, |user| user)]
#[case("U", JobAct::Unlock, |user| User { locked: true, ..user })]
#[case("x", JobAct::SignOut, |user| user)]
fn with_marks_a_key_means_the_marked_and_never_who_is_under_the_cursor(
    #[case] key: &str,
    #[case] act: JobAct,
    #[case] is: fn(User) -> User,
) {
    let mut stage = Stage::with_users(5);
    mark(&mut stage, 3);
    assert_eq!(stage.selected(), "user_3", "and that one is not marked");
    stage.press(key);
    look_up_as(&mut stage, is);
    assert_eq!(question(&stage).spared().map(|(id, _)| id.as_str()), Some("user_3"));
    stage.press("enter");
    assert!(stage.app.dialog().is_none() && stage.changes.is_empty());
    let plans = stage.plans();
    let [plan] = plans.as_slice() else { panic!("{plans:?}") };
    assert_eq!((&plan.act, ids(plan), plan.chosen.as_str()), (&act, vec!["user_0", "user_1", "user_2"], "by hand"));
}

#[test]
fn on_production_ten_have_to_be_counted_and_enter_alone_does_nothing() {
    let mut stage = production(20);
    mark(&mut stage, 10);
    stage.press("b");
    look_up(&mut stage);
    stage.press("enter 1 enter");
    assert!(stage.plans().is_empty() && stage.app.dialog().is_some());
    stage.press("0 tab s p a m enter");
    let plans = stage.plans();
    let [plan] = plans.as_slice() else { panic!("{plans:?}") };
    assert_eq!((plan.targets.len(), plan.grounds.reason.as_deref()), (10, Some("spam")));
}

#[test]
fn nine_are_asked_about_by_name_with_one_key() {
    let mut stage = production(20);
    mark(&mut stage, 9);
    stage.press("b y");
    assert_eq!(stage.plans().len(), 1, "all of them are loaded: nobody has to wait");
}

#[test]
fn many_are_deleted_by_typing_verb_and_count() {
    let mut stage = production(20);
    mark(&mut stage, 2);
    stage.press("d 2 enter");
    assert!(stage.plans().is_empty());
    stage.press("backspace d e l e t e space 2 enter");
    assert_eq!(stage.plans()[0].act, JobAct::Delete { copies: true });
}

#[test]
fn the_question_takes_keys_once_it_has_been_drawn() {
    let mut stage = Stage::with_users(5);
    mark(&mut stage, 2);
    stage.press("b").press_undrawn("enter");
    assert!(stage.plans().is_empty() && stage.app.dialog().is_some());
}

#[test]
fn another_count_than_was_drawn_is_not_answered() {
    let mut stage = Stage::with_users(5);
    mark(&mut stage, 2);
    stage.press("b").send(Event::Drawn);
    look_up_as(&mut stage, |user| User { banned: user.id.as_str() == "user_0", ..user });
    stage.press_undrawn("enter");
    assert!(stage.plans().is_empty(), "one was banned meanwhile, and nobody has seen that");
    assert_eq!(question(&stage).people().changed_meanwhile(), 1);
    stage.press("enter");
    assert_eq!(ids(stage.plans()[0]), ["user_1"]);
}

#[test]
fn whoever_is_marked_later_is_not_meant() {
    let mut stage = Stage::with_users(300);
    mark(&mut stage, 2);
    stage.press("b");
    // A refresh that goes on below brings others under the same rows.
    stage.send(Event::Drawn);
    look_up(&mut stage);
    stage.press("enter");
    assert_eq!(ids(stage.plans()[0]), ["user_0", "user_1"]);
    assert_eq!(stage.app.marks().len(), 2, "they stay marked while the job works");
}

#[test]
fn esc_goes_back_from_a_list_to_the_question_and_from_there_to_the_panes() {
    let mut stage = production(20);
    mark(&mut stage, 12);
    stage.press("b tab tab tab tab tab tab");
    stage.press("enter");
    assert_eq!(question(&stage).pane(), ManyPane::Who);
    stage.press("G");
    assert_eq!(question(&stage).cursor(), 11);
    stage.press("esc");
    assert_eq!(question(&stage).pane(), ManyPane::Question);
    stage.press("right enter");
    assert_eq!(question(&stage).pane(), ManyPane::DryRun);
    stage.press("esc esc");
    assert!(stage.app.dialog().is_none() && stage.plans().is_empty());
}

#[test]
fn cancel_is_where_the_keys_come_to_the_buttons() {
    let mut stage = production(20);
    mark(&mut stage, 12);
    stage.press("L 1 2 tab tab enter");
    assert!(stage.app.dialog().is_none() && stage.plans().is_empty());
}

#[test]
fn the_menu_is_of_the_marked() {
    let mut stage = Stage::with_users(5);
    mark(&mut stage, 2);
    stage.press(". a");
    assert_eq!(question(&stage).act(), JobAct::Block { what: Blocking::EmailAddress });
    stage.press("enter");
    assert_eq!(stage.plans().len(), 1);
    stage.press("A . a");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Menu(_))), "of one user again: {:?}", stage.app.dialog());
}

#[test]
fn without_marks_what_is_for_the_marked_says_so() {
    let stage = Stage::with_users(5);
    for action in [Action::SetMetadataKey, Action::BlockDomains, Action::RemoveMembers] {
        let reason = stage.app.why_not(action, stage.now).unwrap();
        assert!(reason.as_str().starts_with("Nobody is marked"), "{reason:?}");
    }
}

#[test]
fn a_key_of_the_metadata_is_checked_where_it_is_typed() {
    let mut stage = Stage::with_users(5);
    mark(&mut stage, 2);
    stage.press(". m p tab p l a n tab t e a m enter");
    let Some(Dialog::Form(form)) = stage.app.dialog() else { panic!("{:?}", stage.app.dialog()) };
    assert!(form.fields()[2].fault.as_deref().is_some_and(|fault| fault.contains("quotes")), "{form:?}");
    for _ in 0..4 {
        stage.press("backspace");
    }
    stage.press("\" x \" enter enter");
    let to = JobAct::SetMetadata { bag: Bag::Public, key: "plan".into(), to: Some(json!("x")) };
    assert_eq!(stage.plans()[0].act, to);
    assert!(stage.app.dialog().is_none(), "the form is done with");
}

#[test]
fn the_marked_leave_an_organization_that_is_picked() {
    let mut stage = Stage::with_users(5);
    mark(&mut stage, 2);
    stage.press(". o");
    let acme = Organization { id: OrganizationId::from("org_1"), name: "Acme".into(), ..Organization::default() };
    stage.answer(SlotId::Organizations, Fetched::Organizations(Page { data: vec![acme], total_count: 1 }));
    stage.press("enter");
    look_up(&mut stage);
    stage.press("enter");
    let expected = JobAct::RemoveFromOrganization { organization: OrganizationId::from("org_1"), name: "Acme".into() };
    assert_eq!((&stage.plans()[0].act, stage.app.dialog().is_none()), (&expected, true));
}

#[test]
fn where_the_list_is_of_one_organization_that_one_is_meant() {
    let mut stage = Stage::with_users(5);
    mark(&mut stage, 1);
    let reason = stage.app.why_not(Action::RemoveMembers, stage.now).unwrap();
    assert!(reason.as_str().contains("one organization"), "{reason:?}");
    stage.press("/ o r g : o r g _ 1 enter").wait(std::time::Duration::from_secs(1));
    if stage.waiting.contains_key(&SlotId::Named) {
        let acme = Organization { id: OrganizationId::from("org_1"), name: "Acme".into(), ..Organization::default() };
        stage.answer(SlotId::Named, Fetched::Organizations(Page { data: vec![acme], total_count: 1 }));
    }
    stage.answer_list((0..3).map(user));
    stage.press(". r");
    assert!(
        matches!(question(&stage).act(), JobAct::RemoveFromOrganization { organization, .. } if organization.as_str() == "org_1")
    );
}

#[test]
fn the_protected_are_not_in_the_job() {
    let protected = Protected { domains: ["example.com".to_owned()].into(), ..Protected::default() };
    let mut stage = production_for(5, Preferences { protected, ..Preferences::default() });
    mark(&mut stage, 2);
    stage.press("b");
    look_up_as(&mut stage, |user| user);
    assert_eq!(question(&stage).people().tally().protected, 2);
    stage.press("enter y");
    assert!(stage.plans().is_empty(), "nobody is left");
    assert!(stage.notice().contains("Nobody would be changed"), "{}", stage.notice());
}

#[test]
fn a_plan_without_bans_is_told_and_a_lock_is_offered_instead() {
    let mut stage = Stage::with_users(3);
    stage.press("b enter").fail_change(refused(402, "unsupported_subscription_plan_features"));
    assert!(stage.notice().contains("no bans") || stage.notice().contains("not banned"), "{}", stage.notice());
    let many = question(&stage);
    assert_eq!((many.act(), many.words().question.as_str()), (JobAct::Lock, "Lock Person 0"));
    look_up(&mut stage);
    stage.press("enter");
    let acts: Vec<_> = stage.plans().into_iter().map(|plan| (plan.act.clone(), ids(plan))).collect();
    assert_eq!(acts, [(JobAct::Lock, vec!["user_0"]), (JobAct::SignOut, vec!["user_0"])]);
}

#[test]
fn without_a_screen_the_same_is_answered_in_words() {
    let mut stage = production(20);
    mark(&mut stage, 12);
    let say = |stage: &mut Stage, line: &str| {
        stage.send(Event::Drawn).send(Event::Line(line.to_owned()));
    };
    say(&mut stage, "ban");
    say(&mut stage, "yes");
    assert!(stage.plans().is_empty() && stage.notice().contains("has to be typed"), "{}", stage.notice());
    say(&mut stage, "reason spam");
    say(&mut stage, "also 1");
    say(&mut stage, "12");
    assert_eq!(stage.plans().len(), 2);
    assert_eq!(stage.plans()[0].grounds.reason.as_deref(), Some("spam"));
}

#[test]
fn a_ban_of_many_that_the_plan_does_not_include_offers_a_lock_of_the_same() {
    let mut stage = Stage::with_users(5);
    mark(&mut stage, 2);
    stage.press("b");
    look_up(&mut stage);
    stage.press("enter A");
    let (asked, _) = stage.job_requests[0];
    let job = JobId::from("20261123T170000-ban-0001".to_owned());
    stage.send(Event::Reply(Reply::Job { id: asked, result: Ok(JobAnswer::Begun(job.clone())) }));
    let counts = Counts { total: 2, ..Counts::default() };
    let paused = report(1, JobAct::Ban, JobState::Paused(Pause::NoBans));
    stage.hear(JobReport { id: job, reason: Some("spam".into()), counts, ..paused });
    let many = question(&stage);
    assert_eq!((many.act(), many.people().targets().len(), many.given_reason()), (JobAct::Lock, 2, Some("spam")));
}

#[test]
fn the_cost_is_told_at_the_share_that_jobs_have_now() {
    let mut stage = production(20);
    mark(&mut stage, 2);
    stage.press("L");
    assert!(question(&stage).words().cost.to_string().contains("half the limit"));
    let mut running = report(1, JobAct::Delete { copies: true }, JobState::Running);
    running.pace.share = 100;
    stage.hear(running);
    assert!(question(&stage).words().cost.to_string().contains("the whole limit"));
}
