//! `lazyclerk trash`, on copies as the program keeps them.

use super::{Emulator, lazyclerk, stderr};
use lazyclerk::{
    audit::{EntryId, Origin},
    clerk::{
        Clerk, Endpoint, InstanceKind, SecretKey,
        model::{Received, Timestamp, User},
        query::{PageLimit, PageStart, UserPage, UserQuery},
    },
    trash::{CopiedMembership, Line, Trash, UserCopy},
};
use serde_json::{Value, json};
use std::{
    fs,
    process::{Command, Output},
    time::Duration,
};
use tempfile::TempDir;

/// A name that a terminal would act on.
const HOSTILE: &str = "Eve\u{1b}[2J\u{202e}\u{9b}31m";

/// A home with copies in it.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn trash(&self) -> Trash {
        Trash::of(&self.0.path().join("lazyclerk"))
    }

    fn keep(&self, host: &str, user: &Value, at: Timestamp, memberships: Vec<CopiedMembership>) {
        let copy = UserCopy { memberships, ..copy(host, user, at) };
        self.trash().append(at, &[Line::Copy(Box::new(copy))]).unwrap();
    }

    /// Keeps copies of users whom a job has deleted.
    fn keep_of_job(&self, job: &str, host: &str, users: &[Value]) {
        let copy = |user| Line::Copy(Box::new(copy(host, user, at()).of_job(job.to_owned())));
        self.trash().append(at(), &users.iter().map(copy).collect::<Vec<_>>()).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = lazyclerk(&[&["trash"], arguments].concat());
        command.env("XDG_STATE_HOME", self.0.path()).env("TZ", "UTC");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// At an emulator.
    fn run_at(&self, emulator: &Emulator, arguments: &[&str]) -> Output {
        let mut command = self.command(arguments);
        command.env("CLERK_SECRET_KEY", &emulator.key).env("CLERK_API_URL", &emulator.url).output().unwrap()
    }

    fn count(&self) -> usize {
        self.trash().copies(|_| ()).unwrap().len()
    }
}

fn copy(host: &str, user: &Value, at: Timestamp) -> UserCopy {
    let origin = Origin { actor: Some("kim".to_owned()), ..Origin::of(host, InstanceKind::Production) };
    let user: Received<User> = serde_json::from_str(&user.to_string()).unwrap();
    UserCopy::new(user, Vec::new(), at, &origin, EntryId::from("entry".to_owned()))
}

fn at() -> Timestamp {
    Timestamp::from(jiff::Timestamp::now()).minus(Duration::from_hours(2))
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn ada() -> Value {
    json!({
        "object": "user", "id": "user_ada", "first_name": "Ada", "last_name": "Lovelace", "password_enabled": true,
        "email_addresses": [{
            "id": "idn_1", "object": "email_address", "email_address": "ada@analytical.example",
            "verification": { "status": "verified", "strategy": "admin" },
        }],
        "primary_email_address_id": "idn_1", "public_metadata": { "plan": "pro" }, "created_at": 1_600_000_000_000_i64,
    })
}

fn host(emulator: &Emulator) -> String {
    Endpoint::parse(&emulator.url).unwrap().host().to_owned()
}

/// What the emulator tells of everybody.
fn users(emulator: &Emulator) -> Vec<Received<User>> {
    let clerk = Clerk::new(Endpoint::parse(&emulator.url).unwrap(), SecretKey::new(&emulator.key).unwrap()).unwrap();
    let page = UserPage { start: PageStart::FIRST, limit: PageLimit::MAX };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async { clerk.users().list(&UserQuery::default(), &page).await.unwrap().value })
}

#[test]
fn hostile_names_do_nothing_to_a_terminal_or_a_script() {
    let home = Home::new();
    let eve = json!({ "id": "user_eve", "first_name": HOSTILE, "username": HOSTILE });
    home.keep(HOSTILE, &eve, at(), Vec::new());
    let list = stdout(&home.run(&["list"]));
    assert!(list.contains("user_eve") && list.contains("by kim on"), "{list}");
    assert_eq!(list.lines().count(), 1);
    assert!(!list.chars().any(|char| char.is_control() && char != '\n' || char == '\u{202e}'), "{list:?}");
    let json: Value = serde_json::from_str(&stdout(&home.run(&["list", "--json"]))).unwrap();
    assert_eq!((json["name"].as_str(), json["user_id"].as_str()), (Some(HOSTILE), Some("user_eve")));
    let shown: Value = serde_json::from_str(&stdout(&home.run(&["show", "user_eve"]))).unwrap();
    assert_eq!(shown["user"], eve);
    let failed = home.run(&["show", HOSTILE.trim_end_matches("31m")]);
    assert_eq!(failed.status.code(), Some(4));
    assert!(!stderr(&failed).contains('\u{1b}'));
}

#[test]
fn who_is_restored_is_there_with_what_was_theirs_and_what_is_left_out_is_told() {
    let (home, emulator) = (Home::new(), Emulator::start(&[]));
    let gone = CopiedMembership {
        organization: "org_gone".into(),
        name: "Gone & Co".to_owned(),
        role: "org:member".to_owned(),
        ..CopiedMembership::default()
    };
    home.keep(&host(&emulator), &ada(), at(), vec![gone]);
    let before = users(&emulator).len();
    let dry = stdout(&home.run_at(&emulator, &["restore", "ada@analytical.example", "--dry-run"]));
    assert!(dry.starts_with("POST /v1/users\n") && dry.ends_with("Nothing was sent.\n"), "{dry}");
    let unasked = home.run_at(&emulator, &["restore", "user_ada"]);
    assert_eq!(unasked.status.code(), Some(2), "nobody can be asked");
    assert_eq!(users(&emulator).len(), before);
    let restored = home.run_at(&emulator, &["restore", "ada@analytical.example", "--yes"]);
    let told = stdout(&restored);
    assert_eq!(restored.status.code(), Some(1), "some of it is left out: {told}");
    assert!(told.contains("does not come back: user id, password, sessions, verification history"), "{told}");
    assert!(told.contains("left out: the membership of Gone & Co"), "{told}");
    let users = users(&emulator);
    let ada = users.iter().find(|user| user.external_id.as_deref() == Some("user_ada")).unwrap();
    assert_eq!((ada.full_name().as_deref(), users.len()), (Some("Ada Lovelace"), before + 1));
    assert_eq!(ada.created_at, Timestamp::from_millis(1_600_000_000_000));
    let list = stdout(&home.run(&["list"]));
    assert!(list.contains(&format!("restored as {}", ada.id)), "{list}");
    let log = fs::read_to_string(home.0.path().join("lazyclerk/audit.jsonl")).unwrap();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [intent, outcome] = &lines[..] else { panic!("{log}") };
    assert_eq!((&intent["action"], &intent["undoes"]), (&json!("restore"), &json!("entry")));
    assert_eq!((&outcome["outcome"], &outcome["user_id"]), (&json!("partly"), &json!(ada.id)));
    let again = home.run_at(&emulator, &["restore", "user_ada", "--yes"]);
    assert!(stdout(&again).contains("has been made from the copy already") && again.status.code() == Some(1));
}

#[test]
fn an_address_that_is_taken_meanwhile_is_refused_with_clerks_reason() {
    let (home, emulator) = (Home::new(), Emulator::start(&[]));
    let taken = users(&emulator).into_iter().find_map(|user| user.primary_email_address().cloned()).unwrap();
    let mut ada = ada();
    ada["email_addresses"][0]["email_address"] = json!(taken.email_address);
    home.keep(&host(&emulator), &ada, at(), Vec::new());
    let before = users(&emulator).len();
    let refused = home.run_at(&emulator, &["restore", "user_ada", "--yes"]);
    let told = stdout(&refused);
    assert!(told.contains("Ada Lovelace was not restored: ") && told.contains("taken"), "{told}");
    assert_eq!((refused.status.code(), users(&emulator).len()), (Some(1), before));
}

#[test]
fn who_is_still_there_is_not_made_a_second_time() {
    let (home, emulator) = (Home::new(), Emulator::start(&[]));
    let user = users(&emulator).remove(0);
    home.keep(&host(&emulator), &serde_json::from_str(user.raw()).unwrap(), at(), Vec::new());
    let refused = home.run_at(&emulator, &["restore", user.id.as_str(), "--yes"]);
    assert!(stdout(&refused).contains("is still there"), "{}", stdout(&refused));
    let elsewhere = Home::new();
    elsewhere.keep("api.clerk.com", &ada(), at(), Vec::new());
    let refused = elsewhere.run_at(&emulator, &["restore", "user_ada", "--yes"]);
    assert!(stderr(&refused).contains("is of a user at api.clerk.com"), "{}", stderr(&refused));
}

#[test]
fn all_whom_a_job_has_deleted_come_back_and_those_who_came_back_stay_as_they_are() {
    let (home, emulator) = (Home::new(), Emulator::start(&[]));
    let taken = users(&emulator).into_iter().find_map(|user| user.primary_email_address().cloned()).unwrap();
    let before = users(&emulator).len();
    let mut spam: Vec<Value> =
        (0..24).map(|number| json!({ "id": format!("user_{number}"), "username": format!("spam_{number}") })).collect();
    spam[0]["password_enabled"] = json!(true);
    let mut clash = ada();
    clash["email_addresses"][0]["email_address"] = json!(taken.email_address);
    spam.push(clash);
    home.keep_of_job("job_1", &host(&emulator), &spam);
    home.keep_of_job("job_2", &host(&emulator), &[json!({ "id": "user_other", "username": "other" })]);
    let list = stdout(&home.run(&["list"]));
    assert_eq!((list.matches(", job job_1").count(), list.matches(", job job_2").count()), (25, 1), "{list}");
    let unasked = home.run_at(&emulator, &["restore", "--job", "job_1"]);
    let told = stdout(&unasked);
    assert_eq!((unasked.status.code(), users(&emulator).len()), (Some(2), before), "nobody can be asked");
    assert!(told.starts_with("spam_0, user_0, deleted ") && told.contains("\nand 15 others\n"), "{told}");
    assert!(told.contains("  does not come back: user id, password, sessions"), "{told}");
    let restored = home.run_at(&emulator, &["restore", "--job", "job_1", "--yes"]);
    let told = stdout(&restored);
    assert!(told.contains("\n24 of 25 users restored with all of it.\n"), "{told}");
    assert!(told.contains("Ada Lovelace was not restored: "), "{told}");
    assert_eq!((restored.status.code(), users(&emulator).len()), (Some(1), before + 24));
    let again = home.run_at(&emulator, &["restore", "--job", "job_1", "--dry-run"]);
    assert_eq!(stdout(&again).matches("POST /v1/users\n").count(), 1, "{}", stdout(&again));
    home.run(&["purge", "user_ada", "--yes"]);
    let over = home.run_at(&emulator, &["restore", "--job", "job_1", "--yes"]);
    assert!(stderr(&over).contains("all 24 users of the job job_1 were restored already"), "{}", stderr(&over));
    assert_eq!((over.status.code(), users(&emulator).len()), (Some(1), before + 24));
}

#[test]
fn a_job_that_is_not_known_or_of_elsewhere_restores_nobody() {
    let (home, emulator) = (Home::new(), Emulator::start(&[]));
    let unknown = home.run_at(&emulator, &["restore", "--job", "job_9", "--yes"]);
    assert!(stderr(&unknown).contains("no copy of the job job_9 is kept"), "{}", stderr(&unknown));
    home.keep_of_job("job_1", "api.clerk.com", &[ada()]);
    let elsewhere = home.run_at(&emulator, &["restore", "--job", "job_1", "--yes"]);
    assert!(stderr(&elsewhere).contains("has deleted users at api.clerk.com"), "{}", stderr(&elsewhere));
    assert_eq!((unknown.status.code(), elsewhere.status.code()), (Some(4), Some(1)));
    let both = home.run(&["restore", "user_ada", "--job", "job_1"]);
    assert_eq!((both.status.code(), home.run(&["restore"]).status.code()), (Some(2), Some(2)));
}

#[test]
fn copies_are_thrown_away_when_somebody_says_so() {
    let home = Home::new();
    let user = |id: &str| json!({ "id": id, "username": id });
    let days = |days: u64| at().minus(Duration::from_hours(24 * days));
    for (id, age) in [("user_1", 0), ("user_2", 8), ("user_3", 29), ("user_4", 40)] {
        home.keep("api.clerk.com", &user(id), days(age), Vec::new());
    }
    assert_eq!(home.run(&["purge", "user_1"]).status.code(), Some(2), "nobody can be asked");
    assert_eq!(home.count(), 4);
    assert!(home.run(&["purge"]).status.success());
    assert_eq!(home.count(), 3, "what is older than thirty days is gone");
    assert!(home.run(&["purge", "user_1", "--yes"]).status.success());
    assert_eq!(stdout(&home.run(&["purge", "--older-than", "10d", "--yes"])), "1 copy thrown away.\n");
    assert!(stdout(&home.run(&["list"])).contains("user_2") && home.count() == 1);
    assert_eq!(home.run(&["purge", "--older-than", "soon"]).status.code(), Some(2));
    assert_eq!(home.run(&["purge", "user_9", "--yes"]).status.code(), Some(4));
    assert!(home.run(&["purge", "--all", "--yes"]).status.success());
    assert_eq!((home.count(), home.run(&["list"]).stdout.len()), (0, 0));
}
