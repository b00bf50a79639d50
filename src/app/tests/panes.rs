use super::{
    Stage,
    stage::{received, refused, user},
};
use crate::{
    app::{
        Action, Effect, Event, Fetch, Fetched, Focus, SlotId,
        action::rows,
        detail::{Parts, Tab},
    },
    clerk::model::{MembershipId, OrganizationMembership, Page, User, UserId},
};
use ratatui::layout::Size;
use strum::IntoEnumIterator;

/// What has been read of the user in the detail.
fn read(stage: &Stage) -> &Parts {
    stage.app.detail().parts_of(&stage.app.subject().unwrap().id).unwrap()
}

fn memberships(numbers: std::ops::Range<usize>, total: u64) -> Fetched {
    let row = |number: usize| OrganizationMembership {
        id: MembershipId::from(format!("orgmem_{number}")),
        ..OrganizationMembership::default()
    };
    Fetched::Memberships(Page { data: numbers.map(row).collect(), total_count: total })
}

#[test]
fn opening_gives_the_detail_the_focus_and_esc_gives_it_back() {
    for (open, back) in [("enter", "esc"), ("l", "h"), ("right", "left"), ("tab", "tab")] {
        let mut stage = Stage::with_users(3);
        assert_eq!(stage.press(open).app.focus(), Focus::Detail);
        assert_eq!(stage.press(back).app.focus(), Focus::List);
    }
}

#[test]
fn the_arrows_walk_through_the_tabs_and_from_the_first_back_to_the_list() {
    for (right, left) in [("l", "h"), ("right", "left")] {
        let mut stage = Stage::with_users(3);
        stage.press(right).press(right).press(right);
        assert_eq!(stage.app.detail().tab(), Tab::Invitations);
        stage.press(left).press(left);
        assert_eq!((stage.app.focus(), stage.app.detail().tab()), (Focus::Detail, Tab::Profile));
        assert_eq!(stage.press(left).app.focus(), Focus::List);
    }
}

#[test]
fn the_open_user_stays_whatever_happens_to_the_list() {
    let mut stage = Stage::with_users(3);
    stage.press("j enter r").answer_list([user(7), user(8)]);
    assert_eq!(stage.app.subject().unwrap().id.as_str(), "user_1");
    stage.press("b enter");
    assert_eq!(stage.changes[0].user.as_str(), "user_1");
}

#[test]
fn who_is_opened_while_the_list_is_read_again_is_shown_as_the_list_has_them() {
    let mut stage = Stage::with_users(3);
    stage.press("r enter").answer_list([User { first_name: Some("Other".into()), ..user(0) }, user(1)]);
    assert_eq!(stage.app.subject().unwrap().first_name.as_deref(), Some("Other"));
}

#[test]
fn a_refresh_of_the_open_user_reads_it_again() {
    let mut stage = Stage::with_users(3);
    stage.press("enter r");
    assert_eq!(stage.fetch(SlotId::DetailUser), Some(&Fetch::User(UserId::from("user_0"))));
    let renamed = User { first_name: Some("Grace".into()), ..user(0) };
    stage.answer(SlotId::DetailUser, Fetched::User(Box::new(received(renamed))));
    assert_eq!(stage.app.subject().unwrap().first_name.as_deref(), Some("Grace"));
    assert_eq!(stage.app.list().selected().unwrap().first_name.as_deref(), Some("Grace"), "the row as well");
}

#[test]
fn a_user_found_deleted_is_marked() {
    let mut stage = Stage::with_users(3);
    stage.press("enter r").fail(SlotId::DetailUser, refused(404, "resource_not_found"));
    assert!(stage.app.is_gone(&UserId::from("user_0")));
    assert_eq!(stage.fetch(SlotId::DetailUser), None, "asking again would not help");
}

#[test]
fn tabs_are_opened_by_number_and_by_step() {
    let mut stage = Stage::with_users(3);
    for (keys, tab) in [
        ("2", Tab::Memberships),
        ("1", Tab::Profile),
        ("enter ]", Tab::Memberships),
        ("]", Tab::Invitations),
        ("] ]", Tab::Security),
        ("] ]", Tab::History),
        ("]", Tab::Raw),
        ("]", Tab::Profile),
        ("[", Tab::Raw),
        ("[", Tab::History),
        ("[", Tab::Metadata),
        ("[ [", Tab::Sessions),
        ("3", Tab::Invitations),
        ("2 5", Tab::Security),
        ("7", Tab::History),
    ] {
        assert_eq!(stage.press(keys).app.detail().tab(), tab, "{keys}");
    }
}

#[test]
fn memberships_are_paged_as_the_cursor_nears_the_end() {
    let mut stage = Stage::with_users(3);
    stage.press("j").wait(std::time::Duration::from_millis(100));
    stage.answer(SlotId::Memberships, memberships(0..50, 70)).press("enter 2");
    assert_eq!(stage.fetch(SlotId::Memberships), None);
    stage.press("G");
    assert!(matches!(stage.fetch(SlotId::Memberships), Some(Fetch::Memberships { offset: 50, .. })));
    stage.answer(SlotId::Memberships, memberships(50..70, 70)).press("G");
    assert_eq!(read(&stage).memberships.chosen().unwrap().id.as_str(), "orgmem_69");
    stage.press("g k");
    assert_eq!(read(&stage).memberships.cursor(), 0);
}

#[test]
fn failed_memberships_wait_for_a_refresh() {
    let mut stage = Stage::with_users(3);
    stage.press("j").wait(std::time::Duration::from_millis(100));
    stage.fail(SlotId::Memberships, refused(500, "internal_clerk_error"));
    assert_eq!((stage.fetch(SlotId::Memberships), stage.notice()), (None, ""));
    assert!(read(&stage).memberships.failure().is_some());
    stage.press("r");
    assert!(stage.fetch(SlotId::Memberships).is_some());
}

#[test]
fn the_profile_scrolls_no_further_than_its_end() {
    let mut stage = Stage::with_users(3);
    stage.send(Event::Resize(Size::new(120, 18)));
    for _ in 0..100 {
        stage.press("J");
    }
    let end = stage.app.detail().scroll();
    assert!(end > 0);
    stage.press("K");
    assert_eq!(stage.app.detail().scroll(), end - 1);
    stage.press("j");
    assert_eq!(stage.app.detail().scroll(), 0, "another user is read from the top");
}

#[test]
fn help_runs_what_the_cursor_is_on() {
    let mut stage = Stage::with_users(3);
    stage.press("? esc").press("? ?");
    assert!(stage.app.dialog().is_none());
    stage.press("? G");
    let Some(crate::app::Dialog::Help(help)) = stage.app.dialog() else { panic!("help is open") };
    assert_eq!(help.chosen(), Some(Action::Interrupt));
    stage.press("enter");
    assert!(stage.last.contains(&Effect::Quit));
}

#[test]
fn what_always_works_works_before_a_dialog_is_drawn() {
    let mut stage = Stage::with_users(3);
    stage.press("b").press_undrawn("ctrl-c");
    assert!(stage.last.contains(&Effect::Quit));
    stage.press_undrawn("ctrl-z");
    assert!(stage.last.contains(&Effect::Suspend));
    stage.press_undrawn("ctrl-l");
    assert!(stage.last.contains(&Effect::Redraw));
}

/// Every key of the table, in every pane, on an empty list and on a full one: no panic, and nothing is changed without
/// a dialog.
#[test]
fn no_key_does_harm() {
    for count in [0, 3] {
        for start in ["", "enter", "/", "s", "?", "b"] {
            for row in rows().filter(|row| row.action != Action::Confirm) {
                let mut stage = Stage::with_users(count);
                stage.press(start);
                let asking = stage.question().starts_with("Ban");
                for key in row.keys.iter().filter(|key| !asking || !["enter", "y"].contains(*key)) {
                    stage.press(key);
                }
                assert_eq!(stage.changes.len(), 0, "{start} {row:?}");
            }
        }
    }
}

#[test]
fn why_not_has_an_answer_for_every_action_in_every_state() {
    for count in [0, 3] {
        for start in ["", "enter", "/", "s", "?"] {
            let mut stage = Stage::with_users(count);
            stage.press(start);
            for action in Action::iter() {
                if let Some(reason) = stage.app.why_not(action, stage.now) {
                    assert!(reason.as_str().ends_with('.'), "{reason:?}");
                }
            }
        }
    }
}

#[test]
fn each_state_has_its_scopes() {
    for (keys, first) in
        [("", "List"), ("enter", "Detail"), ("/", "Search"), ("b", "Confirm"), ("s", "Menu"), ("?", "Help")]
    {
        let mut stage = Stage::with_users(3);
        stage.press(keys);
        assert_eq!(format!("{:?}", stage.app.scopes()[0]), first);
    }
}

#[test]
fn what_is_chosen_in_the_menu_is_copied() {
    let mut stage = Stage::with_users(3);
    stage.press("y y");
    assert!(stage.last.contains(&Effect::Copy("user_0".into())));
    assert!(stage.notice().starts_with("Copied the id"));
    stage.press("y e");
    assert!(stage.last.contains(&Effect::Copy("person0@example.com".into())));
    stage.press("enter 8 j y a");
    assert!(stage.last.contains(&Effect::Copy(".id".into())), "{:?}", stage.last);
    stage.press("y v");
    assert!(stage.last.contains(&Effect::Copy("\"user_0\"".into())), "{:?}", stage.last);
    stage.press("g y");
    let whole = stage.app.subject().unwrap().raw().to_owned();
    stage.press("v");
    assert!(stage.last.contains(&Effect::Copy(whole)), "{:?}", stage.last);
    stage.press("y a");
    assert!(stage.last.contains(&Effect::Copy(".".into())), "{:?}", stage.last);
    stage.press("y u");
    assert!(stage.app.dialog().is_some(), "nobody has a username: the menu has no such item");
}
