use super::{files::newest, *};
use crate::clerk::{
    InstanceKind,
    model::{Timestamp, UserId},
};
use std::fs;
use tempfile::TempDir;

const HOST: &str = "api.clerk.com";

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_795_453_200_000 + 1000 * seconds)
}

fn ada() -> UserId {
    UserId::from("user_ada")
}

fn intent(action: &str, user: Option<&str>) -> Intent {
    Intent { action: action.into(), user_id: user.map(UserId::from), ..Intent::default() }
}

fn outcome(ending: Ending) -> Outcome {
    Outcome {
        outcome: ending,
        done: None,
        status: Some(200),
        code: None,
        trace_id: Some("t".into()),
        user_id: None,
        made: None,
    }
}

/// A log of the instance at this host.
fn log(folder: &TempDir, host: &str) -> Audit {
    Audit::open(folder.path(), Origin::of(host, InstanceKind::Production)).unwrap()
}

fn read(folder: &TempDir, offset: usize, limit: usize) -> History {
    history(folder.path(), HOST, &ada(), offset, limit).unwrap()
}

fn actions(history: &History) -> Vec<&str> {
    history.entries.iter().map(|entry| entry.action.as_str()).collect()
}

fn append(folder: &TempDir, bytes: &[u8]) {
    let path = newest(folder.path());
    let mut text = fs::read(&path).unwrap_or_default();
    text.extend_from_slice(bytes);
    fs::write(path, text).unwrap();
}

#[test]
fn what_was_done_to_a_user_of_this_instance_is_told_latest_first() {
    let folder = TempDir::new().unwrap();
    let (here, elsewhere) = (log(&folder, HOST), log(&folder, "127.0.0.1:1"));
    let ban = here.intent(at(0), intent("ban", Some("user_ada"))).unwrap();
    elsewhere.intent(at(1), intent("delete", Some("user_ada"))).unwrap();
    let other = here.intent(at(2), intent("lock", Some("user_bob"))).unwrap();
    here.outcome(at(3), &other, outcome(Ending::Failed)).unwrap();
    here.outcome(at(4), &ban, outcome(Ending::Done)).unwrap();
    let unban = Intent { undoes: Some(ban.clone()), ..intent("unban", Some("user_ada")) };
    let unban = here.intent(at(5), unban).unwrap();
    let refused = Outcome { status: Some(403), code: Some("forbidden".into()), ..outcome(Ending::Failed) };
    here.outcome(at(6), &unban, refused).unwrap();
    here.intent(at(7), intent("sign_out", Some("user_ada"))).unwrap();

    let told = read(&folder, 0, 10);
    assert_eq!((actions(&told), told.total), (vec!["sign_out", "unban", "ban"], 3));
    let [open, failed, done] = &told.entries[..] else { panic!("{told:?}") };
    assert_eq!((open.ending, open.at), (None, Some(at(7))));
    assert_eq!(
        (failed.ending, failed.status, failed.code.as_deref()),
        (Some(Ending::Failed), Some(403), Some("forbidden"))
    );
    assert_eq!(
        (failed.undoes.as_ref(), done.ending, done.trace_id.as_deref()),
        (Some(&ban), Some(Ending::Done), Some("t"))
    );
    let origin = Origin::of(HOST, InstanceKind::Production);
    assert_eq!((&done.origin.os_user, &done.origin.machine), (&origin.os_user, &origin.machine));
}

#[test]
fn a_page_begins_where_the_one_before_ended() {
    let folder = TempDir::new().unwrap();
    let audit = log(&folder, HOST);
    for number in 0..7 {
        let entry = audit.intent(at(number), intent(&number.to_string(), Some("user_ada"))).unwrap();
        audit.outcome(at(number), &entry, outcome(Ending::Done)).unwrap();
    }
    for (offset, expected) in [(0, vec!["6", "5", "4"]), (3, vec!["3", "2", "1"]), (6, vec!["0"]), (9, vec![])] {
        let page = read(&folder, offset, 3);
        assert_eq!((actions(&page), page.total), (expected, 7));
        assert!(page.entries.iter().all(|entry| entry.ending == Some(Ending::Done)));
    }
}

#[test]
fn a_creation_is_of_whom_its_outcome_names() {
    let folder = TempDir::new().unwrap();
    let audit = log(&folder, HOST);
    for user in ["user_bob", "user_ada"] {
        let entry = audit.intent(at(0), intent("create", None)).unwrap();
        audit.outcome(at(1), &entry, Outcome { user_id: Some(UserId::from(user)), ..outcome(Ending::Done) }).unwrap();
    }
    audit.intent(at(2), intent("create", None)).unwrap();
    let told = read(&folder, 0, 10);
    assert_eq!((actions(&told), told.entries[0].ending), (vec!["create"], Some(Ending::Done)));
}

#[test]
fn lines_that_are_torn_or_not_ours_spoil_no_other() {
    let folder = TempDir::new().unwrap();
    let audit = log(&folder, HOST);
    audit.intent(at(0), intent("ban", Some("user_ada"))).unwrap();
    let line = fs::read(audit.path()).unwrap();
    append(&folder, b"\n\xff\xfe user_ada\n{\"user_id\":\"user_ada\"}\n[\"user_ada\"]\n");
    append(&folder, format!("{{\"user_ada\":\"{}\"}}\n", "x".repeat(300_000)).as_bytes());
    append(&folder, &line[..line.len() / 2]);
    audit.intent(at(1), intent("lock", Some("user_ada"))).unwrap();
    append(&folder, &line[..line.len() / 3]);
    assert_eq!(actions(&read(&folder, 0, 10)), ["lock", "ban"]);
}

#[test]
fn a_reason_is_told_and_so_is_that_a_newer_program_may_have_said_more() {
    let folder = TempDir::new().unwrap();
    let audit = log(&folder, HOST);
    audit.intent(at(0), intent("ban", Some("user_ada"))).unwrap();
    let line = fs::read_to_string(audit.path()).unwrap();
    let line = line.replace("\"v\":2", "\"v\":3").replace("\"part\"", "\"p\"");
    append(&folder, line.replace("\"action\"", "\"reason\":\"spam\",\"mood\":7,\"action\"").as_bytes());
    let told = read(&folder, 0, 10);
    assert_eq!(told.entries.iter().map(|entry| entry.reason.as_deref()).collect::<Vec<_>>(), [Some("spam"), None]);
    let versions: Vec<_> = told.entries.iter().map(|entry| entry.newer_version.as_deref()).collect();
    assert_eq!(versions, [Some(env!("CARGO_PKG_VERSION")), None]);
}

#[test]
fn a_log_that_is_not_there_is_empty_and_one_that_is_no_file_is_told() {
    let folder = TempDir::new().unwrap();
    assert_eq!(read(&folder, 0, 10), History::default());
    assert!(!newest(folder.path()).exists(), "reading makes no file");
    fs::create_dir(newest(folder.path())).unwrap();
    assert!(matches!(history(folder.path(), HOST, &ada(), 0, 10), Err(AuditError::NotAFile(_))));
}

#[test]
fn of_a_long_log_only_what_is_asked_for_is_kept() {
    let folder = TempDir::new().unwrap();
    let audit = log(&folder, HOST);
    let entry = audit.intent(at(0), intent("ban", Some("user_ada"))).unwrap();
    audit.outcome(at(0), &entry, outcome(Ending::Done)).unwrap();
    let two = fs::read_to_string(audit.path()).unwrap();
    let others = two.replace("user_ada", "user_bob");
    fs::write(audit.path(), [two.repeat(1000), others.repeat(20_000), two].concat()).unwrap();
    let told = read(&folder, 0, 3);
    assert_eq!((told.entries.len(), told.total), (3, 1001));
    assert!(told.entries.iter().all(|entry| entry.ending == Some(Ending::Done)));
}
