use super::*;
use crate::{
    audit::{EntryId, Origin},
    clerk::{
        InstanceKind,
        model::{Received, Timestamp, UserId},
    },
};
use proptest::prelude::*;
use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
    time::Duration,
};
use tempfile::TempDir;

const NOW: Timestamp = Timestamp::from_millis(1_795_453_200_000);
const A_DAY: Duration = Duration::from_hours(24);

fn copy_of(json: &str, at: Timestamp) -> UserCopy {
    let memberships = vec![CopiedMembership {
        organization: "org_1".into(),
        name: "Acme".to_owned(),
        role: "org:admin".to_owned(),
        ..CopiedMembership::default()
    }];
    let origin = Origin::of("api.clerk.com", InstanceKind::Production);
    UserCopy::new(serde_json::from_str(json).unwrap(), memberships, at, &origin, EntryId::from("entry".to_owned()))
}

fn line(id: &str, at: Timestamp) -> Line {
    Line::Copy(Box::new(copy_of(&format!(r#"{{"object":"user","id":"{id}","new":[1.50]}}"#), at)))
}

fn whose(id: &str) -> Whose {
    Whose { host: "api.clerk.com".to_owned(), user: UserId::from(id) }
}

fn withdrawn(id: &str, at: Timestamp) -> Line {
    Line::Withdrawn { whose: whose(id), at }
}

fn ids(trash: &Trash) -> Vec<String> {
    let seen = trash.copies(|copy| copy.user.id.to_string()).unwrap();
    seen.into_iter().map(|(id, _)| id).collect()
}

fn files(place: &Path) -> usize {
    fs::read_dir(place.join("trash")).unwrap().filter(|entry| entry.as_ref().unwrap().file_name() != "lock").count()
}

#[test]
fn a_copy_holds_the_user_exactly_as_it_came() {
    let place = TempDir::new().unwrap();
    let trash = Trash::of(place.path());
    assert!(ids(&trash).is_empty());
    assert!(fs::read_dir(place.path()).unwrap().next().is_none(), "to read makes nothing");
    let came = "{\"object\":\"user\",\r\n \"id\": \"user_1\", \"first_name\":\"\\u001b[31m\", \"limit\": 1e400000}";
    let copy = copy_of(came, NOW).of_job("job".to_owned());
    trash.append(NOW, &[Line::Copy(Box::new(copy.clone()))]).unwrap();
    let found = trash.find(|copy| copy.whose() == whose("user_1")).unwrap();
    let [Kept { copy: kept, restored_as: None }] = &found[..] else { panic!("{found:?}") };
    assert_eq!(kept.user.raw(), came.replace(['\r', '\n'], " "));
    assert_eq!((&kept.memberships, &kept.job, &kept.os_user), (&copy.memberships, &copy.job, &copy.os_user));
    let file = fs::read_to_string(place.path().join("trash/2026-11-23.jsonl")).unwrap();
    assert_eq!(file.lines().count(), 1);
}

#[test]
fn the_latest_word_on_a_user_holds() {
    let place = TempDir::new().unwrap();
    let trash = Trash::of(place.path());
    trash.append(NOW, &[line("user_1", NOW), line("user_2", NOW), line("user_3", NOW)]).unwrap();
    let tomorrow = NOW.plus(A_DAY);
    let restored = Line::Restored { whose: whose("user_3"), restored_as: "user_4".into(), at: tomorrow };
    trash
        .append(
            tomorrow,
            &[withdrawn("user_2", tomorrow), restored, line("user_1", tomorrow), withdrawn("user_1", NOW)],
        )
        .unwrap();
    let seen = trash.copies(|copy| (copy.user.id.to_string(), copy.at)).unwrap();
    let expected = [(("user_1".to_owned(), tomorrow), None), (("user_3".to_owned(), NOW), Some("user_4".into()))];
    assert_eq!(seen, expected);
}

#[test]
fn the_same_id_at_another_instance_is_another_user() {
    let place = TempDir::new().unwrap();
    let trash = Trash::of(place.path());
    let elsewhere = UserCopy { host: "127.0.0.1:4100".to_owned(), ..copy_of(r#"{"id":"user_1"}"#, NOW) };
    trash.append(NOW, &[line("user_1", NOW), Line::Copy(Box::new(elsewhere))]).unwrap();
    trash.remove(|meant| *meant == whose("user_1")).unwrap();
    assert_eq!(trash.copies(|copy| copy.host.clone()).unwrap(), [("127.0.0.1:4100".to_owned(), None)]);
}

#[test]
fn what_is_taken_away_is_not_on_the_disk_any_more() {
    let place = TempDir::new().unwrap();
    let trash = Trash::of(place.path());
    trash.remove(|_| true).unwrap();
    assert!(!place.path().join("trash").exists(), "nothing is made for it");
    trash.append(NOW, &[line("user_1", NOW), line("user_2", NOW)]).unwrap();
    trash.append(NOW.plus(A_DAY), &[withdrawn("user_2", NOW.plus(A_DAY))]).unwrap();
    trash.remove(|meant| *meant == whose("user_2")).unwrap();
    assert_eq!((ids(&trash), files(place.path())), (vec!["user_1".to_owned()], 1));
    let file = place.path().join("trash/2026-11-23.jsonl");
    assert!(!fs::read_to_string(&file).unwrap().contains("user_2"));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    trash.append(NOW, &[line("user_3", NOW)]).unwrap();
    fs::write(place.path().join("trash/2026-11-22.jsonl"), "{\"later\":1}\n").unwrap();
    trash.clear().unwrap();
    assert_eq!(files(place.path()), 0);
}

#[test]
fn after_thirty_days_it_is_gone_and_not_before() {
    let place = TempDir::new().unwrap();
    let trash = Trash::of(place.path());
    let (early, late) = (NOW.minus(KEPT).minus(Duration::from_secs(1)), NOW.minus(KEPT).plus(Duration::from_secs(1)));
    for (id, at) in [("user_0", early.minus(A_DAY)), ("user_1", early), ("user_2", late), ("user_3", NOW)] {
        trash.append(at, &[line(id, at)]).unwrap();
    }
    trash.expire(NOW, KEPT).unwrap();
    assert_eq!((ids(&trash), files(place.path())), (vec!["user_3".to_owned(), "user_2".to_owned()], 2));
    trash.expire(NOW.plus(KEPT).plus(A_DAY), KEPT).unwrap();
    assert_eq!(files(place.path()), 0);
}

#[test]
fn it_is_its_owners_alone_and_leads_nowhere_else() {
    let place = TempDir::new().unwrap();
    let (trash, folder) = (Trash::of(place.path()), place.path().join("trash"));
    trash.append(NOW, &[line("user_1", NOW)]).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let file = folder.join("2026-11-23.jsonl");
    assert_eq!((mode(&folder), mode(&file), mode(&folder.join("lock"))), (0o700, 0o600, 0o600));
    let elsewhere = place.path().join("elsewhere");
    fs::rename(&file, &elsewhere).unwrap();
    symlink(&elsewhere, &file).unwrap();
    let before = fs::read(&elsewhere).unwrap();
    assert!(matches!(trash.append(NOW, &[line("user_2", NOW)]), Err(TrashError::SomethingElse(_))));
    assert!(trash.copies(|_| ()).is_err() && trash.remove(|_| true).is_err());
    assert_eq!(fs::read(&elsewhere).unwrap(), before);
    fs::remove_dir_all(&folder).unwrap();
    symlink(place.path(), &folder).unwrap();
    assert!(matches!(trash.append(NOW, &[line("user_2", NOW)]), Err(TrashError::SomethingElse(_))));
    assert!(!place.path().join("2026-11-23.jsonl").exists());
}

#[test]
fn a_line_that_a_crash_broke_off_costs_no_other() {
    let place = TempDir::new().unwrap();
    let trash = Trash::of(place.path());
    trash.append(NOW, &[line("user_1", NOW), line("user_2", NOW)]).unwrap();
    let file = place.path().join("trash/2026-11-23.jsonl");
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() - 9]).unwrap();
    assert_eq!(ids(&trash), ["user_1"]);
    trash.append(NOW, &[line("user_3", NOW)]).unwrap();
    assert_eq!(ids(&trash), ["user_3", "user_1"]);
}

proptest! {
    #[test]
    fn whatever_is_written_is_read_again(texts in prop::collection::vec(any::<String>(), 1..5)) {
        let place = TempDir::new().unwrap();
        let trash = Trash::of(place.path());
        let copies: Vec<UserCopy> = texts.iter().enumerate().map(|(number, text)| {
            let json = serde_json::json!({ "id": format!("user_{number}"), "first_name": text, text: { "a": text } });
            let mut copy = copy_of(&json.to_string(), NOW);
            copy.memberships[0].name.clone_from(text);
            copy
        }).collect();
        let lines: Vec<Line> = copies.iter().map(|copy| Line::Copy(Box::new(copy.clone()))).collect();
        trash.append(NOW, &lines).unwrap();
        let mut found: Vec<UserCopy> = trash.find(|_| true).unwrap().into_iter().map(|kept| kept.copy).collect();
        found.reverse();
        prop_assert_eq!(found, copies);
    }
}

#[test]
fn a_received_user_survives_as_it_is() {
    let user: Received<crate::clerk::model::User> = serde_json::from_str(r#"{"id":"user_1","x":1.10}"#).unwrap();
    assert_eq!(serde_json::to_string(&user).unwrap(), r#"{"id":"user_1","x":1.10}"#);
}
