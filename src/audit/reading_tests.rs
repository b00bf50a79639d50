//! Reading what was written: searched, folded, and as far as it can be taken back.

use super::*;
use crate::clerk::{
    InstanceKind,
    model::{Timestamp, UserId},
};
use std::ops::ControlFlow;
use tempfile::TempDir;

const HOST: &str = "api.clerk.com";

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_795_453_200_000 + 1000 * seconds)
}

/// A log, and a clock that goes on by a second with each change.
struct Stage {
    folder: TempDir,
    audit: Audit,
    now: i64,
}

impl Stage {
    fn new() -> Self {
        Self::on(HOST, TempDir::new().unwrap())
    }

    fn on(host: &str, folder: TempDir) -> Self {
        let origin = Origin {
            os_user: "kim".into(),
            actor: Some("Kim P.".into()),
            ..Origin::of(host, InstanceKind::Production)
        };
        let audit = Audit::open(folder.path(), origin).unwrap();
        Self { folder, audit, now: 0 }
    }

    fn intent(&mut self, intent: Intent) -> EntryId {
        self.now += 1;
        self.audit.intent(at(self.now), intent).unwrap()
    }

    fn outcome(&self, entry: &EntryId, outcome: Ending) {
        let outcome = Outcome {
            outcome,
            done: None,
            status: Some(200),
            code: None,
            trace_id: Some("t".into()),
            user_id: None,
            made: None,
        };
        self.audit.outcome(at(self.now), entry, outcome).unwrap();
    }

    fn change(&mut self, intent: Intent, ending: Ending) -> EntryId {
        let entry = self.intent(intent);
        self.outcome(&entry, ending);
        entry
    }

    fn done(&mut self, action: &str, user: &str) -> EntryId {
        self.change(of(action, user), Ending::Done)
    }

    fn undo(&mut self, undone: &EntryId, ending: Ending) -> EntryId {
        self.change(Intent { undoes: Some(undone.clone()), ..of("back", "ada") }, ending)
    }

    /// A job that does so to these, with their outcomes; the entries of the changes.
    fn job(&mut self, job: &str, users: &[(&str, Ending)]) -> Vec<EntryId> {
        self.now += 1;
        let header =
            JobHeader { job: job.into(), action: "ban".into(), users: users.len() as u64, ..JobHeader::default() };
        self.audit.append_all(at(self.now), vec![(EntryId::new(at(self.now)), Content::Job(header))]).unwrap();
        let of_job = |user: &str| Intent { job: Some(job.into()), ..of("ban", user) };
        users.iter().map(|(user, ending)| self.change(of_job(user), *ending)).collect()
    }

    fn search(&self, filter: &Filter, folded: bool) -> Vec<String> {
        let mut found = Vec::new();
        search(self.folder.path(), filter, folded, |one| {
            found.push(match one {
                Found::Change(entry) => format!("{} {}", entry.action, entry.user_id.unwrap()),
                Found::Job(job) => format!("{} {}: {:?}", job.header.job, job.header.users, job.outcomes),
            });
            ControlFlow::Continue(())
        })
        .unwrap();
        found
    }

    fn reversible(&self, limit: usize) -> (Vec<String>, Vec<String>) {
        let told = |gestures: Vec<Gesture>| {
            let words = |gesture: Gesture| match gesture.job {
                Some(header) => format!("{} of {}", gesture.changes.len(), header.job),
                None => format!("{} {}", gesture.changes[0].action, gesture.changes[0].user_id.as_ref().unwrap()),
            };
            gestures.into_iter().map(words).collect()
        };
        let found = undoable(self.folder.path(), HOST, limit).unwrap();
        (told(found.undo), told(found.redo))
    }
}

fn of(action: &str, user: &str) -> Intent {
    Intent {
        action: action.into(),
        user_id: Some(UserId::from(user)),
        identifier: Some(format!("{user}@Example.com")),
        ..Intent::default()
    }
}

fn all() -> Filter {
    Filter::default()
}

#[test]
fn changes_come_the_latest_first_with_what_came_of_them() {
    let mut stage = Stage::new();
    let parameters = Some(serde_json::json!({"first_name": {"from": "A", "to": "B"}}));
    let entry = stage.change(Intent { parameters: parameters.clone(), ..of("update", "ada") }, Ending::Failed);
    stage.intent(of("lock", "bob"));
    let mut found = Vec::new();
    search(stage.folder.path(), &all(), true, |one| {
        found.push(one);
        ControlFlow::Continue(())
    })
    .unwrap();
    let [Found::Change(open), Found::Change(failed)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((open.action.as_str(), open.ending), ("lock", None));
    assert_eq!(
        (&failed.id, failed.ending, failed.status, failed.at),
        (&entry, Some(Ending::Failed), Some(200), Some(at(1)))
    );
    assert_eq!((&failed.parameters, failed.origin.actor.as_deref()), (&parameters, Some("Kim P.")));
    let json = serde_json::to_value(&found[1]).unwrap();
    assert_eq!(
        (&json["time"], &json["outcome"], &json["host"]),
        (&"2026-11-23T17:00:01.000Z".into(), &"failed".into(), &HOST.into())
    );
}

#[test]
fn a_reader_can_have_enough() {
    let mut stage = Stage::new();
    (0..5).for_each(|_| _ = stage.done("ban", "ada"));
    let mut count = 0;
    search(stage.folder.path(), &all(), true, |_| {
        count += 1;
        if count == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
    .unwrap();
    assert_eq!(count, 2);
}

#[test]
fn only_what_passes_the_filter_is_found() {
    let mut stage = Stage::new();
    stage.done("ban", "ada");
    stage.change(of("ban", "bob"), Ending::Failed);
    stage.intent(of("lock", "ada"));
    stage.job("j1", &[("ada", Ending::Done)]);
    let elsewhere = Stage::on("elsewhere", stage.folder);
    let mut stage = Stage { now: 10, ..elsewhere };
    stage.done("delete", "ada");
    let some = |text: &str| Some(text.to_owned());
    let single = |filter: Filter| stage.search(&filter, false);
    assert_eq!(single(Filter { user: some("ADA@ex"), host: some(HOST), ..all() }), ["ban ada", "lock ada", "ban ada"]);
    assert_eq!(single(Filter { action: some("ban"), ..all() }), ["ban ada", "ban bob", "ban ada"]);
    assert_eq!(single(Filter { ending: Some(Ending::Failed), ..all() }), ["ban bob"]);
    assert_eq!(single(Filter { ending: Some(Ending::Unknown), ..all() }), ["lock ada"]);
    assert_eq!(single(Filter { since: Some(at(3)), ..all() }), ["delete ada", "ban ada", "lock ada"]);
    assert_eq!(single(Filter { job: some("j1"), ..all() }), ["ban ada"]);
    assert_eq!(single(Filter { by: some("kim p"), host: some("elsewhere"), ..all() }), ["delete ada"]);
    assert_eq!(single(Filter { os_user: some("ki"), ..all() }), [""; 0], "an account is meant as a whole");
    assert_eq!(single(Filter { user: some("nobody"), ..all() }), [""; 0]);
}

#[test]
fn a_job_is_folded_into_one_with_its_outcomes_counted() {
    let mut stage = Stage::new();
    stage.done("lock", "ada");
    let three = [("ada", Ending::Done), ("bob", Ending::Unchanged), ("eve", Ending::Failed)];
    let entries = stage.job("j1", &three);
    stage.undo(&entries[0], Ending::Done);
    let tally = Tally { done: 1, unchanged: 1, failed: 1, undone: 1, ..Tally::default() };
    let folded = vec!["back ada".to_owned(), format!("j1 3: {tally:?}"), "lock ada".to_owned()];
    assert_eq!(stage.search(&all(), true), folded);
    let failed = Filter { ending: Some(Ending::Failed), ..all() };
    assert_eq!(stage.search(&failed, true), folded[1..2]);
    assert_eq!(stage.search(&Filter { user: Some("bob".into()), ..all() }, true), ["ban bob"], "who it was about");
}

#[test]
fn what_was_not_made_or_is_taken_back_cannot_be_taken_back() {
    let mut stage = Stage::new();
    let first = stage.done("ban", "ada");
    let second = stage.done("lock", "bob");
    stage.change(of("ban", "eve"), Ending::Failed);
    stage.change(of("ban", "eve"), Ending::Unchanged);
    stage.change(Intent { dry_run: true, ..of("ban", "eve") }, Ending::Done);
    stage.intent(of("ban", "eve"));
    assert_eq!(stage.reversible(9).0, ["lock bob", "ban ada"]);
    assert_eq!(stage.reversible(1).0, ["lock bob"]);
    stage.undo(&second, Ending::Failed);
    assert_eq!(stage.reversible(9), (vec!["lock bob".into(), "ban ada".into()], Vec::new()), "it was tried only");
    let undo = stage.undo(&second, Ending::Done);
    assert_eq!(stage.reversible(9), (vec!["ban ada".into()], vec!["back ada".into()]));
    assert_eq!(stage.reversible(1), (vec!["ban ada".into()], vec!["back ada".into()]));
    stage.undo(&first, Ending::Unchanged);
    assert_eq!(stage.reversible(9).0, [""; 0], "somebody else took it back");
    let redo = stage.undo(&undo, Ending::Done);
    assert_eq!(stage.reversible(9), (vec!["back ada".into()], Vec::new()), "done again");
    stage.undo(&redo, Ending::Done);
    assert_eq!(stage.reversible(9), (Vec::new(), vec!["back ada".into()]));
    stage.done("sign_out", "eve");
    assert_eq!(stage.reversible(9), (vec!["sign_out eve".into()], Vec::new()), "something new was done since");
}

#[test]
fn of_a_job_only_what_it_really_changed_can_be_taken_back() {
    let mut stage = Stage::new();
    let entries = stage.job("j1", &[("ada", Ending::Done), ("bob", Ending::Unchanged), ("eve", Ending::Done)]);
    stage.job("j2", &[("ada", Ending::Failed)]);
    assert_eq!(stage.reversible(9), (vec!["2 of j1".into()], Vec::new()));
    stage.undo(&entries[0], Ending::Done);
    assert_eq!(stage.reversible(9), (vec!["1 of j1".into()], vec!["back ada".into()]));
}

#[test]
fn what_was_done_elsewhere_is_not_taken_back_here() {
    let mut elsewhere = Stage::on("elsewhere", TempDir::new().unwrap());
    elsewhere.done("ban", "ada");
    assert_eq!(elsewhere.reversible(9), (Vec::new(), Vec::new()));
}

#[test]
fn who_follows_sees_changes_as_they_end_also_over_the_end_of_a_file() {
    let mut stage = Stage::new();
    stage.done("ban", "ada");
    let before = stage.intent(of("lock", "ada"));
    let mut follow = Follow::from_now(stage.folder.path().to_owned()).unwrap();
    let mut news = || -> Vec<String> {
        let told = |found| match found {
            Found::Change(entry) => format!("{} {:?}", entry.action, entry.ending.unwrap()),
            Found::Job(job) => format!("job of {}", job.header.users),
        };
        follow.news().unwrap().into_iter().map(told).collect()
    };
    stage.outcome(&before, Ending::Done);
    assert_eq!(news(), [""; 0], "what began before is not told");
    let entry = stage.intent(of("unban", "ada"));
    assert_eq!(news(), [""; 0]);
    stage.outcome(&entry, Ending::Failed);
    let folder = stage.folder;
    let small = Origin::of(HOST, InstanceKind::Production);
    let audit = Audit::open(folder.path(), small).unwrap().full_at(1);
    let mut stage = Stage { folder, audit, now: 9 };
    stage.job("j1", &[("bob", Ending::Done)]);
    assert_eq!(news(), ["unban Failed", "job of 1", "ban Done"]);
    assert_eq!(news(), [""; 0]);
}
