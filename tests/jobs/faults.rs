//! Requests that fail, a program that is ended, a disk that takes nothing.

use super::{Setting, banned, jobs, plan};
use lazyclerk::{
    app::job::{JobAct, JobCommand, JobReport, JobState, Pause},
    clerk::{Clerk, Endpoint, Share},
    emulator::Options,
    jobs::unfinished,
};
use reqwest::Method;
use serde_json::json;
use std::{collections::HashMap, fs};

impl Setting {
    /// Lets so many of the requests fail so.
    pub(super) async fn fail(&self, faults: serde_json::Value) {
        let url = format!("{}/control/faults", self.emulator.url().trim_end_matches("/v1"));
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer = client
            .request(Method::PUT, url)
            .bearer_auth(self.emulator.secret_key().expose())
            .json(&faults)
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }

    /// Goes on whenever it stands still, until it is over.
    async fn persist(&mut self) -> JobReport {
        loop {
            let stopped = |report: &JobReport| {
                let rests = matches!(report.state, JobState::Paused(Pause::NoAnswers(_) | Pause::LimitTaken));
                rests || report.state.is_over()
            };
            let report = self.report("the end, or a rest", stopped).await;
            if report.state.is_over() {
                return report;
            }
            self.jobs.tell(&report.id, JobCommand::Resume);
        }
    }
}

#[rstest::rstest]
#[case::ban(JobAct::Ban)]
#[case::delete(JobAct::Delete { copies: false })]
#[tokio::test]
async fn whatever_fails_each_ends_with_one_outcome_that_is_true(#[case] act: JobAct) {
    let mut setting = Setting::with_users(150).await;
    let users = setting.users().await;
    let before = setting.count(banned()).await;
    setting.fail(json!({ "faults": { "500": 0.1, "reset": 0.1, "429": 0.02 } })).await;
    setting.jobs.begin(plan(act.clone(), &users)).await.unwrap();
    let mut report = setting.persist().await;
    setting.fail(json!({ "faults": {} })).await;
    if report.counts.failed > 0 {
        setting.jobs.tell(&report.id, JobCommand::Retry);
        report = setting.report("the end", |report| report.state.is_over() && report.counts.failed == 0).await;
    }
    assert_eq!((report.counts.failed, report.counts.left(), report.counts.total), (0, 0, 150));
    match act {
        JobAct::Ban => {
            assert_eq!(setting.count(banned()).await, 150);
            assert_eq!(report.counts.unchanged as u64, before);
        }
        _ => assert_eq!(setting.users().await.len(), 0),
    }
}

#[tokio::test]
async fn one_that_is_gone_in_the_middle_of_fifty_costs_the_others_nothing() {
    let mut setting = Setting::with_users(60).await;
    let users = setting.users().await;
    let mut all = plan(JobAct::Ban, &users);
    all.targets[7].id = "user_nobody".to_owned().into();
    setting.jobs.begin(all).await.unwrap();
    let report = setting.report("the end", |report| report.state.is_over()).await;
    assert_eq!((report.counts.gone, report.counts.done + report.counts.unchanged), (1, 59));
}

#[tokio::test]
async fn a_job_that_is_left_goes_on_at_the_next_start() {
    let mut setting = Setting::with_users(200).await;
    let users = setting.users().await;
    // So slow that it is not over before somebody leaves, on however busy a machine.
    setting.clerk.set_share(Share::new(10).unwrap());
    let id = setting.jobs.begin(plan(JobAct::Delete { copies: false }, &users)).await.unwrap();
    setting.report("some to be deleted", |report| report.counts.done > 20).await;
    setting.jobs.leave().await;
    setting.clerk.set_share(Share::new(100).unwrap());
    let host = setting.clerk.endpoint().host().to_owned();
    let found = unfinished(setting.state.path(), &host).unwrap();
    let [report] = &found[..] else { panic!("{found:?}") };
    assert_eq!((&report.id, &report.state), (&id, &JobState::Paused(Pause::Interrupted)));
    assert_eq!(setting.users().await.len(), report.counts.left(), "what was under way has ended");
    assert!(unfinished(setting.state.path(), "elsewhere").unwrap().is_empty());
    let done = report.counts.done;
    let (again, reports) = jobs(&setting.clerk, setting.state.path());
    (setting.jobs, setting.reports) = (again, reports);
    setting.jobs.go_on(report.journal.clone()).await.unwrap();
    let report = setting.report("the end", |report| report.state.is_over()).await;
    assert_eq!((report.counts.done, report.counts.total), (200, 200));
    assert!(done < 200);
    assert_eq!(setting.users().await.len(), 0);
    assert!(unfinished(setting.state.path(), &host).unwrap().is_empty());
}

#[tokio::test]
async fn one_goes_after_the_other_and_what_is_paused_lets_the_next_go_first() {
    let mut setting = Setting::with_users(150).await;
    let users = setting.users().await;
    let first = setting.jobs.begin(plan(JobAct::Lock, &users)).await.unwrap();
    let second = setting.jobs.begin(plan(JobAct::Ban, &users[..10])).await.unwrap();
    let report = setting.report("the second to wait", |report| report.id == second).await;
    assert_eq!(report.state, JobState::Queued);
    setting.jobs.tell(&first, JobCommand::Pause);
    let report = setting.report("the end of the second", |report| report.id == second && report.state.is_over()).await;
    assert_eq!(report.counts.left(), 0);
    setting.jobs.tell(&first, JobCommand::Resume);
    setting.report("the end of the first", |report| report.id == first && report.state == JobState::Ended).await;
    assert!(setting.users().await.iter().all(|user| user.locked));
}

#[tokio::test]
async fn what_is_cancelled_stays_so() {
    let mut setting = Setting::with_users(200).await;
    let users = setting.users().await;
    let id = setting.jobs.begin(plan(JobAct::Delete { copies: false }, &users)).await.unwrap();
    setting.report("some to be deleted", |report| report.counts.done > 5).await;
    setting.jobs.tell(&id, JobCommand::Cancel);
    let report = setting.report("the end", |report| report.state.is_over()).await;
    assert_eq!((&report.state, setting.users().await.len()), (&JobState::Cancelled, report.counts.left()));
    setting.jobs.leave().await;
    assert!(unfinished(setting.state.path(), setting.clerk.endpoint().host()).unwrap().is_empty());
}

#[tokio::test]
async fn nothing_is_sent_that_cannot_be_written_down() {
    let mut setting = Setting::with_users(60).await;
    let users = setting.users().await;
    let log = setting.state.path().join("audit.jsonl");
    // A folder stands where the log should be.
    fs::create_dir(&log).unwrap();
    let before = setting.count(banned()).await;
    assert!(setting.jobs.begin(plan(JobAct::Ban, &users)).await.unwrap_err().to_string().contains("audit.jsonl"));
    assert!(unfinished(setting.state.path(), setting.clerk.endpoint().host()).unwrap().is_empty());
    fs::remove_dir(&log).unwrap();
    setting.jobs.begin(plan(JobAct::Lock, &users)).await.unwrap();
    setting.report("some to be locked", |report| report.counts.done > 5).await;
    // The log goes away while the job runs.
    fs::rename(&log, setting.state.path().join("elsewhere")).unwrap();
    fs::create_dir(&log).unwrap();
    let report = setting.report("a rest", |report| matches!(report.state, JobState::Paused(_))).await;
    assert!(matches!(&report.state, JobState::Paused(Pause::NotRecorded(reason)) if reason.contains("audit.jsonl")));
    let locked = setting.users().await.iter().filter(|user| user.locked).count();
    assert!(locked < 60, "it stopped");
    fs::remove_dir(&log).unwrap();
    setting.jobs.tell(&report.id, JobCommand::Resume);
    let report = setting.report("the end", |report| report.state == JobState::Ended).await;
    assert_eq!((report.counts.failed, report.counts.left(), setting.count(banned()).await), (0, 0, before));
}

#[tokio::test]
async fn an_api_that_ignores_a_filter_widens_nothing() {
    let server = wiremock::MockServer::start().await;
    let user = |id: &str| json!({ "object": "user", "id": id, "banned": false, "email_addresses": [] });
    let answer = wiremock::ResponseTemplate::new(200).set_body_json(json!([user("user_1"), user("user_2")]));
    wiremock::Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&server).await;
    let mut setting = Setting::start(Options { users: 3, ..Options::default() }).await;
    let key = setting.emulator.secret_key().clone();
    setting.clerk = Clerk::new(Endpoint::parse(&server.uri()).unwrap(), key).unwrap();
    (setting.jobs, setting.reports) = jobs(&setting.clerk, setting.state.path());
    let users = setting.emulator_users(1).await;
    setting.jobs.begin(plan(JobAct::Ban, &users)).await.unwrap();
    let report = setting.report("a rest", |report| matches!(report.state, JobState::Paused(_))).await;
    assert!(matches!(&report.state, JobState::Paused(Pause::Refused(reason)) if reason.contains("nobody asked for")));
    let posted = server.received_requests().await.unwrap().iter().any(|request| request.method.as_str() != "GET");
    assert!(!posted, "nothing was changed");
}

impl Setting {
    /// Users as the emulator has them, whatever the client talks to.
    async fn emulator_users(
        &self,
        count: usize,
    ) -> Vec<lazyclerk::clerk::model::Received<lazyclerk::clerk::model::User>> {
        let url = Endpoint::parse(self.emulator.url()).unwrap();
        let clerk = Clerk::new(url, self.emulator.secret_key().clone()).unwrap();
        let query = lazyclerk::clerk::query::UserQuery::default();
        let page = lazyclerk::clerk::query::UserPage {
            start: lazyclerk::clerk::query::PageStart::FIRST,
            limit: lazyclerk::clerk::query::PageLimit::MAX,
        };
        clerk.users().list(&query, &page).await.unwrap().value.into_iter().take(count).collect()
    }
}

/// How often each line of the log stands there, by what it is and its entry.
fn lines_of_the_log(setting: &Setting) -> HashMap<String, usize> {
    let log = fs::read_to_string(setting.state.path().join("audit.jsonl")).unwrap();
    let mut counts = HashMap::new();
    for line in log.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()) {
        *counts.entry(format!("{} of {}", line["line"], line["entry"])).or_default() += 1;
    }
    counts
}

#[rstest::rstest]
#[case::everything(1_000)]
#[case::half(500)]
#[case::the_last_lines(50)]
#[tokio::test]
async fn what_the_log_has_is_not_written_to_it_again(#[case] lost_permille: usize) {
    let mut setting = Setting::with_users(120).await;
    let users = setting.users().await;
    let report = setting.carry_out(JobAct::Lock, &users).await;
    let before = lines_of_the_log(&setting);
    setting.jobs.leave().await;
    // As after a power cut: the log was safe, and of the journal the last lines were not.
    let journal = fs::read_to_string(&report.journal).unwrap();
    let lines: Vec<&str> = journal.lines().collect();
    let happened = lines.len() - 1 - users.len();
    let kept = lines.len() - (happened * lost_permille).div_ceil(1_000);
    fs::write(&report.journal, lines[..kept].join("\n") + "\n").unwrap();
    (setting.jobs, setting.reports) = jobs(&setting.clerk, setting.state.path());
    setting.jobs.go_on(report.journal.clone()).await.unwrap();
    let again = setting.report("the end", |report| report.state.is_over()).await;
    assert_eq!(again.counts, report.counts);
    let after = lines_of_the_log(&setting);
    assert_eq!(after, before);
    assert!(after.values().all(|count| *count == 1), "{after:?}");
}
