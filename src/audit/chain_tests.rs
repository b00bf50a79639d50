//! The chain over whole logs: what breaks it is found where it is, and nothing else breaks it.

use super::{files, head, *};
use crate::clerk::{
    InstanceKind,
    model::{Timestamp, UserId},
};
use proptest::prelude::*;
use std::{fs, path::PathBuf};
use tempfile::TempDir;

const AT: Timestamp = Timestamp::from_millis(1_795_453_200_123);

fn open(folder: &Path) -> Audit {
    Audit::open(folder, Origin::of("api.clerk.com", InstanceKind::Production)).unwrap()
}

fn intent(number: u32) -> (EntryId, Content) {
    let user_id = Some(UserId::from(format!("user_{number}")));
    (EntryId::new(AT), Content::Intent(Intent { action: "ban".into(), user_id, ..Intent::default() }))
}

fn write(audit: &Audit, numbers: std::ops::Range<u32>) {
    numbers.for_each(|number| audit.append_all(AT, vec![intent(number)]).unwrap());
}

/// The first fault: in which file and line, and what.
fn first_fault(folder: &Path) -> Option<(String, u64, FaultKind)> {
    let found = verify(folder, None).unwrap();
    let Fault { place, kind } = found.faults.first()?.clone();
    Some((place.file.file_name().unwrap().to_str().unwrap().to_owned(), place.line, kind))
}

fn sound(folder: &Path) -> Verified {
    let found = verify(folder, None).unwrap();
    assert_eq!(found.faults, [], "{found:?}");
    found
}

#[test]
fn every_line_builds_on_the_one_before() {
    let folder = TempDir::new().unwrap();
    assert_eq!(verify(folder.path(), None).unwrap(), Verified { is_end_known: true, ..Verified::default() });
    let audit = open(folder.path());
    write(&audit, 0..2);
    let early = sound(folder.path()).hash;
    audit.append_all(AT, (2..7).map(intent).collect()).unwrap();
    let found = sound(folder.path());
    assert_eq!((found.files, found.lines, found.before_chain, found.torn), (1, 7, 0, Vec::new()));
    assert_eq!(verify(folder.path(), Some(early)).unwrap().faults, [], "what was kept elsewhere is still there");
    let other = early.then(b"other");
    assert_eq!(verify(folder.path(), Some(other)).unwrap().faults[0].kind, FaultKind::NotFound);
}

#[test]
fn many_programs_at_once_leave_one_chain_over_several_files() {
    let folder = TempDir::new().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            // Each with a handle of its own, as programs have.
            scope.spawn(|| {
                let audit = open(folder.path()).full_at(400_000);
                for number in 0..500 {
                    audit.append_all(AT, vec![intent(number), intent(number)]).unwrap();
                }
            });
        }
    });
    let found = sound(folder.path());
    assert_eq!(found.lines, 4000);
    assert!((3..=6).contains(&found.files), "{} files", found.files);
}

#[test]
fn a_full_file_is_left_behind_and_the_chain_goes_on() {
    let folder = TempDir::new().unwrap();
    let audit = open(folder.path()).full_at(1000);
    write(&audit, 0..10);
    let found = sound(folder.path());
    assert_eq!(found.lines, 10);
    assert!(found.files >= 3 && folder.path().join("audit-000001.jsonl").exists(), "{found:?}");
    let second = folder.path().join("audit-000002.jsonl");
    fs::remove_file(&second).unwrap();
    let (file, line, kind) = first_fault(folder.path()).unwrap();
    assert_eq!((file.as_str(), line, kind), ("audit-000003.jsonl", 1, FaultKind::Gap));
}

#[test]
fn a_crash_between_leaving_a_file_and_beginning_the_next_breaks_nothing() {
    let folder = TempDir::new().unwrap();
    let audit = open(folder.path());
    write(&audit, 0..3);
    fs::rename(audit.path(), folder.path().join("audit-000001.jsonl")).unwrap();
    sound(folder.path());
    write(&audit, 3..5);
    assert_eq!((sound(folder.path()).files, sound(folder.path()).lines), (2, 5));
}

#[test]
fn the_chain_begins_behind_the_lines_of_older_versions_and_covers_them() {
    let folder = TempDir::new().unwrap();
    let audit = open(folder.path());
    fs::write(audit.path(), "{\"v\":1,\"a\":1}\n{\"v\":1,\"a\":2}\n").unwrap();
    assert_eq!(sound(folder.path()).lines, 2);
    write(&audit, 0..2);
    assert_eq!((sound(folder.path()).before_chain, sound(folder.path()).lines), (2, 4));
    let text = fs::read_to_string(audit.path()).unwrap().replace("\"a\":2", "\"a\":3");
    fs::write(audit.path(), text).unwrap();
    assert_eq!(first_fault(folder.path()).unwrap().1, 1);
}

#[test]
fn a_torn_line_is_told_and_is_no_fault() {
    let folder = TempDir::new().unwrap();
    let audit = open(folder.path());
    write(&audit, 0..2);
    let whole = fs::read_to_string(audit.path()).unwrap();
    fs::write(audit.path(), format!("{whole}{{\"v\":2,\"time\":\"20")).unwrap();
    let torn = vec![Place { file: audit.path(), line: 3 }];
    assert_eq!(sound(folder.path()).torn, torn, "it is the last");
    write(&audit, 2..4);
    assert_eq!((sound(folder.path()).torn, sound(folder.path()).lines), (torn, 5), "others follow it");
    let text = fs::read_to_string(audit.path()).unwrap().replace("\"20\n", "\"21\n");
    fs::write(audit.path(), text).unwrap();
    let (_, line, kind) = first_fault(folder.path()).unwrap();
    assert_eq!((line, kind), (3, FaultKind::Changed), "it cannot be changed either");
}

#[test]
fn a_line_of_another_program_is_a_fault_even_where_the_chain_goes_on_behind_it() {
    let folder = TempDir::new().unwrap();
    let audit = open(folder.path());
    write(&audit, 0..2);
    let whole = fs::read_to_string(audit.path()).unwrap();
    fs::write(audit.path(), format!("{whole}{{\"v\":1}}\n")).unwrap();
    write(&audit, 2..3);
    let (_, line, kind) = first_fault(folder.path()).unwrap();
    assert_eq!((line, kind), (3, FaultKind::Foreign));
}

#[test]
fn lines_cut_off_the_end_are_missed_also_once_others_follow() {
    let folder = TempDir::new().unwrap();
    let audit = open(folder.path());
    write(&audit, 0..4);
    let text = fs::read_to_string(audit.path()).unwrap();
    let three: String = text.split_inclusive('\n').take(3).collect();
    fs::write(audit.path(), three).unwrap();
    let (_, line, kind) = first_fault(folder.path()).unwrap();
    assert_eq!((line, kind), (4, FaultKind::CutOff));
    write(&audit, 4..6);
    let (_, line, kind) = first_fault(folder.path()).unwrap();
    assert_eq!((line, kind), (4, FaultKind::Gap));
    fs::remove_file(audit.path()).unwrap();
    assert_eq!(first_fault(folder.path()).unwrap().2, FaultKind::CutOff, "all of them");
    write(&audit, 6..7);
    assert_eq!(first_fault(folder.path()).unwrap().2, FaultKind::Gap);
}

#[test]
fn a_head_that_is_gone_or_behind_does_no_harm() {
    let folder = TempDir::new().unwrap();
    let audit = open(folder.path());
    write(&audit, 0..2);
    let path = folder.path().join(head::HEAD);
    let behind = fs::read(&path).unwrap();
    write(&audit, 2..3);
    for head in [behind, b"nonsense".to_vec(), Vec::new()] {
        fs::write(&path, head).unwrap();
        sound(folder.path());
        write(&audit, 3..4);
        sound(folder.path());
    }
    fs::remove_file(&path).unwrap();
    assert!(!sound(folder.path()).is_end_known, "lines may be missing at the end");
    write(&audit, 4..5);
    let found = sound(folder.path());
    assert_eq!((found.lines, found.is_end_known), (7, true));
}

#[test]
fn a_line_that_somebody_puts_in_at_the_end_is_no_torn_one() {
    let folder = TempDir::new().unwrap();
    let audit = open(folder.path());
    write(&audit, 0..2);
    fs::OpenOptions::new()
        .append(true)
        .open(audit.path())
        .and_then(|mut file| std::io::Write::write_all(&mut file, b"put in\n"))
        .unwrap();
    let (_, line, kind) = first_fault(folder.path()).unwrap();
    assert_eq!((line, kind), (3, FaultKind::Foreign));
}

/// Ten lines in one file or three.
fn ten(full: u64) -> (TempDir, Vec<Vec<Vec<u8>>>) {
    let folder = TempDir::new().unwrap();
    write(&open(folder.path()).full_at(full), 0..10);
    let paths = paths(folder.path());
    let lines =
        |path: &PathBuf| fs::read(path).unwrap().split_inclusive(|byte| *byte == b'\n').map(Vec::from).collect();
    let lines = paths.iter().map(lines).collect();
    (folder, lines)
}

fn paths(folder: &Path) -> Vec<PathBuf> {
    files::open(folder).unwrap().into_iter().map(|file| file.path).collect()
}

/// The file and the number of the line at an index over all files.
fn place(files: &[Vec<Vec<u8>>], mut index: usize) -> (usize, usize) {
    for (file, lines) in files.iter().enumerate() {
        if index < lines.len() {
            return (file, index);
        }
        index -= lines.len();
    }
    unreachable!("there are so many lines")
}

fn write_back(folder: &Path, files: &[Vec<Vec<u8>>]) {
    for (path, lines) in paths(folder).iter().zip(files) {
        fs::write(path, lines.concat()).unwrap();
    }
}

fn is_found_at(folder: &Path, (file, line): (usize, usize)) -> Result<(), TestCaseError> {
    let paths = paths(folder);
    let fault = first_fault(folder);
    let name = paths[file].file_name().unwrap().to_str().unwrap().to_owned();
    let found = fault.as_ref().map(|(file, line, _)| (file.clone(), *line));
    prop_assert_eq!(found, Some((name, u64::try_from(line).unwrap() + 1)), "{:?}", fault);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_byte_that_is_not_as_it_was_is_found_in_its_line(
        split: bool, index in 0..10_usize, at: prop::sample::Index, byte: u8,
    ) {
        let (folder, mut files) = ten(if split { 2000 } else { 1_000_000 });
        let (file, line) = place(&files, index);
        let bytes = &mut files[file][line];
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        write_back(folder.path(), &files);
        is_found_at(folder.path(), (file, line))?;
    }

    #[test]
    fn a_line_that_is_missing_is_found_where_it_was(split: bool, index in 0..10_usize) {
        let (folder, mut files) = ten(if split { 2000 } else { 1_000_000 });
        let (file, line) = place(&files, index);
        let is_last_of_full = line + 1 == files[file].len() && file + 1 < files.len();
        files[file].remove(line);
        write_back(folder.path(), &files);
        // Behind the end of a full file the next one begins.
        is_found_at(folder.path(), if is_last_of_full { (file + 1, 0) } else { (file, line) })?;
    }

    #[test]
    fn lines_that_changed_places_are_found_at_the_first(split: bool, one in 0..9_usize, further in 1..9_usize) {
        let (folder, mut files) = ten(if split { 2000 } else { 1_000_000 });
        let other = (one + further).min(9);
        let (one, other) = (place(&files, one), place(&files, other));
        let line = std::mem::take(&mut files[one.0][one.1]);
        let line = std::mem::replace(&mut files[other.0][other.1], line);
        files[one.0][one.1] = line;
        write_back(folder.path(), &files);
        is_found_at(folder.path(), one)?;
    }

    #[test]
    fn a_log_that_ends_anywhere_goes_on(cut in 1..3000_usize) {
        let folder = TempDir::new().unwrap();
        let audit = open(folder.path());
        write(&audit, 0..10);
        let bytes = fs::read(audit.path()).unwrap();
        fs::write(audit.path(), &bytes[..cut]).unwrap();
        // A power cut also takes what was not waited for.
        fs::remove_file(folder.path().join(head::HEAD)).unwrap();
        write(&audit, 10..12);
        let found = sound(folder.path());
        prop_assert!(found.torn.len() <= 1, "{:?}", found);
    }
}
