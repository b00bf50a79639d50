use super::{
    Stage,
    stage::{received, refused, sessions, timed_out, user},
};
use crate::{
    app::{
        Act, Dialog, Effect, Event, Failure, Fetch, Fetched, Grounds, Made, NoticeKind, RecordId, Reply, SlotId, Step,
        act::SecurityAct, dialog::Confirm,
    },
    clerk::{
        model::{SessionStatus, User, UserId},
        query::PageLimit,
    },
};
use rstest::rstest;
use std::sync::Arc;

fn banned(number: usize) -> User {
    User { banned: true, ..user(number) }
}

fn locked(number: usize) -> User {
    User { locked: true, lockout_expires_in_seconds: Some(3_600), ..user(number) }
}

/// One user, as `before`, selected.
fn stage_with(before: User) -> Stage {
    let mut stage = Stage::with_users(3);
    stage.press("r").answer_list([before]);
    stage.answer(SlotId::AllUsers, Fetched::Count(1)).answer(SlotId::BannedUsers, Fetched::Count(0));
    stage.rest();
    stage
}

#[rstest]
#[case("b", Act::Ban, user(0), banned(0), "Ban Person 0?", "Banned Person 0")]
#[case("B", Act::Unban, banned(0), user(0), "Unban Person 0?", "Lifted the ban of Person 0.")]
#[case("L", Act::Lock, user(0), locked(0), "Lock Person 0?", "Locked Person 0; open sessions go on.")]
#[case("U", Act::Unlock, locked(0), user(0), "Unlock Person 0?", "Unlocked Person 0.")]
fn an_act_asks_is_sent_is_told_and_is_taken_back(
    #[case] key: &str,
    #[case] act: Act,
    #[case] before: User,
    #[case] after: User,
    #[case] question: &str,
    #[case] notice: &str,
) {
    let mut stage = stage_with(before.clone());
    stage.press(key);
    assert_eq!((stage.question().as_str(), stage.changes.len()), (question, 0));
    stage.press("enter");
    let change = stage.changes.last().unwrap();
    assert_eq!((&change.act, change.user.as_str(), &change.grounds), (&act, "user_0", &Grounds::default()));
    assert_eq!(change.person.identifier.as_ref().unwrap().as_str(), "person0@example.com");
    assert!(stage.app.change_under_way(&UserId::from("user_0")).is_some());
    let shown = stage.app.list().selected().unwrap();
    assert_eq!((shown.banned, shown.locked), (before.banned, before.locked), "not confirmed yet");

    stage.succeed(after.clone());
    assert!(stage.notice().starts_with(notice), "{}", stage.notice());
    assert!(
        matches!(&stage.app.notice().unwrap().kind, NoticeKind::Success { trace_id: Some(id), undo: true } if id == "trace")
    );
    let shown = stage.app.list().selected().unwrap();
    assert_eq!((shown.banned, shown.locked), (after.banned, after.locked));

    stage.press("u");
    assert!(stage.question().starts_with("Undo: "), "{}", stage.question());
    stage.press("y");
    let undo = stage.changes.last().unwrap();
    assert_eq!((undo.act.clone(), &undo.grounds.undoes), (act.inverse().unwrap(), &Some(RecordId("record 1".into()))));
    stage.succeed(before);
    stage.press("u").answer(SlotId::Step, Fetched::Step(Step::None));
    assert_eq!(stage.notice(), "There is nothing to undo.");
}

#[rstest]
#[case("b", banned(0), "Banned already")]
#[case("B", user(0), "Not banned")]
#[case("L", locked(0), "Locked already")]
#[case("U", user(0), "Not locked")]
fn what_is_so_already_is_answered_with_the_reason(#[case] key: &str, #[case] user: User, #[case] reason: &str) {
    let mut stage = stage_with(user);
    stage.press(key);
    assert!(stage.app.dialog().is_none() && stage.notice().starts_with(reason), "{}", stage.notice());
}

#[rstest]
#[case("esc")]
#[case("n")]
fn leaving_the_dialog_sends_nothing(#[case] key: &str) {
    let mut stage = Stage::with_users(3);
    stage.press("b").press(key);
    assert!(stage.app.dialog().is_none() && stage.changes.is_empty());
}

#[test]
fn a_reason_is_typed_letter_by_letter_and_goes_into_the_record_alone() {
    let mut stage = Stage::with_users(3);
    // In the field, y and n are letters.
    stage.press("b tab n y");
    assert!(stage.changes.is_empty() && stage.app.dialog().is_some());
    stage.press("enter");
    assert_eq!(stage.changes[0].grounds.reason.as_deref(), Some("ny"));
    stage.succeed(banned(0));
    assert!(!stage.notice().contains("ny"), "{}", stage.notice());
}

#[test]
fn a_reason_is_no_duty_and_blanks_are_none() {
    let mut stage = Stage::with_users(3);
    stage.press("b tab space space tab y");
    assert_eq!(stage.changes[0].grounds, Grounds::default());
}

#[test]
fn the_reason_stands_beside_what_has_to_be_typed() {
    let mut stage = Stage::with_users(3);
    stage.press("d tab").send(Event::Paste("asked for it".into()));
    stage.press("enter");
    assert!(stage.changes.is_empty(), "the identifier is not typed yet");
    stage.press("tab tab").send(Event::Paste("person0@example.com".into()));
    stage.press("enter");
    assert_eq!(stage.changes[0].grounds.reason.as_deref(), Some("asked for it"));
}

#[test]
fn what_needs_a_reason_is_not_done_without_one() {
    let mut stage = Stage::with_users(3);
    let known = Arc::clone(stage.app.subject().unwrap());
    let confirm = Confirm::new(Act::Ban, known, None).needing_reason();
    stage.app.dialogs.open(Dialog::Confirm(Box::new(confirm)));
    stage.press("enter");
    assert_eq!((stage.notice(), stage.changes.len()), ("Nothing was sent: type the reason first.", 0));
    stage.press("tab y");
    assert!(stage.changes.is_empty(), "not by a key either");
    stage.press("h m enter");
    assert_eq!(stage.changes[0].grounds.reason.as_deref(), Some("hm"));
}

#[test]
fn a_dialog_takes_no_key_before_it_has_been_seen() {
    let mut stage = Stage::with_users(3);
    stage.press("b").press_undrawn("enter");
    assert_eq!(stage.changes.len(), 0, "typed ahead");
    stage.send(Event::Drawn).press_undrawn("enter");
    assert_eq!(stage.changes.len(), 1);
}

#[test]
fn an_act_hits_the_user_that_the_dialog_named() {
    let mut stage = Stage::with_users(3);
    stage.press("j r b");
    assert_eq!(stage.question(), "Ban Person 1?");
    stage.answer_list([user(2), user(0)]);
    assert_eq!(stage.selected(), "user_0", "the row under the cursor is another one now");
    stage.press("enter");
    assert_eq!(stage.changes[0].user.as_str(), "user_1");
}

#[test]
fn a_ban_counts_the_sessions_that_it_ends() {
    let mut stage = Stage::with_users(3);
    stage.press("b");
    let (user, status) = (UserId::from("user_0"), Some(SessionStatus::Active));
    let active = Fetch::Sessions { user, status, offset: 0, limit: PageLimit::MAX };
    assert_eq!(stage.fetch(SlotId::ActiveSessions), Some(&active));
    stage.answer(SlotId::ActiveSessions, sessions(2)).press("enter").succeed(banned(0));
    assert_eq!(stage.notice(), "Banned Person 0: 2 sessions ended.");
    assert!(stage.fetch(SlotId::BannedUsers).is_some(), "one more is banned");
}

#[test]
fn what_takes_a_change_back_names_the_key_that_does_it_again() {
    let mut stage = Stage::with_users(3);
    let undo = |stage: &Stage| {
        let Some(Dialog::Confirm(confirm)) = stage.app.dialog() else { panic!("no question") };
        confirm.words(stage.now, &stage.app.settings().time_zone).undo
    };
    stage.press("b");
    assert!(undo(&stage).starts_with("u or B lifts the ban"), "{}", undo(&stage));
    stage.press("enter").succeed(banned(0));
    stage.press("u");
    assert!(undo(&stage).starts_with("ctrl-r or b bans again"), "{}", undo(&stage));
}

#[test]
fn a_lock_asks_for_no_sessions_and_a_closed_dialog_for_none_any_more() {
    let mut stage = Stage::with_users(3);
    stage.press("L");
    assert_eq!(stage.fetch(SlotId::ActiveSessions), None);
    stage.press("esc b esc");
    assert_eq!(stage.fetch(SlotId::ActiveSessions), None);
}

#[test]
fn a_user_changed_by_somebody_else_is_shown_again_before_anything_is_sent() {
    let mut stage = Stage::with_users(3);
    stage.press("enter r b").answer(SlotId::DetailUser, Fetched::User(Box::new(received(locked(0)))));
    stage.press_undrawn("enter");
    assert_eq!(stage.changes.len(), 0, "the dialog says something else now, and has not been seen");
    stage.press("enter");
    assert_eq!(stage.changes.len(), 1);
}

#[test]
fn what_somebody_else_has_done_meanwhile_is_not_done_again() {
    let mut stage = Stage::with_users(3);
    stage.press("enter r b");
    stage.answer(SlotId::DetailUser, Fetched::User(Box::new(received(banned(0)))));
    stage.press("enter");
    assert_eq!((stage.changes.len(), stage.notice()), (0, "Nothing was sent to Clerk about Person 0. Banned already."));
}

#[test]
fn one_change_at_a_time_to_a_user() {
    let mut stage = Stage::with_users(3);
    stage.press("b enter L");
    assert_eq!((stage.app.dialog().is_none(), stage.notice()), (true, "Wait for what is under way: banning …"));
    stage.press("j L enter");
    assert_eq!(stage.changes.len(), 2, "another user is another matter");
}

#[rstest]
#[case(refused(402, "unsupported_subscription_plan_features"), false)]
#[case(refused(429, "too_many_requests"), false)]
#[case(refused(500, "internal_clerk_error"), true)]
#[case(timed_out(), true)]
#[case(Failure::NotRecorded("disk full".into()), false)]
#[case(Failure::Internal("panicked".into()), true)]
fn a_failed_change_leaves_the_user_as_known_and_is_read_back_where_the_outcome_is_unknown(
    #[case] failure: Failure,
    #[case] read_back: bool,
) {
    let mut stage = Stage::with_users(3);
    stage.press("b enter").fail_change(failure);
    assert!(stage.notice().starts_with("Person 0 was not banned: "), "{}", stage.notice());
    assert!(!stage.app.list().selected().unwrap().banned);
    assert_eq!(stage.app.change_under_way(&UserId::from("user_0")), None);
    assert_eq!(stage.fetch(SlotId::ReadBack).is_some(), read_back);
    // Where the plan has no bans, something else is offered.
    stage.press("esc u");
    assert!(stage.app.dialog().is_none(), "what was not done cannot be undone");
    if read_back {
        stage.answer(SlotId::ReadBack, Fetched::User(Box::new(received(banned(0)))));
        assert!(stage.app.list().selected().unwrap().banned);
    }
}

#[test]
fn a_user_deleted_by_somebody_else_is_marked_and_left_alone() {
    let mut stage = Stage::with_users(3);
    stage.press("b enter").fail_change(refused(404, "resource_not_found"));
    assert!(stage.app.is_gone(&UserId::from("user_0")));
    stage.press("L");
    assert_eq!(stage.notice(), "This user has been deleted meanwhile.");
    stage.press("r").answer_list([user(1), user(2)]);
    assert!(!stage.app.is_gone(&UserId::from("user_0")));
}

#[test]
fn an_answer_about_somebody_else_is_not_believed() {
    let mut stage = Stage::with_users(3);
    stage.press("b enter").succeed(banned(2));
    assert!(stage.notice().contains("another user"), "{}", stage.notice());
    assert!(!stage.app.list().window().rows()[2].banned);
    assert_eq!(stage.fetch(SlotId::ReadBack), Some(&Fetch::User(UserId::from("user_0"))));
}

#[test]
fn an_outcome_that_could_not_be_recorded_is_told() {
    let mut stage = Stage::with_users(3);
    stage.press("b enter");
    let id = stage.changes[0].id;
    let changed = crate::app::Changed {
        made: Made::User(Box::new(received(banned(0)))),
        trace_id: None,
        record: RecordId("1".into()),
        unrecorded_outcome: Some("no space left".into()),
        active_sessions: None,
    };
    stage.send(Event::Reply(Reply::Changed { id, result: Ok(changed) }));
    assert!(stage.notice().contains("no space left"));
    assert!(stage.app.list().selected().unwrap().banned);
}

#[test]
fn leaving_waits_for_the_change_under_way() {
    let mut stage = Stage::with_users(3);
    stage.press("b enter q");
    assert!(!stage.last.contains(&Effect::Quit));
    stage.succeed(banned(0));
    assert!(stage.last.contains(&Effect::Quit));
}

#[test]
fn asking_twice_to_leave_leaves() {
    let mut stage = Stage::with_users(3);
    stage.press("b enter q ctrl-c");
    assert!(stage.last.contains(&Effect::Quit));
}

#[test]
fn a_user_is_deleted_only_once_their_identifier_is_typed() {
    let mut stage = stage_with(user(0));
    stage.press("d enter");
    assert_eq!((stage.question().as_str(), stage.changes.len()), ("Delete Person 0?", 0));
    stage.send(Event::Paste("person0@example.co".into())).press("enter");
    assert!(stage.changes.is_empty(), "a letter is missing");
    assert_eq!(stage.notice(), "Nothing was sent: type person0@example.com first.");
    stage.press("m enter");
    assert_eq!((&stage.changes[0].act, stage.changes[0].user.as_str()), (&Act::Delete { copy: true }, "user_0"));
    stage.succeed_with(Made::Deleted);
    assert!(stage.app.is_gone(&UserId::from("user_0")));
    assert_eq!(stage.notice(), "Deleted Person 0.");
    assert!(stage.fetch(SlotId::AllUsers).is_some() && stage.fetch(SlotId::BannedUsers).is_some(), "counted anew");
    stage.press("b");
    assert_eq!(stage.notice(), "This user has been deleted meanwhile.");
}

#[test]
fn every_letter_can_be_typed_where_text_is_asked_for() {
    let mut stage = stage_with(user(0));
    stage.press("d y n q j esc");
    assert!(stage.app.dialog().is_none() && stage.changes.is_empty() && stage.notice().is_empty());
}

#[test]
fn signing_out_tells_how_many_sessions_end_and_is_read_back() {
    let mut stage = stage_with(user(0));
    stage.press("x").answer(SlotId::ActiveSessions, sessions(2));
    let Some(Dialog::Confirm(confirm)) = stage.app.dialog() else { panic!("no question") };
    assert!(confirm.words(stage.now, &stage.app.settings().time_zone).now.starts_with("2 sessions end"));
    stage.press("enter");
    assert_eq!(stage.changes[0].act, Act::SignOut);
    stage.succeed_with(Made::SignedOut(2));
    assert_eq!(stage.notice(), "Signed Person 0 out everywhere: 2 sessions ended.");
    assert!(matches!(stage.app.notice().unwrap().kind, NoticeKind::Success { undo: false, .. }));
    assert_eq!(stage.fetch(SlotId::ReadBack), Some(&Fetch::User(UserId::from("user_0"))));
}

#[rstest]
#[case(". p", SecurityAct::RemovePassword, User { password_enabled: true, ..user(0) }, "Remove the password of Person 0?")]
#[case(". c", SecurityAct::SetPasswordCompromised, User { password_enabled: true, ..user(0) },
    "Set the password of Person 0 as compromised?")]
#[case(". u", SecurityAct::UnsetPasswordCompromised, User { password_enabled: true, ..user(0) },
    "Let Person 0 keep the password?")]
#[case(". m", SecurityAct::DisableMfa, User { two_factor_enabled: true, ..user(0) },
    "Remove the second factors of Person 0?")]
#[case(". t", SecurityAct::DeleteTotp, User { totp_enabled: true, ..user(0) },
    "Remove the authenticator application of Person 0?")]
#[case(". b", SecurityAct::DeleteBackupCodes, User { backup_code_enabled: true, ..user(0) },
    "Remove the backup codes of Person 0?")]
fn what_has_no_key_of_its_own_is_in_the_menu(
    #[case] keys: &str,
    #[case] act: SecurityAct,
    #[case] before: User,
    #[case] question: &str,
) {
    let mut stage = stage_with(user(0));
    stage.press(keys);
    assert!(stage.app.dialog().is_none() && stage.notice().starts_with("There "), "{}", stage.notice());
    let mut stage = stage_with(before);
    stage.press(keys);
    assert_eq!(stage.question(), question);
    stage.press("enter");
    assert_eq!(stage.changes[0].act, Act::Security(act));
}

#[rstest]
#[case::none_is_left(Some(0), "Banned Person 0: 2 sessions ended.", false)]
#[case::one_is_left(Some(1), "Banned Person 0, but 1 session is still active.", true)]
#[case::some_are_left(Some(2), "Banned Person 0, but 2 sessions are still active.", true)]
#[case::nobody_knows(None, "Banned Person 0; whether a session is still active could not be read.", false)]
fn what_a_ban_leaves_of_sessions_is_told(#[case] left: Option<usize>, #[case] told: &str, #[case] stays: bool) {
    let mut stage = stage_with(user(0));
    stage.press("b").answer(SlotId::ActiveSessions, sessions(2)).press("enter");
    let id = stage.changes[0].id;
    let changed = crate::app::Changed {
        made: Made::User(Box::new(received(banned(0)))),
        trace_id: None,
        record: RecordId("1".into()),
        unrecorded_outcome: None,
        active_sessions: left,
    };
    stage.send(Event::Reply(Reply::Changed { id, result: Ok(changed) }));
    assert_eq!((stage.notice(), stage.app.notice().unwrap().is_failure()), (told, stays));
}

#[rstest]
#[case(0, "Signed Person 0 out everywhere: no session was open.")]
#[case(1, "Signed Person 0 out everywhere: 1 session ended.")]
fn what_signing_out_has_ended_is_told(#[case] ended: usize, #[case] told: &str) {
    let mut stage = stage_with(user(0));
    stage.press("x enter").succeed_with(Made::SignedOut(ended));
    assert_eq!(stage.notice(), told);
}
