//! The copies that a job keeps of those that it deletes.

use super::Setting;
use lazyclerk::{
    app::job::{JobAct, JobCommand, JobReport, JobState, Pause},
    clerk::{
        InstanceKind,
        model::{Received, User, UserId},
        query::PageLimit,
    },
    emulator::{Options, RateLimit},
    trash::{CopiedMembership, Kept, Trash},
};
use serde_json::{Value, json};
use std::{
    collections::{HashMap, HashSet},
    fs,
    time::{Duration, Instant},
};

const WITH_COPIES: JobAct = JobAct::Delete { copies: true };

impl Setting {
    async fn memberships(&self, user: &UserId) -> Vec<CopiedMembership> {
        let page = self.clerk.users().organization_memberships(user, PageLimit::MAX, 0).await.unwrap().value;
        page.data.into_iter().map(Into::into).collect()
    }

    /// All that is kept, the latest first.
    pub(super) fn copies(&self) -> Vec<Kept> {
        Trash::of(self.state.path()).find(|_| true).unwrap()
    }
}

/// Everything that Clerk told about a user; what counts down by itself left out.
fn told(user: &Received<User>) -> Value {
    let mut told: Value = serde_json::from_str(user.raw()).unwrap();
    told["lockout_expires_in_seconds"] = Value::Null;
    told
}

#[tokio::test]
async fn of_each_that_is_deleted_everything_is_kept() {
    let mut setting = Setting::with_users(120).await;
    let users = setting.users().await;
    let mut belonged = HashMap::new();
    for user in &users {
        belonged.insert(user.id.clone(), setting.memberships(&user.id).await);
    }
    let report = setting.carry_out(WITH_COPIES, &users).await;
    assert_eq!((report.counts.done, setting.users().await.len()), (120, 0));
    let mut copies: HashMap<_, _> =
        setting.copies().into_iter().map(|kept| (kept.copy.user.id.clone(), kept.copy)).collect();
    for user in &users {
        let mut copy = copies.remove(&user.id).unwrap_or_else(|| panic!("{} was deleted without a copy", user.id));
        assert_eq!(told(&copy.user), told(user));
        let expected = belonged.get_mut(&user.id).unwrap();
        for memberships in [&mut copy.memberships, expected] {
            memberships.sort_by_key(|membership| membership.organization.to_string());
        }
        assert_eq!(copy.memberships, belonged[&user.id]);
        assert_eq!(copy.job.as_deref(), Some(report.id.as_str()));
        assert_eq!((copy.host.as_str(), copy.instance_kind.as_str()), (setting.clerk.endpoint().host(), "production"));
    }
    assert!(copies.is_empty());
    assert!(belonged.values().any(|memberships| memberships.len() > 1));
}

#[tokio::test]
async fn nobody_is_deleted_of_whom_no_copy_can_be_kept() {
    let mut setting = Setting::with_users(60).await;
    let users = setting.users().await;
    // A file stands where the folder should be.
    let folder = setting.state.path().join("trash");
    fs::write(&folder, "").unwrap();
    setting.jobs.begin(super::plan(WITH_COPIES, &users)).await.unwrap();
    let report = setting.report("a rest", |report| matches!(report.state, JobState::Paused(_))).await;
    assert!(matches!(&report.state, JobState::Paused(Pause::NotRecorded(reason)) if reason.contains("recovery copy")));
    assert_eq!((setting.users().await.len(), report.counts.done), (60, 0));
    fs::remove_file(&folder).unwrap();
    setting.jobs.tell(&report.id, JobCommand::Resume);
    setting.report("the end", |report| report.state == JobState::Ended).await;
    assert_eq!((setting.users().await.len(), setting.copies().len()), (0, 60));
}

#[tokio::test]
async fn whatever_fails_who_is_deleted_has_a_copy_and_who_is_there_has_none() {
    let mut setting = Setting::with_users(80).await;
    let users = setting.users().await;
    setting.fail(json!({ "faults": { "500": 0.1, "reset": 0.1, "429": 0.05 } })).await;
    let id = setting.jobs.begin(super::plan(WITH_COPIES, &users)).await.unwrap();
    let is_halfway = |report: &JobReport| report.counts.done > 20 || report.state.is_over();
    let stops = |report: &JobReport| is_halfway(report) || matches!(report.state, JobState::Paused(_));
    while !is_halfway(&setting.report("some to be deleted, or a rest", stops).await) {
        setting.jobs.tell(&id, JobCommand::Resume);
    }
    setting.jobs.tell(&id, JobCommand::Cancel);
    let report = setting.report("the end", |report| report.state.is_over()).await;
    setting.jobs.leave().await;
    setting.fail(json!({ "faults": {} })).await;
    let left: HashSet<_> = setting.users().await.into_iter().map(|user| user.id.clone()).collect();
    let copied: HashSet<_> = setting.copies().into_iter().map(|kept| kept.copy.user.id.clone()).collect();
    let gone: HashSet<_> = users.iter().map(|user| user.id.clone()).filter(|id| !left.contains(id)).collect();
    assert!(gone.len() > 20 && gone.is_subset(&copied), "deleted without a copy");
    // Of those whose answer never came nobody knows, and their copies stay.
    let unknown = copied.intersection(&left).count();
    assert!(report.counts.done <= gone.len() && unknown <= report.counts.left() + report.counts.failed);
}

/// Three thousand, as a wave of sign-ups has them; but these belong to organizations as well.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes a minute"]
async fn three_thousand_are_deleted_with_copies_in_seventy_seconds() {
    let rate_limit = RateLimit::PRODUCTION;
    let options = Options { users: 3_000, instance: InstanceKind::Production, rate_limit, ..Options::default() };
    let mut setting = Setting::start(options).await;
    let users = setting.users().await;
    let begun = Instant::now();
    let report = setting.carry_out(WITH_COPIES, &users).await;
    let took = begun.elapsed();
    assert_eq!((report.counts.done, setting.copies().len()), (3_000, 3_000));
    assert!(took < Duration::from_secs(70), "{took:?}");
}
