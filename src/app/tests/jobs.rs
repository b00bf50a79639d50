//! Jobs as the dashboard shows them.

use super::{Stage, stage::NOW};
use crate::{
    app::{
        Dialog, Effect, Event, Failure, Fetch, Fetched, Person, Reply, SlotId, Work,
        job::{
            Counts, FailureGroup, Fate, JobAct, JobAnswer, JobCommand, JobId, JobReport, JobRequest, JobState, Pace,
            Pause, SessionCheck, Target,
        },
    },
    clerk::model::UserId,
};
use std::path::PathBuf;

pub(crate) fn report(number: usize, act: JobAct, state: JobState) -> JobReport {
    JobReport {
        id: JobId::from(format!("20261123T16590{number}-{}", act.name())),
        reason: Some("spam wave 23 Nov".to_owned()),
        chosen: "all that matched joined:<3h at 16:57:09".to_owned(),
        counts: Counts { total: 3_214, done: 1_980, unchanged: 3, gone: 0, failed: 6 },
        failures: vec![
            FailureGroup {
                code: "user_managed_by_scim".into(),
                reason: "the directory owns this user".into(),
                count: 4,
            },
            FailureGroup { code: "status_504".into(), reason: "the server answered with status 504".into(), count: 2 },
        ],
        sessions: None,
        pace: Pace {
            users_per_second: 49,
            requests_per_second: 50,
            allowed_per_second: 50,
            share: 50,
            too_many: 0,
            seconds_left: Some(25),
        },
        begun_at: NOW,
        ended_at: state.is_over().then_some(NOW),
        journal: PathBuf::from(format!("/state/jobs/20261123T16590{number}-{}.jsonl", act.name())),
        news: Vec::new(),
        act,
        state,
    }
}

fn delete(state: JobState) -> JobReport {
    report(1, JobAct::Delete { copies: true }, state)
}

impl Stage {
    pub(crate) fn hear(&mut self, report: JobReport) -> &mut Self {
        self.send(Event::Job(Box::new(report)))
    }

    /// What was asked of jobs last.
    fn asked(&self) -> Option<&JobRequest> {
        self.job_requests.last().map(|(_, request)| request)
    }
}

#[test]
fn the_rows_tell_what_a_job_does_to_whom() {
    let mut stage = Stage::with_users(3);
    let id = |number: usize| UserId::from(format!("user_{number}"));
    let news = vec![(id(0), Fate::Gone), (id(1), Fate::Failed), (id(2), Fate::UnderWay)];
    stage.hear(JobReport { news, ..delete(JobState::Running) });
    let fates: Vec<_> = (0..3).map(|number| stage.app.jobs().fate(&id(number)).map(|(_, fate)| fate)).collect();
    assert_eq!(fates, [Some(Fate::Gone), Some(Fate::Failed), Some(Fate::UnderWay)]);
    stage.hear(JobReport { news: vec![(id(2), Fate::Done)], ..delete(JobState::Running) });
    assert_eq!(stage.app.jobs().fate(&id(2)), None);
}

#[test]
fn the_end_of_a_job_is_said_once_and_the_list_read_again() {
    let mut stage = Stage::with_users(3);
    stage.hear(delete(JobState::Running));
    assert!(stage.fetch(SlotId::List).is_none());
    stage.hear(delete(JobState::Ended));
    let notice = stage.app.notice().unwrap().text.clone();
    assert_eq!(notice, "Deleted 1,980 users. 3 are deleted already. 6 users were not deleted; w shows why.");
    assert!(stage.fetch(SlotId::List).is_some());
    stage.press("esc").hear(delete(JobState::Ended));
    assert!(stage.app.notice().is_none());
}

#[test]
fn why_a_job_stands_still_is_said() {
    let mut stage = Stage::with_users(3);
    stage.hear(delete(JobState::Paused(Pause::NoBans)));
    assert!(stage.app.notice().unwrap().text.contains("no bans"));
    stage.press("esc").hear(delete(JobState::Paused(Pause::NoBans)));
    assert!(stage.app.notice().is_none(), "once");
    stage.hear(delete(JobState::Paused(Pause::Asked)));
    assert!(stage.app.notice().is_none(), "who asked for it knows");
}

#[test]
fn a_job_is_paused_goes_on_is_tried_again_and_cancelled() {
    let mut stage = Stage::with_users(3);
    let id = delete(JobState::Running).id;
    let tell = |command| JobRequest::Tell(id.clone(), command);
    stage.hear(delete(JobState::Running)).press("w space");
    assert_eq!(stage.asked(), Some(&tell(JobCommand::Pause)));
    stage.hear(delete(JobState::Paused(Pause::Asked))).press("space");
    assert_eq!(stage.asked(), Some(&tell(JobCommand::Resume)));
    stage.press("R");
    assert_eq!(stage.asked(), Some(&tell(JobCommand::Retry)));
    stage.press("c");
    assert_eq!(stage.asked(), Some(&tell(JobCommand::Cancel)));
    stage.hear(delete(JobState::Cancelled)).press("space R c");
    assert_eq!(stage.job_requests.len(), 4, "what has ended is not told anything");
    stage.press("w");
    assert!(stage.app.dialog().is_none());
}

#[test]
fn the_share_of_the_limit_is_shifted_and_told() {
    let mut stage = Stage::with_users(3);
    stage.hear(delete(JobState::Running)).press("w +");
    assert_eq!(stage.asked(), Some(&JobRequest::ShiftShare(10)));
    stage.press("-");
    assert_eq!(stage.asked(), Some(&JobRequest::ShiftShare(-10)));
    let id = stage.job_requests[1].0;
    stage.send(Event::Reply(Reply::Job { id, result: Ok(JobAnswer::Share(50)) }));
    assert!(stage.app.notice().unwrap().text.starts_with("Jobs may use 50 % of the rate limit"));
}

#[test]
fn what_broke_off_is_shown_at_the_start_and_goes_on_or_is_given_up() {
    for (key, expected) in [
        ("space", JobRequest::GoOn as fn(PathBuf) -> JobRequest),
        ("c", JobRequest::GiveUp as fn(PathBuf) -> JobRequest),
    ] {
        let mut stage = Stage::begin();
        let broken = delete(JobState::Paused(Pause::Interrupted));
        stage.answer(SlotId::UnfinishedJobs, Fetched::UnfinishedJobs(vec![broken.clone()]));
        assert!(matches!(stage.app.dialog(), Some(Dialog::Jobs(_))));
        stage.press(key);
        assert_eq!(stage.asked(), Some(&expected(broken.journal)));
    }
}

#[test]
fn what_could_not_be_done_with_a_job_is_told() {
    let mut stage = Stage::with_users(3);
    stage.hear(delete(JobState::Ended)).press("w E");
    let id = stage.job_requests[0].0;
    assert!(matches!(stage.asked(), Some(JobRequest::Save(_))));
    let saved = Ok(JobAnswer::Saved("/state/jobs/x.csv".into()));
    stage.send(Event::Reply(Reply::Job { id, result: saved }));
    assert!(stage.app.notice().unwrap().text.contains("/state/jobs/x.csv"));
    stage.send(Event::Reply(Reply::Job { id, result: Err(Failure::Job("the disk is full".into())) }));
    assert!(stage.app.notice().unwrap().text.contains("the disk is full"));
}

#[test]
fn leaving_asks_while_a_job_goes_on() {
    let mut stage = Stage::with_users(3);
    stage.hear(delete(JobState::Running)).press("q");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Menu(_))) && !stage.last.contains(&Effect::Quit));
    stage.press("s");
    assert!(stage.app.dialog().is_none(), "it stays");
    stage.press("ctrl-c ctrl-c");
    assert!(!stage.last.contains(&Effect::Quit), "one question is enough, and it is not answered by asking again");
    stage.press("p");
    assert!(stage.last.contains(&Effect::Quit));
}

#[test]
fn what_has_ended_or_stands_still_keeps_nobody_from_leaving() {
    for state in [JobState::Ended, JobState::Paused(Pause::Asked)] {
        let mut stage = Stage::with_users(3);
        stage.hear(delete(state)).press("q");
        assert!(stage.last.contains(&Effect::Quit));
    }
}

#[test]
fn what_is_asked_of_a_job_is_waited_for() {
    let mut stage = Stage::with_users(3);
    stage.hear(delete(JobState::Paused(Pause::Asked))).press("w space esc q");
    assert!(!stage.last.contains(&Effect::Quit));
    let id = stage.job_requests[0].0;
    stage.send(Event::Reply(Reply::Job { id, result: Ok(JobAnswer::Told) }));
    assert!(stage.last.contains(&Effect::Quit));
    assert!(!stage.last.iter().any(|effect| matches!(effect, Effect::Work(work) if matches!(**work, Work::Job(..)))));
}

#[rstest::rstest]
#[case(20, 0, "None of the 20 looked at is still signed in.")]
#[case(20, 1, "1 of the 20 looked at is still signed in: x signs out.")]
#[case(20, 3, "3 of the 20 looked at are still signed in: x signs out.")]
#[case(1, 0, "The one looked at is not signed in any more.")]
#[case(0, 0, "Whether anybody is still signed in could not be read.")]
fn what_a_ban_of_many_leaves_of_sessions_is_told(#[case] looked_at: usize, #[case] active: usize, #[case] told: &str) {
    let mut stage = Stage::with_users(3);
    let sessions = Some(SessionCheck { looked_at, active });
    stage.hear(JobReport { sessions, ..report(1, JobAct::Ban, JobState::Ended) });
    assert!(stage.notice().ends_with(told), "{}", stage.notice());
}

#[test]
fn those_who_failed_are_marked_in_the_place_of_the_others_and_listed() {
    let mut stage = Stage::with_users(3);
    stage.press("space space").hear(delete(JobState::Ended)).press("w enter");
    let Some(Fetch::FailedOfJob(journal)) = stage.fetch(SlotId::Marking).cloned() else { panic!("nothing is read") };
    assert_eq!(journal, delete(JobState::Ended).journal);
    let target = Target { id: UserId::from("user_2"), person: Person::default(), given: None, undoes: None };
    stage.answer(SlotId::Marking, Fetched::FailedOfJob(vec![target]));
    assert!(matches!(stage.app.dialog(), Some(Dialog::Marked(_))));
    assert_eq!(stage.notice(), "1 user marked: those who failed.");
    let ids = |stage: &Stage| stage.app.marks().iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids(&stage), ["user_2"]);
    let how = stage.app.marks().how().words(&jiff::tz::TimeZone::UTC, false);
    assert_eq!(how, "those who failed in the job 20261123T165901-delete");
    stage.press("esc esc u");
    assert_eq!(ids(&stage), ["user_0", "user_1"], "the marks of before come back");
}

#[test]
fn where_nothing_failed_nobody_is_marked() {
    let mut stage = Stage::with_users(3);
    let mut report = delete(JobState::Ended);
    report.counts.failed = 0;
    stage.hear(report).press("w enter");
    assert_eq!((stage.notice(), stage.fetch(SlotId::Marking)), ("Nothing of this job has failed.", None));
}
