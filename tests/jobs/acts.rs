//! Every act of a job, and what it leaves.

use super::{Setting, banned};
use lazyclerk::{
    app::{
        act::Bag,
        job::{Blocking, JobAct, JobState, SessionCheck},
    },
    audit::{Ending, history},
    clerk::{
        model::{SessionStatus, User},
        organizations::OrganizationQuery,
        query::{PageLimit, Select, UserFilter},
    },
    jobs::failed,
};
use serde_json::json;

impl Setting {
    async fn is_signed_in(&self, user: &User) -> bool {
        let sessions = self.clerk.sessions();
        !sessions.list(&user.id, Some(SessionStatus::Active), PageLimit::MAX, 0).await.unwrap().value.is_empty()
    }
}

#[tokio::test]
async fn a_ban_leaves_out_who_is_banned_already_and_is_taken_back_from_the_others_alone() {
    let mut setting = Setting::with_users(230).await;
    let users = setting.users().await;
    let before = setting.count(banned()).await;
    assert!(before > 0, "some are banned from the start");
    let report = setting.carry_out(JobAct::Ban, &users).await;
    assert_eq!((report.state, report.counts.failed, report.counts.left()), (JobState::Ended, 0, 0));
    assert_eq!((report.counts.unchanged as u64, report.counts.total), (before, users.len()));
    assert_eq!(setting.count(banned()).await, users.len() as u64);
    let entry = |user| history(setting.state.path(), setting.clerk.endpoint().host(), user, 0, 10).unwrap();
    for user in &users {
        let history = entry(&user.id);
        assert_eq!(history.total, u64::from(!user.banned), "who was banned before has no entry of it");
        for entry in history.entries {
            assert_eq!((entry.action.as_str(), entry.ending), ("ban", Some(Ending::Done)));
            assert_eq!(entry.reason.as_deref(), Some("spam wave"));
        }
    }
    let fresh: Vec<_> = users.into_iter().filter(|user| !user.banned).collect();
    let report = setting.carry_out(JobAct::Unban, &fresh).await;
    assert_eq!((report.counts.done, setting.count(banned()).await), (fresh.len(), before));
}

#[tokio::test]
async fn locks_are_set_and_lifted() {
    let mut setting = Setting::with_users(30).await;
    let users = setting.users().await;
    setting.carry_out(JobAct::Lock, &users).await;
    assert!(setting.users().await.iter().all(|user| user.locked));
    let report = setting.carry_out(JobAct::Unlock, &users).await;
    assert_eq!(report.counts.done, 30);
    assert!(setting.users().await.iter().all(|user| !user.locked));
}

#[tokio::test]
async fn the_deleted_are_gone_and_the_others_stay() {
    let mut setting = Setting::with_users(120).await;
    let users = setting.users().await;
    let report = setting.carry_out(JobAct::Delete { copies: false }, &users[..100]).await;
    assert_eq!((report.counts.done, report.counts.left()), (100, 0));
    let left: Vec<_> = setting.users().await.into_iter().map(|user| user.id.clone()).collect();
    assert_eq!(left, users[100..].iter().map(|user| user.id.clone()).collect::<Vec<_>>());
    let again = setting.carry_out(JobAct::Delete { copies: false }, &users[..100]).await;
    assert_eq!((again.counts.gone, again.counts.done), (100, 0));
}

#[tokio::test]
async fn nobody_of_the_signed_out_has_a_session() {
    let mut setting = Setting::with_users(40).await;
    let users = setting.users().await;
    let mut signed_in = 0;
    for user in &users {
        signed_in += usize::from(setting.is_signed_in(user).await);
    }
    let report = setting.carry_out(JobAct::SignOut, &users).await;
    assert!(signed_in > 0);
    assert_eq!((report.counts.done, report.counts.unchanged), (signed_in, 40 - signed_in));
    for user in &users {
        assert!(!setting.is_signed_in(user).await);
    }
}

#[tokio::test]
async fn after_a_ban_it_is_looked_whether_some_are_signed_in_still() {
    let mut setting = Setting::with_users(90).await;
    let users = setting.users().await;
    let mut signed_in = Vec::new();
    for user in users.iter().filter(|user| !user.banned) {
        if setting.is_signed_in(user).await {
            signed_in.push(user.clone());
        }
    }
    assert!(signed_in.len() > 2);
    let report = setting.carry_out(JobAct::Ban, &signed_in).await;
    let looked_at = signed_in.len().min(20);
    assert_eq!(report.sessions, Some(SessionCheck { looked_at, active: 0 }));
    for user in &signed_in {
        assert!(!setting.is_signed_in(user).await);
    }
    let again = setting.carry_out(JobAct::Ban, &signed_in).await;
    assert_eq!((again.counts.done, again.sessions), (0, None), "nobody was banned by it");
    assert_eq!(setting.carry_out(JobAct::Unban, &signed_in).await.sessions, None);
}

#[tokio::test]
async fn whom_a_job_could_not_change_is_told_by_its_journal() {
    let mut setting = Setting::with_users(200).await;
    let users = setting.users().await;
    let page = setting.clerk.organizations().list(&OrganizationQuery::default(), PageLimit::MAX, 0).await.unwrap();
    let organization = page.value.data.into_iter().next().unwrap();
    let act = JobAct::AddToOrganization { organization: organization.id, name: organization.name };
    let mut plan = super::plan(act, &users[..3]);
    for target in &mut plan.targets {
        target.given = Some(json!("org:nonsense"));
    }
    setting.jobs.begin(plan).await.unwrap();
    let report = setting.report("the end", |report| report.state.is_over()).await;
    let failed = failed(&report.journal).unwrap();
    assert!(report.counts.failed > 0);
    assert_eq!((failed.len(), failed[0].given.as_ref()), (report.counts.failed, None));
}

#[tokio::test]
async fn members_are_removed_and_put_back_in_their_roles() {
    let mut setting = Setting::with_users(200).await;
    let query = OrganizationQuery { include_members_count: true, ..OrganizationQuery::default() };
    let list = setting.clerk.organizations().list(&query, PageLimit::MAX, 0).await.unwrap().value.data;
    let organization = list.into_iter().find(|organization| organization.members_count > Some(2)).unwrap();
    let of = UserFilter { organization_id: vec![Select::Include(organization.id.clone())], ..UserFilter::default() };
    let (users, everybody) = (setting.matching(of.clone()).await, setting.users().await);
    let (id, name) = (organization.id.clone(), organization.name.clone());
    let act = JobAct::RemoveFromOrganization { organization: id, name };
    // Clerk keeps the last administrator: what cannot be removed has failed, and says so.
    let report = setting.carry_out(act.clone(), &everybody).await;
    assert_eq!(report.counts.done + report.counts.failed, users.len());
    assert_eq!(report.counts.unchanged, everybody.len() - users.len());
    assert_eq!(setting.count(of.clone()).await, report.counts.failed as u64);
    assert!(report.counts.done > 0);
}

#[tokio::test]
async fn a_key_of_metadata_is_set_and_its_values_come_back() {
    let mut setting = Setting::with_users(20).await;
    let users = setting.users().await;
    let act = JobAct::SetMetadata { bag: Bag::Public, key: "reviewed".to_owned(), to: Some(json!({ "by": "kim" })) };
    let report = setting.carry_out(act, &users).await;
    assert_eq!(report.counts.done, 20);
    for user in setting.users().await {
        assert_eq!(user.public_metadata.get("reviewed"), Some(&json!({ "by": "kim" })));
    }
    let act = JobAct::RestoreMetadata { bag: Bag::Public, key: "reviewed".to_owned(), expected: None };
    assert_eq!(setting.carry_out(act, &users).await.counts.done, 20);
    assert!(setting.users().await.iter().zip(&users).all(|(now, then)| now.public_metadata == then.public_metadata));
}

#[tokio::test]
async fn the_domains_of_many_are_blocked_once_each() {
    let mut setting = Setting::with_users(60).await;
    let users = setting.users().await;
    let report = setting.carry_out(JobAct::Block { what: Blocking::Domain }, &users).await;
    let listed = setting.clerk.restrictions().blocklist().await.unwrap().value.len();
    assert!(listed > 0);
    assert_eq!((report.counts.done, report.counts.done + report.counts.unchanged), (listed, 60));
}
