use super::*;
use tempfile::TempDir;

const AT: Timestamp = Timestamp::from_millis(1_795_453_200_123);

fn open(folder: &TempDir) -> Audit {
    let origin = Origin::of("127.0.0.1:1", InstanceKind::Production);
    Audit::open(&folder.path().join("state"), origin).unwrap()
}

fn intent() -> Intent {
    let (identifier, name) = (Some("ada@example.com".into()), Some("Ada \u{1b}[31m\n".into()));
    let user_id = Some(UserId::from("user_1"));
    Intent { action: "ban".into(), part: None, user_id, identifier, name, undoes: None, reason: None }
}

fn outcome() -> Outcome {
    Outcome { outcome: Ending::Done, status: Some(200), code: None, trace_id: Some("t".into()), user_id: None }
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

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = TempDir::new().unwrap();
    let audit = open(&folder);
    audit.intent(AT, intent()).unwrap();
    fs::set_permissions(audit.path(), fs::Permissions::from_mode(0o644)).unwrap();
    audit.intent(AT, intent()).unwrap();
    assert_eq!((mode(audit.path()), mode(audit.path().parent().unwrap())), (0o600, 0o700));
}

#[cfg(unix)]
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
            let other = Audit { path: audit.path.clone(), origin: audit.origin.clone() };
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
