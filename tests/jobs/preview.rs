//! What a dry run shows is what a job sends.

use super::{Setting, jobs, plan};
use lazyclerk::{
    app::{
        act::{Bag, requests},
        job::{Blocking, JobAct},
    },
    clerk::{Clerk, Endpoint, SentBody, organizations::OrganizationQuery, query::PageLimit},
};
use serde_json::{Value, json};
use tokio::sync::mpsc;

/// A request as it can be compared.
type Sent = (String, String, Option<Value>);

fn sorted(mut all: Vec<Sent>) -> Vec<Sent> {
    all.sort_by_key(|(method, path, body)| format!("{method} {path} {body:?}"));
    all
}

#[tokio::test]
async fn what_was_shown_before_is_what_is_sent() {
    let mut setting = Setting::with_users(8).await;
    let (watcher, mut exchanges) = mpsc::unbounded_channel();
    let endpoint = Endpoint::parse(setting.emulator.url()).unwrap();
    let client = Clerk::watched(endpoint, setting.emulator.secret_key().clone(), watcher).unwrap();
    (setting.jobs, setting.reports) = jobs(&client, setting.state.path());

    let organizations = setting.clerk.organizations();
    let page = organizations.list(&OrganizationQuery::default(), PageLimit::MAX, 0).await.unwrap().value;
    let organization = page.data.into_iter().next().unwrap();
    let users = setting.users().await;
    for user in &users {
        setting.clerk.users().unban(&user.id).await.unwrap();
        setting.clerk.users().unlock(&user.id).await.unwrap();
    }
    let with_email: Vec<_> =
        setting.users().await.into_iter().filter(|user| user.primary_email_address().is_some()).collect();
    // Not all: the last admin of an organization stays, and there may not be room for everybody.
    let mut members = Vec::new();
    for user in &with_email {
        if setting.clerk.organizations().add_member(&organization.id, &user.id, "org:member").await.is_ok() {
            members.push(user.clone());
        }
    }
    assert!(!members.is_empty());
    let remove = JobAct::RemoveFromOrganization { organization: organization.id, name: organization.name };
    let acts = [
        JobAct::Ban,
        JobAct::Unban,
        JobAct::Lock,
        JobAct::Unlock,
        JobAct::SetMetadata { bag: Bag::Private, key: "wave".into(), to: Some(json!({ "at": 23 })) },
        JobAct::SetMetadata { bag: Bag::Private, key: "wave".into(), to: None },
        JobAct::Block { what: Blocking::EmailAddress },
        remove.clone(),
        JobAct::Delete { copies: false },
    ];
    for act in acts {
        let whom = if act == remove { &members } else { &with_email };
        let targets = plan(act.clone(), whom).targets;
        let shown: Vec<Sent> =
            requests(&act, &targets).map(|request| (request.method.to_owned(), request.path, request.body)).collect();
        let report = setting.carry_out(act.clone(), whom).await;
        assert_eq!(report.counts.done, whom.len(), "{act:?}: {report:?}");
        let mut sent = Vec::new();
        while let Ok(exchange) = exchanges.try_recv() {
            let body = match exchange.body {
                SentBody::Json(text) => Some(serde_json::from_str(&text).unwrap()),
                _ => None,
            };
            if exchange.method != "GET" {
                sent.push((exchange.method, format!("/v1{}", exchange.path), body));
            }
        }
        assert_eq!(sorted(sent), sorted(shown), "{act:?}");
    }
}
