use super::*;
use crate::{
    app::{
        Identifier, Person,
        job::{Fault, FaultKind, JobState, Pause, Sight, Work},
    },
    clerk::model::UserId,
};
use proptest::prelude::*;
use std::time::Duration;
use tempfile::TempDir;

const USERS: usize = 7;

fn plan() -> Plan {
    let target = |number: usize| Target {
        id: UserId::from(format!("user_{number}")),
        person: Person {
            name: Some("Ada \u{1b}[31m".to_owned()),
            identifier: Some(Identifier::EmailAddress(format!("{number}@example.com"))),
        },
        given: None,
        undoes: None,
    };
    let grounds = Grounds { undoes: None, reason: Some("spam".to_owned()) };
    Plan { act: JobAct::Lock, targets: (0..USERS).map(target).collect(), grounds, chosen: "by hand".to_owned() }
}

fn header(plan: &Plan) -> Header {
    Header {
        v: VERSION,
        job: JobId::from("20261123T165900-lock-1a2b".to_owned()),
        instance: "api.clerk.com".to_owned(),
        begun_at: Timestamp::from_millis(1_795_453_200_000),
        act: plan.act.clone(),
        reason: plan.grounds.reason.clone(),
        undoes: None,
        chosen: plan.chosen.clone(),
        users: plan.targets.len(),
    }
}

/// What Clerk has locked, and how often.
#[derive(Clone, Debug, Default, PartialEq)]
struct World([usize; USERS]);

/// Works at the job until it is over, or for so many requests, which is where the power fails.
fn work(job: &mut Job, journal: &mut Journal, world: &mut World, mut requests: usize) {
    job.resume();
    while let Some(next) = job.next_work() {
        match next {
            Work::Look(places) => {
                let see = |place: usize| if world.0[place] > 0 { Sight::Already } else { Sight::Open(None) };
                let ended = job.looked(places.into_iter().map(|place| (place, see(place))).collect());
                journal.record(&ended_records(ended)).unwrap();
            }
            Work::Send(places) => {
                job.mark_sent(&places);
                journal.record(&[(places[0], Record::Sent(None))]).unwrap();
                // Nobody can lock the sixth.
                if places[0] == 5 {
                    let fault = Fault::own(FaultKind::Refused, "user_managed_by_scim", "the directory owns them");
                    let ended = job.refused(&places, &fault);
                    journal.record(&ended_records(ended)).unwrap();
                    continue;
                }
                world.0[places[0]] += 1;
                if requests == 0 {
                    return;
                }
                requests -= 1;
                let ended = job.done(&places);
                journal.record(&ended_records(ended)).unwrap();
            }
        }
    }
}

fn ended_records(ended: Vec<(usize, Outcome)>) -> Vec<(usize, Record)> {
    ended.into_iter().map(|(place, outcome)| (place, Record::Ended(outcome))).collect()
}

fn begun() -> (TempDir, Journal, Job) {
    let directory = TempDir::new().unwrap();
    let plan = plan();
    let journal = Journal::begin(directory.path(), &header(&plan), &plan).unwrap();
    (directory, journal, Job::new(plan))
}

#[test]
fn what_was_written_is_read_as_it_was() {
    let (directory, mut journal, mut job) = begun();
    work(&mut job, &mut journal, &mut World::default(), usize::MAX);
    let told = Journal::look(&all(directory.path()).unwrap()[0]).unwrap().unwrap();
    assert_eq!((told.header, told.job.plan()), (header(&plan()), &plan()));
    assert_eq!((told.job.state(), told.job.counts()), (&JobState::Ended, job.counts()));
    assert_eq!(told.job.failures(), job.failures());
}

#[test]
fn no_two_work_on_one_job() {
    let (_directory, journal, _) = begun();
    assert!(Journal::is_in_use(journal.path()).unwrap());
    assert!(matches!(Journal::take_up(journal.path()), Err(JournalError::InUse)));
    let path = journal.path().to_owned();
    drop(journal);
    assert!(!Journal::is_in_use(&path).unwrap());
    assert!(Journal::take_up(&path).unwrap().is_some());
}

#[test]
fn what_was_cancelled_stays_so() {
    let (_directory, mut journal, mut job) = begun();
    work(&mut job, &mut journal, &mut World::default(), 2);
    journal.cancel().unwrap();
    let path = journal.path().to_owned();
    drop(journal);
    let (_, told) = Journal::take_up(&path).unwrap().unwrap();
    assert_eq!((told.job.state(), told.job.counts().done), (&JobState::Cancelled, 2));
}

#[test]
fn a_line_in_the_middle_that_says_nothing_is_told_with_its_number() {
    let (_directory, mut journal, mut job) = begun();
    work(&mut job, &mut journal, &mut World::default(), usize::MAX);
    let path = journal.path().to_owned();
    drop(journal);
    let text = fs::read_to_string(&path).unwrap();
    let broken: Vec<String> =
        text.lines().enumerate().map(|(at, line)| if at == 10 { "{".into() } else { line.to_owned() }).collect();
    fs::write(&path, broken.join("\n") + "\n").unwrap();
    assert!(matches!(Journal::take_up(&path), Err(JournalError::Line { line: 11, .. })));
}

#[test]
fn a_journal_of_a_later_version_is_left_alone() {
    let (_directory, journal, _) = begun();
    let path = journal.path().to_owned();
    drop(journal);
    let text = fs::read_to_string(&path).unwrap().replace(r#""v":1"#, r#""v":2"#);
    fs::write(&path, text).unwrap();
    assert!(matches!(Journal::take_up(&path), Err(JournalError::Later { .. })));
}

#[test]
#[cfg(unix)]
fn it_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (directory, journal, _) = begun();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(journal.path()), mode(&folder(directory.path()))), (0o600, 0o700));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    /// Whatever is left of the file, the job that is put together from it ends as it would have, and nothing is done twice.
    #[test]
    fn cut_at_any_byte_it_comes_to_the_same_end(requests in 0_usize..7, cut in 0_usize..=1000) {
        let (_directory, mut journal, mut job) = begun();
        let mut world = World::default();
        work(&mut job, &mut journal, &mut world, requests);
        let path = journal.path().to_owned();
        drop(journal);
        let whole = fs::read(&path).unwrap();
        let cut = whole.len() * cut / 1000;
        fs::write(&path, &whole[..cut]).unwrap();
        let Some((mut journal, told)) = Journal::take_up(&path).unwrap() else {
            let lines = whole[..cut].split(|byte| *byte == b'\n').count() - 1;
            prop_assert!(lines < 1 + USERS, "the users were not all there");
            return Ok(());
        };
        let mut job = told.job;
        if job.counts().left() > 0 {
            prop_assert_eq!(job.state(), &JobState::Paused(Pause::Interrupted));
        }
        work(&mut job, &mut journal, &mut world, usize::MAX);
        prop_assert_eq!(world, World([1, 1, 1, 1, 1, 0, 1]));
        prop_assert_eq!((job.counts().failed, job.counts().left()), (1, 0));
        drop(journal);
        let told = Journal::look(&path).unwrap().unwrap();
        prop_assert_eq!((told.job.counts(), told.job.state()), (job.counts(), &JobState::Ended));
    }
}

#[test]
fn the_old_go_when_they_are_over_and_what_broke_off_stays() {
    let directory = TempDir::new().unwrap();
    let journal_of = |day: u32, requests: usize| {
        let header = Header { job: JobId::from(format!("202611{day:02}T165900-lock-1a2b")), ..header(&plan()) };
        let mut journal = Journal::begin(directory.path(), &header, &plan()).unwrap();
        work(&mut Job::new(plan()), &mut journal, &mut World::default(), requests);
        fs::write(journal.path().with_extension("csv"), "user_id\n").unwrap();
        journal.path().to_owned()
    };
    let paths = [(1, usize::MAX), (2, 3), (22, usize::MAX)].map(|(day, requests)| journal_of(day, requests));
    let unbegun = folder(directory.path()).join("20261101T000000-ban-0000.jsonl");
    fs::write(&unbegun, "").unwrap();
    let of_later = folder(directory.path()).join("20261101T000001-ban-0000.jsonl");
    fs::write(&of_later, fs::read_to_string(&paths[0]).unwrap().replace(r#""v":1"#, r#""v":2"#)).unwrap();
    // The last of them is of the day before.
    let now = Timestamp::from_millis(1_795_453_200_000);
    crate::jobs::expire(directory.path(), now, Duration::from_hours(24 * 10)).unwrap();
    let there = |path: &Path| (path.exists(), path.with_extension("csv").exists());
    assert_eq!([&paths[0], &paths[1], &paths[2]].map(|path| there(path)), [(false, false), (true, true), (true, true)]);
    assert_eq!((unbegun.exists(), of_later.exists()), (false, true));
    let _in_use = Journal::take_up(&paths[2]).unwrap();
    crate::jobs::expire(directory.path(), now, Duration::ZERO).unwrap();
    assert!(paths[2].exists(), "another program works on it");
}
