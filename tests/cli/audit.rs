//! `lazyclerk audit`, on logs as the program writes them.

use super::{lazyclerk, stderr};
use lazyclerk::{
    audit::{Audit, Content, Ending, EntryId, Intent, JobHeader, Origin, Outcome},
    clerk::{
        InstanceKind,
        model::{Timestamp, UserId},
    },
};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// A name that a terminal and a spreadsheet would act on.
const HOSTILE: &str = "=cmd|'\u{1b}[2J\u{202e}";

/// A home with a log in it.
struct Home {
    folder: TempDir,
    audit: Audit,
}

impl Home {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let origin = Origin {
            os_user: "root".into(),
            actor: Some("kim".into()),
            ..Origin::of("api.clerk.com", InstanceKind::Production)
        };
        let audit = Audit::open(&folder.path().join("lazyclerk"), origin).unwrap();
        Self { folder, audit }
    }

    /// With a ban, a failed deletion and a job on two.
    fn with_changes() -> Self {
        let home = Self::new();
        home.change(0, intent("ban", "user_ada", "Ada"), Ending::Done);
        home.change(
            1,
            Intent { reason: Some("asked for".into()), ..intent("delete", "user_bob", HOSTILE) },
            Ending::Failed,
        );
        let header = JobHeader {
            job: "job1".into(),
            action: "lock".into(),
            users: 2,
            chosen: "marked".into(),
            ..JobHeader::default()
        };
        home.audit.append_all(at(2), vec![(EntryId::new(at(2)), Content::Job(header))]).unwrap();
        for user in ["user_ada", "user_eve"] {
            home.change(3, Intent { job: Some("job1".into()), ..intent("lock", user, user) }, Ending::Done);
        }
        home
    }

    fn change(&self, seconds: i64, intent: Intent, outcome: Ending) {
        let entry = self.audit.intent(at(seconds), intent).unwrap();
        let code = (outcome == Ending::Failed).then(|| "resource_not_found".to_owned());
        let outcome =
            Outcome { outcome, done: None, status: Some(200), code, trace_id: None, user_id: None, made: None };
        self.audit.outcome(at(seconds), &entry, outcome).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = lazyclerk(&[&["audit"], arguments].concat());
        command.env("XDG_STATE_HOME", self.folder.path()).env("HOME", self.folder.path()).env("TZ", "UTC");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn lines(&self, arguments: &[&str]) -> Vec<String> {
        let output = self.run(arguments);
        assert!(output.status.success(), "{}", stderr(&output));
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
    }

    fn log(&self) -> PathBuf {
        self.audit.path()
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_795_453_200_000 + 1000 * seconds)
}

fn intent(action: &str, user: &str, name: &str) -> Intent {
    Intent {
        action: action.into(),
        user_id: Some(UserId::from(user)),
        identifier: Some(format!("{user}@example.com")),
        name: Some(name.into()),
        ..Intent::default()
    }
}

#[test]
fn changes_are_printed_the_latest_first_and_jobs_folded() {
    let home = Home::with_changes();
    assert_eq!(
        home.lines(&[]),
        [
            "2026-11-23 17:00:02  locked                  2 users  2 done, by kim (root) on api.clerk.com, job job1 (marked)",
            "2026-11-23 17:00:01  deleted                 user_bob@example.com (=cmd|'␛[2J�, user_bob)  \
             failed (resource_not_found), by kim (root) on api.clerk.com: asked for",
            "2026-11-23 17:00:00  banned                  user_ada@example.com (Ada, user_ada)  \
             done, by kim (root) on api.clerk.com",
        ]
    );
    assert_eq!(home.lines(&["--each"]).len(), 4);
    assert_eq!(home.lines(&["-n", "1"]).len(), 1);
    assert_eq!(home.lines(&["-n", "0"]).len(), 0);
}

#[test]
fn only_what_is_asked_for_is_printed() {
    let home = Home::with_changes();
    let count = |arguments: &[&str]| home.lines(arguments).len();
    assert_eq!(count(&["--user", "ADA"]), 2);
    assert_eq!(count(&["--action", "ban"]), 1);
    assert_eq!(count(&["--outcome", "failed"]), 1);
    assert_eq!(count(&["--job", "job1"]), 2);
    assert_eq!(count(&["--actor", "ki", "--os-user", "root", "--host", "api.clerk.com"]), 3);
    assert_eq!(count(&["--os-user", "kim"]), 0);
    assert_eq!(count(&["--since", "2026-11-23", "--each"]), 4);
    assert_eq!(count(&["--since", "2026-11-24..2026-11-25"]), 0);
    let wrong = home.run(&["--since", "soon"]);
    assert_eq!((wrong.status.code(), stderr(&wrong).contains("soon: not a time")), (Some(2), true));
}

#[test]
fn programs_get_json_with_all_that_was_recorded() {
    let home = Home::with_changes();
    for arguments in [&["--json"][..], &["export", "--format", "json"]] {
        let lines = home.lines(arguments);
        let objects: Vec<serde_json::Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(objects.len(), 4, "each change of the job");
        let failed = &objects[2];
        let read = |name: &str| failed[name].as_str().unwrap().to_owned();
        assert_eq!(
            (read("name"), read("outcome"), read("time")),
            (HOSTILE.into(), "failed".into(), "2026-11-23T17:00:01.000Z".into())
        );
        assert_eq!(
            (read("actor"), read("os_user"), read("code")),
            ("kim".into(), "root".into(), "resource_not_found".into())
        );
        assert_eq!(objects[0]["job"], "job1");
    }
}

#[test]
fn a_spreadsheet_gets_text_and_no_formulas() {
    let home = Home::with_changes();
    let lines = home.lines(&["export", "--format", "csv", "--user", "user_bob"]);
    assert!(lines[0].starts_with("time,action,outcome,user_id,identifier,name,"), "{}", lines[0]);
    let start =
        format!("2026-11-23T17:00:01.000Z,delete,failed,user_bob,user_bob@example.com,'{HOSTILE},,asked for,kim,");
    assert!(lines[1].starts_with(&start), "{}", lines[1]);
    assert_eq!(lines.len(), 2);
}

#[test]
fn who_follows_sees_what_comes() {
    let home = Home::with_changes();
    let mut child = home.command(&["--follow", "-n", "1"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.next().unwrap().contains("job job1"), "the latest of those before");
    home.change(9, intent("unban", "user_ada", "Ada"), Ending::Done);
    assert!(lines.next().unwrap().contains("unbanned"), "what came since");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_log_that_is_as_it_was_written_is_sound_and_any_other_is_told_where() {
    let home = Home::with_changes();
    let lines = home.lines(&["verify"]);
    assert_eq!(lines[0], "Sound: 9 lines in 1 file, each as it was written and none missing.");
    let hash = lines[1].strip_prefix("Last hash: ").unwrap().to_owned();
    home.change(9, intent("unban", "user_ada", "Ada"), Ending::Done);
    assert_eq!(
        home.lines(&["verify", "--contains", &hash])[0],
        "Sound: 11 lines in 1 file, each as it was written and none missing."
    );
    let text = fs::read_to_string(home.log()).unwrap();
    fs::write(home.log(), text.replacen("user_bob", "user_eve", 1)).unwrap();
    let output = home.run(&["verify"]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told.starts_with(&format!("{}:3: the line is not as it was written.\n", home.log().display())), "{told}");
    fs::write(home.log(), &text[..text.len() - 40]).unwrap();
    fs::remove_file(home.log().with_file_name("audit.head")).unwrap();
    let output = home.run(&["verify"]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains(":11: torn: a crash or a full disk"), "{told}");
    assert!(told.contains("Whether lines are missing at the end nobody can tell") && !told.contains("Sound"), "{told}");
    assert_eq!(output.status.code(), Some(1));
    assert!(!home.run(&["verify", "--contains", &"0".repeat(64)]).status.success());
    assert_eq!(home.run(&["verify", "--contains", "x"]).status.code(), Some(2));
}

#[test]
fn where_nothing_was_recorded_that_is_said_and_no_file_made() {
    let folder = TempDir::new().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = lazyclerk(&[&["audit"], arguments].concat());
        command.env("XDG_STATE_HOME", folder.path()).env("HOME", folder.path()).output().unwrap()
    };
    let verified = run(&["verify"]);
    assert!(String::from_utf8(verified.stdout).unwrap().starts_with("Nothing has been recorded in "));
    let printed = run(&[]);
    assert_eq!((printed.status.code(), printed.stdout.len()), (Some(0), 0), "a script gets nothing");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
