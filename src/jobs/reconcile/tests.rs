use super::*;
use crate::{
    app::{
        Grounds, Person,
        job::{Fault, FaultKind, JobAct, Outcome, Plan, Target},
    },
    audit::Ending,
    clerk::model::UserId,
};
use serde_json::json;

fn restored(records: Vec<(usize, Record)>) -> Job {
    let target = |number: usize| Target {
        id: UserId::from(format!("user_{number}")),
        person: Person::default(),
        given: None,
        undoes: None,
    };
    let plan = Plan {
        act: JobAct::Lock,
        targets: (0..3).map(target).collect(),
        grounds: Grounds::default(),
        chosen: "by hand".to_owned(),
    };
    Job::restored(plan, records)
}

fn id() -> JobId {
    JobId::from("20261123T165900-lock-1a2b".to_owned())
}

fn log(entries: &[(&str, Option<Ending>)]) -> HashMap<EntryId, Entry> {
    let entry = |name: &str, ending| {
        let id = EntryId::from(format!("{}/{name}", id()));
        let parameters = Some(json!({ "before": "then" }));
        let code = (ending == Some(Ending::Failed)).then(|| "refused".to_owned());
        (id.clone(), Entry { id, parameters, ending, code, ..Entry::default() })
    };
    entries.iter().map(|(name, ending)| entry(name, *ending)).collect()
}

fn failed() -> Outcome {
    Outcome::Failed(Fault::own(FaultKind::Refused, "refused", "refused"))
}

#[test]
fn where_both_say_the_same_nothing_is_lacking() {
    let records =
        vec![(0, Record::Sent(None)), (0, Record::Ended(Outcome::Done { before: None })), (1, Record::Sent(None))];
    let log = log(&[("0", Some(Ending::Done)), ("1", None)]);
    assert_eq!(lacking(&id(), &restored(records), &log), []);
}

#[test]
fn what_was_announced_is_not_announced_again() {
    let lacking = lacking(&id(), &restored(Vec::new()), &log(&[("2", None)]));
    assert_eq!(lacking, [(2, Record::Sent(Some(json!("then"))))]);
    assert!(restored(lacking).is_announced(2));
}

#[test]
fn what_has_ended_does_not_end_again() {
    let sent = vec![(0, Record::Sent(Some(json!("first")))), (1, Record::Sent(None)), (2, Record::Sent(None))];
    let log = log(&[("0", Some(Ending::Done)), ("1", Some(Ending::Unchanged)), ("2", Some(Ending::Failed))]);
    let lacking = lacking(&id(), &restored(sent.clone()), &log);
    let done = Outcome::Done { before: Some(json!("first")) };
    let expected = [done, Outcome::Unchanged, failed()];
    assert_eq!(lacking, expected.into_iter().map(Record::Ended).enumerate().collect::<Vec<_>>());
    assert_eq!(restored([sent, lacking].concat()).counts().left(), 0);
}

#[test]
fn who_was_taken_up_again_is_known_by_that_round() {
    let records = vec![(0, Record::Sent(None)), (0, Record::Ended(failed()))];
    let log = log(&[("0", Some(Ending::Failed)), ("0/1", Some(Ending::Done))]);
    let lacking = lacking(&id(), &restored(records.clone()), &log);
    let before = Some(json!("then"));
    let expected = [Record::Sent(before.clone()), Record::Ended(Outcome::Done { before })];
    assert_eq!(lacking, expected.map(|record| (0, record)));
    let job = restored([records, lacking].concat());
    assert_eq!((job.counts().done, job.counts().failed, job.round(0)), (1, 0, 1));
}
