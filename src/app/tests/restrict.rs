//! The blocklist and the allowlist.

use super::{
    Stage,
    stage::{refused, refused_at, user},
};
use crate::{
    app::{
        Act, Dialog, Effect, Event, Fetch, Fetched, Grounds, Made, NoticeKind, RecordId, SlotId,
        act::{RestrictionAct, RestrictionList},
        dialog::Restriction,
    },
    clerk::model::{IdentifierType, Timestamp, User},
};
use rstest::rstest;

fn entry(number: usize, identifier: &str) -> Restriction {
    Restriction {
        id: format!("blid_{number}"),
        identifier: identifier.into(),
        kind: IdentifierType::EmailAddress,
        created_at: Timestamp::default(),
    }
}

fn block(identifier: &str) -> RestrictionAct {
    RestrictionAct::Add { to: RestrictionList::Blocklist, identifier: identifier.into(), notify: false }
}

fn take_off(number: usize, identifier: &str) -> RestrictionAct {
    RestrictionAct::Remove {
        from: RestrictionList::Blocklist,
        id: format!("blid_{number}"),
        identifier: identifier.into(),
    }
}

/// The blocklist, open, with two entries.
fn open() -> Stage {
    let mut stage = Stage::with_users(3);
    stage.press(":").send(Event::Paste("blocklist".into()));
    stage.press("enter");
    assert_eq!(stage.fetch(SlotId::Restrictions), Some(&Fetch::Restrictions(RestrictionList::Blocklist)));
    let entries = vec![entry(1, "*@spam.example"), entry(2, "eve@example.com")];
    stage.answer(SlotId::Restrictions, Fetched::Restrictions(entries));
    stage
}

fn chosen(stage: &Stage) -> Option<&str> {
    let Some(Dialog::Restrictions(open)) = stage.app.dialog() else { return None };
    open.chosen().map(|entry| entry.identifier.as_str())
}

#[test]
fn an_address_is_blocked_once_the_ban_is_made_and_each_is_taken_back_alone() {
    let mut stage = Stage::with_users(3);
    // The reason, then the email address, then its domain.
    stage.press("b tab s p a m tab space tab space enter");
    assert!(stage.restrictions.is_empty(), "the ban comes first");
    stage.succeed(User { banned: true, ..user(0) });
    assert_eq!(stage.restrictions[0].act, block("person0@example.com"));
    assert_eq!(stage.restrictions[0].beside.as_ref().map(|(id, _)| id.as_str()), Some("user_0"));
    assert_eq!(stage.restrictions[0].grounds.reason.as_deref(), Some("spam"));
    assert_eq!(stage.restrictions.len(), 1, "one after the other");
    stage.end_restriction(Ok(Made::Listed("blid_1".into())));
    assert_eq!(stage.restrictions[1].act, block("*@example.com"));
    stage.end_restriction(Ok(Made::Listed("blid_2".into())));
    let told = "Banned Person 0, signed out everywhere. Blocked person0@example.com. Blocked *@example.com.";
    assert_eq!(stage.notice(), told);

    stage.press("u");
    assert_eq!(stage.question(), "Undo: take *@example.com off the blocklist?");
    stage.press("y");
    assert_eq!(stage.restrictions[2].act, take_off(2, "*@example.com"));
    assert_eq!(stage.restrictions[2].grounds.undoes, Some(RecordId("record 3".into())));
    assert_eq!(
        stage.restrictions[2].beside.as_ref().map(|(id, _)| id.as_str()),
        Some("user_0"),
        "it is in the history of that user too"
    );
    stage.end_restriction(Ok(Made::Done));
    stage.press("u y");
    assert_eq!(stage.restrictions[3].act, take_off(1, "person0@example.com"));
    stage.end_restriction(Ok(Made::Done)).press("u");
    assert_eq!(stage.question(), "Undo: unban Person 0?");
}

#[test]
fn a_block_that_fails_does_not_hide_that_the_ban_was_made() {
    let mut stage = Stage::with_users(3);
    stage.press("b tab tab space tab space y").succeed(User { banned: true, ..user(0) });
    stage.end_restriction(Err(refused(402, "unsupported_subscription_plan_features")));
    let (text, advice) = match stage.app.notice().map(|notice| (&notice.text, &notice.kind)) {
        Some((text, NoticeKind::Failure { advice, .. })) => (text.clone(), *advice),
        other => panic!("{other:?}"),
    };
    assert_eq!(text, "Banned Person 0, signed out everywhere. person0@example.com was not blocked: no");
    assert!(advice.contains("plan"), "{advice}");
    assert_eq!(stage.restrictions[1].act, block("*@example.com"), "the other is tried all the same");
}

#[test]
fn nothing_is_blocked_beside_a_ban_that_fails_and_what_to_do_instead_is_told() {
    let mut stage = Stage::with_users(3);
    stage.press("b tab tab space y").fail_change(refused(402, "unsupported_subscription_plan_features"));
    assert!(stage.restrictions.is_empty());
    let notice = stage.app.notice().unwrap();
    assert!(matches!(notice.kind, NoticeKind::Failure { advice, .. } if advice.contains("lock (L)")), "{notice:?}");
}

#[test]
fn a_tick_is_taken_away_again_and_other_keys_answer() {
    let mut stage = Stage::with_users(3);
    stage.press("b tab tab space space y").succeed(User { banned: true, ..user(0) });
    assert!(stage.restrictions.is_empty());
    assert_eq!(stage.changes[0].act, Act::Ban);
    assert_eq!(stage.changes[0].grounds, Grounds::default());
}

#[rstest]
#[case("e", "person0@example.com", "Block person0@example.com?")]
#[case("d", "*@example.com", "Block *@example.com?")]
fn a_user_is_kept_from_coming_back_without_a_ban(#[case] key: &str, #[case] identifier: &str, #[case] question: &str) {
    let mut stage = Stage::with_users(3);
    stage.press(". a").press(key);
    assert_eq!((stage.question().as_str(), stage.restrictions.len()), (question, 0));
    stage.press("enter");
    assert_eq!(stage.restrictions[0].act, block(identifier));
    assert_eq!(stage.restrictions[0].beside.as_ref().map(|(id, _)| id.as_str()), Some("user_0"));
}

#[test]
fn who_has_neither_address_nor_number_cannot_be_blocked() {
    let mut stage = Stage::with_users(3);
    stage.press("r").answer_list([User { email_addresses: Vec::new(), ..user(0) }]);
    stage.press(". a");
    assert_eq!(stage.notice(), "There is no email address and no phone number to block.");
}

#[test]
fn what_is_typed_behind_a_word_that_takes_nothing_only_finds_it() {
    let mut stage = Stage::with_users(3);
    stage.press(":").send(Event::Paste("blocklist addresses".into()));
    stage.press("enter");
    assert_eq!(stage.fetch(SlotId::Restrictions), Some(&Fetch::Restrictions(RestrictionList::Blocklist)));
}

#[test]
fn an_entry_is_added_once_and_the_list_is_read_again() {
    let mut stage = open();
    stage.press("n").send(Event::Paste("nonsense".into()));
    stage.press("enter");
    assert!(stage.restrictions.is_empty(), "it is no identifier");
    stage.press("backspace ".repeat(8).trim()).send(Event::Paste("*@more.example".into()));
    stage.press("enter enter");
    assert_eq!(stage.restrictions.len(), 1);
    assert_eq!(stage.notice(), "Nothing was sent: a change to a list is under way already.");
    stage.end_restriction(Err(refused_at("identifier", "is on the list")));
    assert!(matches!(stage.app.dialog(), Some(Dialog::Form(form)) if form.fields()[0].fault.is_some()));
    stage.press("esc enter");
    assert_eq!(stage.restrictions[1].act, block("*@more.example"));
    stage.end_restriction(Ok(Made::Listed("blid_3".into())));
    assert_eq!((stage.notice(), chosen(&stage)), ("Blocked *@more.example.", Some("*@spam.example")));
    assert!(stage.fetch(SlotId::Restrictions).is_some());
}

#[test]
fn an_entry_is_taken_off_whatever_the_list_says_by_then() {
    let mut stage = open();
    stage.press("j d");
    assert_eq!(stage.question(), "Take eve@example.com off the blocklist?");
    stage.press("y").end_restriction(Ok(Made::Done));
    assert_eq!(stage.restrictions[0].act, take_off(2, "eve@example.com"));
    stage.answer(SlotId::Restrictions, Fetched::Restrictions(vec![entry(1, "*@spam.example")]));
    assert_eq!(chosen(&stage), Some("*@spam.example"));
    // The way back is open from the list of users too.
    stage.press("esc u y");
    assert_eq!(stage.restrictions[1].act, block("eve@example.com"));
}

#[test]
fn the_chosen_entry_stays_chosen_is_copied_and_an_empty_list_has_none() {
    let mut stage = open();
    stage.press("j r").answer(
        SlotId::Restrictions,
        Fetched::Restrictions(vec![
            entry(3, "new@example.com"),
            entry(1, "*@spam.example"),
            entry(2, "eve@example.com"),
        ]),
    );
    assert_eq!(chosen(&stage), Some("eve@example.com"));
    stage.press("y");
    assert!(stage.last.contains(&Effect::Copy("eve@example.com".into())), "{:?}", stage.last);
    stage.press("r").answer(SlotId::Restrictions, Fetched::Restrictions(Vec::new()));
    stage.press("d");
    assert_eq!(stage.notice(), "There is nothing on the list.");
}

#[test]
fn the_allowlist_tells_its_owner_only_where_that_is_wanted() {
    let mut stage = Stage::with_users(3);
    stage.press(":").send(Event::Paste("allowlist".into()));
    stage.press("enter").answer(SlotId::Restrictions, Fetched::Restrictions(Vec::new()));
    stage.press("n").send(Event::Paste("ada@example.com".into()));
    stage.press("tab m a y b e enter");
    assert!(stage.restrictions.is_empty());
    stage.press("backspace backspace backspace backspace backspace y e s enter");
    let act =
        RestrictionAct::Add { to: RestrictionList::Allowlist, identifier: "ada@example.com".into(), notify: true };
    assert_eq!(stage.restrictions[0].act, act);
}
