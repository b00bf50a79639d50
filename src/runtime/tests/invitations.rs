//! Invitations to organizations: made, recorded, taken back and done again, also at a later start.

use crate::{
    app::{
        ChangeId, Changed, Failure, Fetch, Fetched, Grounds, InvitationChange, Made, Person, Retrace, Step,
        act::{InvitationAct, NewInvitation, Place, RoleName},
    },
    audit::{Content, Intent, Line},
    clerk::{
        Clerk, Endpoint,
        invitations::CreateOrganizationInvitation,
        model::{InvitationStatus, Organization, OrganizationInvitation, UserId},
        organizations::OrganizationQuery,
        query::PageLimit,
    },
    config::Connection,
    emulator::{Emulator, Options},
    runtime::{Perform, Performer, Restraint, Target},
};
use tempfile::TempDir;

const EMAIL: &str = "grace@elsewhere.example";

/// An emulator, and a home that several runs of the program share.
struct World {
    emulator: Emulator,
    clerk: Clerk,
    organization: Organization,
    state: TempDir,
}

impl World {
    async fn begin() -> Self {
        let emulator = Emulator::start(Options { users: 40, ..Options::default() }).await.unwrap();
        let clerk = Clerk::new(Endpoint::parse(emulator.url()).unwrap(), emulator.secret_key().clone()).unwrap();
        let query = OrganizationQuery::default();
        let page = clerk.organizations().list(&query, PageLimit::MAX, 0).await.unwrap().value;
        let roomy = |it: &Organization| it.max_allowed_memberships == 0;
        let organization = page.data.iter().find(|it| roomy(it)).or(page.data.first()).unwrap().clone();
        Self { emulator, clerk, organization, state: TempDir::new().unwrap() }
    }

    /// The program, started anew.
    fn start(&self) -> Performer {
        let endpoint = Endpoint::parse(self.emulator.url()).unwrap();
        let connection = Connection { endpoint, key: self.emulator.secret_key().clone(), profile: None };
        Performer::new(Target::Instance(connection), self.state.path().to_owned(), Restraint::default())
    }

    fn invitation(&self) -> NewInvitation {
        NewInvitation {
            place: Place { id: self.organization.id.clone(), name: self.organization.name.clone() },
            email_address: EMAIL.into(),
            role: RoleName { key: "org:member".into(), name: "Member".into() },
            redirect_url: Some("https://example.com/welcome".into()),
            expires_in_days: Some(7),
            notify: false,
        }
    }

    /// What the API has of the address there.
    async fn listed(&self, status: InvitationStatus) -> Vec<OrganizationInvitation> {
        let invitations = self.clerk.invitations();
        let place = &self.organization.id;
        let page = invitations.list_to_organization(place, Some(status), Some(EMAIL), PageLimit::MAX, 0).await;
        page.unwrap().value.data
    }

    fn intents(&self) -> Vec<Intent> {
        let record = std::fs::read_to_string(self.state.path().join("audit.jsonl")).unwrap();
        let lines = record.lines().map(|line| serde_json::from_str::<Line>(line).unwrap());
        let intent = |line: Line| match line.content {
            Content::Intent(intent) => Some(intent),
            _ => None,
        };
        lines.filter_map(intent).collect()
    }
}

async fn send(
    performer: &Performer,
    act: InvitationAct,
    beside: Option<(UserId, Person)>,
    grounds: Grounds,
) -> Result<Changed, Failure> {
    performer.invite(InvitationChange { id: ChangeId(1), act, beside, grounds }).await
}

async fn step(performer: &Performer, way: Retrace) -> Step {
    let Fetched::Step(step) = performer.fetch(Fetch::Step(way)).await.unwrap() else { panic!("no step") };
    step
}

/// What leads on this way, done at a new start.
async fn retrace(world: &World, way: Retrace) -> InvitationAct {
    let performer = world.start();
    let found = step(&performer, way).await;
    let Step::Invitation { act, beside, record } = found else { panic!("{found:?}") };
    let grounds = Grounds { undoes: Some(record), reason: None };
    send(&performer, (*act).clone(), beside, grounds).await.unwrap();
    *act
}

#[tokio::test]
async fn an_invitation_is_made_taken_back_and_made_again_across_restarts() {
    let world = World::begin().await;
    let create = InvitationAct::Create(world.invitation());
    let changed = send(&world.start(), create.clone(), None, Grounds::default()).await.unwrap();
    let Made::Invited(id) = changed.made else { panic!("{:?}", changed.made) };
    let [made] = &world.listed(InvitationStatus::Pending).await[..] else { panic!("one is there") };
    assert_eq!((&made.id, made.role.as_str()), (&id, "org:member"));
    let days = made.expires_at.unwrap().since(made.created_at);
    assert_eq!(days, std::time::Duration::from_hours(7 * 24));

    let revoke = InvitationAct::Revoke { id: id.clone(), invitation: world.invitation() };
    assert_eq!(retrace(&world, Retrace::Back).await, revoke);
    assert!(world.listed(InvitationStatus::Pending).await.is_empty());
    assert_eq!(retrace(&world, Retrace::Again).await, create, "and what was taken back is done again");
    let [again] = &world.listed(InvitationStatus::Pending).await[..] else { panic!("one is there again") };
    assert_ne!(again.id, id);
    assert_eq!(
        retrace(&world, Retrace::Back).await,
        InvitationAct::Revoke { id: again.id.clone(), invitation: world.invitation() },
        "and that is taken back in turn"
    );
    assert_eq!(world.listed(InvitationStatus::Revoked).await.len(), 2);
    let intents = world.intents();
    let told: Vec<_> = intents.iter().map(|intent| (intent.action.as_str(), intent.undoes.is_some())).collect();
    let (create, revoke) = ("create_organization_invitation", "revoke_organization_invitation");
    assert_eq!(told, [(create, false), (revoke, true), (create, true), (revoke, true)]);
}

#[tokio::test]
async fn the_record_says_who_is_invited_where_and_why() {
    let world = World::begin().await;
    let performer = world.start();
    let ada = (UserId::from("user_ada"), Person { name: Some("Ada".into()), identifier: None });
    let grounds = Grounds { undoes: None, reason: Some("partner".into()) };
    let create = InvitationAct::Create(world.invitation());
    send(&performer, create.clone(), None, grounds).await.unwrap();
    let refused = send(&performer, create, Some(ada), Grounds::default()).await.unwrap_err();
    assert_eq!(refused.code(), Some("duplicate_record"));
    let [stranger, user] = &world.intents()[..] else { panic!("two") };
    let place = world.organization.id.as_str();
    assert_eq!((&stranger.user_id, stranger.identifier.as_deref()), (&None, Some(EMAIL)));
    assert_eq!(
        (stranger.part.as_deref(), stranger.reason.as_deref()),
        (Some(&*format!("{place} org:member")), Some("partner"))
    );
    assert_eq!((user.user_id.as_ref().map(UserId::as_str), user.name.as_deref()), (Some("user_ada"), Some("Ada")));
    assert_eq!(user.parameters.as_ref().unwrap()["email_address"], EMAIL);
}

#[tokio::test]
async fn what_is_not_open_any_more_is_passed_over() {
    let world = World::begin().await;
    let performer = world.start();
    let create = InvitationAct::Create(world.invitation());
    let changed = send(&performer, create, None, Grounds::default()).await.unwrap();
    let Made::Invited(id) = changed.made else { panic!("{:?}", changed.made) };
    world.clerk.invitations().revoke_to_organization(&world.organization.id, &id, None).await.unwrap();
    assert_eq!(step(&performer, Retrace::Back).await, Step::None);
    // Another one to the same address is not ours to take back.
    let invitation = CreateOrganizationInvitation {
        email_address: EMAIL.into(),
        role: "org:member".into(),
        ..CreateOrganizationInvitation::default()
    };
    world.clerk.invitations().create_to_organization(&world.organization.id, &invitation).await.unwrap();
    assert_eq!(step(&performer, Retrace::Back).await, Step::None);
}

#[tokio::test]
async fn one_that_was_revoked_is_not_made_anew_beside_another_and_not_where_there_is_no_organization() {
    let world = World::begin().await;
    let (performer, invitations) = (world.start(), world.clerk.invitations());
    let create = InvitationAct::Create(world.invitation());
    let id = match send(&performer, create.clone(), None, Grounds::default()).await.unwrap().made {
        Made::Invited(id) => id,
        other => panic!("{other:?}"),
    };
    let revoke = InvitationAct::Revoke { id, invitation: world.invitation() };
    send(&performer, revoke, None, Grounds::default()).await.unwrap();
    let Step::Invitation { act, .. } = step(&performer, Retrace::Back).await else { panic!("a way back") };
    assert_eq!(*act, create);
    let other = CreateOrganizationInvitation {
        email_address: EMAIL.into(),
        role: "org:member".into(),
        ..CreateOrganizationInvitation::default()
    };
    invitations.create_to_organization(&world.organization.id, &other).await.unwrap();
    assert_eq!(step(&performer, Retrace::Back).await, Step::None, "somebody else has invited them again");

    let elsewhere = Place { id: "org_gone".into(), name: "Gone".into() };
    let gone = NewInvitation { place: elsewhere, ..world.invitation() };
    let origin = crate::audit::Origin::of(
        Endpoint::parse(world.emulator.url()).unwrap().host(),
        crate::clerk::InstanceKind::Development,
    );
    let audit = crate::audit::Audit::open(world.state.path(), origin).unwrap();
    let act = InvitationAct::Revoke { id: "orginv_gone".into(), invitation: gone };
    let intent = Intent { action: act.action().into(), parameters: Some(act.parameters()), ..Intent::default() };
    let now = crate::clerk::model::Timestamp::from(jiff::Timestamp::now());
    let entry = audit.intent(now, intent).unwrap();
    let done = crate::audit::Outcome {
        outcome: crate::audit::Ending::Done,
        done: None,
        status: Some(200),
        code: None,
        trace_id: None,
        user_id: None,
        made: None,
    };
    audit.outcome(now, &entry, done).unwrap();
    assert_eq!(step(&world.start(), Retrace::Back).await, Step::None);
}

#[tokio::test]
async fn all_of_an_organization_are_listed_however_many() {
    let world = World::begin().await;
    let invitations = world.clerk.invitations();
    let organization = &world.organization.id;
    let before = invitations.list_to_organization(organization, None, None, PageLimit::MAX, 0).await.unwrap().value;
    for number in 0..520 {
        let invitation = CreateOrganizationInvitation {
            email_address: format!("guest_{number}@elsewhere.example"),
            role: "org:member".into(),
            notify: Some(false),
            ..CreateOrganizationInvitation::default()
        };
        invitations.create_to_organization(organization, &invitation).await.unwrap();
    }
    let fetch = Fetch::OrganizationInvitations { organization: organization.clone(), status: None };
    let Fetched::Invitations(page) = world.start().fetch(fetch).await.unwrap() else { panic!("a page") };
    assert_eq!(page.data.len(), before.data.len() + 520);
    assert_eq!(page.total_count, page.data.len() as u64);
}
