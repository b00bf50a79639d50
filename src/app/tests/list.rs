use super::{
    Stage,
    stage::user,
    stage::{refused, timed_out},
};
use crate::{
    app::{Effect, Event, Fetch, Fetched, SlotId, layout::Breadth, list::ListState},
    clerk::{
        model::UserId,
        query::{Direction, OrderField, PageStart, UserOrder},
    },
};
use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Size;
use rstest::rstest;

fn order(stage: &Stage, slot: SlotId) -> (UserOrder, PageStart) {
    match stage.fetch(slot) {
        Some(Fetch::Users { query, page }) => (query.order, page.start.clone()),
        other => panic!("{slot:?} waits for {other:?}"),
    }
}

#[test]
fn the_start_asks_for_the_newest_users_the_totals_and_the_instance() {
    let stage = Stage::begin();
    assert_eq!(order(&stage, SlotId::List), (UserOrder::default(), PageStart::FIRST));
    assert!([SlotId::AllUsers, SlotId::BannedUsers, SlotId::Instance].iter().all(|slot| stage.fetch(*slot).is_some()));
    assert_eq!(stage.fetch(SlotId::Matching), None, "all users match");
    assert_eq!(stage.app.list().state(), ListState::Loading);
}

#[rstest]
#[case("j j", "user_2")]
#[case("j k", "user_0")]
#[case("k", "user_0")]
#[case("ctrl-d", "user_14")]
#[case("ctrl-d ctrl-u", "user_0")]
#[case("ctrl-f", "user_28")]
#[case("ctrl-f ctrl-b", "user_0")]
#[case("G", "user_49")]
#[case("G g", "user_0")]
fn keys_move_the_cursor(#[case] keys: &str, #[case] expected: &str) {
    let mut stage = Stage::with_users(50);
    assert_eq!(stage.press(keys).selected(), expected);
}

#[test]
fn the_next_page_is_asked_for_before_the_cursor_reaches_the_end() {
    let mut stage = Stage::with_users(1_000);
    assert_eq!(stage.fetch(SlotId::PageAfter), None);
    stage.press("ctrl-f ctrl-f");
    let (_, start) = order(&stage, SlotId::PageAfter);
    assert_eq!(start, PageStart::After(UserId::from("user_99")));
    stage.answer(SlotId::PageAfter, Fetched::Users((100..200).map(|n| super::stage::received(user(n))).collect()));
    assert_eq!((stage.app.list().window().rows().len(), stage.selected()), (200, "user_56"));
}

#[test]
fn the_end_of_a_long_list_is_reached_by_turning_it_round() {
    let mut stage = Stage::with_users(1_000);
    stage.press("G");
    let turned = UserOrder { by: OrderField::CreatedAt, direction: Direction::Ascending };
    assert_eq!(order(&stage, SlotId::List), (turned, PageStart::FIRST));
    assert_eq!(stage.selected(), "user_0", "the old rows stay");
    stage.answer_list((900..1_000).rev().map(user));
    assert_eq!(stage.selected(), "user_999");
    assert_eq!(stage.app.list().window().number(99, Some(1_000)), Some(1_000));
    stage.press("g").answer_list((0..100).map(user));
    assert_eq!(stage.selected(), "user_0");
}

#[test]
fn an_order_without_cursor_pages_by_offset() {
    let mut stage = Stage::with_users(1_000);
    stage.press("s n").answer_list((0..100).map(user));
    assert_eq!(
        stage.app.list().query().order,
        UserOrder { by: OrderField::FirstName, direction: Direction::Ascending }
    );
    stage.press("ctrl-f ctrl-f");
    assert_eq!(order(&stage, SlotId::PageAfter).1, PageStart::Offset(100));
}

#[test]
fn the_order_menu_is_moved_in_and_run() {
    let mut stage = Stage::with_users(10);
    stage.press("s j enter").answer_list((0..10).map(user));
    assert_eq!(stage.app.list().query().order.by, OrderField::LastActiveAt);
    stage.press("S");
    assert_eq!(stage.app.list().query().order.direction, Direction::Ascending);
    stage.press("s esc");
    assert!(stage.app.dialog().is_none());
}

#[test]
fn an_answer_to_an_older_question_is_dropped() {
    let mut stage = Stage::begin();
    let (old, _) = stage.waiting[&SlotId::List].clone();
    stage.press("S");
    let reply = |generation, users: Vec<_>| {
        let users = users.into_iter().map(super::stage::received).collect();
        Event::Reply(crate::app::Reply::Fetched { slot: SlotId::List, generation, result: Ok(Fetched::Users(users)) })
    };
    stage.send(reply(old, vec![user(1)]));
    assert_eq!(stage.app.list().state(), ListState::Loading, "it answered the order before");
    let (new, _) = stage.waiting[&SlotId::List].clone();
    stage.send(reply(new, vec![user(2)]));
    assert_eq!(stage.selected(), "user_2");
    stage.send(reply(new, vec![user(3)]));
    assert_eq!(stage.selected(), "user_2", "an answer is taken once");
}

#[test]
fn a_refresh_keeps_the_cursor_on_its_user() {
    let mut stage = Stage::with_users(50);
    stage.press("j j j r");
    assert!(
        [SlotId::List, SlotId::AllUsers, SlotId::BannedUsers, SlotId::Instance]
            .iter()
            .all(|slot| stage.fetch(*slot).is_some())
    );
    stage.answer_list([900, 901].into_iter().chain(0..48).map(user));
    assert_eq!(stage.selected(), "user_3");
}

#[test]
fn a_refresh_behind_a_deleted_user_begins_at_the_start() {
    let mut stage = Stage::with_users(1_000);
    stage.press("ctrl-f ctrl-f r");
    assert!(matches!(order(&stage, SlotId::List).1, PageStart::After(_)));
    stage.fail(SlotId::List, refused(422, "form_param_value_invalid"));
    assert_eq!((order(&stage, SlotId::List).1, stage.notice()), (PageStart::FIRST, ""));
}

#[test]
fn a_page_behind_a_deleted_user_is_read_from_elsewhere_once_and_without_a_word() {
    let mut stage = Stage::with_users(1_000);
    stage.press("ctrl-f ctrl-f");
    assert!(matches!(order(&stage, SlotId::PageAfter).1, PageStart::After(_)));
    stage.fail(SlotId::PageAfter, refused(422, "form_param_value_invalid"));
    assert_eq!((stage.fetch(SlotId::PageAfter), stage.notice()), (None, ""));
    stage.answer_list((0..100).map(user));
    // A second time it is refused for another reason.
    stage.press("ctrl-f ctrl-f").fail(SlotId::PageAfter, refused(422, "form_param_value_invalid"));
    assert!(stage.notice().starts_with("Reading failed"), "{}", stage.notice());
}

#[test]
fn a_failed_page_is_not_asked_for_again_until_somebody_asks() {
    let mut stage = Stage::with_users(1_000);
    stage.press("ctrl-f ctrl-f").fail(SlotId::PageAfter, timed_out());
    assert!(stage.notice().starts_with("Reading failed"));
    stage.press("j");
    assert_eq!(stage.fetch(SlotId::PageAfter), None);
    stage.press("r").answer_list((0..100).map(user));
    assert!(stage.fetch(SlotId::PageAfter).is_some());
}

#[test]
fn nobody_is_an_answer() {
    let mut stage = Stage::begin();
    stage.answer_list([]);
    assert_eq!(stage.app.list().state(), ListState::Empty);
    stage.press("b enter j G g ctrl-d");
    assert_eq!(stage.changes.len(), 0);
}

#[test]
fn the_list_goes_on_to_the_first_row_when_the_screen_shrinks() {
    let mut stage = Stage::with_users(50);
    stage.press("G");
    for size in [Size::new(80, 24), Size::new(40, 10), Size::new(20, 1), Size::new(300, 100)] {
        stage.send(Event::Resize(size));
        let list = stage.app.list();
        let height = stage.app.layout().list_rows();
        if stage.app.layout().breadth != Breadth::Line {
            assert!((list.top()..list.top() + height).contains(&list.cursor()), "{size:?}");
        }
        assert_eq!(stage.selected(), "user_49");
    }
    assert_eq!(stage.app.list().top(), 0, "no empty rows while there are rows above");
}

fn mouse(kind: MouseEventKind, column: u16, row: u16) -> Event {
    Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
}

#[test]
fn a_click_selects_and_the_wheel_scrolls() {
    let mut stage = Stage::with_users(50);
    stage.send(mouse(MouseEventKind::Down(MouseButton::Left), 10, 6));
    assert_eq!(stage.selected(), "user_2");
    stage.send(mouse(MouseEventKind::ScrollDown, 10, 10));
    assert_eq!((stage.app.list().top(), stage.selected()), (3, "user_3"));
    stage.send(mouse(MouseEventKind::ScrollUp, 10, 10));
    assert_eq!((stage.app.list().top(), stage.selected()), (0, "user_3"));
    stage.send(mouse(MouseEventKind::Down(MouseButton::Left), 10, 60));
    assert_eq!(stage.selected(), "user_3", "below the rows there is nobody");
}

#[test]
fn a_click_opens_a_tab_and_a_dialog_takes_none() {
    let mut stage = Stage::with_users(5);
    stage.send(mouse(MouseEventKind::Down(MouseButton::Left), 85, 7));
    assert_eq!(stage.app.detail().tab(), crate::app::detail::Tab::Memberships);
    stage.press("b").send(mouse(MouseEventKind::Down(MouseButton::Left), 10, 6));
    assert_eq!(stage.selected(), "user_0");
}

#[test]
fn the_mouse_can_be_given_back_and_taken() {
    let mut stage = Stage::with_users(1);
    stage.press("%");
    assert!(stage.last.contains(&Effect::Mouse(crate::app::MouseCapture::Terminal)));
    stage.press("%");
    assert!(stage.last.contains(&Effect::Mouse(crate::app::MouseCapture::Ours)));
}

#[test]
fn memory_stays_flat_over_many_pages() {
    let mut stage = Stage::with_users(1_000_000);
    for page in 1..40 {
        stage.press("ctrl-f ctrl-f ctrl-f ctrl-f");
        if stage.waiting.contains_key(&SlotId::PageAfter) {
            let users = (page * 100..page * 100 + 100).map(|n| super::stage::received(user(n))).collect();
            stage.answer(SlotId::PageAfter, Fetched::Users(users));
        }
    }
    assert!(stage.app.list().window().rows().len() <= 700);
    let number = stage.app.list().window().number(stage.app.list().cursor(), None).unwrap();
    assert_eq!(format!("user_{}", number - 1), stage.selected());
}

#[test]
fn a_page_of_memberships_is_asked_for_the_user_that_the_cursor_rests_on() {
    let mut stage = Stage::with_users(5);
    stage.press("j");
    assert_eq!(stage.fetch(SlotId::Memberships), None, "the cursor has not rested");
    stage.wait(std::time::Duration::from_millis(80));
    assert!(
        matches!(stage.fetch(SlotId::Memberships), Some(Fetch::Memberships { user, .. }) if user.as_str() == "user_1")
    );
    stage.press("j");
    assert_eq!(stage.fetch(SlotId::Memberships), None, "nobody looks at it any more");
    stage.rest();
    assert_eq!(stage.app.detail().parts_of(&UserId::from("user_2")).unwrap().memberships.total(), Some(0));
}

#[test]
fn a_click_chooses_a_line_of_json_and_a_way_to_sign_in() {
    let mut stage = Stage::with_users(3);
    let top = |stage: &Stage| stage.app.layout().detail.unwrap().body.y;
    stage.press("enter 8");
    let y = top(&stage) + 3;
    stage.send(mouse(MouseEventKind::Down(MouseButton::Left), 85, y));
    assert_eq!(stage.app.detail().json().unwrap().cursor(), 3);
    stage.press("5");
    stage.send(mouse(MouseEventKind::Down(MouseButton::Left), 85, y - 1));
    assert_eq!(stage.app.detail().chosen_security_item(), 2);
}

#[test]
fn a_click_on_a_head_orders_by_it_and_again_turns_it_round() {
    use crate::clerk::query::{
        Direction::{Ascending, Descending},
        OrderField::{CreatedAt, FirstName},
    };
    let mut stage = Stage::with_users(50);
    let click = |stage: &mut Stage, column| {
        stage.send(mouse(MouseEventKind::Down(MouseButton::Left), column, 3));
        let order = stage.app.list().query().order;
        (order.by, order.direction)
    };
    assert_eq!(click(&mut stage, 5), (FirstName, Ascending));
    assert!(matches!(stage.fetch(SlotId::List), Some(Fetch::Users { query, .. }) if query.order.by == FirstName));
    assert_eq!(click(&mut stage, 6), (FirstName, Descending));
    assert_eq!(click(&mut stage, 52), (FirstName, Descending), "a state has no order");
    assert_eq!(click(&mut stage, 60), (CreatedAt, Descending));
    stage.press("b");
    assert_eq!(click(&mut stage, 5), (CreatedAt, Descending), "a dialog is answered first");
}

#[test]
fn heads_that_are_not_shown_take_no_click() {
    let mut stage = Stage::begin();
    stage.send(mouse(MouseEventKind::Down(MouseButton::Left), 5, 3));
    assert_eq!(stage.app.list().query().order, crate::clerk::query::UserOrder::default());
}
