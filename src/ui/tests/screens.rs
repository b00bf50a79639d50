//! Each screen, wide and narrow.

use super::{Stage, cast, looks, screen, stage, text};
use crate::app::{
    Event, Failure, Fetched, Made, SlotId,
    detail::{Batch, HistoryEnding, HistoryEntry},
    tests::stage::{refused, sessions},
};
use insta::assert_snapshot;
use ratatui::style::{Color, Modifier, Style};
use rstest::rstest;

/// The name of a snapshot of a screen of this size.
fn name(what: &str, (width, height): (u16, u16)) -> String {
    format!("{what}_{width}x{height}")
}

fn snapshot(what: &str, size: (u16, u16), mut stage: Stage) {
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
fn picking_an_organization(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 2");
    cast::answer_the_rest(&mut stage);
    stage.press("n");
    cast::answer_picker(&mut stage);
    stage.press("down down");
    snapshot("picker", size, stage);
}

#[test]
fn a_picker_says_when_it_waits_finds_nothing_or_fails() {
    let mut stage = stage(120, 36);
    stage.press("enter 2 n").wait(std::time::Duration::from_millis(400));
    let shown = |stage: &mut Stage| text(&screen(stage));
    assert!(shown(&mut stage).contains("reading organizations"));
    cast::answer_picker(&mut stage);
    assert!(shown(&mut stage).contains("4 of 70: type to narrow"));
    stage.press("x").wait(std::time::Duration::from_millis(120));
    stage.answer(SlotId::Organizations, Fetched::Organizations(crate::clerk::model::Page::default()));
    assert!(shown(&mut stage).contains("No organization has that in its name"));
    stage.press("y enter").fail(SlotId::Organizations, crate::app::tests::stage::timed_out());
    assert!(shown(&mut stage).contains("The organizations could not be read."));
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
#[case::largest((200, 60))]
fn the_metadata(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 6 / s e enter");
    snapshot("metadata", size, stage);
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
fn the_security_tab(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 5 j j j");
    cast::answer_the_rest(&mut stage);
    snapshot("security", size, stage);
}

#[test]
fn an_account_of_a_directory_tells_its_connection() {
    let mut stage = stage(120, 36);
    stage.press("enter 5 r").answer(SlotId::DetailUser, Fetched::User(Box::new(cast::received(cast::employee()))));
    stage.press("G k k");
    snapshot("enterprise", (120, 36), stage);
}

#[rstest]
#[case::masked((120, 36), "", "token_masked")]
#[case::shown((120, 36), "enter", "token_shown")]
#[case::narrow((80, 24), "enter", "token_shown")]
#[case::copied((120, 36), "y", "token_copied")]
fn the_token_of_an_account(#[case] size: (u16, u16), #[case] keys: &str, #[case] what: &str) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 5");
    cast::answer_the_rest(&mut stage);
    stage.press("j j j t w h y enter").succeed_with(Made::OAuthTokens(vec![cast::token()])).press(keys);
    snapshot(what, size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_token_asks(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 5 j j j t");
    snapshot("token_confirm", size, stage);
}

#[test]
fn a_token_that_cannot_be_fetched() {
    let mut stage = stage(120, 36);
    stage.press("enter 5 j j j t w h y enter").fail_change(refused(400, "oauth_token_retrieval_error"));
    snapshot("token_failed", (120, 36), stage);
}

#[rstest]
#[case::wide((120, 36), "G", "device_revoked")]
#[case::trusted((120, 36), "G k", "device")]
#[case::narrow((80, 24), "G k", "device")]
fn the_trusted_devices(#[case] size: (u16, u16), #[case] keys: &str, #[case] what: &str) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 5");
    cast::answer_the_rest(&mut stage);
    stage.press(keys);
    snapshot(what, size, stage);
}

#[test]
fn trusted_devices_that_cannot_be_read() {
    let mut stage = stage(120, 36);
    stage.press("enter 5").fail(SlotId::TrustedDevices, refused(403, "feature_not_enabled")).press("G");
    snapshot("devices_unread", (120, 36), stage);
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
fn editing_a_user(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("e tab tab backspace tab tab tab tab tab tab backspace enter");
    snapshot("edit", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn editing_metadata(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("m tab backspace ctrl-s");
    snapshot("edit_metadata", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn choosing_how_metadata_is_sent(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("m shift-tab space");
    snapshot("metadata_sending", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_change_of_metadata_asks_with_what_differs(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    let evil = "a \u{1b}[31mred\u{202e} value that is so long that it needs more than a row";
    let public = serde_json::json!({ "plan": { "name": "pro", "seats": 12 }, "note": evil, "tags": [1], "new": {} });
    stage.press("m").send(crate::app::Event::Edited(Ok(public.to_string()))).press("ctrl-s");
    snapshot("metadata_confirm", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_long_list_of_differences_tells_what_is_out_of_sight(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    let keys: serde_json::Map<_, _> = (0..60).map(|number| (format!("key{number}"), number.into())).collect();
    let text = serde_json::Value::from(keys).to_string();
    stage.press("m").send(crate::app::Event::Edited(Ok(text))).press("ctrl-s j j");
    snapshot("metadata_confirm_long", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn naming_a_picture(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    let names = (1..=9).map(|number| format!("ada {number}.png")).chain(["evil\u{202e}/".into(), "zoo/".into()]);
    stage.press(". i").send(crate::app::Event::Paste("~/Pictures/".into())).press("tab");
    stage.answer(crate::app::SlotId::File, Fetched::FileNames(names.collect()));
    snapshot("picture", size, stage);
}

#[test]
fn what_is_wrong_with_a_picture_is_said_below_its_name() {
    let mut stage = stage(80, 24);
    stage.press(". i x enter");
    let failure = crate::app::Failure::File { path: "x".into(), reason: "it is no JPEG, PNG, GIF or WebP".into() };
    stage.fail(crate::app::SlotId::File, failure);
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("Not taken: it is no JPEG, PNG, GIF or WebP."), "{shown}");
}

#[test]
fn what_differs_has_its_sign_and_its_colour() {
    let mut stage = stage(120, 36);
    let public = "{\"beta\": true, \"plan\": {\"name\": \"pro\"}, \"new\": 1}".to_owned();
    stage.press("m").send(crate::app::Event::Edited(Ok(public))).press("ctrl-s");
    let buffer = screen(&mut stage);
    let theme = crate::ui::Theme::colored();
    for (row, style) in
        [("+ public.new", theme.done), ("- public.tags", theme.failed), ("~ public.plan.name", theme.pending)]
    {
        assert_eq!(looks(&buffer, row).fg, style.fg, "{row}");
    }
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_new_user(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("n a d a tab tab tab tab tab s e c r e t enter shift-tab shift-tab shift-tab");
    snapshot("new_user", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn an_edit_asks(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("e tab tab backspace tab x enter");
    snapshot("edit_confirm", size, stage);
}

#[test]
fn a_password_is_typed_as_stars() {
    let mut stage = stage(120, 36);
    stage.press(". s h u n t e r 2");
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("*******") && !shown.contains("hunter2"), "{shown}");
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

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn typing_a_search(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("/ a d a");
    snapshot("search", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_line_of_filters(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("/").send(crate::app::Event::Paste("ada banned:no created:soon".into()));
    snapshot("filters", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn an_organization_is_looked_up(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("/").send(crate::app::Event::Paste("org:acme banned:no".into()));
    let buffer = screen(&mut stage);
    assert!(text(&buffer).contains("newest first"), "most names are known before that could be read");
    assert!(looks(&buffer, "Adaeze").add_modifier.contains(Modifier::DIM), "they are those of the line before");
    stage.wait(std::time::Duration::from_millis(400));
    assert_snapshot!(name("organization_awaited", size), text(&screen(&mut stage)));
    let page = crate::clerk::model::Page { data: cast::organizations(), total_count: 4 };
    stage.answer(SlotId::Named, Fetched::Organizations(page));
    stage.press("esc /").send(crate::app::Event::Paste("org:o".into()));
    let page = crate::clerk::model::Page { data: cast::organizations(), total_count: 4 };
    stage.answer(SlotId::Named, Fetched::Organizations(page));
    snapshot("organization_unknown", size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn the_members_of_an_organization(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 2");
    cast::answer_the_rest(&mut stage);
    stage.press("j enter").answer_list([cast::ada(), person_of(4), person_of(9)]);
    cast::answer_the_rest(&mut stage);
    snapshot("members", size, stage);
}

fn person_of(number: u32) -> crate::clerk::model::User {
    cast::person(number, "Grace", &format!("Number {number}"), &format!("grace{number}@example.com"))
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn the_filter_form(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    let paste = |stage: &mut Stage, fields: usize, text: &str| {
        stage.press(&"tab ".repeat(fields)).send(crate::app::Event::Paste(text.into()));
    };
    stage.press("f");
    for (fields, text) in [(0, "ada"), (8, "acme, -\u{202e}gro.kcah"), (1, "google"), (3, "soon"), (2, "last week")] {
        paste(&mut stage, fields, text);
    }
    stage.press("enter");
    snapshot("filter_form", size, stage);
}

#[test]
fn the_filter_form_shows_what_the_line_says_and_what_it_waits_for() {
    let mut stage = stage(120, 36);
    let line = "ada org:acme active:last-week signed-in:>30d banned:no";
    stage.press("/").send(crate::app::Event::Paste(line.into())).press("enter f");
    stage.wait(std::time::Duration::from_millis(400));
    assert_snapshot!("filter_form_of_a_line_120x36", text(&screen(&mut stage)));
    stage.press("enter").wait(std::time::Duration::from_millis(400));
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("looking up acme"), "{shown}");
}

#[test]
fn filters_are_set_apart_from_words_and_from_what_is_wrong() {
    let mut stage = stage(120, 36);
    stage.press("/").send(crate::app::Event::Paste("ada banned:no created:soon".into()));
    let buffer = screen(&mut stage);
    let theme = crate::ui::Theme::colored();
    assert_eq!(looks(&buffer, "banned:no").fg, theme.filter.fg);
    assert!(looks(&buffer, "banned:no").add_modifier.contains(Modifier::REVERSED));
    assert_eq!(looks(&buffer, "created:soon").fg, theme.wrong.fg);
    assert_ne!(looks(&buffer, "ada banned").fg, theme.filter.fg);
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
