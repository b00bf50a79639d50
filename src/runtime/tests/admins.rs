//! Who else is admin, as the emulator tells it, and as a server does that ignores what it is asked.

use crate::{
    app::{
        Failure,
        act::Place,
        admins::{ADMIN, AdminPlaces, AdminsFound},
    },
    clerk::{
        Clerk, Endpoint, SecretKey,
        model::{Organization, OrganizationMembership, UserId},
        organizations::{MembershipQuery, OrganizationQuery},
        query::PageLimit,
        users::CreateUser,
    },
    emulator::{Emulator, Options},
    runtime::admins::read,
};
use serde_json::json;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

/// An emulator, and somebody without organizations.
struct World {
    clerk: Clerk,
    user: UserId,
    _emulator: Emulator,
}

impl World {
    async fn begin() -> Self {
        let emulator = Emulator::start(Options { users: 60, ..Options::default() }).await.unwrap();
        let clerk = Clerk::new(Endpoint::parse(emulator.url()).unwrap(), emulator.secret_key().clone()).unwrap();
        let ada = CreateUser { username: Some("lovelace".into()), ..CreateUser::default() };
        let user = clerk.users().create(&ada).await.unwrap().value.id.clone();
        Self { clerk, user, _emulator: emulator }
    }

    async fn organizations(&self) -> Vec<Organization> {
        let query = OrganizationQuery::default();
        self.clerk.organizations().list(&query, PageLimit::MAX, 0).await.unwrap().value.data
    }

    async fn admins(&self, organization: &Organization) -> Vec<OrganizationMembership> {
        let query = MembershipQuery { roles: vec![ADMIN.to_owned()], ..MembershipQuery::default() };
        let page = self.clerk.organizations().memberships(&organization.id, &query, PageLimit::MAX, 0).await;
        page.unwrap().value.data
    }

    /// Makes the user admin, and so many of the others, and nobody else.
    async fn run_by(&self, organization: &Organization, others: usize) -> Vec<UserId> {
        let organizations = self.clerk.organizations();
        organizations.add_member(&organization.id, &self.user, ADMIN).await.unwrap();
        let id = |membership: OrganizationMembership| membership.public_user_data.unwrap().user_id;
        let mut kept: Vec<UserId> = self.admins(organization).await.into_iter().map(id).collect();
        kept.retain(|id| *id != self.user);
        for id in kept.drain(others.min(kept.len())..) {
            organizations.set_role(&organization.id, &id, "org:member").await.unwrap();
        }
        kept
    }

    async fn read(&self, places: AdminPlaces) -> AdminsFound {
        read(&self.clerk, &self.user, places).await.unwrap()
    }
}

fn place(organization: &Organization) -> Place {
    Place { id: organization.id.clone(), name: organization.name.clone() }
}

#[tokio::test]
async fn the_others_are_counted_and_the_only_one_is_named() {
    let world = World::begin().await;
    let organizations = world.organizations().await;
    let [first, second, ..] = &organizations[..] else { panic!("{organizations:?}") };
    assert!(world.run_by(first, 0).await.is_empty());
    let kept = world.run_by(second, 1).await;
    let alone = world.read(AdminPlaces::One(place(first))).await;
    assert_eq!((alone.places[0].count, &alone.places[0].only, alone.has_last()), (0, &None, true));
    let beside = world.read(AdminPlaces::One(place(second))).await;
    let only = beside.places[0].only.as_ref().map(|(id, _)| id.clone());
    assert_eq!((beside.places[0].count, only, beside.has_last()), (1, kept.first().cloned(), false));

    let everywhere = world.read(AdminPlaces::All).await;
    let mut told: Vec<_> = everywhere.places.iter().map(|found| (found.place.clone(), found.count)).collect();
    told.sort_by_key(|(_, count)| *count);
    assert_eq!((told, everywhere.unlooked), (vec![(place(first), 0), (place(second), 1)], 0));
    // Who is no admin any more is not counted as one.
    let other = kept[0].clone();
    world.clerk.organizations().set_role(&second.id, &world.user, "org:member").await.unwrap();
    let left = read(&world.clerk, &world.user, AdminPlaces::One(place(second))).await.unwrap();
    assert_eq!((left.places[0].count, left.places[0].only.as_ref().map(|(id, _)| id)), (1, Some(&other)));
}

#[tokio::test]
async fn who_belongs_nowhere_is_nowhere_the_last() {
    let world = World::begin().await;
    assert_eq!(world.read(AdminPlaces::All).await, AdminsFound::default());
}

async fn answering(answer: ResponseTemplate, places: AdminPlaces) -> Result<AdminsFound, Failure> {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let key = SecretKey::new("sk_test_0123456789abcdef").unwrap();
    let clerk = Clerk::new(Endpoint::parse(&server.uri()).unwrap(), key).unwrap();
    read(&clerk, &"user_1".into(), places).await
}

#[tokio::test]
async fn an_ignored_filter_is_not_believed_and_without_organizations_nobody_is_admin() {
    let member = json!({ "id": "orgmem_1", "role": "org:member", "public_user_data": { "user_id": "user_2" } });
    let answer = ResponseTemplate::new(200).set_body_json(json!({ "data": [member], "total_count": 1 }));
    let one = AdminPlaces::One(Place { id: "org_1".into(), name: "Acme".into() });
    let found = answering(answer, one.clone()).await;
    assert!(matches!(found, Err(Failure::Untrusted(_))), "{found:?}");
    let none = || {
        let error = json!({ "errors": [{ "code": "organization_not_enabled_in_instance", "message": "no" }] });
        ResponseTemplate::new(403).set_body_json(error)
    };
    assert_eq!(answering(none(), AdminPlaces::All).await, Ok(AdminsFound::default()));
    assert!(answering(none(), one).await.is_err());
}

#[tokio::test]
async fn no_more_organizations_are_looked_at_than_a_question_can_wait_for() {
    let membership = |number: usize| {
        json!({ "id": format!("orgmem_{number}"), "role": ADMIN, "organization": { "id": "org_1", "name": "Acme" },
            "public_user_data": { "user_id": "user_1" } })
    };
    let data: Vec<_> = (0..13).map(membership).collect();
    let answer = ResponseTemplate::new(200).set_body_json(json!({ "data": data, "total_count": 13 }));
    let found = answering(answer, AdminPlaces::All).await.unwrap();
    assert_eq!((found.places.len(), found.unlooked), (10, 3));
}
