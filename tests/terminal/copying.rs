//! Copying through what stands between the program and the terminal.

use crate::terminal::{Setting, Terminal};
use base64::{Engine, prelude::BASE64_STANDARD};
use std::{fs, os::unix::fs::PermissionsExt};
use tempfile::TempDir;

/// Copies the id of the first user, and gives it.
fn copied(terminal: &mut Terminal) -> String {
    terminal.wait_for_users().send("y").wait_for("Copy of").send("y").wait_for("Copied the id");
    let text = terminal.text();
    let id = text.split_whitespace().find(|word| word.starts_with("user_")).unwrap();
    id.trim_matches('│').to_owned()
}

#[test]
fn tmux_is_given_it_without_the_key() {
    let folder = TempDir::new().unwrap();
    let (tmux, given) = (folder.path().join("tmux"), folder.path().join("given"));
    // As the true one is called; what it was given is complete once it has its name.
    let script = format!(
        "#!/bin/sh\n{{ echo \"$@ ${{CLERK_SECRET_KEY-no key}}\"; cat; }} > {0}.part && mv {0}.part {0}\n",
        given.display()
    );
    fs::write(&tmux, script).unwrap();
    fs::set_permissions(&tmux, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let mut terminal = Setting::demo()
        .with("PATH", &path)
        .with("TMUX", "/tmp/tmux-0/default,1,0")
        .with("CLERK_SECRET_KEY", "sk_test_thatNobodyElseNeeds")
        .start();
    let id = copied(&mut terminal);
    terminal.wait_for_file(&given);
    assert_eq!(fs::read_to_string(&given).unwrap(), format!("load-buffer -w - no key\n{id}"));
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn screen_passes_on_what_is_wrapped_for_it() {
    let mut terminal = Setting::demo().with("STY", "1234.pts-0.here").start();
    let id = copied(&mut terminal);
    let sequence = format!("\u{1b}P\u{1b}]52;c;{}\u{7}\u{1b}\\", BASE64_STANDARD.encode(id));
    let has_it = |terminal: &Terminal| String::from_utf8_lossy(&terminal.written).contains(&sequence);
    terminal.wait_until("the sequence", has_it).send("q");
    assert_eq!(terminal.end(), 0);
}
