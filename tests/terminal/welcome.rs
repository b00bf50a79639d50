//! The first start: a key is typed unseen, tried, and kept where that is wanted.

use crate::terminal::{Setting, Terminal};
use lazyclerk::emulator::{Emulator, Options};
use std::{fs, os::unix::fs::PermissionsExt};
use tokio::runtime::Runtime;

fn emulator(runtime: &Runtime) -> Emulator {
    runtime.block_on(Emulator::start(Options { users: 20, ..Options::default() })).unwrap()
}

fn setting(emulator: &Emulator) -> Setting {
    Setting::lazyclerk(&[]).with("CLERK_API_URL", emulator.url())
}

fn never_showed(terminal: &Terminal, key: &str) {
    assert!(!String::from_utf8_lossy(&terminal.written).contains(key), "{}", terminal.text());
}

#[test]
fn a_key_is_asked_for_tried_kept_and_found_at_the_next_start() {
    let runtime = Runtime::new().unwrap();
    let emulator = emulator(&runtime);
    let key = emulator.secret_key().expose().to_owned();
    let mut terminal = setting(&emulator).start();
    terminal.wait_for("Welcome to lazyclerk").wait_for("enter alone leaves").send("pk_test_1\r");
    terminal.wait_for("publishable").send("sk_test_aKeyThatNobodyKnows\r").wait_for("the key cannot be checked at");
    terminal.send(&format!("{key}\r")).wait_for("no keyring at hand");
    terminal
        .send("perhaps\r")
        .send("y\r")
        .wait_for("What to call it [main]")
        .send("my shop\r")
        .wait_for("letters, digits");
    terminal.send("shop\r").wait_for_users();
    assert!(terminal.text().contains("shop"), "{}", terminal.text());
    never_showed(&terminal, &key);
    never_showed(&terminal, "aKeyThatNobodyKnows");
    let kept = terminal.home().join("state/lazyclerk/keys/shop");
    assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
    let configuration = fs::read_to_string(terminal.home().join(".config/lazyclerk/config.toml")).unwrap();
    assert!(configuration.contains("default_profile = \"shop\"") && !configuration.contains(&key), "{configuration}");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_restored();
    terminal.start_again(Setting::lazyclerk(&[]));
    terminal.wait_for_users();
    assert!(!terminal.text().contains("Welcome") && terminal.text().contains("shop"), "{}", terminal.text());
}

#[test]
fn a_key_that_is_not_to_be_kept_is_used_once() {
    let runtime = Runtime::new().unwrap();
    let emulator = emulator(&runtime);
    let mut terminal = setting(&emulator).start();
    terminal.wait_for("enter alone leaves").send(&format!("{}\r", emulator.secret_key().expose()));
    terminal.wait_for("Keep it [y/n]").send("n\r").wait_for_users();
    assert!(!terminal.home().join(".config").exists() && !terminal.home().join("state/lazyclerk/keys").exists());
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    terminal.start_again(setting(&emulator));
    terminal.wait_for("Welcome to lazyclerk");
}

#[test]
fn whoever_gives_none_leaves_with_the_terminal_as_it_was() {
    let runtime = Runtime::new().unwrap();
    let emulator = emulator(&runtime);
    let mut terminal = setting(&emulator).start();
    terminal.wait_for("enter alone leaves").send("\r");
    assert_eq!(terminal.end(), 3, "{}", terminal.text());
    terminal.assert_restored();
    let mut terminal = setting(&emulator).start();
    terminal.wait_for("enter alone leaves").send("\u{3}");
    assert_eq!(terminal.end(), 130, "{}", terminal.text());
    terminal.assert_restored();
}

#[test]
fn the_key_that_the_sdk_has_made_for_itself_opens_it() {
    let runtime = Runtime::new().unwrap();
    let emulator = emulator(&runtime);
    let mut terminal = setting(&emulator).start();
    terminal.wait_for("enter alone leaves");
    let folder = terminal.home().join(".clerk/.tmp");
    fs::create_dir_all(&folder).unwrap();
    let key = emulator.secret_key().expose();
    fs::write(folder.join("keyless.json"), format!("{{\"publishableKey\":\"pk_test_1\",\"secretKey\":\"{key}\"}}"))
        .unwrap();
    terminal.send("\r");
    assert_eq!(terminal.end(), 3);
    terminal.start_again(setting(&emulator));
    terminal.wait_for_users().send(":").wait_for("cancel").send("about\r").wait_for("the keyless application in");
}
