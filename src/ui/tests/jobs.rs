//! The pane of jobs, and what the list shows of them.

use super::{screen, stage, text};
use crate::{
    app::{
        job::{Fate, JobAct, JobReport, JobState, Pause, SessionCheck},
        tests::jobs::report,
    },
    ui::plain,
};
use insta::assert_snapshot;
use rstest::rstest;

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
#[case::largest((200, 60))]
fn jobs_of_every_sort(#[case] (width, height): (u16, u16)) {
    let mut stage = stage(width, height);
    let users: Vec<_> = stage.app.list().window().rows().iter().map(|user| user.id.clone()).collect();
    let fates = [Fate::Gone, Fate::Gone, Fate::Failed, Fate::UnderWay, Fate::UnderWay];
    stage.hear(report(1, JobAct::Ban, JobState::Ended));
    stage.hear(report(2, JobAct::SignOut, JobState::Queued));
    let running = report(3, JobAct::Delete { copies: true }, JobState::Running);
    stage.hear(JobReport { news: users.into_iter().zip(fates).collect(), ..running });
    stage.press("esc w");
    assert_snapshot!(format!("jobs_{width}x{height}"), text(&screen(&mut stage)));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_job_that_stands_still(#[case] (width, height): (u16, u16)) {
    let mut stage = stage(width, height);
    let reason = "/home/ada/.local/state/lazyclerk/audit.jsonl: No space left on device (os error 28)";
    let pause = Pause::NotRecorded(reason.to_owned());
    stage.hear(report(1, JobAct::Lock, JobState::Paused(pause)));
    stage.press("w");
    assert_snapshot!(format!("job_paused_{width}x{height}"), text(&screen(&mut stage)));
}

#[test]
fn no_job_has_been_begun() {
    let mut stage = stage(120, 36);
    stage.press("w");
    assert!(text(&screen(&mut stage)).contains("No job has been begun."));
}

#[test]
fn texts_from_outside_stay_texts() {
    let mut stage = stage(120, 36);
    let mut report = report(1, JobAct::Ban, JobState::Running);
    report.chosen = "all that matched \u{1b}[31m\u{202e}evil".to_owned();
    report.failures[0].reason = "because\u{7}".to_owned();
    stage.hear(report).press("w");
    let shown = text(&screen(&mut stage));
    assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}') && !shown.contains('\u{7}'), "{shown}");
}

#[test]
fn masked_nobody_reads_how_users_were_chosen() {
    let mut stage = stage(120, 36);
    let mut report = report(1, JobAct::Ban, JobState::Running);
    report.chosen = "all that matched lovelace".to_owned();
    report.reason = Some("wrote to lovelace".to_owned());
    stage.hear(report).press("M w");
    assert!(!text(&screen(&mut stage)).contains("lovelace"));
}

#[rstest]
#[case::wide((120, 36), JobState::Running)]
#[case::narrow((80, 24), JobState::Running)]
#[case::waiting((80, 24), JobState::Paused(Pause::LimitTaken))]
fn while_the_pane_is_closed_a_bar_tells_how_far_it_is(#[case] (width, height): (u16, u16), #[case] state: JobState) {
    let mut stage = stage(width, height);
    let name = if state == JobState::Running { "running" } else { "waiting" };
    stage.hear(report(1, JobAct::Delete { copies: true }, state));
    if stage.app.notice().is_some() {
        stage.press("esc");
    }
    assert_snapshot!(format!("job_bar_{name}_{width}x{height}"), text(&screen(&mut stage)));
}

#[test]
fn what_is_left_of_sessions_stands_in_the_pane() {
    let mut stage = stage(120, 36);
    let sessions = Some(SessionCheck { looked_at: 20, active: 2 });
    stage.hear(JobReport { sessions, ..report(1, JobAct::Ban, JobState::Ended) }).press("esc w");
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("2 of the 20 looked at are still signed in"), "{shown}");
}

#[test]
fn without_a_screen_each_tenth_is_told() {
    let mut stage = stage(120, 17);
    let mut steps = Vec::new();
    for done in [0, 100, 322, 330, 1_980, 3_213] {
        let mut report = report(1, JobAct::Delete { copies: true }, JobState::Running);
        (report.counts.done, report.counts.unchanged, report.counts.failed) = (done, 0, 0);
        stage.hear(report);
        let work = plain::tell(&stage.app, stage.now).work.unwrap();
        if steps.last().is_none_or(|last: &plain::Work| last.step != work.step) {
            steps.push(work);
        }
    }
    let told: Vec<&str> = steps.iter().map(|work| work.line.as_str()).collect();
    assert_eq!(
        told,
        [
            "0 % done: delete 3,214 users, 0 of 3,214, 25 s left.",
            "10 % done: delete 3,214 users, 322 of 3,214, 25 s left.",
            "60 % done: delete 3,214 users, 1,980 of 3,214, 25 s left.",
            "90 % done: delete 3,214 users, 3,213 of 3,214, 25 s left.",
        ]
    );
    stage.hear(report(1, JobAct::Delete { copies: true }, JobState::Ended));
    assert_eq!(plain::tell(&stage.app, stage.now).work, None, "its end is a notice");
}
