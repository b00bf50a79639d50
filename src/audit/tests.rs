use super::*;
use crate::clerk::{
    InstanceKind,
    model::{Timestamp, UserId},
};
use std::fs;
use tempfile::TempDir;

const AT: Timestamp = Timestamp::from_millis(1_795_453_200_123);

fn open(folder: &TempDir) -> Audit {
    let origin = Origin::of("127.0.0.1:1", InstanceKind::Production);
    Audit::open(&folder.path().join("state"), origin).unwrap()
}

fn intent() -> Intent {
    let (identifier, name) = (Some("ada@example.com".into()), Some("Ada \u{1b}[31m\n".into()));
    let user_id = Some(UserId::from("user_1"));
    Intent { action: "ban".into(), user_id, identifier, name, ..Intent::default() }
}

fn outcome() -> Outcome {
    Outcome {
        outcome: Ending::Done,
        done: None,
        status: Some(200),
        code: None,
        trace_id: Some("t".into()),
        user_id: None,
        made: None,
    }
}

fn lines(audit: &Audit) -> Vec<Line> {
    let text = fs::read_to_string(audit.path()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn intent_and_outcome_are_two_lines_of_one_entry() {
    let folder = TempDir::new().unwrap();
    let audit = open(&folder);
    let entry = audit.intent(AT, intent()).unwrap();
    assert_eq!(lines(&audit).len(), 1, "on the disk before the request is sent");
    audit.outcome(AT, &entry, outcome()).unwrap();
    let lines = lines(&audit);
    assert_eq!((&lines[0].content, &lines[1].content), (&Content::Intent(intent()), &Content::Outcome(outcome())));
    assert!(lines.iter().all(|line| line.entry == entry && line.v == LINE_VERSION));
    assert_eq!(
        (lines[0].time.as_str(), lines[0].origin.instance_kind.as_str()),
        ("2026-11-23T17:00:00.123Z", "production")
    );
    let text = fs::read_to_string(audit.path()).unwrap();
    assert!(!text.contains('\u{1b}'), "foreign text is escaped");
}

#[test]
fn only_its_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = TempDir::new().unwrap();
    let audit = open(&folder);
    audit.intent(AT, intent()).unwrap();
    fs::set_permissions(audit.path(), fs::Permissions::from_mode(0o644)).unwrap();
    audit.intent(AT, intent()).unwrap();
    assert_eq!((mode(&audit.path()), mode(audit.path().parent().unwrap())), (0o600, 0o700));
}

#[test]
fn a_link_is_not_followed() {
    let folder = TempDir::new().unwrap();
    let audit = open(&folder);
    let elsewhere = folder.path().join("elsewhere");
    std::os::unix::fs::symlink(&elsewhere, audit.path()).unwrap();
    assert!(matches!(audit.intent(AT, intent()), Err(AuditError::NotAFile(_))));
    assert!(!elsewhere.exists());
}

#[test]
fn a_line_that_a_crash_broke_off_spoils_no_other() {
    let folder = TempDir::new().unwrap();
    let audit = open(&folder);
    audit.intent(AT, intent()).unwrap();
    let whole = fs::read(audit.path()).unwrap();
    fs::write(audit.path(), &whole[..whole.len() / 2]).unwrap();
    audit.intent(AT, intent()).unwrap();
    let text = fs::read_to_string(audit.path()).unwrap();
    let readable = text.lines().filter(|line| serde_json::from_str::<Line>(line).is_ok()).count();
    assert_eq!((text.lines().count(), readable), (2, 1));
}

#[test]
fn many_at_once_leave_whole_lines() {
    let folder = TempDir::new().unwrap();
    let audit = open(&folder);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let other = open(&folder);
            scope.spawn(move || {
                for _ in 0..25 {
                    let entry = other.intent(AT, intent()).unwrap();
                    other.outcome(AT, &entry, outcome()).unwrap();
                }
            });
        }
    });
    assert_eq!(lines(&audit).len(), 200);
}

#[test]
fn a_directory_that_cannot_be_written_is_told() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = Audit::open(&file.join("state"), Origin::of("h", InstanceKind::Production)).unwrap_err();
    assert!(error.to_string().contains("state"), "{error}");
}

#[test]
fn many_lines_are_written_at_once_in_their_order() {
    let folder = TempDir::new().unwrap();
    let audit = open(&folder);
    let header =
        JobHeader { job: "j1".into(), action: "ban".into(), users: 2, chosen: "marked".into(), ..JobHeader::default() };
    let parameters = Some(serde_json::json!({"role": {"from": "org:member", "to": "org:admin"}}));
    let of_job = Intent { job: Some("j1".into()), parameters, dry_run: true, ..intent() };
    let contents =
        [Content::Job(header), Content::Intent(of_job), Content::Intent(intent()), Content::Outcome(outcome())];
    let batch: Vec<_> = contents.iter().map(|content| (EntryId::new(AT), content.clone())).collect();
    audit.append_all(AT, batch.clone()).unwrap();
    let written: Vec<_> = lines(&audit).into_iter().map(|line| (line.entry, line.content)).collect();
    assert_eq!(written, batch);
    audit.append_all(AT, Vec::new()).unwrap();
    assert_eq!(lines(&audit).len(), 4, "nothing is written for nothing");
}

#[test]
fn what_nobody_said_takes_no_room() {
    let folder = TempDir::new().unwrap();
    let audit = open(&folder);
    audit.intent(AT, intent()).unwrap();
    let text = fs::read_to_string(audit.path()).unwrap();
    for absent in ["job", "parameters", "dry_run", "profile", "actor", "instance_id"] {
        assert!(!text.contains(absent), "{absent} in {text}");
    }
}

/// Not a test of its own: the other runs it in a process that may not make its files larger.
#[test]
fn in_little_room() {
    let Some(directory) = std::env::var_os("LAZYCLERK_TEST_LITTLE_ROOM") else { return };
    let audit = Audit::open(Path::new(&directory), Origin::of("h", InstanceKind::Production)).unwrap();
    let written = (0..100).take_while(|_| audit.intent(AT, intent()).is_ok()).count();
    assert!(written < 100, "there was room for all");
    let error = audit.append_all(AT, vec![(EntryId::new(AT), Content::Intent(intent())); 5]).unwrap_err();
    assert!(matches!(error, AuditError::Io { .. }), "{error}");
    fs::write(Path::new(&directory).join("written"), written.to_string()).unwrap();
}

#[test]
fn where_the_disk_is_full_that_is_told_and_no_half_line_is_left() {
    let folder = TempDir::new().unwrap();
    // Of what exceeds the limit the system would tell with a signal first. The limit is in blocks of 512 bytes.
    let script = r#"trap '' XFSZ; ulimit -f 8; exec "$0" --exact audit::tests::in_little_room"#;
    let mut child = std::process::Command::new("sh");
    child.args(["-c", script]).arg(std::env::current_exe().unwrap());
    let ended = child.env("LAZYCLERK_TEST_LITTLE_ROOM", folder.path()).output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stdout));
    let written: u64 = fs::read_to_string(folder.path().join("written")).unwrap().parse().unwrap();
    let found = verify(folder.path(), None).unwrap();
    assert!(written > 0);
    assert_eq!((found.lines, found.torn, found.faults), (written, Vec::new(), Vec::new()));
}

#[test]
fn a_line_that_no_reader_would_take_is_not_written() {
    let folder = TempDir::new().unwrap();
    let audit = open(&folder);
    let too_long = Intent { reason: Some("x".repeat(2_000_000)), ..intent() };
    assert!(matches!(audit.intent(AT, too_long), Err(AuditError::TooLong)));
    assert!(!audit.path().exists());
}

#[test]
fn the_instance_is_told_once_it_is_known() {
    let folder = TempDir::new().unwrap();
    let audit = open(&folder);
    audit.intent(AT, intent()).unwrap();
    audit.tell_instance("ins_1");
    audit.intent(AT, intent()).unwrap();
    let ids: Vec<_> = lines(&audit).into_iter().map(|line| line.origin.instance_id).collect();
    assert_eq!(ids, [None, Some("ins_1".to_owned())]);
}
