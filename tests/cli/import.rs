//! `lazyclerk import`, at an emulator: what is read, what is checked, what is created once, and the way back.

#[path = "import/existing.rs"]
mod existing;

use super::{stderr, users::Instance};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    process::{Child, Output, Stdio},
    time::{Duration, Instant},
};

impl Instance {
    fn file(&self, name: &str, text: &str) -> String {
        let path = self.home.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn count(&self) -> u64 {
        self.print(&["users", "count"]).trim().parse().unwrap()
    }

    /// The users with this email address.
    fn with_email(&self, email: &str) -> Vec<Value> {
        let told = self.json(&["users", "list", "--json", "--email", &format!("={email}")]);
        told.as_array().unwrap().clone()
    }

    fn has_password(&self, id: &str, password: &str) -> bool {
        let body = json!({ "password": password }).to_string();
        self.emulator.ask("POST", &format!("/v1/users/{id}/verify_password"), &body).starts_with("HTTP/1.1 200")
    }

    fn runs(&self) -> Vec<Value> {
        self.json(&["import", "--runs", "--json"]).as_array().unwrap().clone()
    }

    /// What this machine keeps of all that was done.
    fn kept(&self) -> String {
        fn texts(folder: &Path, all: &mut String) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    texts(&path, all);
                } else {
                    all.push_str(&fs::read_to_string(&path).unwrap_or_default());
                }
            }
        }
        let mut all = String::new();
        texts(&self.home.path().join("lazyclerk"), &mut all);
        all
    }

    fn creations(&self) -> Vec<Value> {
        let told = self.print(&["audit", "--json", "--action", "create"]);
        let lines = told.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.filter(|entry| entry["parameters"]["row"].is_u64()).collect()
    }
}

fn told(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(output)))
}

fn rows(count: usize) -> String {
    let row = |number: usize| format!("{number},user{number}@import.example,First{number}\n");
    "external_id,email_address,first_name\n".to_owned() + &(1..=count).map(row).collect::<String>()
}

#[test]
fn users_of_supabase_come_with_their_passwords_and_go_again() {
    let instance = Instance::of("5");
    let digest = bcrypt::hash("correct horse", 4).unwrap();
    let row = |id: &str, email: &str, at: &str, digest: &str, deleted: &str| {
        format!("{id},{email},{at},{digest},\"{{\"\"full_name\"\":\"\"Ada {id}\"\"}}\",authenticated,{deleted}\n")
    };
    let file = instance.file(
        "supabase.csv",
        &("id,email,email_confirmed_at,encrypted_password,raw_user_meta_data,aud,deleted_at\n".to_owned()
            + &row("a1", "one@import.example", "2024-01-15 10:30:00.5+00", &digest, "")
            + &row("a2", "two@import.example", "", "", "")
            + &row("a3", "three@import.example", "", "", "2024-02-01 00:00:00+00")),
    );
    let rehearsed = instance.run(&["import", &file, "--dry-run"]);
    let lines = String::from_utf8(rehearsed.stdout.clone()).unwrap();
    assert_eq!(rehearsed.status.code(), Some(0), "{}", stderr(&rehearsed));
    for said in [
        "Create 2 users from supabase.csv, as Supabase writes it",
        "3, 2 to create, 1 of nobody who is there",
        "email as email_address",
        "left out   aud",
        "1 of bcrypt",
        "2 requests",
    ] {
        assert!(lines.contains(said), "{said}: {lines}");
    }
    assert_eq!((instance.count(), instance.runs().len()), (5, 0), "nothing was sent, and nothing was begun");
    let refused = instance.run(&["import", &file]);
    assert_eq!(refused.status.code(), Some(2), "nobody can be asked: {}", stderr(&refused));

    let done = instance.run(&["import", &file, "--yes", "--json", "--reason", "moving house"]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let done = told(&done);
    assert_eq!((&done["created"], &done["absent"], &done["left"]), (&json!(2), &json!(1), &json!(0)));
    assert_eq!(instance.count(), 7);
    let [one] = &instance.with_email("one@import.example")[..] else { panic!() };
    assert_eq!(
        (&one["external_id"], &one["first_name"], &one["last_name"]),
        (&json!("a1"), &json!("Ada"), &json!("a1"))
    );
    assert_eq!(one["public_metadata"], json!({ "full_name": "Ada a1" }));
    let id = one["id"].as_str().unwrap();
    assert!(instance.has_password(id, "correct horse") && !instance.has_password(id, "wrong horse"));
    let [two] = &instance.with_email("two@import.example")[..] else { panic!() };
    assert_eq!(two["email_addresses"][0]["reserved"], true, "nothing said that it is verified");
    let entries = instance.creations();
    assert_eq!(entries.len(), 2);
    let is_told = |entry: &Value| {
        entry["outcome"] == "done" && entry["job"] == done["import"] && entry["reason"] == "moving house"
    };
    assert!(entries.iter().all(is_told), "{entries:?}");
    let report = fs::read_to_string(done["report"].as_str().unwrap()).unwrap();
    assert!(report.starts_with("row,outcome,user_id,external_id,identifier,code,reason\r\n"), "{report}");
    assert!(report.contains(&format!("1,created,{id},a1,one@import.example,,\r\n")) && report.contains("3,left_out,"));
    let kept = instance.kept();
    assert!(kept.contains("one@import.example") && !kept.contains(&digest), "no secret is written down");

    let again = instance.run(&["import", &file, "--yes"]);
    assert_eq!((again.status.code(), again.stdout.len()), (Some(0), 0));
    assert!(stderr(&again).contains("2 users of this file were created"), "{}", stderr(&again));
    let anew = instance.run(&["import", &file, "--yes", "--anew"]);
    assert_eq!(anew.status.code(), Some(1), "they are there");
    assert!(stderr(&anew).contains("Nothing was sent: 2 users exist already."), "{}", stderr(&anew));
    assert_eq!(instance.runs().len(), 1);

    let run = done["import"].as_str().unwrap();
    let refused = instance.run(&["import", "--undo", run, "--yes"]);
    assert_eq!(refused.status.code(), Some(2), "how many has to be said: {}", stderr(&refused));
    instance.print(&["import", "--undo", run, "--yes", "--expect", "2"]);
    assert_eq!((instance.count(), instance.with_email("one@import.example").len()), (5, 0));
    let entries = instance.creations();
    assert!(
        entries.iter().filter(|entry| entry["job"] == run).all(|entry| entry["undone_by"].is_string()),
        "{entries:?}"
    );
    assert!(instance.print(&["trash", "list"]).contains("one@import.example"), "copies were kept");
    assert_eq!(instance.runs()[0]["created"], 0, "it is not said to have created them any more");
    let nobody = instance.run(&["import", "--undo", run, "--yes", "--json"]);
    assert_eq!((nobody.status.code(), &told(&nobody)["done"]), (Some(0), &json!(0)));
    assert!(stderr(&nobody).contains("nobody of this import is there"), "{}", stderr(&nobody));
    assert_eq!(instance.run(&["import", "--undo", "nothing", "--yes"]).status.code(), Some(4));
    let anew = told(&instance.run(&["import", &file, "--yes", "--json"]));
    assert_eq!((&anew["created"], &anew["import"], instance.count()), (&json!(2), &json!(run), 7));
    assert!(
        instance.print(&["audit", "verify"]).contains("intact") || instance.run(&["audit", "verify"]).status.success()
    );
    instance.stop();
}

#[test]
fn passwords_of_auth0_firebase_and_clerk_are_those_that_people_type() {
    let instance = Instance::of("1");
    let digest = bcrypt::hash("correct horse", 4).unwrap();
    let auth0 =
        json!({ "user_id": "auth0|1", "email": "a0@import.example", "email_verified": true, "passwordHash": digest });
    let auth0 = instance.file("auth0.json", &format!("{auth0}\n"));
    instance.print(&["import", &auth0, "--yes"]);
    // The known example of Firebase's scrypt.
    let firebase = "fb1,fb@import.example,true,lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==,42xEC+ixf3L2lw==,Ada Lovelace,,,,,,,,,,,,,,,,,,1704067200000,,,,,";
    let firebase = instance.file("firebase.csv", firebase);
    let hash = "hash_config {\n  algorithm: SCRYPT,\n  base64_signer_key: jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==,\n  base64_salt_separator: Bw==,\n  rounds: 8,\n  mem_cost: 14,\n}\n";
    let hash = instance.file("hash.txt", hash);
    let unknown = instance.run(&["import", &firebase, "--yes"]);
    assert_eq!(unknown.status.code(), Some(2), "a table without heads is nobody's: {}", stderr(&unknown));
    let missing = instance.run(&["import", &firebase, "--source", "firebase", "--yes"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(
        stderr(&missing).contains("row 1: passwordHash: this digest needs the project's hash parameters"),
        "{}",
        stderr(&missing)
    );
    instance.print(&["import", &firebase, "--source", "firebase", "--firebase-hash", &hash, "--yes"]);
    let clerk = format!("primary_email_address,password_digest,password_hasher\nck@import.example,{digest},bcrypt\n");
    let clerk = instance.file("clerk.csv", &clerk);
    instance.print(&["import", &clerk, "--yes"]);
    let own = instance.file("own.csv", "Mail,Kennwort\nown@import.example,\"correct horse\"\n");
    instance.print(&["import", &own, "--yes", "--map", "Mail=email_address", "--map", "Kennwort=password"]);
    for (email, password) in [
        ("a0@import.example", "correct horse"),
        ("fb@import.example", "user1password"),
        ("ck@import.example", "correct horse"),
        ("own@import.example", "correct horse"),
    ] {
        let [user] = &instance.with_email(email)[..] else { panic!("{email}") };
        assert!(instance.has_password(user["id"].as_str().unwrap(), password), "{email}");
    }
    let [user] = &instance.with_email("fb@import.example")[..] else { panic!() };
    assert_eq!((&user["created_at"], &user["last_name"]), (&json!(1_704_067_200_000_i64), &json!("Lovelace")));
    let kept = instance.kept();
    assert!(!["jxspr8Ki", "lSrfV15", "correct horse", digest.as_str()].iter().any(|secret| kept.contains(secret)));
    instance.stop();
}

#[test]
fn nothing_is_sent_while_rows_are_faulty_and_the_others_are_where_that_is_wanted() {
    let instance = Instance::of("1");
    let text = "email_address,username,public_metadata\n\
                good@import.example,,\nbad,,\ngood@IMPORT.example,,\n,\u{1b}[31mred,{\n,fine_name,\n";
    let file = instance.file("users.csv", text);
    let refused = instance.run(&["import", &file, "--yes"]);
    let said = stderr(&refused);
    assert_eq!((refused.status.code(), instance.count()), (Some(1), 1), "{said}");
    for expected in [
        "row 2: email_address: this is no email address",
        "row 3: the email address good@import.example stands in row 1 too",
        "row 4: public_metadata: this is no JSON object",
        "3 rows are faulty",
        "--skip-faulty",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    let rehearsed = instance.run(&["import", &file, "--dry-run", "--json"]);
    assert_eq!(rehearsed.status.code(), Some(1));
    let rehearsed = told(&rehearsed);
    assert_eq!(
        (&rehearsed["users"], &rehearsed["faulty"], &rehearsed["faults"][0]["row"]),
        (&json!(2), &json!(3), &json!(2))
    );
    let report = instance.home.path().join("report.csv");
    let arguments = ["import", &file, "--yes", "--skip-faulty", "--json", "--report", report.to_str().unwrap()];
    let output = instance.run(&arguments);
    assert_eq!(output.status.code(), Some(1), "not all of it");
    assert_eq!((&told(&output)["created"], &told(&output)["faulty"]), (&json!(2), &json!(3)));
    let report = fs::read_to_string(report).unwrap();
    assert!(report.contains("\r\n2,faulty,,,,,email_address: this is no email address\r\n"), "{report}");
    assert_eq!(report.matches(",created,user_").count(), 2, "{report}");
    instance.stop();
}

#[test]
fn what_cannot_be_imported_is_said_before_anything_is_sent() {
    let instance = Instance::of("1");
    let fine = instance.file("fine.csv", &rows(3));
    let empty = instance.file("empty.csv", "\n");
    let broken = instance.file("broken.json", "[{\"email_address\":\"a@import.example\"},");
    let foreign = instance.file("foreign.csv", "Vorname,Nachname\nAda,Lovelace\n");
    for (arguments, code, said) in [
        (vec![], 2, "FILE"),
        (vec!["-"], 2, "more than once"),
        (vec!["/nowhere/users.csv"], 2, "/nowhere/users.csv"),
        (vec![empty.as_str()], 2, "there is nothing in it"),
        (vec![&broken], 2, "no JSON"),
        (vec![&foreign], 2, "no column of it is known (Nachname, Vorname)"),
        (vec![&fine, "--map", "first_name=nickname"], 2, "there is no part nickname"),
        (vec![&fine, "--source", "okta"], 2, "auth0"),
        (vec![&fine, "--firebase-hash", &empty], 2, "base64_signer_key"),
        (vec![&fine, "--expect", "4"], 1, "3 would be created, and not 4"),
        (vec![&fine, "--read-only"], 1, "only reads"),
    ] {
        let output = instance.run(&[&["import", "--yes"], &arguments[..]].concat());
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
    }
    assert!(instance.print(&["import", "--map", "help"]).contains("\npassword_digest\n"));
    assert_eq!((instance.count(), instance.runs().len()), (1, 0));
    let mut keyless = instance.command(&["import", &fine, "--yes"]);
    let output = keyless.env_remove("CLERK_SECRET_KEY").output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let mut wrong = instance.command(&["import", &fine, "--yes"]);
    let output = wrong.env("CLERK_SECRET_KEY", "sk_test_wrong").output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    instance.stop();
}

/// Waits until the journal of an import says something.
fn wait_for(instance: &Instance, what: &str) -> PathBuf {
    let (folder, begun) = (instance.home.path().join("lazyclerk/imports"), Instant::now());
    loop {
        assert!(begun.elapsed() < Duration::from_mins(1), "no journal says {what}");
        let entries = fs::read_dir(&folder).into_iter().flatten().map(|entry| entry.unwrap().path());
        let found = entries.filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
        if let Some(path) = found.into_iter().find(|path| fs::read_to_string(path).unwrap().contains(what)) {
            return path;
        }
        std::thread::yield_now();
    }
}

fn begin(instance: &Instance, file: &str) -> Child {
    let mut command = instance.command(&["import", file, "--yes"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn stop(child: Child, signal: Signal) -> Output {
    kill_process(Pid::from_raw(child.id().cast_signed()).unwrap(), signal).unwrap();
    child.wait_with_output().unwrap()
}

/// Everybody of a file is there once, and the log has one creation of each that was made.
fn is_whole(instance: &Instance, count: usize) {
    let all = instance.json(&["users", "list", "--json", "--all", "--email", "@import.example"]);
    let ids: HashSet<&str> = all.as_array().unwrap().iter().map(|user| user["external_id"].as_str().unwrap()).collect();
    assert_eq!((all.as_array().unwrap().len(), ids.len()), (count, count), "each once");
    let made: Vec<Value> = instance.creations().into_iter().filter(|entry| entry["outcome"] == "done").collect();
    let users: HashSet<&str> = made.iter().map(|entry| entry["user_id"].as_str().unwrap()).collect();
    assert_eq!((made.len(), users.len()), (count, count));
    assert!(instance.creations().iter().all(|entry| entry["outcome"].is_string()), "nothing is left open");
    assert_eq!(instance.run(&["audit", "verify"]).status.code(), Some(0));
}

#[test]
fn an_import_that_was_interrupted_or_killed_goes_on_and_nobody_is_there_twice() {
    for (signal, code) in [(Signal::INT, Some(130)), (Signal::KILL, None)] {
        let instance = Instance::with(&["--users", "1", "--latency", "120", "--instance", "production"]);
        let file = instance.file("users.csv", &rows(150));
        let child = begin(&instance, &file);
        // A second batch is on its way.
        let journal = wait_for(&instance, "\"ended\"");
        let running = instance.run(&["import", &file, "--yes"]);
        assert!(
            running.status.code() == Some(1) && stderr(&running).contains("another lazyclerk"),
            "{}",
            stderr(&running)
        );
        let output = stop(child, signal);
        assert_eq!(output.status.code(), code, "{}", stderr(&output));
        let before = instance.runs().remove(0);
        assert!(before["created"].as_u64().unwrap() < 150, "{before}");
        let rehearsed = instance.print(&["import", &file, "--dry-run"]);
        assert!(rehearsed.contains("goes on    with "), "{rehearsed}");
        let done = instance.run(&["import", &file, "--yes", "--json"]);
        assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
        assert_eq!(
            (&told(&done)["created"], &told(&done)["import"]),
            (&json!(150), &before["import"]),
            "the same import"
        );
        assert!(journal.exists());
        is_whole(&instance, 150);
        instance.stop();
    }
}

#[test]
fn an_answer_that_is_lost_is_looked_for_and_a_request_without_room_waits() {
    let instance = Instance::with(&[
        "--users",
        "1",
        "--instance",
        "production",
        "--fault",
        "truncated:0.25",
        "--fault",
        "429:0.05",
    ]);
    let file = instance.file("users.csv", &rows(40));
    let mut output = instance.run(&["import", &file, "--yes"]);
    // Looking may have been cut off as well; what is left open then, the same command finds.
    for _ in 0..5 {
        if output.status.code() != Some(0) {
            output = instance.run(&["import", &file, "--yes"]);
        }
    }
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    instance.emulator.ask("PUT", "/control/faults", "{\"faults\":{}}");
    is_whole(&instance, 40);
    instance.stop();
}

#[test]
fn what_breaks_off_reports_every_row_and_goes_on() {
    let folder = tempfile::TempDir::new().unwrap();
    let data = folder.path().join("clerk.db");
    let arguments = ["--users", "1", "--instance", "production", "--latency", "120", "--db", data.to_str().unwrap()];
    let instance = Instance::with(&arguments);
    let file = instance.file("users.csv", &rows(150));
    let child = begin(&instance, &file);
    wait_for(&instance, "\"ended\"");
    let Instance { emulator, home } = instance;
    emulator.stop(Signal::KILL);
    let output = child.wait_with_output().unwrap();
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("broken off: ") && said.contains("the same command"), "{said}");
    let report = said.lines().find_map(|line| line.strip_prefix("What came of each row: ")).unwrap();
    let report = fs::read_to_string(report).unwrap();
    assert_eq!(report.lines().count(), 151, "{report}");
    assert!(report.contains(",created,user_") && report.contains(",to_do,,150,user150@import.example,,"), "{report}");
    let instance = Instance { emulator: super::Emulator::start(&arguments), home };
    let mut output = instance.run(&["import", &file, "--yes"]);
    // Whom the emulator had created when it was killed may be told only by looking once more.
    if output.status.code() != Some(0) {
        output = instance.run(&["import", &file, "--yes"]);
    }
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    is_whole(&instance, 150);
    instance.stop();
}

#[test]
fn another_mapping_makes_more_of_the_same_file() {
    let instance = Instance::of("1");
    let file = instance.file("users.csv", "email_address,Nick\nada@import.example,\n,grace_h\n");
    let first = instance.run(&["import", &file, "--yes", "--skip-faulty", "--json"]);
    assert_eq!((first.status.code(), &told(&first)["created"]), (Some(1), &json!(1)));
    let second = instance.run(&["import", &file, "--yes", "--map", "Nick=username", "--json"]);
    assert_eq!(second.status.code(), Some(0), "{}", stderr(&second));
    assert_eq!((&told(&second)["created"], &told(&second)["import"]), (&json!(2), &told(&first)["import"]));
    assert_eq!(instance.count(), 3);
    instance.stop();
}

#[test]
fn what_was_exported_comes_back_elsewhere() {
    let instance = Instance::of("60");
    let there = Instance::with(&["--users", "0", "--instance", "production"]);
    for name in ["users.json", "users.csv"] {
        let path = instance.home.path().join(name);
        instance.print(&["export", "--out", path.to_str().unwrap()]);
        let output = there.run(&["import", path.to_str().unwrap(), "--yes", "--json", "--skip-faulty"]);
        let done = told(&output);
        // Who has nothing but accounts elsewhere cannot be told by a table.
        let created = done["created"].as_u64().unwrap();
        assert!(created + done["faulty"].as_u64().unwrap() == 60 && created >= 50, "{done}: {}", stderr(&output));
        let original = instance.json(&["users", "list", "--json", "--all"]);
        let copies = there.json(&["users", "list", "--json", "--all"]);
        for copy in copies.as_array().unwrap() {
            let is_it = |user: &&Value| user["external_id"] == copy["external_id"] || user["id"] == copy["external_id"];
            let user = original.as_array().unwrap().iter().find(is_it).unwrap();
            for field in ["first_name", "last_name", "username", "banned", "public_metadata", "private_metadata"] {
                assert_eq!(copy[field], user[field], "{name}, {field}");
            }
        }
        let run = done["import"].as_str().unwrap();
        there.print(&["import", "--undo", run, "--yes", "--expect", &created.to_string()]);
        assert_eq!(there.count(), 0);
    }
    instance.stop();
    there.stop();
}

/// What is wrong with a file is told before anything is sent: none of it may be lost in silence.
#[test]
fn nothing_of_a_file_is_lost_in_silence() {
    let instance = Instance::of("2");
    let refused = |name: &str, text: &str, more: &[&str], words: &str| {
        let file = instance.file(name, text);
        let output = instance.run(&[&["import", &file, "--yes"], more].concat());
        assert!(!output.status.success() && stderr(&output).contains(words), "{name}: {}", stderr(&output));
    };
    let heads = "email_address,first_name\n";
    let open = format!("{heads}a@import.example,A\nb@import.example,\"B\nc@import.example,C\n");
    refused("open.csv", &open, &[], "row 2: a quote in it is never closed");
    let twice = "email_address,email_address\na@import.example,b@import.example\n";
    refused("twice.csv", twice, &[], "it has two columns called email_address");
    let renamed = "Mail,First\na@import.example,Ann\n";
    let maps = ["--map", "Mail=email_address", "--map", "Frist=first_name"];
    refused("map.csv", renamed, &maps, "no row has anything in a column Frist; First is one that has");
    refused("heads.csv", heads, &[], "it has no rows");
    refused("quoted.csv", &format!("{heads}\"a@import.example,A\n"), &[], "a quote in it is never closed");
    assert_eq!((instance.count(), instance.runs().len()), (2, 0));
    // Quotes that are closed, doubled, or stand in the middle of a cell are none of that.
    let closed = format!("{heads}a@import.example,\"An \"\"Ann\"\"\nof two lines\"\nb@import.example,5\" wide\n");
    let file = instance.file("closed.csv", &closed);
    let done = told(&instance.run(&["import", &file, "--yes", "--json"]));
    assert_eq!((&done["created"], &done["faulty"]), (&json!(2), &json!(0)), "{done}");
    assert_eq!(instance.with_email("a@import.example")[0]["first_name"], "An \"Ann\"\nof two lines");
    instance.stop();
}

#[test]
fn a_report_goes_neither_over_the_file_nor_nowhere() {
    let instance = Instance::of("2");
    let file = instance.file("users.csv", &rows(1));
    for (report, words) in [
        (file.as_str(), "that is the file that is imported"),
        ("/nonexistent/report.csv", "there is no such folder"),
        (instance.home.path().to_str().unwrap(), "that is a folder"),
    ] {
        let refused = instance.run(&["import", &file, "--yes", "--report", report]);
        assert_eq!(refused.status.code(), Some(2), "{report}");
        assert!(stderr(&refused).contains(words), "{}", stderr(&refused));
    }
    assert_eq!((instance.count(), fs::read_to_string(&file).unwrap()), (2, rows(1)));
    instance.stop();
}

#[test]
fn a_dry_run_of_taking_back_writes_nothing_down() {
    let instance = Instance::of("2");
    let file = instance.file("users.csv", &rows(1));
    let run = told(&instance.run(&["import", &file, "--yes", "--json"]))["import"].as_str().unwrap().to_owned();
    let id = instance.with_email("user1@import.example")[0]["id"].as_str().unwrap().to_owned();
    instance.emulator.ask("DELETE", &format!("/v1/users/{id}"), "");
    assert!(instance.run(&["import", "--undo", &run, "--dry-run"]).status.success());
    assert_eq!(instance.runs()[0]["created"], 1);
    assert!(instance.run(&["import", "--undo", &run, "--yes"]).status.success());
    assert_eq!(instance.runs()[0]["created"], 0);
    instance.stop();
}

#[test]
fn a_file_of_which_no_row_can_be_understood_is_told_to_programs_as_json() {
    let instance = Instance::of("2");
    let path = instance.home.path().join("latin.csv");
    fs::write(&path, b"email_address\nL\xe9a@import.example\n").unwrap();
    let path = path.to_str().unwrap();
    let output = instance.run(&["import", path, "--yes", "--json"]);
    let error: Value = serde_json::from_str(&stderr(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    assert!(error["error"]["message"].as_str().unwrap().contains("1 row is faulty"), "{error}");
    assert!(stderr(&instance.run(&["import", path, "--yes"])).contains("row 1: email_address: this is not UTF-8"));
    instance.stop();
}
