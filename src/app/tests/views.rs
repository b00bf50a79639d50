//! Views: back and forward, one pane alone, and what is read again by itself.

use super::{Stage, stage::user};
use crate::{
    app::{Action, Fetch, Fetched, Focus, SlotId, detail::Tab, layout::Breadth, list::News},
    clerk::{
        model::{User, UserId},
        query::OrderField,
    },
};
use std::time::Duration;

fn search(stage: &mut Stage, text: &str) {
    stage.press("/");
    for char in text.chars() {
        stage.press(&char.to_string());
    }
    stage.press("enter");
}

fn why_not(stage: &Stage, action: Action) -> Option<String> {
    stage.app.why_not(action, stage.now).map(|reason| reason.as_str().to_owned())
}

#[test]
fn the_view_before_comes_back_with_its_text_order_and_cursor() {
    let mut stage = Stage::with_users(30);
    stage.press("j j j");
    search(&mut stage, "ada");
    stage.answer_list([user(7)]);
    stage.press("S").answer_list([user(7)]);
    stage.press("-");
    assert_eq!(stage.app.search().text(), "ada");
    stage.answer_list([user(7)]).press("-");
    assert_eq!((stage.app.search().text(), stage.app.list().query().order.by), ("", OrderField::CreatedAt));
    stage.answer_list((0..30).map(user));
    assert_eq!(stage.selected(), "user_3");
    assert_eq!(why_not(&stage, Action::ViewBefore).as_deref(), Some("There is no view before this one."));
}

#[test]
fn what_was_gone_back_from_comes_again() {
    let mut stage = Stage::with_users(3);
    search(&mut stage, "ada");
    stage.answer_list([user(7)]).press("-").answer_list((0..3).map(user));
    stage.send(crate::app::Event::Key(alt_right()));
    assert_eq!(stage.app.search().text(), "ada");
    assert_eq!(why_not(&stage, Action::ViewAfter).as_deref(), Some("There is no view to go forward to."));
}

fn alt_right() -> crossterm::event::KeyEvent {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
    KeyEvent::new(KeyCode::Right, KeyModifiers::ALT)
}

#[test]
fn an_opened_user_is_a_view_and_is_read_again_when_it_comes_back() {
    let mut stage = Stage::with_users(3);
    stage.press("j").rest().press("enter 5 esc");
    assert_eq!(stage.app.focus(), Focus::List);
    stage.press("-");
    let opened = stage.app.subject().map(|known| known.id.clone());
    assert_eq!((stage.app.focus(), opened), (Focus::Detail, Some(UserId::from("user_1"))));
    assert_eq!(stage.app.detail().tab(), Tab::Security);
    assert_eq!(stage.fetch(SlotId::DetailUser), Some(&Fetch::User(UserId::from("user_1"))));
    stage.press("-");
    assert_eq!(stage.app.focus(), Focus::List);
}

#[test]
fn letters_on_the_way_to_a_search_are_no_views() {
    let mut stage = Stage::with_users(3);
    stage.press("/ a").wait(Duration::from_secs(1)).press("d").wait(Duration::from_secs(1)).press("a enter -");
    assert_eq!(stage.app.search().text(), "");
}

#[test]
fn one_pane_gets_all_the_room_and_gives_it_back() {
    let mut stage = Stage::with_users(3);
    stage.press("z");
    let layout = stage.app.layout();
    assert_eq!(
        (layout.breadth, layout.list.map(|list| list.rows.width), layout.detail),
        (Breadth::Narrow, Some(120), None)
    );
    stage.press("enter");
    assert_eq!(stage.app.layout().detail.map(|detail| detail.body.width), Some(120));
    stage.press("z");
    assert_eq!(stage.app.layout().breadth, Breadth::Wide);
}

#[test]
fn what_is_watched_is_read_every_ten_seconds_and_what_is_new_is_marked() {
    let mut stage = Stage::with_users(3);
    stage.press("R").wait(Duration::from_secs(9));
    assert_eq!(stage.fetch(SlotId::List), None);
    stage.wait(Duration::from_secs(1));
    let banned = User { banned: true, ..user(1) };
    stage.answer_list([user(9), user(0), banned, user(2)]);
    let news = |stage: &Stage, number: usize| stage.app.list().news_of(&user(number).id);
    assert_eq!((news(&stage, 9), news(&stage, 0), news(&stage, 1)), (Some(News::New), None, Some(News::Changed)));
    assert_eq!(stage.selected(), "user_0", "the cursor stays on its user");
    assert_eq!(stage.fetch(SlotId::AllUsers).is_some(), stage.fetch(SlotId::BannedUsers).is_some());

    stage.answer(SlotId::AllUsers, Fetched::Count(4)).answer(SlotId::BannedUsers, Fetched::Count(1));
    stage.wait(Duration::from_secs(10)).answer_list([user(9), user(0), user(2)]);
    assert_eq!((news(&stage, 9), news(&stage, 2)), (None, None), "marks are of the last reading");
    stage.press("R").wait(Duration::from_mins(1));
    assert_eq!((stage.fetch(SlotId::List), stage.app.is_watching()), (None, false));
}

#[test]
fn who_types_or_reads_a_dialog_is_not_disturbed() {
    for keys in ["R /", "R b", "R ?"] {
        let mut stage = Stage::with_users(3);
        stage.press(keys).wait(Duration::from_secs(25));
        assert_eq!(stage.fetch(SlotId::List), None, "{keys}");
        stage.press("esc").wait(Duration::from_secs(10));
        assert!(stage.fetch(SlotId::List).is_some(), "{keys}");
    }
}
