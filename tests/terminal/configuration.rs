//! The configuration file, as far as the terminal.

use crate::terminal::{Setting, Terminal};
use std::fs;

/// The background of the dark theme among 256 colours.
const DARK: vt100::Color = vt100::Color::Idx(234);

/// Asserts that the program ended without having taken the terminal, and told why.
fn assert_refused(terminal: &mut Terminal, reasons: &[&str]) {
    assert_eq!(terminal.end(), 2, "{}", terminal.text());
    let told = terminal.text().replace('\n', "");
    for reason in reasons {
        assert!(told.contains(reason), "{reason}: {told}");
    }
    assert!(!String::from_utf8_lossy(&terminal.written).contains("\u{1b}[?1049h"), "the terminal is not taken");
    terminal.assert_restored();
}

#[test]
fn keys_are_as_the_file_says() {
    let mut terminal = Setting::demo().configured("[keys]\nban = \"V\"\nhelp = \"f1\"\nmore = []\n").start();
    terminal.wait_for_users().wait_for("V ban").wait_for("F1 help");
    assert!(!terminal.text().contains(". more"));
    terminal.send("V").wait_for("enter or y ban").send("\u{1b}").wait_for("V ban");
    terminal.send("\u{1b}OP").wait_for("one row down").send("\u{3}");
    assert_eq!(terminal.end(), 0);
    terminal.assert_restored();
}

#[test]
fn a_clash_is_told_before_the_terminal_is_taken() {
    let mut terminal = Setting::demo().configured("# mine\n[keys]\nban = [\"V\", \"r\"]\n").start();
    assert_refused(&mut terminal, &[".config/lazyclerk/config.toml, line 3: ", "\"r\" means both ban and refresh"]);
}

#[test]
fn a_file_that_is_named_goes_before_the_usual_one_and_has_to_be_there() {
    let directory = tempfile::tempdir().unwrap();
    let named = directory.path().join("mine.toml");
    let path = named.to_str().unwrap();
    assert_refused(&mut Setting::demo().with("LAZYCLERK_CONFIG", path).start(), &["mine.toml: "]);
    fs::write(&named, "[keys]\nhelp = \"f1\"\n").unwrap();
    let setting = Setting::demo().configured("nonsense").with("LAZYCLERK_CONFIG", path);
    setting.start().wait_for_users().wait_for("F1 help");
    let other = directory.path().join("other.toml");
    fs::write(&other, "[keys]\nhelp = \"f3\"\n").unwrap();
    let flag = ["--demo", "--users", "300", "--config", other.to_str().unwrap()];
    Setting::lazyclerk(&flag).with("LAZYCLERK_CONFIG", path).start().wait_for_users().wait_for("F3 help");
}

#[test]
fn the_theme_is_as_the_file_says_and_the_terminal_can_show_it() {
    let background = |terminal: &Terminal| terminal.background(20, 10);
    let dark = || Setting::demo().configured("theme = \"dark\"\n");
    let mut terminal = dark().start();
    terminal.wait_for_users();
    assert_eq!(background(&terminal), DARK);
    let mut terminal = dark().with("COLORTERM", "truecolor").start();
    terminal.wait_for_users();
    assert_eq!(background(&terminal), vt100::Color::Rgb(0x16, 0x18, 0x1d));
    let mut terminal = dark().with("TERM", "xterm").start();
    terminal.wait_for_users();
    assert_eq!(background(&terminal), vt100::Color::Idx(0));
    let mut terminal = dark().with("NO_COLOR", "1").with("COLORTERM", "truecolor").start();
    terminal.wait_for_users();
    assert_eq!(background(&terminal), vt100::Color::Default);
}

/// The dashboard with what it remembers in this directory.
fn remembering(directory: &tempfile::TempDir) -> Terminal {
    let mut terminal = Setting::demo().with("XDG_STATE_HOME", directory.path().to_str().unwrap()).start();
    terminal.wait_for_users();
    terminal
}

fn leave(mut terminal: Terminal) {
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_restored();
}

#[test]
fn a_view_columns_and_a_theme_survive_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let mut terminal = remembering(&directory);
    terminal.send("/banned:yes\r").wait_for("banned:yes").send("S").wait_for("oldest first");
    terminal.send("c").wait_for("space show, hide").send("j ").wait_for("primary      hidden");
    terminal.send("\u{1b}").wait_for("enter open");
    terminal.send(":save spam\r").wait_for("View spam saved.");
    terminal.send(":theme dark\r").wait_until("the theme", |terminal| terminal.background(20, 10) == DARK);
    leave(terminal);
    let mut terminal = remembering(&directory);
    assert_eq!(terminal.background(20, 10), DARK);
    assert!(!terminal.text().contains("primary"), "{}", terminal.text());
    terminal.send("c").wait_for("primary      hidden").send("r").wait_for("primary      shown").send("\u{1b}");
    terminal.wait_for("enter open");
    terminal.send("'").wait_for("banned:yes").wait_for("esc back").send("1");
    terminal.wait_for("oldest first").wait_until("the column", |terminal| !terminal.text().contains("primary"));
    leave(terminal);
}

#[test]
fn two_programs_keep_each_others_views() {
    let directory = tempfile::tempdir().unwrap();
    let (mut one, mut other) = (remembering(&directory), remembering(&directory));
    one.send(":save one\r").wait_for("View one saved.");
    other.send(":save other\r").wait_for("View other saved.");
    leave(one);
    leave(other);
    let mut third = remembering(&directory);
    third.send("'").wait_for("Saved views").wait_for("1  one").wait_for("2  other");
}

#[test]
fn what_cannot_be_read_is_told_once_and_set_aside() {
    let directory = tempfile::tempdir().unwrap();
    let state = directory.path().join("lazyclerk");
    fs::create_dir_all(&state).unwrap();
    fs::write(state.join("remembered.json"), "{ \"views\": [").unwrap();
    let mut terminal = remembering(&directory);
    terminal.wait_for("What was remembered could not be read");
    leave(terminal);
    assert_eq!(fs::read_to_string(state.join("remembered.json.broken-1")).unwrap(), "{ \"views\": [");
    let terminal = remembering(&directory);
    assert!(!terminal.text().contains("could not be read"));
}
