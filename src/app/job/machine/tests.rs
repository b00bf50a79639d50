use super::*;
use crate::{
    app::{
        Person,
        change::Grounds,
        job::{FaultKind, JobAct, Sight},
    },
    clerk::model::UserId,
};
use proptest::prelude::*;
use serde_json::json;

fn plan(act: JobAct, count: usize) -> Plan {
    let target = |number: usize| Target {
        id: UserId::from(format!("user_{number}")),
        person: Person::default(),
        given: None,
        undoes: None,
    };
    Plan { act, targets: (0..count).map(target).collect(), grounds: Grounds::default(), chosen: "by hand".to_owned() }
}

fn job(act: JobAct, count: usize) -> Job {
    Job::new(plan(act, count))
}

fn fault(kind: FaultKind, code: &str) -> Fault {
    Fault::own(kind, code, "because")
}

/// Lets everybody be open who is to be looked at; the first that is to be sent, or nobody when it is over.
fn sending(job: &mut Job) -> Vec<usize> {
    loop {
        match job.next_work() {
            Some(Work::Look(places)) => {
                job.looked(places.into_iter().map(|place| (place, Sight::Open(None))).collect());
            }
            Some(Work::Send(places)) => {
                job.mark_sent(&places);
                return places;
            }
            None => {
                assert_eq!(*job.state(), JobState::Ended, "there is work");
                return Vec::new();
            }
        }
    }
}

#[test]
fn everybody_is_looked_at_and_then_banned_by_fifty() {
    let mut job = job(JobAct::Ban, 120);
    let mut sizes = Vec::new();
    while *job.state() == JobState::Running {
        let places = sending(&mut job);
        sizes.push(places.len());
        job.done(&places);
    }
    assert_eq!((sizes, job.counts().done, job.state()), (vec![50, 50, 20], 120, &JobState::Ended));
}

#[test]
fn who_is_so_already_or_gone_is_not_sent() {
    let mut job = job(JobAct::Ban, 3);
    assert_eq!(job.next_work(), Some(Work::Look(vec![0, 1, 2])));
    assert_eq!(job.next_work(), None, "nobody is ready yet");
    let ended = job.looked(vec![(0, Sight::Already), (1, Sight::Absent), (2, Sight::Open(None))]);
    assert_eq!(ended, [(0, Outcome::Unchanged), (1, Outcome::Gone)]);
    assert_eq!(job.next_work(), Some(Work::Send(vec![2])));
    assert_eq!((job.counts().unchanged, job.counts().gone, job.counts().left()), (1, 1, 1));
}

#[test]
fn what_is_refused_to_several_is_divided_until_each_has_its_own_outcome() {
    let mut job = job(JobAct::Ban, 50);
    let mut requests = 0;
    while *job.state() == JobState::Running {
        let places = sending(&mut job);
        requests += 1;
        if places.contains(&17) {
            job.refused(&places, &fault(FaultKind::Refused, "resource_not_found"));
        } else {
            job.done(&places);
        }
    }
    assert_eq!((job.counts().done, job.counts().failed), (49, 1));
    assert_eq!(job.failures()[0].code, "resource_not_found");
    assert!(requests <= 13, "{requests}");
}

#[test]
fn what_got_no_answer_is_read_back_before_it_is_sent_again() {
    let mut job = job(JobAct::Lock, 2);
    let places = sending(&mut job);
    assert_eq!(places, [0]);
    job.refused(&places, &fault(FaultKind::Unknown, "no_answer"));
    assert_eq!(job.next_work(), Some(Work::Look(vec![0])));
    assert_eq!(job.looked(vec![(0, Sight::Already)]), [(0, Outcome::Done { before: None })]);
}

#[test]
fn what_was_there_before_is_what_was_seen_first() {
    let act = JobAct::SetMetadata { bag: crate::app::act::Bag::Public, key: "tier".into(), to: Some(json!("gold")) };
    let mut job = job(act, 1);
    job.next_work();
    job.looked(vec![(0, Sight::Open(Some(json!("silver"))))]);
    job.next_work();
    job.mark_sent(&[0]);
    job.refused(&[0], &fault(FaultKind::Unknown, "no_answer"));
    job.next_work();
    job.looked(vec![(0, Sight::Already)]);
    let before = job.outcomes().next().map(|(_, outcome)| outcome.clone());
    assert_eq!(before, Some(Outcome::Done { before: Some(json!("silver")) }));
}

#[test]
fn who_never_gets_an_answer_fails_in_the_end_and_alone() {
    let mut job = job(JobAct::Ban, 50);
    let mut requests = 0;
    while *job.state() == JobState::Running {
        let places = sending(&mut job);
        requests += 1;
        assert!(requests < 200);
        if places.is_empty() {
            break;
        }
        if places.contains(&3) {
            job.refused(&places, &fault(FaultKind::Unknown, "status_500"));
        } else {
            job.done(&places);
        }
    }
    assert_eq!((job.counts().done, job.counts().failed, job.state()), (49, 1, &JobState::Ended));
}

#[test]
fn many_in_a_row_without_an_answer_make_it_stand_still_and_it_goes_on_from_there() {
    let mut job = job(JobAct::SignOut, 40);
    while *job.state() == JobState::Running {
        let places = sending(&mut job);
        job.refused(&places, &fault(FaultKind::NotSent, "unreachable"));
    }
    assert_eq!(job.state(), &JobState::Paused(Pause::NoAnswers("because".to_owned())));
    assert_eq!((job.next_work(), job.counts().ended()), (None, 0));
    job.resume();
    while *job.state() == JobState::Running {
        let places = sending(&mut job);
        job.done(&places);
    }
    assert_eq!(job.counts().done, 40);
}

#[test]
fn what_the_plan_does_not_include_stops_it_for_all() {
    let mut job = job(JobAct::Ban, 60);
    let places = sending(&mut job);
    let refusal = Fault { status: Some(402), ..fault(FaultKind::RefusedToAll, "unsupported_plan") };
    assert_eq!(job.refused(&places, &refusal), []);
    assert_eq!((job.state(), job.counts().left()), (&JobState::Paused(Pause::NoBans), 60));
}

#[test]
fn what_is_cancelled_ends_when_nothing_is_under_way() {
    let mut job = job(JobAct::Lock, 3);
    let places = sending(&mut job);
    job.cancel();
    assert_eq!(job.next_work(), None);
    assert_eq!(job.state(), &JobState::Cancelling);
    job.done(&places);
    assert_eq!((job.state(), job.counts().left()), (&JobState::Cancelled, 2));
}

#[test]
fn what_failed_is_tried_again_together() {
    let mut job = job(JobAct::Lock, 2);
    for _ in 0..2 {
        let places = sending(&mut job);
        job.refused(&places, &fault(FaultKind::Refused, "user_managed_by_scim"));
    }
    assert_eq!((job.state(), job.failures()[0].count), (&JobState::Ended, 2));
    assert!(job.retry());
    assert_eq!((job.failures().len(), job.counts().left()), (0, 2));
    while *job.state() == JobState::Running {
        let places = sending(&mut job);
        job.done(&places);
    }
    assert_eq!(job.counts().done, 2);
    assert!(!job.retry());
}

/// A Clerk that fails as it is told to, and knows what it really did.
struct World {
    banned: Vec<bool>,
    there: Vec<bool>,
    was_banned: Vec<bool>,
}

impl World {
    fn see(&self, place: usize) -> Sight {
        match (self.there[place], self.banned[place]) {
            (false, _) => Sight::Absent,
            (true, true) => Sight::Already,
            (true, false) => Sight::Open(None),
        }
    }

    /// Does one piece of work as `luck` has it, and tells the job; what was to be written down.
    fn work(&mut self, job: &mut Job, work: Work, luck: u8) -> Vec<(usize, Record)> {
        let ended = |ended: Vec<(usize, Outcome)>| {
            ended.into_iter().map(|(place, outcome)| (place, Record::Ended(outcome))).collect::<Vec<_>>()
        };
        match work {
            Work::Look(places) if luck.is_multiple_of(8) => {
                ended(job.not_looked(&places, &fault(FaultKind::NotSent, "unreachable")))
            }
            Work::Look(places) => {
                let seen = places.iter().map(|place| (*place, self.see(*place))).collect();
                ended(job.looked(seen))
            }
            Work::Send(places) => {
                job.mark_sent(&places);
                let mut records: Vec<_> = places.iter().map(|place| (*place, Record::Sent(None))).collect();
                let refused = places.iter().any(|place| !self.there[*place]);
                if !refused && luck % 4 != 1 {
                    for place in &places {
                        self.banned[*place] = true;
                    }
                }
                let outcome = match luck % 4 {
                    _ if refused => Some(fault(FaultKind::Refused, "resource_not_found")),
                    0 => Some(fault(FaultKind::Unknown, "no_answer")),
                    1 => Some(fault(FaultKind::NotSent, "unreachable")),
                    _ => None,
                };
                match outcome {
                    Some(fault) => {
                        if fault.kind != FaultKind::Unknown {
                            records.extend(places.iter().map(|place| (*place, Record::NotDone)));
                        }
                        records.extend(ended(job.refused(&places, &fault)));
                    }
                    None => records.extend(ended(job.done(&places))),
                }
                records
            }
        }
    }
}

proptest! {
    #[test]
    fn whatever_happens_each_ends_with_exactly_one_true_outcome(
        count in 1_usize..130,
        luck in prop::collection::vec(any::<u8>(), 1..60),
        breaks in prop::collection::vec(1_usize..20, 0..4),
        banned in prop::collection::vec(any::<bool>(), 130),
        vanish in 0_usize..130,
    ) {
        let mut world = World { banned: banned.clone(), there: vec![true; 130], was_banned: banned };
        let mut job = job(JobAct::Ban, count);
        let mut records: Vec<(usize, Record)> = Vec::new();
        let (mut steps, mut breaks) = (0, breaks.into_iter().peekable());
        while !job.state().is_over() {
            prop_assert!(steps < 10_000, "it comes to an end");
            job.resume();
            let Some(work) = job.next_work() else { continue };
            if steps == 3 {
                world.there[vanish] = false;
            }
            let luck = luck[steps % luck.len()].wrapping_add(u8::try_from(steps / luck.len() % 251).unwrap());
            records.extend(world.work(&mut job, work, luck));
            steps += 1;
            if breaks.peek().is_some_and(|at| steps % 20 == *at) {
                breaks.next();
                job = Job::restored(plan(JobAct::Ban, count), records.clone());
            }
        }
        let counts = job.counts();
        prop_assert_eq!((counts.left(), counts.ended(), job.outcomes().count()), (0, count, count));
        for (place, (_, outcome)) in job.outcomes().enumerate() {
            match outcome {
                Outcome::Done { .. } => prop_assert!(world.banned[place] && !world.was_banned[place]),
                Outcome::Unchanged => prop_assert!(world.was_banned[place]),
                Outcome::Gone => prop_assert!(!world.there[place]),
                // It says that it does not know, or what is true.
                Outcome::Failed(fault) => prop_assert!(
                    !world.banned[place] || world.was_banned[place] || !world.there[place] || fault.kind != FaultKind::Refused
                ),
            }
        }
    }
}
