//! Marking many at once: all that match, and those whom a list names.

use super::{
    Stage,
    marks::{line, marked},
    stage::{received, refused, timed_out, user},
};
use crate::{
    app::{Dialog, Fetch, Fetched, MarkList, Provenance, SlotId, dialog::Listing},
    clerk::{
        model::{User, UserId},
        query::{PageStart, Select, UserFilter, UserOrder},
    },
};
use jiff::tz::TimeZone;
use std::{ops::Range, time::Duration};

/// A stage with many users, a tenth of whom match a search, the newest of them shown.
fn searched(matching: u64) -> Stage {
    let mut stage = Stage::with_users(10_000);
    stage.press("/ a d a").wait(Duration::from_secs(1));
    stage.answer_list((0..100).map(user)).answer(SlotId::Matching, Fetched::Count(matching));
    stage.press("enter");
    stage
}

fn users(numbers: Range<usize>) -> Fetched {
    Fetched::Users(numbers.map(|number| received(user(number))).collect())
}

/// The filter, and where the page begins that marking waits for.
fn asked(stage: &Stage) -> (UserFilter, PageStart) {
    match stage.fetch(SlotId::Marking) {
        Some(Fetch::UsersInBackground { query, page }) => {
            assert_eq!((query.order, page.limit.get()), (UserOrder::default(), 500));
            (query.filter.clone(), page.start.clone())
        }
        other => panic!("marking waits for {other:?}"),
    }
}

fn after(number: usize) -> PageStart {
    PageStart::After(user(number).id)
}

fn how(stage: &Stage) -> String {
    let how: &Provenance = stage.app.marks().how();
    how.words(&TimeZone::UTC, false)
}

#[test]
fn all_that_match_are_read_by_cursor_and_marked_at_the_end() {
    let mut stage = searched(1_200);
    stage.press("a");
    let (filter, start) = asked(&stage);
    assert_eq!((filter.query.as_deref(), start), (Some("ada"), PageStart::FIRST));
    stage.answer(SlotId::Marking, users(0..500));
    assert_eq!(asked(&stage).1, after(499));
    let progress = stage.app.marks().progress().unwrap();
    assert_eq!((progress.done, progress.of, progress.stalled), (500, Some(1_200), None));
    // Browsing goes on, whatever it shows.
    stage.press("esc j j S").answer_list((0..100).map(user));
    assert_eq!(stage.fetch(SlotId::Marking), None, "esc stopped it");
    assert_eq!(
        (marked(&stage).len(), stage.notice()),
        (500, "Stopped: 500 users marked, the newest of those that match.")
    );
    assert_eq!(how(&stage), "the newest of all that matched ada at 17:00:01");
}

#[test]
fn marking_goes_on_while_something_else_is_looked_at() {
    let mut stage = searched(1_200);
    stage.press("space a").answer(SlotId::Marking, users(0..500));
    stage.press("s n").answer_list((0..100).map(user));
    stage.press("enter 6 esc");
    stage.answer(SlotId::Marking, users(500..1_000));
    assert_eq!((asked(&stage).0.query.as_deref(), marked(&stage)), (Some("ada"), vec![0]), "all or nothing");
    stage.answer(SlotId::Marking, users(1_000..1_200));
    assert_eq!(marked(&stage), (0..1_200).collect::<Vec<_>>());
    assert_eq!(stage.notice(), "1,200 users marked: all that match.");
    assert_eq!(how(&stage), "by hand, then all that matched ada at 17:00:01");
    stage.press("A");
    assert_eq!(stage.notice(), "1,200 marks dropped, u brings them back.");
}

#[test]
fn who_signs_up_meanwhile_is_not_among_them() {
    let mut stage = searched(600);
    stage.press("a").answer(SlotId::Marking, users(0..500));
    // A server that ignores the cursor begins with the newest again: with one who was not there before.
    let newer = User { id: UserId::from("user_new"), created_at: stage.now, ..User::default() };
    let rows = std::iter::once(newer).chain((0..499).map(user)).map(received).collect();
    stage.answer(SlotId::Marking, Fetched::Users(rows));
    assert_eq!((marked(&stage), stage.fetch(SlotId::Marking)), (vec![], None));
    assert!(stage.notice().contains("user_new came out of the order that was asked for"), "{}", stage.notice());
}

#[test]
fn an_answer_to_something_else_marks_nobody() {
    for (rows, words) in
        [(users(0..501), "501 users came where 500 were asked for"), (users(0..500), "the same users came again")]
    {
        let mut stage = searched(1_000);
        stage.press("space a");
        if words.contains("again") {
            let same = User { created_at: user(0).created_at, ..user(0) };
            let all_at_once = |number: usize| User { created_at: same.created_at, ..user(number) };
            let page = || Fetched::Users((0..500).map(all_at_once).map(received).collect());
            stage.answer(SlotId::Marking, page()).answer(SlotId::Marking, page());
        } else {
            stage.answer(SlotId::Marking, rows);
        }
        assert_eq!((marked(&stage), stage.fetch(SlotId::Marking)), (vec![0], None), "{words}");
        assert!(
            stage.notice().starts_with("Nobody was marked") && stage.notice().contains(words),
            "{}",
            stage.notice()
        );
    }
}

#[test]
fn a_filter_that_was_ignored_widens_nothing() {
    let mut stage = Stage::with_users(1_000);
    stage.press("/").send(crate::app::Event::Paste("banned:yes".into()));
    let banned = |number: usize| User { banned: true, ..user(number) };
    stage.answer_list((0..10).map(banned)).answer(SlotId::Matching, Fetched::Count(10));
    stage.press("enter a");
    let rows = (0..9).map(banned).chain([user(9)]).map(received).collect();
    stage.answer(SlotId::Marking, Fetched::Users(rows));
    assert_eq!((marked(&stage), stage.app.marks().progress()), (vec![], None));
    assert!(stage.notice().contains("user_9 is not banned"), "{}", stage.notice());
}

#[test]
fn a_page_that_fails_is_asked_for_again_when_somebody_says_so() {
    let mut stage = searched(600);
    stage.press("a").answer(SlotId::Marking, users(0..500)).fail(SlotId::Marking, timed_out());
    assert!(stage.notice().starts_with("Marking came to a halt after 500 users"), "{}", stage.notice());
    assert_eq!((stage.fetch(SlotId::Marking), marked(&stage)), (None, vec![]));
    stage.press("a");
    assert_eq!(asked(&stage).1, after(499));
    stage.fail(SlotId::Marking, timed_out()).press("esc esc");
    assert_eq!(marked(&stage).len(), 500, "what was read stays");
}

#[test]
fn where_the_last_one_read_is_deleted_the_one_before_leads_on() {
    let mut stage = searched(600);
    stage.press("a").answer(SlotId::Marking, users(0..500));
    stage.fail(SlotId::Marking, refused(422, "form_param_value_invalid"));
    assert_eq!(asked(&stage).1, after(498));
    stage.fail(SlotId::Marking, refused(422, "form_param_value_invalid"));
    assert_eq!(asked(&stage).1, after(497));
    stage.answer(SlotId::Marking, users(500..600));
    assert_eq!(marked(&stage).len(), 600);
}

#[test]
fn inverting_is_about_all_that_match_and_no_others() {
    let mut stage = searched(3);
    stage.press("esc").answer_list((0..100).map(user)).press("G").answer_list((9_900..10_000).rev().map(user));
    stage.press("space / a d a").wait(Duration::from_secs(1)).answer_list((0..3).map(user));
    stage.press("enter space I");
    assert_eq!(marked(&stage), [9_999, 0]);
    stage.answer(SlotId::Marking, users(0..3));
    assert_eq!(marked(&stage), [9_999, 1, 2]);
    assert_eq!(stage.notice(), "Of all that match, the others: 3 users marked now.");
    stage.press("I esc esc");
    assert_eq!((marked(&stage).len(), stage.notice()), (3, "Stopped; the marks are as they were."));
}

#[test]
fn what_was_not_seen_to_match_is_not_marked() {
    let mut stage = searched(600);
    stage.press("/ x").wait(Duration::from_secs(1)).press("enter a");
    assert_eq!(stage.notice(), "Wait until those who match are there.");
    stage.answer_list([]).press("a");
    assert_eq!(stage.notice(), "Nobody matches.");
    assert_eq!(stage.app.marks().progress(), None);
}

#[test]
fn nothing_is_done_to_anybody_while_many_are_being_marked() {
    let mut stage = searched(600);
    for key in ["b", "e", "d"] {
        stage.press("a").press(key);
        assert!(stage.app.dialog().is_none(), "{key}");
        assert_eq!(stage.notice(), "Wait until all are marked, or stop it with esc.");
        stage.press("A");
        assert_eq!((stage.notice(), stage.fetch(SlotId::Marking)), ("Stopped; nobody is marked.", None));
    }
}

fn named(users: impl IntoIterator<Item = User>) -> Fetched {
    Fetched::Users(users.into_iter().map(received).collect())
}

#[test]
fn a_list_is_read_looked_up_in_batches_and_marked_in_its_order() {
    let mut stage = Stage::with_users(5);
    line(&mut stage, &["mark ~/wave.txt"]);
    assert_eq!(stage.fetch(SlotId::Marking), Some(&Fetch::MarkList("~/wave.txt".into())));
    let ids: Vec<String> = (100..250).rev().map(|number| format!("user_{number}")).collect();
    let text = format!("PERSON7@example.com\n{}\n@nobody\nnot a name\n", ids.join("\n"));
    stage.answer(SlotId::Marking, Fetched::MarkList(MarkList::read("~/wave.txt".into(), &text)));
    let (filter, start) = asked(&stage);
    assert_eq!((filter.user_id.len(), filter.email_address.len(), start), (100, 0, PageStart::FIRST));
    assert_eq!(filter.user_id[0], Select::Include(UserId::from("user_249")));
    stage.answer(SlotId::Marking, users(150..250));
    assert_eq!(asked(&stage).0.user_id.len(), 50);
    stage.answer(SlotId::Marking, users(101..150));
    assert_eq!(asked(&stage).0.email_address, ["PERSON7@example.com"]);
    stage.answer(SlotId::Marking, users(7..8));
    // Something in the batch is no username: it is divided until that is found.
    assert_eq!(asked(&stage).0.username, ["nobody", "not a name"]);
    stage.fail(SlotId::Marking, refused(422, "form_param_format_invalid"));
    assert_eq!(asked(&stage).0.username, ["nobody"]);
    stage.answer(SlotId::Marking, named([])).fail(SlotId::Marking, refused(422, "form_param_format_invalid"));
    let expected: Vec<usize> = std::iter::once(7).chain((101..250).rev()).collect();
    assert_eq!(marked(&stage), expected);
    assert_eq!(stage.notice(), "150 users marked from ~/wave.txt; 3 lines name nobody: :unmatched.");
    assert_eq!(how(&stage), "from ~/wave.txt");
    let (file, unmatched) = stage.app.marks().unmatched().unwrap();
    let told: Vec<_> = unmatched.iter().map(|line| format!("{} {}: {}", line.number, line.text, line.why)).collect();
    assert_eq!((file, told.len()), ("~/wave.txt", 3));
    assert_eq!(told[..2], ["151 user_100: not found", "152 @nobody: not found"]);
    assert!(told[2].starts_with("153 not a name: "), "{told:?}");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Marked(pane)) if pane.listing() == Listing::Unmatched));
}

#[test]
fn who_was_not_asked_for_is_not_marked() {
    let mut stage = Stage::with_users(5);
    stage.app.mark_list(MarkList::read("wave.txt".into(), "user_1\nuser_2\n"));
    stage.press("j").answer(SlotId::Marking, users(0..5));
    assert_eq!((marked(&stage), stage.fetch(SlotId::Marking)), (vec![], None));
    assert!(stage.notice().contains("a user came who was not asked for: user_0 has another id"), "{}", stage.notice());
}

#[test]
fn a_name_of_two_users_marks_neither() {
    let mut stage = Stage::with_users(5);
    stage.app.mark_list(MarkList::read("wave.txt".into(), "person1@example.com\nPerson2@example.com\n"));
    let twin = User { id: UserId::from("user_9"), ..user(1) };
    stage.press("j").answer(SlotId::Marking, named([user(1), twin, user(2)]));
    assert_eq!(marked(&stage), [2]);
    let (_, unmatched) = stage.app.marks().unmatched().unwrap();
    assert_eq!((unmatched.len(), unmatched[0].why.to_string()), (1, "2 users have it".to_owned()));
}

#[test]
fn a_list_that_cannot_be_read_or_names_nobody_is_said() {
    let mut stage = Stage::with_users(5);
    line(&mut stage, &["mark", "mark wave.txt"]);
    let failure = crate::app::Failure::List { path: "wave.txt".into(), reason: "No such file or directory".into() };
    stage.fail(SlotId::Marking, failure);
    assert_eq!(stage.notice(), "Nobody was marked: wave.txt cannot be read: No such file or directory");
    assert!(stage.app.marks().progress().is_none() && stage.app.dialog().is_none());
    line(&mut stage, &["mark wave.txt"]);
    stage.answer(SlotId::Marking, Fetched::MarkList(MarkList::read("wave.txt".into(), "# nobody\n")));
    assert_eq!(stage.notice(), "wave.txt names nobody.");
}

#[test]
fn the_marked_are_listed_and_those_who_are_gone_are_told() {
    let mut stage = Stage::with_users(5);
    stage.press("space space space");
    line(&mut stage, &["marked"]);
    let Some(Fetch::Users { query, .. }) = stage.fetch(SlotId::Marked).cloned() else { panic!("nobody is looked up") };
    assert_eq!(query.filter.user_id.len(), 3);
    stage.answer(SlotId::Marked, named([user(0), user(2)]));
    let Some(Dialog::Marked(pane)) = stage.app.dialog() else { panic!("no list") };
    assert_eq!((pane.gone(), pane.is_gone(&user(1).id)), (1, true));
    assert_eq!(stage.fetch(SlotId::Marked), None);
    stage.press("j enter");
    assert_eq!(stage.notice(), "There is nobody here to open.");
    stage.press("space j enter");
    assert_eq!(
        (marked(&stage), stage.app.detail().pinned().map(|known| known.id.as_str())),
        (vec![0, 2], Some("user_2"))
    );
    stage.press("esc");
    line(&mut stage, &["marked"]);
    stage.press("space space");
    assert_eq!((marked(&stage), stage.app.dialog().is_none()), (vec![], true), "behind the last mark there is no list");
}

#[test]
fn a_hundred_thousand_marks_are_dropped_and_come_back() {
    let mut stage = searched(100_000);
    stage.press("a");
    let created_at = stage.now;
    for page in 0..=200 {
        let rows = if page == 200 { 0..0 } else { 500 * page..500 * (page + 1) };
        let rows =
            rows.map(|number| User { id: UserId::from(format!("user_{number}")), created_at, ..User::default() });
        stage.answer(SlotId::Marking, Fetched::Users(rows.map(received).collect()));
    }
    assert_eq!(stage.app.marks().len(), 100_000);
    stage.press("A u");
    assert_eq!((stage.app.marks().len(), stage.notice()), (100_000, "100,000 marks brought back."));
}
