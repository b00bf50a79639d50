//! The terminal is as it was, however the program ends.

use crate::terminal::{Setting, Terminal};
use lazyclerk::{
    app::{App, ColorDepth, MouseCapture, Preferences, ReadOnly, Settings, Surroundings},
    clerk::{InstanceKind, model::Timestamp},
    emulator::Options,
    runtime::{Console, Host, Performer, Restraint, Target, View, run},
};
use ratatui::Frame;
use rstest::rstest;
use rustix::process::Signal;
use std::path::PathBuf;

fn started() -> Terminal {
    let mut terminal = Setting::demo().start();
    terminal.wait_for_users();
    terminal
}

#[rstest]
#[case::q("q")]
#[case::ctrl_c("\u{3}")]
#[case::ctrl_c_in_a_question("b\u{3}")]
fn keys_leave(#[case] keys: &str) {
    let mut terminal = started();
    terminal.send(keys);
    assert_eq!(terminal.end(), 0);
    terminal.assert_restored();
}

#[rstest]
#[case::terminate(Signal::TERM, 143)]
#[case::interrupt(Signal::INT, 130)]
#[case::hangup(Signal::HUP, 129)]
fn signals_leave(#[case] signal: Signal, #[case] code: u32) {
    let mut terminal = started();
    terminal.signal(signal);
    assert_eq!(terminal.end(), code);
    terminal.assert_restored();
}

#[test]
fn a_closed_window_ends_the_program() {
    let mut terminal = started();
    terminal.hang_up();
    assert_eq!(terminal.end(), 129);
}

#[test]
fn a_stopped_program_gives_the_terminal_back_and_takes_it_again() {
    let program = env!("CARGO_BIN_EXE_lazyclerk");
    // A shell with job control, which tells when the job has stopped and waits for a line before it goes on.
    let script = format!("set -m; {program} --demo --users 50; echo STOPPED; read line; fg; echo ENDED $?");
    let mut setting = Setting::lazyclerk(&["-c", &script]);
    setting.program = PathBuf::from("/bin/sh");
    let mut terminal = setting.start();
    terminal.wait_for_users();
    terminal.send("\u{1a}").wait_for("STOPPED");
    terminal.assert_restored();
    terminal.send("\r").wait_for_users();
    terminal.send("q").wait_for("ENDED 0");
    assert_eq!(terminal.end(), 0);
    terminal.assert_restored();
}

#[test]
fn another_size_is_another_layout() {
    let mut terminal = started();
    terminal.wait_for("│").resize(80, 24).wait_until("one pane", |terminal| !terminal.text().contains('│'));
    terminal.wait_for_users().resize(30, 5).wait_until("one line", |terminal| terminal.row(0).starts_with("dev "));
    terminal.resize(120, 36).wait_for("│").wait_for_users();
}

/// Draws once, and panics then.
struct PanickingView;

impl View for PanickingView {
    type State = App;

    fn draw(&self, app: &App, _: Timestamp, _: &mut Frame) {
        assert!(app.all_users().is_none(), "this view cannot draw a number");
    }

    fn title(&self, _: &App) -> String {
        "panics".to_owned()
    }
}

/// This very test, run again in a terminal, is the program that panics.
#[test]
fn a_panic_gives_the_terminal_back_before_it_is_told() {
    if std::env::var_os("LAZYCLERK_TEST_PANICS").is_some() {
        let console = Console::open().unwrap();
        let settings = Settings {
            instance_name: "panics".into(),
            instance_kind: InstanceKind::Development,
            actor: "kim".into(),
            dashboard: Some("https://dashboard.clerk.com".into()),
            has_browser: true,
            time_zone: jiff::tz::TimeZone::UTC,
            size: console.size().unwrap(),
            mouse: MouseCapture::Ours,
            read_only: ReadOnly::Off,
            dry_run: false,
            colors: ColorDepth::default(),
            preferences: Preferences::default(),
            surroundings: Surroundings::default(),
        };
        let target = Target::Demo(Options { users: 3, ..Options::default() });
        let performer = Performer::new(target, std::env::temp_dir(), Restraint::default());
        Console::restore_on_panic();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let _ = runtime.block_on(run(App::new(settings), console, PanickingView, performer));
        return;
    }
    let mut setting =
        Setting::lazyclerk(&["--exact", "leaving::a_panic_gives_the_terminal_back_before_it_is_told", "--nocapture"])
            .with("LAZYCLERK_TEST_PANICS", "1");
    setting.program = std::env::current_exe().unwrap();
    let mut terminal = setting.start();
    assert_eq!(terminal.end(), 101);
    terminal.assert_restored();
    assert!(String::from_utf8_lossy(&terminal.written).contains("\u{1b}[?1049h"), "it had the terminal");
    assert!(terminal.text().contains("this view cannot draw a number"), "{}", terminal.text());
}
