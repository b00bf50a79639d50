//! The first start: a key is typed unseen, tried, and kept where that is wanted.

use crate::terminal::{Setting, Terminal};
use lazyclerk::emulator::{Emulator, Options};
use rstest::rstest;
use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};
use tokio::runtime::Runtime;

/// What stands on the screen as long as a key is asked for.
const ASKING: &str = "Secret key";

fn emulator(runtime: &Runtime) -> Emulator {
    runtime.block_on(Emulator::start(Options { users: 20, ..Options::default() })).unwrap()
}

fn setting(emulator: &Emulator) -> Setting {
    Setting::lazyclerk(&[]).with("CLERK_API_URL", emulator.url())
}

fn never_showed(terminal: &Terminal, key: &str) {
    assert!(!String::from_utf8_lossy(&terminal.written).contains(key), "{}", terminal.text());
}

/// A paste, as a terminal sends it.
fn paste(text: &str) -> String {
    format!("\u{1b}[200~{text}\u{1b}[201~")
}

#[test]
fn a_key_is_asked_for_tried_kept_and_found_at_the_next_start() {
    let runtime = Runtime::new().unwrap();
    let emulator = emulator(&runtime);
    let key = emulator.secret_key().expose().to_owned();
    let mut terminal = setting(&emulator).start();
    terminal.wait_for("Welcome. lazyclerk works on").wait_for("tried with one request").send("pk_test_1\r");
    terminal.wait_for("publishable").send("sk_test_aKey").wait_for("************");
    assert!(!terminal.text().contains("_aK"), "{}", terminal.text());
    terminal.send("ThatNobodyKnows\r").wait_for("The key cannot be checked at");
    terminal.send(&paste(&format!("{key}\n"))).wait_for("**********").send("\r").wait_for("no keyring at hand");
    assert!(terminal.text().contains("The key opens ins_"), "{}", terminal.text());
    // What stands there is in the way: it is taken out first.
    terminal.send("\u{1b}[D my shop\r").wait_for("letters, digits");
    terminal.send("\u{15}shop\r").wait_for("read, as there is no keyring at hand").send("\r");
    terminal.wait_for_users();
    assert!(terminal.row(0).contains("shop"), "{}", terminal.text());
    never_showed(&terminal, &key);
    let kept = terminal.home().join("state/lazyclerk/keys/shop");
    assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
    let configuration = fs::read_to_string(terminal.home().join(".config/lazyclerk/config.toml")).unwrap();
    assert!(configuration.contains("default_profile = \"shop\"") && !configuration.contains(&key), "{configuration}");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_restored();
    terminal.start_again(Setting::lazyclerk(&[]));
    terminal.wait_for_users();
    assert!(!terminal.text().contains("Welcome") && terminal.row(0).contains("shop"), "{}", terminal.text());
}

#[test]
fn the_same_goes_in_lines_where_there_shall_be_no_screen() {
    let runtime = Runtime::new().unwrap();
    let emulator = emulator(&runtime);
    let key = emulator.secret_key().expose().to_owned();
    let mut terminal = setting(&emulator).with("TERM", "dumb").start();
    terminal.wait_for("Welcome. lazyclerk").wait_for("enter alone leaves").send("pk_test_1\r");
    terminal.wait_for("publishable").send("sk_test_aKeyThatNobodyKnows\r").wait_for("the key cannot be checked at");
    terminal.send(&format!("{key}\r")).wait_for("no keyring at hand");
    terminal.send("perhaps\r").send("y\r").wait_for("What to call it [main]").send("my shop\r");
    terminal.wait_for("letters, digits").send("\r").wait_for("instance main, development");
    never_showed(&terminal, &key);
    assert!(terminal.home().join("state/lazyclerk/keys/main").exists());
    assert!(!String::from_utf8_lossy(&terminal.written).contains("\u{1b}[?1049h"), "no screen was taken");
}

#[test]
fn a_key_that_is_not_to_be_kept_is_used_once() {
    let runtime = Runtime::new().unwrap();
    let emulator = emulator(&runtime);
    let mut terminal = setting(&emulator).start();
    terminal.wait_for(ASKING).send(&format!("{}\r", emulator.secret_key().expose()));
    terminal.wait_for("Use it once").send("\u{1b}[B").wait_for("› Use it once").send("\r").wait_for_users();
    assert!(!terminal.home().join(".config").exists() && !terminal.home().join("state/lazyclerk/keys").exists());
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    terminal.start_again(setting(&emulator));
    terminal.wait_for(ASKING);
}

#[test]
fn whoever_has_no_key_can_look_around() {
    let mut terminal = Setting::lazyclerk(&[]).start();
    terminal.wait_for(ASKING).send("\t").wait_for("› Look around").send("\r").wait_for_users();
    assert!(terminal.row(0).contains("demo"), "{}", terminal.text());
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_restored();
}

#[rstest]
#[case::escape(&[], "\u{1b}", 3)]
#[case::ctrl_c(&[], "\u{3}", 3)]
#[case::enter_in_lines(&["--plain"], "\r", 3)]
#[case::ctrl_c_in_lines(&["--plain"], "\u{3}", 130)]
fn whoever_gives_none_leaves_with_the_terminal_as_it_was(
    #[case] arguments: &[&str],
    #[case] keys: &str,
    #[case] code: u32,
) {
    let mut terminal = Setting::lazyclerk(arguments).start();
    terminal.wait_for(ASKING).send(keys);
    assert_eq!(terminal.end(), code, "{}", terminal.text());
    terminal.assert_restored();
}

#[test]
fn a_signal_ends_it_and_a_stopped_one_gives_the_terminal_back_and_takes_it_again() {
    let mut terminal = Setting::lazyclerk(&[]).start();
    terminal.wait_for(ASKING).signal(rustix::process::Signal::TERM);
    assert_eq!(terminal.end(), 143, "{}", terminal.text());
    terminal.assert_restored();
    let program = env!("CARGO_BIN_EXE_lazyclerk");
    // A shell with job control, which tells when the job has stopped and waits for a line before it goes on.
    let script = format!("set -m; {program}; echo STOPPED; read line; fg; echo ENDED $?");
    let mut setting = Setting::lazyclerk(&["-c", &script]);
    setting.program = PathBuf::from("/bin/sh");
    let mut terminal = setting.start();
    terminal.wait_for(ASKING).send("sk_\u{1a}").wait_for("STOPPED");
    terminal.assert_restored();
    terminal.send("\r").wait_for("› Secret key    ***").send("\u{1b}").wait_for("ENDED 3");
    assert_eq!(terminal.end(), 0);
    terminal.assert_restored();
}

#[test]
fn a_closed_window_ends_it() {
    let mut terminal = Setting::lazyclerk(&[]).start();
    terminal.wait_for(ASKING).hang_up();
    assert_eq!(terminal.end(), 129);
}

#[test]
fn the_key_that_the_sdk_has_made_for_itself_opens_it() {
    let runtime = Runtime::new().unwrap();
    let emulator = emulator(&runtime);
    let mut terminal = setting(&emulator).start();
    terminal.wait_for(ASKING);
    let folder = terminal.home().join(".clerk/.tmp");
    fs::create_dir_all(&folder).unwrap();
    let key = emulator.secret_key().expose();
    fs::write(folder.join("keyless.json"), format!("{{\"publishableKey\":\"pk_test_1\",\"secretKey\":\"{key}\"}}"))
        .unwrap();
    terminal.send("\u{1b}");
    assert_eq!(terminal.end(), 3);
    terminal.start_again(setting(&emulator));
    terminal.wait_for_users().send(":").wait_for("cancel").send("about\r").wait_for("the keyless application in");
}
