//! Every way out, and the way back from ctrl-z.

use super::{
    requests::{ban, banned},
    stage::{EIO, SIZE, Stage, blank, user},
};
use crate::runtime::{Ended, Ending, Signal};
use ratatui::layout::Size;
use std::{fs, path::PathBuf, time::Duration};
use tokio::{
    sync::oneshot,
    time::{Instant, sleep},
};

pub(super) fn ended(ending: Ending) -> Ended {
    Ended { ending, unfinished_changes: 0 }
}

/// The terminal is as it was.
fn assert_left(stage: &Stage) {
    let terminal = stage.terminal();
    let screen = terminal.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    assert_eq!(stage.log().raw.last(), Some(&false));
}

#[tokio::test(start_paused = true)]
async fn q_leaves_at_once_also_before_anything_has_been_answered() {
    let stage = Stage::begin().await;
    stage.type_text("q");
    stage.settle().await;
    assert_left(&stage);
    assert_eq!(stage.end().await.unwrap(), ended(Ending::Quit));
}

#[tokio::test(start_paused = true)]
async fn signals_leave() {
    for signal in [Signal::Hangup, Signal::Interrupt, Signal::Terminate] {
        let stage = Stage::begin().await;
        stage.signal(signal);
        stage.settle().await;
        assert_left(&stage);
        assert_eq!(stage.end().await.unwrap(), ended(Ending::Signal(signal)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_terminal_that_is_gone_ends_the_program() {
    let stage = Stage::begin().await;
    stage.end_input();
    assert_eq!(stage.end().await.unwrap(), ended(Ending::Lost), "nothing to read any more");

    let stage = Stage::begin().await;
    stage.log().write_error = Some(EIO);
    stage.type_text("/a");
    assert_eq!(stage.end().await.unwrap(), ended(Ending::Lost), "nowhere to write any more");

    let stage = Stage::begin_without_terminal().await;
    assert_eq!(stage.end().await.unwrap(), ended(Ending::Lost), "nowhere to write from the start");
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_read_is_an_error_and_leaves() {
    let stage = Stage::begin().await;
    stage.fail_input();
    stage.settle().await;
    assert_left(&stage);
    assert_eq!(stage.end().await.unwrap_err().to_string(), "no terminal");
}

#[tokio::test(start_paused = true)]
async fn leaving_waits_for_a_change_under_way_but_not_for_reads() {
    for signal in [None, Some(Signal::Terminate), Some(Signal::Hangup)] {
        let stage = Stage::begin_with(&[user("Ada")]).await;
        ban(&stage).await;
        let begun = stage.log().begun.remove(0);
        match signal {
            Some(signal) => stage.signal(signal),
            // The second time, as the first waits on the screen.
            None => stage.type_text("qq"),
        }
        sleep(Duration::from_secs(1)).await;
        assert_left(&stage);
        assert!(!begun.is_aborted() && !stage.is_over());
        begun.answer(Ok(banned()));
        assert_eq!(stage.end().await.unwrap(), ended(signal.map_or(Ending::Quit, Ending::Signal)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_change_that_never_ends_is_not_waited_for_for_ever() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    ban(&stage).await;
    let begun = Instant::now();
    stage.signal(Signal::Terminate);
    let ended = stage.end().await.unwrap();
    assert_eq!(ended, Ended { ending: Ending::Signal(Signal::Terminate), unfinished_changes: 1 });
    assert_eq!(begun.elapsed().as_secs(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_second_signal_does_not_wait() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    ban(&stage).await;
    let begun = Instant::now();
    stage.signal(Signal::Terminate);
    stage.signal(Signal::Interrupt);
    let ended = stage.end().await.unwrap();
    assert_eq!(ended, Ended { ending: Ending::Signal(Signal::Terminate), unfinished_changes: 1 });
    assert_eq!(begun.elapsed().as_millis(), 0);
}

/// Until it is stopped; the test is what would continue it.
async fn wait_for_stop(stage: &Stage) {
    while !stage.log().stopped.contains(&"itself") {
        tokio::task::yield_now().await;
    }
}

/// Until the editor is open.
async fn wait_for_editor(stage: &Stage) -> (PathBuf, oneshot::Sender<Result<(), String>>) {
    loop {
        if let Some(edited) = stage.log().edited.pop() {
            return edited;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn an_editor_has_the_terminal_for_itself_until_it_ends() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    stage.type_text("m");
    stage.settle().await;
    stage.ctrl('o');
    let (file, editor) = wait_for_editor(&stage).await;
    assert_left(&stage);
    assert!(!stage.is_read(), "its keys are its own");
    let (frames, text) = (stage.frames(), fs::read_to_string(&file).unwrap());
    assert_eq!(text, "{}\n");
    // Keys that the terminal turns into signals are meant for the editor; when it stops the job, all of it stops.
    stage.signal(Signal::Interrupt);
    stage.signal(Signal::Stop);
    stage.signal(Signal::Continue);
    wait_for_stop(&stage).await;
    stage.settle().await;
    assert!((stage.frames(), stage.is_over()) == (frames, false), "nothing is drawn over it");
    fs::write(&file, "{\"plan\": 1}\n").unwrap();
    stage.log().size = Size::new(60, 15);
    editor.send(Ok(())).unwrap();
    stage.settle().await;
    assert!(stage.is_read() && stage.log().raw.last() == Some(&true));
    assert!(stage.log().shown.contains("width: 60, height: 15"), "the size is another now");
    assert!(!file.exists());
    stage.ctrl('o');
    let (again, editor) = wait_for_editor(&stage).await;
    assert_eq!(fs::read_to_string(again).unwrap(), "{\n  \"plan\": 1\n}\n", "what came back is what goes out");
    editor.send(Err("it failed".into())).unwrap();
    stage.settle().await;
    assert!(stage.is_read());
}

#[tokio::test(start_paused = true)]
async fn what_was_written_in_an_editor_that_fails_is_kept() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    stage.type_text("m");
    stage.settle().await;
    stage.ctrl('o');
    let (file, editor) = wait_for_editor(&stage).await;
    let written = format!("{{\"plan\": {}}}\n", fastrand::u64(..));
    fs::write(&file, &written).unwrap();
    editor.send(Err("it failed".into())).unwrap();
    stage.settle().await;
    assert!(!file.exists());
    let folders = fs::read_dir(std::env::temp_dir()).unwrap().map(|entry| entry.unwrap().path());
    let is_kept =
        |folder: &PathBuf| fs::read_to_string(folder.join(file.file_name().unwrap())).is_ok_and(|text| text == written);
    let kept: Vec<_> = folders.filter(is_kept).collect();
    assert_eq!(kept.len(), 1);
    fs::remove_dir_all(&kept[0]).unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_editor_stops_nothing_where_no_shell_could_continue_the_program() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    stage.log().has_shell = false;
    stage.type_text("m");
    stage.settle().await;
    stage.ctrl('o');
    let (_file, editor) = wait_for_editor(&stage).await;
    stage.signal(Signal::Stop);
    stage.settle().await;
    assert!(stage.log().stopped.is_empty());
    editor.send(Ok(())).unwrap();
    stage.settle().await;
    assert!(stage.is_read());
}

#[tokio::test(start_paused = true)]
async fn signals_leave_also_while_an_editor_is_open() {
    for signal in [Signal::Hangup, Signal::Terminate] {
        let stage = Stage::begin_with(&[user("Ada")]).await;
        stage.type_text("m");
        stage.settle().await;
        stage.ctrl('o');
        let (file, editor) = wait_for_editor(&stage).await;
        stage.signal(signal);
        stage.settle().await;
        assert!(editor.is_closed() && !file.exists());
        assert_left(&stage);
        assert_eq!(stage.end().await.unwrap(), ended(Ending::Signal(signal)));
    }
}

#[tokio::test(start_paused = true)]
async fn ctrl_z_gives_the_terminal_back_and_stops_and_going_on_takes_it_again() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    stage.ctrl('z');
    wait_for_stop(&stage).await;
    assert_left(&stage);
    assert_eq!(stage.log().stopped, ["others", "itself"]);
    // For the program that goes on, from the moment when it does.
    stage.type_text("/x");
    let writes = stage.writes();
    stage.log().size = Size::new(60, 15);
    stage.signal(Signal::Stop);
    stage.signal(Signal::Continue);
    stage.settle().await;
    assert_eq!(stage.readers(), 1, "one reader from the first to the last, so that no key falls between two");
    let log = stage.log();
    assert_eq!((log.stopped.len(), log.raw.last()), (2, Some(&true)));
    let mut terminal = blank(Size::new(60, 15));
    terminal.process(&log.writes[writes].1);
    assert!(terminal.screen().alternate_screen() && terminal.screen().hide_cursor());
    assert!(terminal.screen().contents().contains("selected [Ada]"), "{}", terminal.screen().contents());
    assert!(log.shown.contains("width: 60, height: 15"), "the size is another now: {}", log.shown);
    assert!(log.shown.contains("search [x]"), "the keys were read: {}", log.shown);
}

#[tokio::test(start_paused = true)]
async fn a_signal_to_stop_stops_this_process_alone() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    stage.signal(Signal::Stop);
    wait_for_stop(&stage).await;
    assert_left(&stage);
    stage.signal(Signal::Continue);
    stage.settle().await;
    assert_eq!(stage.log().stopped, ["itself"]);
    assert!(stage.terminal().screen().alternate_screen());
}

#[tokio::test(start_paused = true)]
async fn a_signal_to_end_reaches_a_stopped_program() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    stage.ctrl('z');
    wait_for_stop(&stage).await;
    stage.signal(Signal::Terminate);
    assert_eq!(stage.end().await.unwrap(), ended(Ending::Signal(Signal::Terminate)));
}

#[tokio::test(start_paused = true)]
async fn ctrl_z_does_nothing_where_no_shell_could_continue_the_program() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    stage.log().has_shell = false;
    let writes = stage.writes();
    stage.ctrl('z');
    sleep(Duration::from_millis(200)).await;
    assert!(stage.log().stopped.is_empty());
    assert!(stage.is_read());
    assert_eq!(stage.writes(), writes);
}

#[tokio::test(start_paused = true)]
async fn a_program_that_was_stopped_from_outside_paints_everything_anew() {
    let stage = Stage::begin_with(&[user("Ada")]).await;
    let writes = stage.log().writes.len();
    stage.signal(Signal::Continue);
    stage.settle().await;
    let mut terminal = blank(SIZE);
    for (_, bytes) in &stage.log().writes[writes..] {
        terminal.process(bytes);
    }
    assert!(terminal.screen().alternate_screen());
    assert_eq!(terminal.screen().contents(), stage.terminal().screen().contents());
}
