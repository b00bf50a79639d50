use super::*;
use crate::{
    app::Person,
    clerk::{
        Endpoint, Exchange, InstanceKind,
        query::{PageStart, UserPage, UserQuery},
    },
    emulator::{Emulator, Options},
};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// An emulator with people, a client that tells what it sends, and all of the people.
async fn setting(users: u32) -> (Emulator, Clerk, UnboundedReceiver<Exchange>, Vec<Target>) {
    let emulator =
        Emulator::start(Options { users, instance: InstanceKind::Production, ..Options::default() }).await.unwrap();
    let (watcher, exchanges) = unbounded_channel();
    let endpoint = Endpoint::parse(emulator.url()).unwrap();
    let clerk = Clerk::watched(endpoint, emulator.secret_key().clone(), watcher).unwrap();
    let page = UserPage { start: PageStart::FIRST, limit: PageLimit::MAX };
    let list = clerk.users().list(&UserQuery::default(), &page).await.unwrap().value;
    let target = |id: &UserId| Target { id: id.clone(), person: Person::default(), given: None, undoes: None };
    let targets = list.iter().map(|user| target(&user.id)).collect();
    (emulator, clerk, exchanges, targets)
}

async fn belonging(clerk: &Clerk, memberships: &Memberships, targets: &[Target]) -> Belonging {
    memberships.of(clerk, targets, targets.iter().map(|target| &target.id)).await.unwrap()
}

/// Each with what belongs to it, in an order of its own.
fn in_order(belonging: Belonging) -> Vec<(UserId, Vec<CopiedMembership>)> {
    let mut all: Vec<_> = belonging.into_iter().collect();
    for (_, memberships) in &mut all {
        memberships.sort_by_key(|membership| membership.organization.to_string());
    }
    all.sort_by_key(|(user, _)| user.to_string());
    all
}

#[tokio::test]
async fn what_many_are_told_at_once_is_what_each_would_be_told() {
    let (_emulator, clerk, _exchanges, targets) = setting(60).await;
    let mut expected = Belonging::new();
    for target in &targets {
        let page = clerk.users().organization_memberships(&target.id, PageLimit::MAX, 0).await.unwrap().value;
        let copied: Vec<CopiedMembership> = page.data.into_iter().map(Into::into).collect();
        if !copied.is_empty() {
            expected.insert(target.id.clone(), copied);
        }
    }
    assert!(expected.values().flatten().any(|membership| !membership.public_metadata.is_empty()));
    let ids = || targets.iter().map(|target| target.id.clone());
    // Also where organizations have more members than one answer tells.
    for page in [PageLimit::MAX, PageLimit::new(1)] {
        let memberships = Memberships { page, ..Memberships::of_job(ids()) };
        let told = belonging(&clerk, &memberships, &targets).await;
        assert_eq!(in_order(told), in_order(expected.clone()), "{page:?}");
    }
}

#[tokio::test]
async fn an_organization_is_asked_once_in_a_job() {
    let (_emulator, clerk, mut exchanges, targets) = setting(200).await;
    let memberships = Memberships::of_job(targets.iter().map(|target| target.id.clone()));
    for hundred in targets.chunks(100) {
        belonging(&clerk, &memberships, hundred).await;
    }
    let mut asked = HashSet::new();
    let mut count = 0;
    while let Ok(exchange) = exchanges.try_recv() {
        count += 1;
        asked.insert(exchange.path.clone());
    }
    assert!(count > 20, "they do belong somewhere");
    assert_eq!(asked.len(), count, "nothing is asked twice");
    belonging(&clerk, &memberships, &targets[..100]).await;
    assert!(exchanges.try_recv().is_ok() && exchanges.try_recv().is_err(), "one request for a hundred");
}

#[tokio::test]
async fn who_joins_while_the_job_runs_is_not_missed() {
    let (_emulator, clerk, _exchanges, targets) = setting(60).await;
    let ids = || targets.iter().map(|target| target.id.clone());
    let memberships = Memberships::of_job(ids());
    let before = belonging(&clerk, &memberships, &targets).await;
    let loner = targets.iter().find(|target| !before.contains_key(&target.id)).unwrap();
    let organization = before.values().flatten().next().unwrap().organization.clone();
    clerk.organizations().add_member(&organization, &loner.id, "org:member").await.unwrap();
    let after = belonging(&clerk, &memberships, std::slice::from_ref(loner)).await;
    let joined: Vec<_> = after[&loner.id].iter().map(|membership| &membership.organization).collect();
    assert_eq!(joined, [&organization]);
}
