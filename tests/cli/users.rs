//! `lazyclerk users` and `lazyclerk orgs`, at an emulator, as scripts call them.

use super::{Emulator, lazyclerk, stderr};
use rstest::rstest;
use rustix::process::Signal;
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// An instance with people, and a home of one's own.
pub(crate) struct Instance {
    pub(crate) emulator: Emulator,
    pub(crate) home: TempDir,
}

impl Instance {
    pub(crate) fn of(users: &str) -> Self {
        Self::with(&["--users", users])
    }

    pub(crate) fn with(arguments: &[&str]) -> Self {
        Self { emulator: Emulator::start(arguments), home: TempDir::new().unwrap() }
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = lazyclerk(arguments);
        command.env("CLERK_API_URL", &self.emulator.url).env("CLERK_SECRET_KEY", &self.emulator.key);
        command.env("XDG_STATE_HOME", self.home.path()).env("XDG_CONFIG_HOME", self.home.path());
        command.env("HOME", self.home.path()).env("TZ", "UTC");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What it prints when it goes well.
    pub(crate) fn print(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.print(arguments)).unwrap()
    }

    pub(crate) fn ids(&self, arguments: &[&str]) -> Vec<String> {
        let all = self.json(&[&["users", "list", "--json"], arguments].concat());
        all.as_array().unwrap().iter().map(|user| user["id"].as_str().unwrap().to_owned()).collect()
    }

    /// Ends with its emulator.
    pub(crate) fn stop(self) {
        self.emulator.stop(Signal::TERM);
    }
}

#[test]
fn users_are_listed_in_each_form_in_every_order_and_number() {
    let instance = Instance::of("620");
    let all = instance.ids(&["--all"]);
    assert_eq!(all.len(), 620);
    assert_eq!(instance.ids(&[]), all[..100], "a hundred, unless another number is asked for");
    assert_eq!(instance.ids(&["--limit", "510"]), all[..510], "however many requests that takes");
    let lines = instance.print(&["users", "list", "--ndjson", "-n", "3"]);
    let ids: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].clone()).collect();
    assert_eq!(ids, all[..3]);
    let table = instance.print(&["users", "list", "-n", "2"]);
    let mut table = table.lines();
    assert!(table.next().unwrap().starts_with("id   "), "a head, and no colour where nobody looks");
    assert!(table.next().unwrap().starts_with(&all[0]));
    let mut eldest = all.clone();
    eldest.reverse();
    assert_eq!(instance.ids(&["--order-by", "created_at", "--all"]), eldest, "by cursor the other way");
    let by_name = instance.json(&["users", "list", "--json", "--order-by=+first_name", "--all"]);
    let names: Vec<&str> =
        by_name.as_array().unwrap().iter().map(|user| user["first_name"].as_str().unwrap_or("")).collect();
    assert_eq!(names.len(), 620, "by offset over the pages");
    let mut unique: Vec<_> = by_name.as_array().unwrap().iter().map(|user| user["id"].as_str().unwrap()).collect();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), 620);
    instance.stop();
}

#[test]
fn words_and_flags_filter_as_the_dashboard_does() {
    let instance = Instance::of("300");
    let count = |arguments: &[&str]| -> u64 {
        let told = instance.print(&[&["users", "count"], arguments].concat());
        told.trim().parse().unwrap()
    };
    assert_eq!(count(&[]), 300);
    let banned = count(&["banned:yes"]);
    assert!(banned > 0 && banned < 300, "{banned}");
    assert_eq!((count(&["--banned"]), count(&["--banned=no"])), (banned, 300 - banned));
    assert_eq!(instance.ids(&["banned:yes", "--all"]).len() as u64, banned);
    assert_eq!(instance.json(&["users", "count", "--json", "--banned"])["total_count"], banned);
    let organization = &instance.json(&["orgs", "list", "--json", "-n", "1"])[0];
    let (id, slug, name) = (&organization["id"], &organization["slug"], &organization["name"]);
    let members = count(&["--organization", id.as_str().unwrap()]);
    assert_eq!(organization["members_count"], members);
    assert_eq!(count(&[&format!("org:{}", slug.as_str().unwrap())]), members);
    assert_eq!(count(&["--org", name.as_str().unwrap()]), members);
    assert_eq!(count(&["--", &format!("-org:{}", slug.as_str().unwrap())]), 300 - members);
    assert_eq!(
        count(&["--not-organization", slug.as_str().unwrap(), "banned:yes"])
            + count(&["--organization", slug.as_str().unwrap(), "--banned"]),
        banned
    );
    let first = &instance.json(&["users", "list", "--json", "-n", "1"])[0];
    let email = first["email_addresses"][0]["email_address"].as_str().unwrap();
    assert_eq!(instance.ids(&["--email", &format!("={email}")]), [first["id"].as_str().unwrap()]);
    assert_eq!(count(&["--query", email]), count(&[email]));
    assert_eq!(count(&["--query", "banned:yes"]), 0, "a text is a text");
    assert_eq!(count(&["created:>9999d"]), 0);
    instance.stop();
}

#[rstest]
#[case::a_filter_of_no_kind(&["users", "list", "colour:red"], 2, "no filter colour; there is banned")]
#[case::a_filter_of_no_value(&["users", "count", "--created", "soon"], 2, "created: a time, as 2026-01-31")]
#[case::an_option_of_none(&["users", "list", "--bannd"], 2, "--banned")]
#[case::no_order(&["users", "list", "--order-by", "age"], 2, "there is no such order")]
#[case::two_texts(&["users", "list", "--query", "ada", "bob"], 2, "--query and the word bob")]
#[case::nobody(&["users", "get", "user_nobody"], 4, "user_nobody: ")]
#[case::nobody_of_the_name(&["users", "get", "nobody@example.com"], 4, "nobody@example.com: not found")]
#[case::nobody_by_part(&["users", "sessions", "@nobody"], 4, "@nobody: not found")]
#[case::no_organization(&["orgs", "members", "nowhere"], 4, "no organization is called nowhere")]
#[case::no_organization_to_filter_by(&["users", "list", "org:nowhere"], 2, "org: no organization is called nowhere")]
#[case::nobody_named(&["users", "get"], 2, "required")]
fn what_cannot_be_is_told_and_has_its_code(#[case] arguments: &[&str], #[case] code: i32, #[case] told: &str) {
    let instance = Instance::of("5");
    let output = instance.run(arguments);
    assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
    assert!(stderr(&output).contains(told) && output.stdout.is_empty(), "{}", stderr(&output));
    instance.stop();
}

#[test]
fn a_wrong_key_and_errors_for_programs() {
    let instance = Instance::of("5");
    let mut command = instance.command(&["users", "list", "--json"]);
    let output = command.env("CLERK_SECRET_KEY", "sk_test_abcdefghijklmnopqrstuvwxyz0123456789").output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let told: Value = serde_json::from_str(&stderr(&output)).unwrap();
    assert_eq!((&told["error"]["status"], &told["error"]["exit"]), (&Value::from(401), &Value::from(3)));
    let output = lazyclerk(&["users", "count"]).env("HOME", instance.home.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stderr(&output).contains("CLERK_SECRET_KEY"), "{}", stderr(&output));
    let output = instance.run(&["users", "get", "user_nobody", "--json"]);
    let told: Value = serde_json::from_str(&stderr(&output)).unwrap();
    assert_eq!(told["error"]["code"], "resource_not_found");
    instance.stop();
}

#[test]
fn users_are_got_by_what_names_them() {
    let instance = Instance::of("30");
    let all = instance.json(&["users", "list", "--json"]);
    let [first, second] = [&all[0], &all[1]];
    let id = |user: &Value| user["id"].as_str().unwrap().to_owned();
    let email = |user: &Value| user["email_addresses"][0]["email_address"].as_str().unwrap().to_owned();
    assert_eq!(&instance.json(&["users", "get", &id(first), "--json"]), first);
    assert_eq!(&instance.json(&["users", "get", &email(first), "--json"]), first);
    let told = instance.print(&["users", "get", &id(first)]);
    assert!(told.contains(&id(first)) && told.contains(&email(first)) && !told.contains('\u{1b}'), "{told}");
    let both = instance.json(&["users", "get", &email(second), &id(first), "--json"]);
    assert_eq!([&both[0], &both[1]], [second, first], "in the order in which they are named");
    let list = format!("{}\n# a remark\nnobody@example.com\n{}\n", id(first), email(second));
    let file = instance.home.path().join("wave.txt");
    std::fs::write(&file, list).unwrap();
    let output = instance.run(&["users", "get", "--from", file.to_str().unwrap(), "--ndjson"]);
    assert_eq!((output.status.code(), output.stdout.split(|byte| *byte == b'\n').count()), (Some(1), 3));
    assert!(stderr(&output).contains("line 3: nobody@example.com: not found"), "{}", stderr(&output));
    instance.stop();
}

#[test]
fn what_belongs_to_somebody_is_listed() {
    let instance = Instance::of("60");
    let organization = &instance.json(&["orgs", "list", "--json", "--order-by=-members_count", "-n", "1"])[0];
    let slug = organization["slug"].as_str().unwrap();
    let members = instance.json(&["orgs", "members", slug, "--all", "--json"]);
    assert_eq!(organization["members_count"], members.as_array().unwrap().len());
    let member = members[0]["public_user_data"]["user_id"].as_str().unwrap();
    assert!(instance.print(&["orgs", "members", slug]).contains(member));
    let memberships = instance.json(&["users", "memberships", member, "--json"]);
    let of: Vec<&Value> = memberships.as_array().unwrap().iter().map(|it| &it["organization"]["id"]).collect();
    assert!(of.contains(&&organization["id"]), "{memberships}");
    assert!(instance.print(&["users", "memberships", member]).contains(slug));
    assert!(instance.json(&["users", "invitations", member, "--json"]).is_array());
    let signed_in = instance.ids(&["--all"]).into_iter().find(|user| {
        instance.json(&["users", "sessions", user, "--json", "-n", "1"]).as_array().is_some_and(|all| !all.is_empty())
    });
    let session = &instance.json(&["users", "sessions", &signed_in.unwrap(), "--json"])[0];
    assert!(session["id"].as_str().unwrap().starts_with("sess_"), "{session}");
    instance.stop();
}

#[test]
fn who_has_read_enough_closes_the_pipe_in_peace() {
    let instance = Instance::of("2000");
    let mut command = instance.command(&["users", "list", "--all", "--ndjson"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    drop(out);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((line.is_empty(), told.as_str()), (false, ""));
    instance.stop();
}

#[test]
fn the_demo_needs_no_key() {
    let home = TempDir::new().unwrap();
    let mut command = lazyclerk(&["users", "count", "--demo", "--users", "7"]);
    let output = command.env("HOME", home.path()).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "7\n");
}

#[test]
fn who_is_deleted_while_the_list_is_read_does_not_end_it() {
    let instance = Instance::of("1200");
    let all = instance.ids(&["--all"]);
    let mut command = instance.command(&["users", "list", "--all", "--ndjson"]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    // The first page is more than a pipe holds: the second is asked for once this is read, and not before.
    let mut listed = vec![lines.next().unwrap().unwrap()];
    instance.print(&["users", "delete", &all[499], &all[498], "--yes", "--expect", "2"]);
    listed.extend(lines.map(Result::unwrap));
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let ids: Vec<String> = listed
        .iter()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, all, "each once, the deleted as they were read");
    instance.stop();
}

#[test]
fn a_day_has_those_whose_activity_is_told_as_its_beginning() {
    let instance = Instance::of("200");
    let all = instance.json(&["users", "list", "--all", "--json"]);
    let days = |user: &serde_json::Value| user["last_active_at"].as_i64().map(|at| at.div_euclid(86_400_000));
    let today = all.as_array().unwrap().iter().filter_map(days).max().unwrap();
    for (typed, from) in [("today", today), ("yesterday", today - 1)] {
        let expected: std::collections::BTreeSet<String> = all
            .as_array()
            .unwrap()
            .iter()
            .filter(|user| days(user) == Some(from))
            .map(|user| user["id"].as_str().unwrap().to_owned())
            .collect();
        let found = instance.ids(&["--active", typed, "--all"]).into_iter().collect();
        assert!(!expected.is_empty(), "{typed}");
        assert_eq!(expected, found, "{typed}");
    }
    instance.stop();
}
