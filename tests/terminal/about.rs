//! Where the key was found, told on the screen.

use crate::terminal::Setting;
use lazyclerk::emulator::{Emulator, Options};
use std::fs;
use tempfile::TempDir;
use tokio::runtime::Runtime;

#[test]
fn where_the_key_was_found_is_told_and_the_key_is_not() {
    let runtime = Runtime::new().unwrap();
    let emulator = runtime.block_on(Emulator::start(Options { users: 5, ..Options::default() })).unwrap();
    let key = emulator.secret_key().expose().to_owned();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("key");
    fs::write(&file, &key).unwrap();
    fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let path = file.to_str().unwrap();
    let mut terminal = Setting::lazyclerk(&["--secret-key-file", path]).with("CLERK_API_URL", emulator.url()).start();
    terminal.wait_for_users().send(":").wait_for("cancel").send("about\r").wait_for("MIT OR Apache-2.0");
    let text = terminal.text();
    // A long name goes on in the next row.
    let squeezed: String = text.split(['│', '\n']).map(str::trim).collect();
    assert!(squeezed.contains(path), "{text}");
    assert!(text.contains("config.toml, which is not there") || squeezed.contains("which is not there"), "{text}");
    assert!(!text.contains(&key), "{text}");
    terminal.send("\x1b").wait_until("the list", |terminal| !terminal.text().contains("MIT OR Apache-2.0"));
}
