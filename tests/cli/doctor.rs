//! `lazyclerk doctor`.

use super::{Emulator, lazyclerk, stderr};
use rustix::process::Signal;
use serde_json::Value;
use std::{
    fs,
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    process::{Command, Output},
};
use tempfile::TempDir;

fn doctor(home: &TempDir, arguments: &[&str]) -> Command {
    let mut command = lazyclerk(&[&["doctor"], arguments].concat());
    command.env("HOME", home.path()).current_dir(home.path());
    command.env("XDG_STATE_HOME", home.path().join("state")).env("XDG_CONFIG_HOME", home.path().join("config"));
    command
}

/// What it found about this, and how that is.
fn found(output: &Output, check: &str) -> (String, Value) {
    let told: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(output)));
    let checks = told["checks"].as_array().unwrap();
    let finding = checks.iter().find(|found| found["check"] == check).unwrap_or_else(|| panic!("{check}: {told}"));
    (finding["state"].as_str().unwrap().to_owned(), finding.clone())
}

#[test]
fn where_all_is_well_it_says_so_line_by_line() {
    let (home, emulator) = (TempDir::new().unwrap(), Emulator::start(&[]));
    let mut command = doctor(&home, &[]);
    command.env("CLERK_SECRET_KEY", &emulator.key).env("CLERK_API_URL", &emulator.url);
    let output = command.output().unwrap();
    let told = String::from_utf8(output.stdout.clone()).unwrap();
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(!told.contains(&emulator.key) && told.contains("CLERK_SECRET_KEY in the environment"), "{told}");
    for check in [
        "configuration",
        "key",
        "api",
        "api version",
        "clock",
        "instance",
        "rate limit",
        "terminal",
        "state",
        "record",
        "trash",
    ] {
        assert!(
            told.lines().any(|line| line.starts_with("ok ") && line.contains(&format!("  {check} "))),
            "{check}: {told}"
        );
    }
    let output = command.arg("--json").output().unwrap();
    assert!(found(&output, "clock").1["found"].as_str().unwrap().contains("the API's"));
    assert!(found(&output, "instance").1["found"].as_str().unwrap().starts_with("ins_"));
    emulator.stop(Signal::TERM);
}

#[test]
fn the_demo_needs_no_key() {
    let home = TempDir::new().unwrap();
    let output = doctor(&home, &["--demo", "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!((found(&output, "key").0, found(&output, "api").0), ("ok".to_owned(), "ok".to_owned()));
}

#[test]
fn a_key_that_is_missing_wrong_or_open_to_others_ends_with_three() {
    let (home, emulator) = (TempDir::new().unwrap(), Emulator::start(&[]));
    let missing = doctor(&home, &["--json"]).output().unwrap();
    assert_eq!(missing.status.code(), Some(3));
    let (state, finding) = found(&missing, "key");
    assert!(state == "wrong" && finding["mend"].as_str().unwrap().contains("lazyclerk profile add"), "{finding}");
    let mut command = doctor(&home, &["--json"]);
    command.env("CLERK_SECRET_KEY", "sk_test_nobodyKnowsThis").env("CLERK_API_URL", &emulator.url);
    let wrong = command.output().unwrap();
    assert_eq!(wrong.status.code(), Some(3));
    assert_eq!((found(&wrong, "key").0, found(&wrong, "api").0), ("ok".to_owned(), "wrong".to_owned()));
    let file = home.path().join("key");
    fs::write(&file, &emulator.key).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let open = doctor(&home, &["--json", "--secret-key-file", file.to_str().unwrap()]).output().unwrap();
    let (_, finding) = found(&open, "key");
    assert!(finding["mend"].as_str().unwrap().starts_with("chmod 600 "), "{finding}");
    emulator.stop(Signal::TERM);
}

#[test]
fn what_else_is_wrong_ends_with_one_and_is_told_with_how_to_mend_it() {
    let home = TempDir::new().unwrap();
    // Nobody listens there any more.
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut command = doctor(&home, &["--json"]);
    command.env("CLERK_SECRET_KEY", "sk_test_nobodyKnowsThis").env("CLERK_API_URL", format!("http://{address}"));
    let output = command.output().unwrap();
    assert_eq!((output.status.code(), found(&output, "api").0), (Some(1), "wrong".to_owned()));
    let state = home.path().join("state/lazyclerk");
    fs::create_dir_all(&state).unwrap();
    fs::set_permissions(&state, fs::Permissions::from_mode(0o755)).unwrap();
    fs::create_dir_all(home.path().join("config/lazyclerk")).unwrap();
    fs::write(home.path().join("config/lazyclerk/config.toml"), "theem = 1").unwrap();
    let output = doctor(&home, &["--demo", "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let (told, finding) = found(&output, "state");
    assert!(told == "wrong" && finding["mend"].as_str().unwrap().contains("chmod -R go-rwx"), "{finding}");
    let (told, finding) = found(&output, "configuration");
    assert!(told == "wrong" && finding["found"].as_str().unwrap().contains("did you mean \"theme\"?"), "{finding}");
}

#[test]
fn a_line_of_the_record_that_was_changed_is_found() {
    let (home, emulator) = (TempDir::new().unwrap(), Emulator::start(&[]));
    let run = |arguments: &[&str]| {
        let mut command = lazyclerk(arguments);
        command.env("HOME", home.path()).env("XDG_STATE_HOME", home.path().join("state"));
        command.env("CLERK_SECRET_KEY", &emulator.key).env("CLERK_API_URL", &emulator.url).output().unwrap()
    };
    let listed = run(&["users", "list", "--banned=no", "--ndjson", "-n", "1"]);
    let id = serde_json::from_slice::<Value>(&listed.stdout).unwrap()["id"].as_str().unwrap().to_owned();
    assert!(run(&["users", "ban", &id, "--yes"]).status.success());
    let log = home.path().join("state/lazyclerk/audit.jsonl");
    let text = fs::read_to_string(&log).unwrap();
    fs::write(&log, text.replacen("\"ban\"", "\"lock\"", 1)).unwrap();
    let output = run(&["doctor", "--json"]);
    let (told, finding) = found(&output, "record");
    assert_eq!((output.status.code(), told.as_str()), (Some(1), "wrong"), "{finding}");
    assert!(finding["mend"].as_str().unwrap().contains("lazyclerk audit verify"), "{finding}");
    emulator.stop(Signal::TERM);
}
