//! When the loop draws, and what that writes.

use super::stage::{SIZE, Stage, blank, received, user};
use crate::app::{Fetch, Fetched};
use crossterm::event::{Event as TerminalEvent, KeyCode};
use ratatui::layout::Size;
use std::time::Duration;
use tokio::time::{Instant, advance, sleep};

#[tokio::test(start_paused = true)]
async fn the_first_frame_comes_at_once_in_one_write_and_before_any_answer() {
    let stage = Stage::begin().await;
    let log = stage.log();
    assert_eq!(log.frames.first(), Some(&stage.begun_at));
    assert_eq!(log.writes.first().map(|(at, _)| *at), Some(stage.begun_at));
    let mut terminal = blank(SIZE);
    terminal.process(&log.writes[0].1);
    assert!(terminal.screen().alternate_screen() && terminal.screen().hide_cursor());
    assert!(terminal.screen().bracketed_paste());
    assert!(terminal.screen().contents().starts_with("search []"), "{}", terminal.screen().contents());
    assert_eq!(log.raw, [true]);
}

#[tokio::test(start_paused = true)]
async fn the_mouse_is_asked_for_clicks_and_the_wheel_but_not_for_moves() {
    let stage = Stage::begin().await;
    let terminal = stage.terminal();
    assert_eq!(terminal.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::PressRelease);
    assert_eq!(terminal.screen().mouse_protocol_encoding(), vt100::MouseProtocolEncoding::Sgr);
    stage.type_text("%");
    stage.settle().await;
    assert_eq!(stage.terminal().screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
}

#[tokio::test(start_paused = true)]
async fn what_waits_already_is_shown_by_one_frame() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    let frames = stage.frames();
    stage.type_text("/abcdefghijklmnopqrst");
    stage.settle().await;
    assert_eq!(stage.frames(), frames + 1);
    assert!(stage.log().shown.starts_with("search [abcdefghijklmnopqrst]"), "{}", stage.log().shown);
}

#[tokio::test(start_paused = true)]
async fn a_flood_is_cut_into_batches_so_that_frames_come_through() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    let frames = stage.frames();
    stage.type_text("/");
    stage.type_text(&"x".repeat(599));
    stage.settle().await;
    // 600 keys are two batches of 256 and a rest. The clock stands still meanwhile, so the frames after the
    // first wait for their time, and one shows the rest.
    assert_eq!(stage.frames(), frames + 2);
    assert!(stage.log().shown.starts_with("search [xxxxxxxx"), "{}", stage.log().shown);
}

#[tokio::test(start_paused = true)]
async fn frames_are_eight_milliseconds_apart_and_none_is_late() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    let first = stage.frames();
    let begun = Instant::now();
    stage.type_text("/");
    for _ in 0..50 {
        stage.type_text("x");
        sleep(Duration::from_millis(1)).await;
    }
    stage.settle().await;
    let frames: Vec<u128> = stage.log().frames[first..].iter().map(|at| at.duration_since(begun).as_millis()).collect();
    assert_eq!(frames, [0, 8, 16, 24, 32, 40, 48, 56]);
}

#[tokio::test(start_paused = true)]
async fn an_idle_program_sleeps_and_writes_nothing() {
    let stage = Stage::begin_with(&[]).await;
    let before = (stage.polls(), stage.writes(), stage.frames());
    // It is 17 o'clock, and at midnight a "today" would become "yesterday". The queue of timers looks at one so far
    // off a few times before.
    advance(Duration::from_hours(4)).await;
    stage.settle().await;
    assert_eq!((stage.polls(), stage.writes(), stage.frames()), before);
}

#[tokio::test(start_paused = true)]
async fn a_frame_that_changes_nothing_writes_nothing() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    let (writes, frames) = (stage.writes(), stage.frames());
    stage.press(KeyCode::F(5));
    stage.settle().await;
    assert_eq!((stage.writes(), stage.frames()), (writes, frames + 1));
}

#[tokio::test(start_paused = true)]
async fn each_frame_is_one_write() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    let (writes, frames) = (stage.writes(), stage.frames());
    stage.type_text("/");
    stage.settle().await;
    stage.type_text("ab");
    stage.settle().await;
    assert_eq!(stage.frames(), frames + 2);
    // The first of them changes nothing on the screen of this view.
    assert_eq!(stage.writes(), writes + 1);
}

#[tokio::test(start_paused = true)]
async fn a_resize_is_painted_on_the_whole_of_the_new_size() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    let writes = stage.writes();
    for width in 50..80 {
        stage.send(TerminalEvent::Resize(width, 20));
    }
    stage.settle().await;
    let log = stage.log();
    assert_eq!(log.writes.len(), writes + 1, "only the last size is painted");
    let mut terminal = blank(Size::new(79, 20));
    terminal.process(&log.writes[writes].1);
    assert!(terminal.screen().contents().contains("width: 79, height: 20"), "{}", terminal.screen().contents());
}

#[tokio::test(start_paused = true)]
async fn painting_anew_does_not_rely_on_what_stands_there() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    let writes = stage.writes();
    stage.ctrl('l');
    stage.settle().await;
    let mut terminal = blank(SIZE);
    terminal.process(&b"garbage".repeat(300));
    terminal.process(&stage.log().writes[writes].1);
    assert_eq!(terminal.screen().contents(), stage.terminal().screen().contents());
}

#[tokio::test(start_paused = true)]
async fn a_dialog_takes_keys_only_once_it_stands_on_the_screen() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    stage.type_text("b");
    stage.press(KeyCode::Enter);
    stage.settle().await;
    assert!(stage.log().begun.is_empty(), "the key came before the dialog was drawn");
    stage.press(KeyCode::Enter);
    stage.settle().await;
    assert_eq!(stage.log().begun.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_flood_of_answers_does_not_hold_up_a_key() {
    let stage = Stage::begin().await;
    let asked = stage.take_asked(|fetch| matches!(fetch, Fetch::Users { .. }));
    asked.answer(Ok(Fetched::Users(vec![received(&user("Ada"))])));
    stage.type_text("/a");
    stage.settle().await;
    assert!(stage.log().shown.starts_with("search [a] selected [Ada]"), "{}", stage.log().shown);
}

#[tokio::test(start_paused = true)]
async fn what_is_copied_goes_to_the_clipboard_as_text_and_to_no_screen() {
    let mut ada = user("Ada");
    ada.username = Some("ada\u{1b}]0;x\u{7}".into());
    let stage = Stage::begin_with(&[ada]).await;
    stage.type_text("y");
    stage.settle().await;
    sleep(Duration::from_millis(20)).await;
    stage.type_text("u");
    stage.settle().await;
    let written: Vec<u8> = stage.log().writes.iter().flat_map(|(_, bytes)| bytes.clone()).collect();
    let written = String::from_utf8_lossy(&written);
    // The text of a user goes out as base64: it cannot end the sequence.
    assert!(written.contains("\x1b]52;c;YWRhG10wO3gH\x1b\\"), "{written:?}");
}

#[tokio::test(start_paused = true)]
async fn what_is_copied_goes_to_the_terminal_and_to_the_system() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    let before = stage.writes();
    stage.type_text("y");
    stage.settle().await;
    stage.type_text("y");
    stage.settle().await;
    let log = stage.log();
    let written: Vec<u8> = log.writes[before..].iter().flat_map(|(_, bytes)| bytes.clone()).collect();
    assert_eq!(log.copied, ["user_Ada"]);
    let sequence = "\x1b]52;c;dXNlcl9BZGE=\x1b\\";
    assert!(String::from_utf8_lossy(&written).contains(sequence));
}
