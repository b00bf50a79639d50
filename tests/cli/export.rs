//! `lazyclerk export`, at an emulator: forms, filters, columns, going on.

use super::{Emulator, stderr, users::Instance};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Stdio},
};

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn ids(users: &[Value]) -> Vec<&str> {
    users.iter().map(|user| user["id"].as_str().unwrap()).collect()
}

/// The rows of a table without line breaks in its cells.
fn cells(line: &str) -> Vec<&str> {
    line.split(',').collect()
}

#[test]
fn each_form_has_everybody_in_the_order_of_the_list() {
    let instance = Instance::of("1210");
    let all = instance.ids(&["--all"]);
    let as_lines = instance.print(&["export"]);
    let told = lines(&as_lines);
    assert_eq!(ids(&told), all);
    assert_eq!(told[7], instance.json(&["users", "get", &all[7], "--json"]), "with all that Clerk tells");
    let document: Value = serde_json::from_str(&instance.print(&["export", "--format", "json"])).unwrap();
    assert_eq!(ids(document.as_array().unwrap()), all);
    let table = instance.print(&["export", "--format", "csv", "--columns", "id,email_address,banned,created_at"]);
    let rows: Vec<&str> = table.split("\r\n").collect();
    assert_eq!((rows.len(), rows[0], rows[1211]), (1212, "id,email_address,banned,created_at", ""));
    assert_eq!(rows[1..1211].iter().map(|row| cells(row)[0]).collect::<Vec<_>>(), all);
    let [_, email, banned, created] = cells(rows[8])[..] else { panic!("{}", rows[8]) };
    let created: jiff::Timestamp = created.parse().unwrap();
    assert_eq!(Some(created.as_millisecond()), told[7]["created_at"].as_i64());
    assert_eq!(Some(banned == "true"), told[7]["banned"].as_bool());
    let emails = told[7]["email_addresses"].as_array().unwrap();
    assert!(email.is_empty() || emails.iter().any(|it| it["email_address"] == email), "{email}");
    let by_name = instance.print(&["export", "--order-by=+first_name", "--columns=id,public_metadata"]);
    let by_name = lines(&by_name);
    let mut unique = ids(&by_name);
    unique.sort_unstable();
    unique.dedup();
    assert_eq!((by_name.len(), unique.len()), (1210, 1210), "by offset where there is no cursor");
    assert!(by_name[0]["public_metadata"].is_object());
    instance.stop();
}

#[test]
fn a_file_is_named_by_its_ending_filtered_and_its_owners_alone() {
    let instance = Instance::of("120");
    let path = instance.home.path().join("banned.csv");
    let out = path.to_str().unwrap();
    fs::write(&path, "before").unwrap();
    let output = instance.run(&["export", "banned:yes", "--out", out]);
    let banned = instance.ids(&["--banned", "--all"]).len();
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert_eq!(told, format!("{banned} users exported to {out}.\n"));
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("id,external_id,email_address,"), "{text}");
    assert_eq!(text.matches("\r\nuser_").count(), banned);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!Path::new(&format!("{out}.part")).exists() && !Path::new(&format!("{out}.part.json")).exists());
    let output = instance.run(&["export", "nobody-is-called-so", "--out", out, "--format", "json"]);
    assert_eq!(
        (stderr(&output).as_str(), fs::read_to_string(&path).unwrap().as_str()),
        (&*format!("0 users exported to {out}.\n"), "[]\n")
    );
    let output = instance.run(&["export", "--out", "/dev/null", "--format", "csv"]);
    assert_eq!(output.status.code(), Some(0), "a device is written to: {}", stderr(&output));
    instance.stop();
}

#[test]
fn no_cell_is_a_formula() {
    let instance = Instance::of("1");
    let names = ["--first-name", "=HYPERLINK(\"http://x\")", "--last-name", "@SUM(1)\n+2"];
    let create =
        ["users", "create", "--yes", "--email-address", "eve@example.com", "--public-metadata", r#"{"a":"=1"}"#];
    instance.print(&[&create[..], &names].concat());
    let columns = "first_name,last_name,name,public_metadata.a,public_metadata";
    let table = instance.print(&["export", "eve@example.com", "--format", "csv", "--columns", columns]);
    let row = "\"'=HYPERLINK(\"\"http://x\"\")\",\"'@SUM(1)\n+2\",\"'=HYPERLINK(\"\"http://x\"\") @SUM(1)\n+2\",'=1,\"{\"\"a\"\":\"\"=1\"\"}\"";
    assert_eq!(table, format!("{columns}\r\n{row}\r\n"));
    instance.stop();
}

#[test]
fn what_cannot_be_exported_is_said_before_anything_is_sent() {
    let instance = Instance::of("1");
    let home = instance.home.path().to_str().unwrap().to_owned();
    for (arguments, said) in [
        (vec!["export", "--columns", "emali_address"], "email_address is one"),
        (vec!["export", "--columns", "password_digest"], "Clerk's API"),
        (vec!["export", "--out", "users.parquet"], "--format"),
        (vec!["export", "--out", &home, "--format", "csv"], "is a folder"),
        (vec!["export", "--resume"], "--out"),
        (vec!["export", "banned:perhaps"], "yes or no"),
    ] {
        let output = instance.run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty());
    }
    let output = instance.run(&["export", "--out", "/nowhere/users.csv"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("/nowhere/users.csv cannot be written"), "{}", stderr(&output));
    assert!(instance.print(&["export", "--columns", "help"]).contains("\nlast_active_at\n"));
    instance.stop();
}

/// Waits until it has written something, and asks it to stop.
fn interrupted(child: Child, part: &Path) -> (Option<i32>, String) {
    let begun = std::time::Instant::now();
    while fs::metadata(part).map_or(0, |metadata| metadata.len()) < 1_000 {
        assert!(begun.elapsed().as_secs() < 60, "nothing was written");
        std::thread::yield_now();
    }
    kill_process(Pid::from_raw(child.id().cast_signed()).unwrap(), Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.code(), stderr(&output))
}

#[test]
fn an_export_that_was_interrupted_goes_on_and_nobody_is_there_twice() {
    let slow = |arguments: &[&str]| Instance::with(&[&["--users", "2600", "--latency", "150"], arguments].concat());
    let instance = slow(&[]);
    for ending in ["ndjson", "json", "csv"] {
        let path = instance.home.path().join(format!("users.{ending}"));
        // A name without a folder, from within it.
        let out = path.file_name().unwrap().to_str().unwrap();
        let there = |arguments: &[&str]| {
            let mut command = instance.command(arguments);
            command.current_dir(instance.home.path());
            command
        };
        let part = instance.home.path().join(format!("users.{ending}.part"));
        let child =
            there(&["export", "--out", out, "--columns", "id,last_name"]).stderr(Stdio::piped()).spawn().unwrap();
        let (code, told) = interrupted(child, &part);
        assert_eq!(code, Some(130), "{told}");
        assert!(told.starts_with("Stopped: ") && told.contains("with --resume goes on"), "{told}");
        assert!(part.exists() && !path.exists());
        let other = there(&["export", "--out", out, "--columns", "id", "--resume"]).output().unwrap();
        assert_eq!(other.status.code(), Some(2), "{}", stderr(&other));
        let output = there(&["export", "--out", out, "--columns", "id,last_name", "--resume"]).output().unwrap();
        let told = stderr(&output);
        assert!(
            told.starts_with("Goes on behind ") && told.ends_with(&format!("2,600 users exported to {out}.\n")),
            "{told}"
        );
        let text = fs::read_to_string(&path).unwrap();
        let mut found: Vec<&str> = text.match_indices("user_").map(|(at, _)| &text[at..at + 32]).collect();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), 2600, "{ending}");
        match ending {
            "json" => assert_eq!(serde_json::from_str::<Value>(&text).unwrap().as_array().unwrap().len(), 2600),
            "ndjson" => assert_eq!(lines(&text).len(), 2600),
            _ => assert_eq!(text.matches("id,last_name\r\n").count(), 1),
        }
    }
    instance.stop();
}

#[test]
fn what_breaks_off_says_where_it_is_and_a_closed_pipe_is_quiet() {
    let instance = Instance::with(&["--users", "2600", "--latency", "150"]);
    let path = instance.home.path().join("users.ndjson");
    let part = instance.home.path().join("users.ndjson.part");
    let mut command = instance.command(&["export", "--out", path.to_str().unwrap()]);
    let child = command.stderr(Stdio::piped()).spawn().unwrap();
    while fs::metadata(&part).map_or(0, |metadata| metadata.len()) < 1_000 {
        std::thread::yield_now();
    }
    let Instance { emulator, home } = instance;
    let (url, key) = (emulator.url.clone(), emulator.key.clone());
    emulator.stop(Signal::KILL);
    let output = child.wait_with_output().unwrap();
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.starts_with("Broken off: ") && told.contains("lazyclerk: "), "{told}");
    assert!(
        part.exists() && home.path().join("users.ndjson.part.json").exists() && !told.contains(&key) && !url.is_empty()
    );
    let instance = Instance { emulator: Emulator::start(&["--users", "2600"]), home };
    let mut child = instance.command(&["export"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
    instance.stop();
}
