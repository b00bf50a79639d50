//! Each screen, wide and narrow.

use super::{Stage, cast, looks, screen, stage, text};
use crate::app::{
    Event, Failure, Fetched, SlotId,
    detail::{Batch, HistoryEnding, HistoryEntry},
    tests::stage::sessions,
};
use insta::assert_snapshot;
use ratatui::style::{Color, Modifier, Style};
use rstest::rstest;

/// The name of a snapshot of a screen of this size.
pub(super) fn name(what: &str, (width, height): (u16, u16)) -> String {
    format!("{what}_{width}x{height}")
}

pub(super) fn snapshot(what: &str, size: (u16, u16), mut stage: Stage) {
    assert_snapshot!(name(what, size), text(&screen(&mut stage)));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
#[case::widest((200, 40))]
#[case::largest((200, 60))]
fn the_list(#[case] size: (u16, u16)) {
    snapshot("list", size, stage(size.0, size.1));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
#[case::widest((200, 40))]
fn each_head_is_clicked_where_it_is_drawn(#[case] size: (u16, u16)) {
    for (head, first, second) in
        [("name", "name ↑", "name ↓"), ("primary", "primary ↑", "primary ↓"), ("active", "↓active", "↑active")]
    {
        let mut stage = stage(size.0, size.1);
        let row = text(&screen(&mut stage)).lines().nth(3).unwrap().to_owned();
        assert!(row.contains("↓joined"), "{row}");
        let column = u16::try_from(row.find(head).unwrap()).unwrap();
        for expected in [first, second] {
            click(&mut stage, column, 3);
            let row = text(&screen(&mut stage)).lines().nth(3).unwrap().to_owned();
            assert!(row.contains(expected) && row.contains(" joined"), "{row}");
        }
    }
}

fn click(stage: &mut Stage, column: u16, row: u16) {
    use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
    let kind = MouseEventKind::Down(MouseButton::Left);
    stage.send(crate::app::Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
#[case::largest((200, 60))]
fn the_profile(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter");
    snapshot("profile", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
#[case::largest((200, 60))]
fn the_memberships(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 2");
    cast::answer_the_rest(&mut stage);
    snapshot("memberships", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn the_invitations(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 3");
    cast::answer_the_rest(&mut stage);
    snapshot("invitations", size, stage);
}

#[rstest]
#[case::wide((120, 36), "j")]
#[case::narrow((80, 24), "G")]
fn the_sessions(#[case] size: (u16, u16), #[case] keys: &str) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 4");
    cast::answer_the_rest(&mut stage);
    stage.press(keys);
    snapshot("sessions", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn the_raw_json(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 8 j");
    snapshot("raw", size, stage);
}

#[rstest]
#[case::wide((120, 36), "j j", "history")]
#[case::narrow((80, 24), "j j", "history")]
#[case::refused((120, 36), "", "history_failed")]
#[case::not_known((120, 36), "G", "history_open")]
fn the_history(#[case] size: (u16, u16), #[case] keys: &str, #[case] what: &str) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 7").press(keys);
    snapshot(what, size, stage);
}

#[test]
fn a_change_that_was_made_in_part_says_how_far_it_came() {
    let mut stage = stage(80, 24);
    stage.press("j").wait(std::time::Duration::from_millis(100));
    let sign_out = HistoryEntry {
        action: "sign_out".to_owned(),
        ending: HistoryEnding::Partly,
        done: Some("1 of 3 sessions ended".to_owned()),
        status: Some(429),
        code: Some("too_many_requests".to_owned()),
        ..cast::history().remove(0)
    };
    stage.answer(SlotId::History, Fetched::History(Batch { rows: vec![sign_out], total: Some(1) }));
    cast::answer_the_rest(&mut stage);
    stage.press("enter 7");
    snapshot("history_partly", (80, 24), stage);
}

#[test]
fn a_history_that_cannot_be_read_says_so() {
    let mut stage = stage(120, 36);
    stage.press("j").wait(std::time::Duration::from_millis(100));
    stage.fail(SlotId::History, Failure::RecordUnread("/state/audit.jsonl: permission denied".into()));
    cast::answer_the_rest(&mut stage);
    stage.press("enter 7");
    snapshot("history_unread", (120, 36), stage);
}

#[test]
fn the_statuses_of_sessions() {
    let mut stage = stage(120, 36);
    stage.press("enter 4");
    cast::answer_the_rest(&mut stage);
    stage.press("f");
    snapshot("session_statuses", (120, 36), stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
#[case::largest((200, 60))]
fn a_ban_asks(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("b").answer(SlotId::ActiveSessions, sessions(2));
    snapshot("confirm", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_ban_is_given_a_reason(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("b").answer(SlotId::ActiveSessions, sessions(2));
    stage.press("tab").send(crate::app::Event::Paste("spam \u{202e}evil".into()));
    snapshot("confirm_reason", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
#[case::largest((200, 60))]
fn the_palette(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press(": s i g n down");
    snapshot("palette", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
#[case::largest((200, 60))]
fn the_requests_sent(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    for exchange in cast::exchanges() {
        stage.send(Event::Sent(Box::new(exchange)));
    }
    stage.press("@ j");
    snapshot("requests", size, stage);
}

#[test]
fn where_nothing_was_sent_the_pane_says_so() {
    let mut stage = stage(80, 24);
    stage.press("@");
    assert!(text(&screen(&mut stage)).contains("Nothing has been sent yet."));
}

#[rstest]
#[case::list("z")]
#[case::detail("enter z")]
fn one_pane_alone(#[case] keys: &str) {
    let mut stage = stage(120, 36);
    stage.press(keys);
    let what = if keys == "z" { "zoomed_list" } else { "zoomed_detail" };
    snapshot(what, (120, 36), stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
#[case::largest((200, 60))]
fn the_pulse(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press(": p u l s e enter");
    for (index, count) in [(0, 12_481), (1, 37), (2, 11_277), (3, 2_310), (4, 5_402), (5, 9_001)] {
        stage.answer(SlotId::Pulse(index), Fetched::Count(count));
    }
    for index in 6..36 {
        let signed_up = if index == 8 { 3_240 } else { u64::from(index) * 977 % 91 };
        stage.answer(SlotId::Pulse(index), Fetched::Count(signed_up));
    }
    stage.press("j j");
    snapshot("pulse", size, stage);
}

#[test]
fn a_pulse_that_is_being_read_says_what_it_has() {
    let mut stage = stage(80, 24);
    stage.press(": p u l s e enter");
    stage.fail(SlotId::Pulse(1), crate::app::tests::stage::timed_out());
    stage.wait(std::time::Duration::from_millis(200));
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("Not all counted, r tries again: no answer") && shown.contains("Banned"), "{shown}");
}

#[test]
fn a_palette_that_finds_nothing_says_so() {
    let mut stage = stage(80, 24);
    stage.press(": x y z z y");
    let shown = text(&screen(&mut stage));
    assert!(
        shown.contains(": xyzzy") && shown.contains(" 0 of ") && shown.contains("Nothing is called so."),
        "{shown}"
    );
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
#[case::largest((200, 60))]
fn help_is_searched(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("? / b a n");
    snapshot("help_found", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn the_menu_of_further_actions(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press(". down");
    snapshot("more", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn deleting_asks_for_the_identifier(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("d").answer(crate::app::SlotId::ActiveSessions, crate::app::tests::stage::sessions(2));
    stage.press("a d a");
    snapshot("delete", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn the_order_menu(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("s j j");
    snapshot("order", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn the_help_page(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("? j");
    snapshot("help", size, stage);
}

#[test]
fn the_help_page_goes_where_its_cursor_goes() {
    let mut stage = stage(80, 24);
    stage.press("? G");
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("› ctrl-c       quit, from anywhere"), "{shown}");
    assert!(!shown.contains("page 1 of 2"), "{shown}");
}

#[test]
fn production_is_red_in_every_view_and_every_dialog() {
    let badge = Style::new().fg(Color::White).bg(Color::Red).add_modifier(Modifier::BOLD);
    for keys in ["", "enter", "2", "b", "s", "?", "/"] {
        for (width, height) in [(120, 36), (80, 24), (50, 20), (30, 6)] {
            let mut stage = stage(width, height);
            stage.press(keys);
            assert_eq!(looks(&screen(&mut stage), "PRODUCTION"), badge, "after {keys} at {width}×{height}");
        }
    }
    let mut stage = stage(120, 36);
    stage.press("b");
    assert_eq!(text(&screen(&mut stage)).matches("PRODUCTION").count(), 2);
}

#[test]
fn what_is_wrong_has_its_colour_and_its_word() {
    let mut stage = stage(120, 36);
    stage.press("j");
    let buffer = screen(&mut stage);
    assert_eq!(looks(&buffer, "locked").fg, Some(Color::Yellow));
    assert_eq!(looks(&buffer, "banned      5d").fg, Some(Color::Red));
    assert!(looks(&buffer, "› ").add_modifier.contains(Modifier::REVERSED));
}

#[test]
fn the_row_under_the_cursor_is_quieter_while_keys_go_elsewhere() {
    let mut stage = stage(120, 36);
    stage.press("enter");
    assert!(!looks(&screen(&mut stage), "› ").add_modifier.contains(Modifier::REVERSED));
}

#[test]
fn the_second_page_of_memberships_is_told() {
    let mut stage = stage(120, 36);
    stage.press("enter 2 r");
    let data = cast::memberships();
    stage.answer(SlotId::Memberships, Fetched::Memberships(crate::clerk::model::Page { data, total_count: 120 }));
    assert!(text(&screen(&mut stage)).contains("Memberships 120"));
}
