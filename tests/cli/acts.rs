//! `lazyclerk users ban` and the like: what is done, what is asked, what is recorded, and what a script is told.

use super::{lazyclerk, stderr, users::Instance};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use rstest::rstest;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::{
    fs,
    io::{Read, Write},
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use wiremock::{Request, ResponseTemplate};

/// What a program prints that is given these lines.
fn fed(mut command: Command, input: &str) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

impl Instance {
    pub(crate) fn user(&self, id: &str) -> Value {
        self.json(&["users", "get", id, "--json"])
    }

    /// The lines of the audit log that say this.
    fn recorded(&self, action: &str) -> Vec<Value> {
        let told = self.print(&["audit", "--json", "--action", action]);
        told.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn fine(&self, count: usize) -> Vec<String> {
        self.ids(&["--banned=no", "-n", &count.to_string()])
    }
}

#[rstest]
#[case("ban", "unban", "banned", true)]
#[case("lock", "unlock", "locked", true)]
fn one_is_changed_and_back_and_the_log_has_both(
    #[case] act: &str,
    #[case] back: &str,
    #[case] field: &str,
    #[case] then: bool,
) {
    let instance = Instance::of("10");
    let id = instance.fine(10).into_iter().find(|id| instance.user(id)[field] == !then).unwrap();
    let told = instance.print(&["users", act, &id, "--yes", "--reason", "a test"]);
    assert!(told.ends_with(".\n") && !told.contains('\u{1b}'), "{told}");
    assert_eq!(instance.user(&id)[field], then);
    let told = instance.json(&["users", act, &id, "--yes", "--json"]);
    assert_eq!((&told["unchanged"], &told["users"][0]["outcome"]), (&1.into(), &"unchanged".into()), "so already");
    let email = instance.user(&id)["email_addresses"][0]["email_address"].as_str().map(str::to_owned);
    let told = instance.json(&["users", back, email.as_deref().unwrap_or(&id), "-y", "--json"]);
    assert_eq!((&told["done"], &told["users"][0]["user_id"]), (&1.into(), &id.as_str().into()));
    assert_eq!(instance.user(&id)[field], !then);
    let entries = [instance.recorded(act), instance.recorded(back)].concat();
    assert_eq!(entries.len(), 2, "nothing was sent for who was so already");
    assert!(entries.iter().all(|entry| entry["outcome"] == "done" && entry["user_id"] == id.as_str()), "{entries:?}");
    assert!(entries.iter().any(|entry| entry["reason"] == "a test"), "{entries:?}");
    instance.stop();
}

#[test]
fn many_are_changed_as_a_job_and_each_has_an_outcome() {
    let instance = Instance::of("150");
    let ids = instance.fine(120);
    let list = format!("{}\nnobody@example.com\n", ids.join("\n"));
    let output = fed(instance.command(&["users", "ban", "--from", "-", "--yes", "--json"]), &list);
    assert_eq!(output.status.code(), Some(1), "one was not found: {}", stderr(&output));
    assert!(stderr(&output).contains("line 121: nobody@example.com: not found"), "{}", stderr(&output));
    let said = stderr(&output);
    let errors = said.lines().map(|line| serde_json::from_str::<Value>(line).unwrap_or_else(|_| panic!("{said}")));
    assert!(errors.into_iter().all(|error| error["error"]["exit"] == 4), "a program can read them");
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&told["done"], &told["failed"], &told["left"]), (&120.into(), &0.into(), &0.into()));
    assert_eq!(told["unmatched"], serde_json::json!(["nobody@example.com"]));
    let outcomes = told["users"].as_array().unwrap();
    assert!(outcomes.len() == 120 && outcomes.iter().all(|outcome| outcome["outcome"] == "done"), "{told}");
    assert!(ids.iter().all(|id| outcomes.iter().any(|outcome| outcome["user_id"] == id.as_str())));
    assert!(instance.fine(200).iter().all(|id| !ids.contains(id)), "they are banned");
    let entries = instance.recorded("ban");
    assert_eq!(entries.iter().filter(|entry| entry["job"] == told["job"] && entry["user_id"].is_string()).count(), 120);
    // Once more, to lift it, and a line each.
    let lines = fed(instance.command(&["users", "unban", "--from", "-", "--yes", "--ndjson"]), &ids.join("\n"));
    assert_eq!((lines.status.code(), lines.stdout.split(|byte| *byte == b'\n').count()), (Some(0), 121));
    let words = fed(instance.command(&["users", "unban", "--from", "-", "--yes"]), &ids.join("\n"));
    assert_eq!(String::from_utf8(words.stdout).unwrap(), "Nobody was changed. 120 are not banned.\n");
    instance.stop();
}

#[test]
fn the_deleted_are_gone_and_copies_are_kept() {
    let instance = Instance::of("20");
    let ids = instance.ids(&["-n", "4"]);
    let refused = instance.run(&["users", "delete", &ids[0], &ids[1], &ids[2], "--yes"]);
    assert_eq!(refused.status.code(), Some(2), "several are not deleted by a yes alone");
    assert!(stderr(&refused).contains("--expect 3"), "{}", stderr(&refused));
    let refused = instance.run(&["users", "delete", &ids[0], &ids[1], "--yes", "--expect", "3"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("2 would be changed, and not 3"), "{}", stderr(&refused));
    assert_eq!(instance.ids(&[]).len(), 20);
    instance.print(&["users", "delete", &ids[0], &ids[1], &ids[2], "--yes", "--expect", "3"]);
    instance.print(&["users", "delete", &ids[3], "--yes", "--no-copies"]);
    assert_eq!(instance.ids(&[]).len(), 16);
    let kept: String = fs::read_dir(instance.home.path().join("lazyclerk/trash"))
        .unwrap()
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap_or_default())
        .collect();
    assert!(ids[..3].iter().all(|id| kept.contains(id.as_str())) && !kept.contains(&ids[3]), "{kept}");
    let again = instance.run(&["users", "delete", &ids[0], "--yes"]);
    assert_eq!(again.status.code(), Some(4), "{}", stderr(&again));
    instance.stop();
}

#[test]
fn a_dry_run_tells_each_request_and_sends_none() {
    let instance = Instance::of("70");
    let ids = instance.fine(60);
    let run = |act: &str, more: &[&str]| {
        let arguments = [&["users", act, "--from", "-", "--dry-run"], more].concat();
        fed(instance.command(&arguments), &ids.join("\n"))
    };
    let bans = run("ban", &[]);
    let told = String::from_utf8(bans.stdout.clone()).unwrap();
    assert_eq!((bans.status.code(), told.lines().count()), (Some(0), 2), "fifty a request: {told}");
    assert!(told.starts_with("POST /v1/users/ban {\"user_ids\":[\"user_"), "{told}");
    assert!(stderr(&bans).contains("Nothing was sent."), "{}", stderr(&bans));
    let deletions: Value = serde_json::from_slice(&run("delete", &["--json"]).stdout).unwrap();
    let first = &deletions["requests"][0];
    assert_eq!(deletions["requests"].as_array().unwrap().len(), 60);
    assert_eq!((&first["method"], &first["path"]), (&"DELETE".into(), &format!("/v1/users/{}", ids[0]).into()));
    let created = instance.print(&["users", "create", "--email-address", "new@example.com", "--dry-run"]);
    assert!(created.starts_with("POST /v1/users {") && created.contains("new@example.com"), "{created}");
    let updated = instance.print(&["users", "update", &ids[0], "--first-name", "Zoe", "--dry-run"]);
    assert_eq!(updated, format!("PATCH /v1/users/{} {{\"first_name\":\"Zoe\"}}\n", ids[0]));
    assert_eq!((instance.ids(&[]).len(), instance.fine(70).len() >= 60), (70, true));
    let recorded = instance.print(&["audit", "--json"]);
    let recorded: Vec<Value> = recorded.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(recorded.len(), 4, "{recorded:?}");
    assert!(recorded.iter().all(|entry| entry["dry_run"] == true), "{recorded:?}");
    let told = instance.print(&["audit"]);
    assert_eq!(told.matches("dry run").count(), 4, "{told}");
    instance.stop();
}

#[rstest]
#[case(&["users", "ban", "ID"])]
#[case(&["users", "delete", "ID"])]
#[case(&["users", "revoke-sessions", "ID"])]
#[case(&["users", "metadata", "ID", "--set", "public.plan=pro"])]
#[case(&["users", "update", "ID", "--first-name", "Zoe"])]
#[case(&["users", "create", "--username", "zoe_1"])]
fn where_nobody_can_be_asked_nothing_is_done_without_a_yes(#[case] arguments: &[&str]) {
    let instance = Instance::of("5");
    let state = || -> Vec<(Value, Value)> {
        let all = instance.json(&["users", "list", "--json"]);
        all.as_array().unwrap().iter().map(|user| (user["id"].clone(), user["updated_at"].clone())).collect()
    };
    let before = state();
    let id = &instance.fine(1)[0];
    let arguments: Vec<&str> = arguments.iter().map(|word| if *word == "ID" { id } else { *word }).collect();
    let output = instance.run(&arguments);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{}", stderr(&output));
    assert!(stderr(&output).contains("--yes"), "{}", stderr(&output));
    let output =
        instance.command(&[&arguments[..], &["--yes"]].concat()).env("LAZYCLERK_READ_ONLY", "1").output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("only reads"), "{}", stderr(&output));
    assert_eq!(state(), before);
    instance.stop();
}

#[test]
fn whom_the_configuration_protects_no_update_touches_either() {
    let instance = Instance::of("60");
    let config = instance.home.path().join("protected.toml");
    let path = config.to_str().unwrap().to_owned();
    let members = instance.json(&["orgs", "list", "--json", "-n", "1"])[0]["id"].as_str().unwrap().to_owned();
    let member = instance.ids(&["--organization", &members, "-n", "1"]).remove(0);
    let other = instance.ids(&["--not-organization", &members, "-n", "1"]).remove(0);
    let update = |id: &str, more: &[&str]| {
        let asked = [&["users", "update", id, "--first-name", "Changed", "--yes", "--config", &path], more].concat();
        instance.run(&asked)
    };
    for protected in [format!("ids = [\"{member}\"]"), format!("organizations = [\"{members}\"]")] {
        fs::write(&config, format!("[protected]\n{protected}\n")).unwrap();
        for more in [&[][..], &["--dry-run"][..]] {
            let refused = update(&member, more);
            assert_eq!((refused.status.code(), refused.stdout.len()), (Some(1), 0), "{protected}");
            assert!(stderr(&refused).contains("is protected"), "{}", stderr(&refused));
        }
        assert_ne!(instance.user(&member)["first_name"], "Changed");
    }
    assert_eq!(update(&other, &["--expect", "2"]).status.code(), Some(1));
    assert_ne!(instance.user(&other)["first_name"], "Changed");
    assert_eq!(update(&other, &["--expect", "1"]).status.code(), Some(0));
    assert_eq!(instance.user(&other)["first_name"], "Changed");
    instance.stop();
}

#[test]
fn what_would_make_another_user_than_was_asked_for_makes_none() {
    let instance = Instance::of("3");
    let empty = instance.home.path().join("empty");
    fs::write(&empty, "\n").unwrap();
    let empty = empty.to_str().unwrap();
    let create = |more: &[&str]| {
        let made = instance.run(&[&["users", "create", "--email-address", "new@example.com", "--yes"], more].concat());
        (made.status.code(), stderr(&made))
    };
    let (code, said) = create(&["--password-file", empty]);
    assert!(code == Some(2) && said.contains("is empty, and no secret"), "{said}");
    let (code, said) = create(&["--expect", "0"]);
    assert!(code == Some(1) && said.contains("1 would be changed, and not 0"), "{said}");
    assert_eq!(instance.print(&["users", "count"]).trim(), "3");
    assert_eq!(create(&["--expect", "1"]).0, Some(0));
    let refused = instance.run(&["users", "list", "--query", " "]);
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0), "an empty text is not everybody");
    instance.stop();
}

#[test]
fn whom_the_configuration_protects_nothing_touches() {
    let instance = Instance::of("10");
    let ids = instance.fine(2);
    let config = instance.home.path().join("config.toml");
    fs::write(&config, format!("[protected]\nids = [\"{}\"]\n", ids[0])).unwrap();
    let config = config.to_str().unwrap();
    let output = instance.run(&["users", "ban", &ids[0], &ids[1], "--yes", "--config", config]);
    assert_eq!(output.status.code(), Some(1), "not all of it was done");
    assert!(stderr(&output).contains(&format!("Skipped: {}", ids[0])), "{}", stderr(&output));
    assert_eq!([&instance.user(&ids[0])["banned"], &instance.user(&ids[1])["banned"]], [false, true]);
    let told = instance.run(&["users", "ban", &ids[0], "--yes", "--json", "--config", config]);
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!((&told["protected"], &told["users"][0]["outcome"]), (&1.into(), &"protected".into()));
    instance.stop();
}

#[test]
fn a_key_of_metadata_is_set_read_and_taken_away() {
    let instance = Instance::of("10");
    let ids = instance.ids(&["-n", "2"]);
    let plan = |id: &str| instance.json(&["users", "metadata", id, "--json"])["public_metadata"]["plan"].clone();
    instance.print(&["users", "metadata", &ids[0], &ids[1], "--set", "public.plan={\"seats\":3}", "--yes"]);
    assert_eq!([plan(&ids[0])["seats"].clone(), plan(&ids[1])["seats"].clone()], [3, 3]);
    instance.print(&["users", "metadata", &ids[0], "--unset", "public.plan", "-y"]);
    assert_eq!(plan(&ids[0]), Value::Null);
    let both = instance.json(&["users", "metadata", &ids[0], &ids[1], "--json"]);
    assert_eq!((both.as_array().unwrap().len(), &both[1]["public_metadata"]["plan"]["seats"]), (2, &3.into()));
    assert!(instance.print(&["users", "metadata", &ids[1]]).contains("\"seats\": 3"));
    instance.stop();
}

#[test]
fn users_are_created_and_updated() {
    let instance = Instance::of("5");
    let secret = instance.home.path().join("password");
    fs::write(&secret, "correct horse battery staple\n").unwrap();
    let id = instance.print(&[
        "users",
        "create",
        "--email-address",
        "zoe@example.com",
        "--first-name",
        "Zoe",
        "--yes",
        "--password-file",
        secret.to_str().unwrap(),
        "--public-metadata",
        "{\"plan\":\"pro\"}",
    ]);
    let user = instance.user(id.trim());
    assert_eq!((&user["first_name"], &user["password_enabled"]), (&"Zoe".into(), &true.into()));
    assert_eq!(user["public_metadata"]["plan"], "pro");
    let dry = instance.print(&[
        "users",
        "create",
        "--username",
        "zed_1",
        "--password-file",
        secret.to_str().unwrap(),
        "--dry-run",
    ]);
    assert!(!dry.contains("horse"), "{dry}");
    let updated = instance.json(&[
        "users",
        "update",
        "zoe@example.com",
        "--first-name",
        "",
        "--last-name",
        "Z",
        "--yes",
        "--json",
    ]);
    assert_eq!((&updated["first_name"], &updated["last_name"]), (&Value::Null, &"Z".into()));
    let again = instance.print(&["users", "update", "zoe@example.com", "--last-name", "Z", "--yes"]);
    assert!(again.contains("is so already"), "{again}");
    let taken = instance.run(&["users", "create", "--email-address", "zoe@example.com", "--yes", "--json"]);
    assert_eq!(taken.status.code(), Some(1));
    let told: Value = serde_json::from_str(&stderr(&taken)).unwrap();
    assert_eq!(told["error"]["code"], "form_identifier_exists");
    let wrong = instance.run(&["users", "create", "--first-name", "Zoe", "--yes"]);
    assert_eq!(wrong.status.code(), Some(2), "{}", stderr(&wrong));
    let (created, rehearsed): (Vec<Value>, Vec<Value>) =
        instance.recorded("create").into_iter().partition(|entry| entry["dry_run"] == false);
    assert_eq!([created.len(), rehearsed.len(), instance.recorded("update").len()], [2, 1, 1]);
    instance.stop();
}

#[test]
fn every_session_is_ended() {
    let instance = Instance::of("40");
    let is_active = |id: &String| {
        let all = instance.json(&["users", "sessions", id, "--status", "active", "--json"]);
        all.as_array().is_some_and(|all| !all.is_empty())
    };
    let id = instance.ids(&["--banned=no"]).into_iter().find(is_active).unwrap();
    instance.print(&["users", "revoke-sessions", &id, "--yes"]);
    assert!(!is_active(&id));
    instance.stop();
}

#[test]
fn what_fails_is_told_by_its_reason_and_has_its_code() {
    let instance = Instance::with(&["--users", "10", "--fault", "500:1"]);
    let output = instance.run(&["users", "ban", "user_1", "user_2", "--yes", "--json"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let told: Value = serde_json::from_str(stderr(&output).lines().last().unwrap()).unwrap();
    assert_eq!(told["error"]["status"], 500);
    instance.stop();
    let instance = Instance::of("5");
    let gone = instance.run(&["users", "ban", "user_gone", "--yes"]);
    assert_eq!(gone.status.code(), Some(4), "{}", stderr(&gone));
    instance.stop();
}

/// Waits until something is so.
fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_mins(1), "{what}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn ctrl_c_lets_what_is_under_way_end_and_writes_it_down() {
    let instance = Instance::with(&["--users", "100", "--latency", "20"]);
    let ids = instance.ids(&["--all"]);
    let mut command = instance.command(&["users", "lock", "--from", "-", "--yes", "--json"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(ids.join("\n").as_bytes()).unwrap();
    let log = || {
        let folder = fs::read_dir(instance.home.path().join("lazyclerk")).into_iter().flatten().flatten();
        let files = folder.map(|entry| entry.path()).filter(|path| path.to_string_lossy().contains("audit"));
        files.map(|path| fs::read_to_string(path).unwrap_or_default()).collect::<String>()
    };
    until("somebody is locked", || log().contains("\"outcome\":\"done\""));
    kill_process(Pid::from_raw(child.id().cast_signed()).unwrap(), Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", stderr(&output));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let (done, left) = (told["done"].as_u64().unwrap(), told["left"].as_u64().unwrap());
    assert!(done > 0 && left > 0 && told["interrupted"] == true, "{told}");
    let entries = instance.recorded("lock");
    let of_users: Vec<&Value> = entries.iter().filter(|entry| entry["user_id"].is_string()).collect();
    assert!(of_users.iter().all(|entry| entry["outcome"].is_string()), "each that was begun has its outcome");
    let locked = ids.iter().filter(|id| instance.user(id)["locked"] == true).count() as u64;
    assert!(locked >= done, "{locked} of {done}");
    assert_eq!(of_users.len() as u64, done);
    instance.stop();
}

/// What a terminal shows of a command that is answered with these lines when it asks, and how it ends.
fn asked(instance: &Instance, arguments: &[&str], prompt: &str, answer: &str) -> (String, u32) {
    let pair = native_pty_system().openpty(PtySize { rows: 30, cols: 100, ..PtySize::default() }).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_lazyclerk"));
    command.args(arguments);
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("CLERK_API_URL", &instance.emulator.url);
    command.env("CLERK_SECRET_KEY", &instance.emulator.key);
    command.env("HOME", instance.home.path());
    command.env("XDG_STATE_HOME", instance.home.path());
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let (mut reader, mut writer) = (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
    let (mut shown, mut bytes, mut is_answered) = (String::new(), [0; 4096], false);
    while let Ok(count @ 1..) = reader.read(&mut bytes) {
        shown.push_str(&String::from_utf8_lossy(&bytes[..count]));
        if !is_answered && shown.contains(prompt) {
            writer.write_all(answer.as_bytes()).unwrap();
            is_answered = true;
        }
    }
    (shown, child.wait().unwrap().exit_code())
}

#[test]
fn on_a_terminal_it_asks_and_says_what_happens() {
    let instance = Instance::of("10");
    let ids = instance.fine(2);
    let (shown, code) = asked(&instance, &["users", "ban", &ids[0]], "[y/N]", "n\n");
    assert_eq!((code, &instance.user(&ids[0])["banned"]), (1, &false.into()), "{shown}");
    assert!(shown.contains("signed out everywhere, cannot sign in") && shown.contains("nothing was sent"), "{shown}");
    let (shown, code) = asked(&instance, &["users", "ban", &ids[0]], "[y/N]", "y\n");
    assert_eq!((code, &instance.user(&ids[0])["banned"]), (0, &true.into()), "{shown}");
    let delete = ["users", "delete", ids[1].as_str()];
    let (shown, code) = asked(&instance, &delete, "Type ", "y\n");
    assert_eq!((code, instance.ids(&[]).len()), (1, 10), "a yes is not enough: {shown}");
    let user = instance.user(&ids[1]);
    let primary =
        user["email_addresses"].as_array().unwrap().iter().find(|it| it["id"] == user["primary_email_address_id"]);
    let expected = primary.map_or(ids[1].clone(), |it| it["email_address"].as_str().unwrap().to_owned());
    let (shown, code) = asked(&instance, &delete, "Type ", &format!("{expected}\n"));
    assert_eq!((code, instance.ids(&[]).len()), (0, 9), "{shown}");
    instance.stop();
}

#[test]
fn on_production_many_have_to_be_counted() {
    let instance = Instance::with(&["--users", "30", "--instance", "production"]);
    let ids = instance.fine(12);
    let arguments: Vec<&str> = ["users", "lock"].into_iter().chain(ids.iter().map(String::as_str)).collect();
    let (shown, code) = asked(&instance, &arguments, "Type 12 to lock 12 users", "12\n");
    assert_eq!((code, &instance.user(&ids[11])["locked"]), (0, &true.into()), "{shown}");
    assert!(shown.contains("production"), "{shown}");
    instance.stop();
}

#[test]
fn the_demo_can_be_acted_on() {
    let home = tempfile::TempDir::new().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = lazyclerk(arguments);
        command.env("HOME", home.path()).env("XDG_STATE_HOME", home.path()).output().unwrap()
    };
    let listed = run(&["users", "list", "--demo", "--users", "9", "--banned=no", "--ndjson", "-n", "1"]);
    let id = serde_json::from_slice::<Value>(&listed.stdout).unwrap()["id"].as_str().unwrap().to_owned();
    let output = run(&["users", "ban", &id, "--yes", "--demo", "--users", "9"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn a_disk_that_is_full_stops_a_job_before_it_acts_unrecorded() {
    let instance = Instance::with(&["--users", "400", "--instance", "production"]);
    let ids = instance.ids(&["--all"]);
    let list = instance.home.path().join("list");
    fs::write(&list, ids.join("\n")).unwrap();
    // Room for the journal of the job, and for a part of what it does. The limit is in blocks of 512 bytes.
    let script = format!(
        "trap '' XFSZ; ulimit -f 200; exec {} users delete --from {} --yes --expect 400 --no-copies",
        env!("CARGO_BIN_EXE_lazyclerk"),
        list.display()
    );
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", &script])
        .env_clear()
        .envs(instance.command(&[]).get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let told = stderr(&output);
    assert!(told.contains("cannot be written down") && told.contains("large"), "{told}");
    assert!(told.contains("users are left"), "{told}");
    let left = instance.ids(&["--all"]);
    let announced: Vec<Value> = instance.recorded("delete");
    let is_announced = |id: &String| announced.iter().any(|entry| entry["user_id"] == id.as_str());
    assert!(!left.is_empty() && left.len() < 400, "{}", left.len());
    assert!(ids.iter().filter(|id| !left.contains(id)).all(is_announced), "somebody was deleted unrecorded");
    assert_eq!(instance.run(&["audit", "verify"]).status.code(), Some(0), "no half line is left");
    instance.stop();
}

#[test]
fn two_programs_at_once_leave_one_sound_log() {
    let instance = Instance::with(&["--users", "90", "--instance", "production"]);
    let all = instance.json(&["users", "list", "--all", "--json"]);
    let fine = all.as_array().unwrap().iter().filter(|user| user["locked"] == false);
    let ids: Vec<String> = fine.map(|user| user["id"].as_str().unwrap().to_owned()).collect();
    let (one, other) = ids.split_at(ids.len() / 2);
    let begin = |whom: &[String]| {
        let mut command = instance.command(&["users", "lock", "--from", "-", "--yes"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(whom.join("\n").as_bytes()).unwrap();
        child
    };
    for child in [begin(one), begin(other)] {
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    let verified = instance.run(&["audit", "verify"]);
    assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stdout));
    let entries = instance.recorded("lock");
    let jobs: std::collections::BTreeSet<&str> = entries.iter().filter_map(|entry| entry["job"].as_str()).collect();
    let of_users: Vec<&Value> = entries.iter().filter(|entry| entry["user_id"].is_string()).collect();
    assert_eq!((jobs.len(), of_users.len()), (2, ids.len()));
    assert!(of_users.iter().all(|entry| entry["outcome"] == "done"), "{of_users:?}");
    instance.stop();
}

/// A Clerk whose plan has no bans, with two users.
async fn without_bans() -> wiremock::MockServer {
    let server = wiremock::MockServer::start().await;
    let on = |method: &str| wiremock::Mock::given(wiremock::matchers::method(method));
    let instance = json!({ "object": "instance", "id": "ins_1", "environment_type": "development" });
    let users = json!([{ "object": "user", "id": "user_1" }, { "object": "user", "id": "user_2" }]);
    let message = "The plan does not include bans";
    let refused = json!({ "errors": [{ "code": "unsupported_subscription_plan_features", "message": message }] });
    let at_instance = wiremock::matchers::path("/v1/instance");
    on("GET").and(at_instance).respond_with(ResponseTemplate::new(200).set_body_json(instance)).mount(&server).await;
    let list = move |request: &Request| {
        let is_asked = |user: &&Value| request.url.query_pairs().any(|(_, value)| user["id"] == *value);
        let asked: Vec<&Value> = users.as_array().unwrap().iter().filter(is_asked).collect();
        ResponseTemplate::new(200).set_body_json(asked)
    };
    on("GET").and(wiremock::matchers::path("/v1/users")).respond_with(list).mount(&server).await;
    on("POST").respond_with(ResponseTemplate::new(402).set_body_json(refused)).mount(&server).await;
    server
}

#[rstest]
#[case::one(&["user_1"])]
#[case::many(&["user_1", "user_2"])]
#[tokio::test(flavor = "multi_thread")]
async fn a_plan_without_bans_is_said_and_what_can_be_done_instead(#[case] ids: &[&str]) {
    let (server, home) = (without_bans().await, TempDir::new().unwrap());
    let mut command = lazyclerk(&[&["users", "ban", "--yes"], ids].concat());
    command.env("CLERK_API_URL", server.uri()).env("CLERK_SECRET_KEY", "sk_test_without_bans");
    command.env("XDG_STATE_HOME", home.path()).env("XDG_CONFIG_HOME", home.path()).env("HOME", home.path());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let told = stderr(&output);
    assert!(told.contains("plan of this instance has no bans; lock and sign out instead."), "{told}");
    assert_eq!(output.status.code(), Some(1), "{told}");
}
