//! While only reading, everything that can be asked for, asked for all the same: a server that is asked for it sees nothing
//! but GET.

use crate::{
    app::{
        Act, Change, ChangeId, Columns, Event, Fetch, Generation, Grounds, InvitationChange, NewUser, Person, Remember,
        Reply, Restoration, RestrictionChange, SlotId, Timer, Work,
        act::{
            AccessAct, Bag, ImageAct, InvitationAct, NewInvitation, Part, Picture, Place, RestrictionAct,
            RestrictionList, RoleName, SecurityAct, tests::acts,
        },
        job::{Blocking, JobAct, JobRequest, JobState, Plan, Target as JobTarget},
    },
    audit::{EntryId, Origin},
    clerk::{
        Endpoint, SecretKey,
        model::{OrganizationId, UserId},
    },
    config::Connection,
    runtime::{Performer, Restraint, Target, background::Background, recorded::now},
    trash::{Line, Trash, UserCopy, in_brief},
};
use serde_json::{Value, json};
use std::{
    collections::HashSet,
    mem::{Discriminant, discriminant},
    path::Path,
    time::Duration,
};
use strum::EnumCount;
use tempfile::TempDir;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{any, method, path, path_regex},
};

const USER: &str = include_str!("../../../tests/data/user.json");
const USER_ID: &str = "user_2NNEqL2nrIRdJ194ndJqAHwEfxC";

/// A server with one user, who has a session and is as a job that is to change something has to find them. It does what it
/// is asked.
pub(super) async fn server(work: &Work) -> MockServer {
    // One of its own: a late request to the server before, which is used again where that is allowed, would count here.
    let server = MockServer::builder().start().await;
    let act = match work {
        Work::Job(_, JobRequest::Begin(plan)) => Some(&plan.act),
        _ => None,
    };
    let mut user: Value = serde_json::from_str(USER).unwrap();
    user["banned"] = (act == Some(&JobAct::Unban)).into();
    user["locked"] = (act == Some(&JobAct::Unlock)).into();
    let is_stranger = matches!(act, Some(JobAct::AddToOrganization { .. }));
    let session = json!([{ "id": "sess_1", "status": "active", "actor": { "sub": "kim" } }]);
    let membership = json!({ "id": "orgmem_1", "role": "org:member", "organization": { "id": "org_1" },
        "public_user_data": { "user_id": USER_ID } });
    let answer = |body: Value| ResponseTemplate::new(200).set_body_json(body);
    let reads = [
        ("^/v1/users$", json!([user])),
        ("^/v1/sessions$", json!([])),
        (
            "memberships",
            if is_stranger {
                json!({ "data": [], "total_count": 0 })
            } else {
                json!({ "data": [membership], "total_count": 1 })
            },
        ),
        ("oauth_access_tokens", json!([])),
    ];
    if matches!(work, Work::Restore(_)) {
        let gone = ResponseTemplate::new(404).set_body_json(json!({ "errors": [{ "code": "resource_not_found" }] }));
        Mock::given(method("GET")).and(path(format!("/v1/users/{USER_ID}"))).respond_with(gone).mount(&server).await;
    }
    let first_sessions = Mock::given(method("GET")).and(path("/v1/sessions")).respond_with(answer(session));
    first_sessions.up_to_n_times(1).mount(&server).await;
    for (pattern, body) in reads {
        Mock::given(method("GET")).and(path_regex(pattern)).respond_with(answer(body)).mount(&server).await;
    }
    Mock::given(any()).respond_with(answer(user)).mount(&server).await;
    server
}

/// What is kept of the user, who was deleted from the instance at `host`.
pub(super) fn copy_of_the_user(host: &str) -> UserCopy {
    let origin = Origin { host: host.to_owned(), ..Origin::default() };
    UserCopy::new(serde_json::from_str(USER).unwrap(), Vec::new(), now(), &origin, EntryId::from("1".to_owned()))
}

/// How often it was asked, by something else than GET.
pub(super) async fn written(server: &MockServer) -> usize {
    let requests = server.received_requests().await.unwrap();
    requests.iter().filter(|request| request.method.as_str() != "GET").count()
}

pub(super) fn performer(server: &MockServer, state: &Path, restraint: Restraint) -> Performer {
    let endpoint = Endpoint::parse(&server.uri()).unwrap();
    let key = SecretKey::new("sk_test_0123456789abcdef").unwrap();
    Performer::new(Target::Instance(Connection { endpoint, key, profile: None }), state.to_owned(), restraint)
}

/// The same about something that there is.
fn on_a_row(act: SecurityAct) -> SecurityAct {
    let part = Part { id: "part_1".into(), name: "part".into() };
    match act {
        SecurityAct::DeletePasskey(_) => SecurityAct::DeletePasskey(part),
        SecurityAct::DeleteWeb3Wallet(_) => SecurityAct::DeleteWeb3Wallet(part),
        SecurityAct::DeleteExternalAccount(_) => SecurityAct::DeleteExternalAccount(part),
        SecurityAct::RevokeTrustedDevice(_) => SecurityAct::RevokeTrustedDevice(part),
        act => act,
    }
}

/// One of each act on one user, about what is there.
fn acts_on_one(state: &Path) -> Vec<Act> {
    let picture = state.join("ada.png");
    std::fs::write(&picture, b"\x89PNG\r\n\x1a\n").unwrap();
    let upload = ImageAct::Set {
        path: picture.to_str().unwrap().to_owned(),
        picture: Picture { content_type: "image/png", bytes: 8 },
    };
    // As they are listed they are about no row, and about a file that is not there.
    let with_matter = |act| match act {
        Act::Image(ImageAct::Set { .. }) => Act::Image(upload.clone()),
        Act::Security(act) => Act::Security(on_a_row(act)),
        act => act,
    };
    let access = [
        AccessAct::Impersonate { actor: "kim".into() },
        AccessAct::EndImpersonation { link: Some("act_1".into()), actor: "kim".into() },
        AccessAct::LinkSignIn,
        AccessAct::RevokeSignInLink { link: "sit_1".into() },
    ];
    acts().into_iter().map(with_matter).chain(access.map(Act::Access)).collect()
}

/// One of each act on many.
fn acts_on_many() -> Vec<JobAct> {
    let (organization, name, key) = (OrganizationId::from("org_1"), "Acme".to_owned(), "tier".to_owned());
    vec![
        JobAct::Ban,
        JobAct::Unban,
        JobAct::Lock,
        JobAct::Unlock,
        JobAct::SignOut,
        JobAct::Delete { copies: false },
        JobAct::RemoveFromOrganization { organization: organization.clone(), name: name.clone() },
        JobAct::AddToOrganization { organization, name },
        JobAct::SetMetadata { bag: Bag::Public, key: key.clone(), to: Some(json!(3)) },
        JobAct::RestoreMetadata { bag: Bag::Public, key, expected: None },
        JobAct::Block { what: Blocking::EmailAddress },
        JobAct::Unblock { what: Blocking::EmailAddress },
    ]
}

/// Everything that the core can ask for, but to leave read-only.
pub(super) fn everything(state: &Path) -> Vec<Work> {
    let (id, grounds, user) = (ChangeId(1), Grounds::default(), UserId::from(USER_ID));
    let person = Person::default();
    let lists = [RestrictionList::Blocklist, RestrictionList::Allowlist];
    let identifier = || "*@spam.example".to_owned();
    let add = lists.map(|to| RestrictionAct::Add { to, identifier: identifier(), notify: false });
    let remove = lists.map(|from| RestrictionAct::Remove { from, id: "id_1".into(), identifier: identifier() });
    let restrict = |act| Work::Restrict(RestrictionChange { id, act, beside: None, grounds: grounds.clone() });
    let change = |act| {
        let (user, person, grounds) = (user.clone(), person.clone(), grounds.clone());
        Work::Change(Change { id, act, user, person, grounds })
    };
    let begin = |act: JobAct| {
        let given = matches!(act, JobAct::AddToOrganization { .. }).then(|| json!("org:member"));
        let given = given.or(matches!(act, JobAct::RestoreMetadata { .. }).then(|| json!(3)));
        let given = given.or(matches!(act, JobAct::Unblock { .. }).then(|| json!("id_1")));
        let targets = vec![JobTarget { id: user.clone(), person: person.clone(), given, undoes: None }];
        let plan = Plan { act, targets, grounds: grounds.clone(), chosen: "one".into() };
        Work::Job(id, JobRequest::Begin(Box::new(plan)))
    };
    let invitation = NewInvitation {
        place: Place { id: "org_1".into(), name: "Acme".into() },
        email_address: "grace@example.com".into(),
        role: RoleName { key: "org:member".into(), name: "Member".into() },
        redirect_url: None,
        expires_in_days: None,
        notify: true,
    };
    let revoke = InvitationAct::Revoke { id: USER_ID.into(), invitation: invitation.clone() };
    let invite = |act| Work::Invite(InvitationChange { id, act, beside: None, grounds: grounds.clone() });
    let invites = [InvitationAct::Create(invitation), revoke].map(invite);
    let deleted = in_brief(&copy_of_the_user("elsewhere"), None);
    let others = [
        Work::Restore(Restoration { id, deleted, grounds: grounds.clone() }),
        Work::Purge(id, user.clone()),
        Work::Create(id, NewUser::default()),
        Work::Fetch { slot: SlotId::Instance, generation: Generation(1), fetch: Fetch::Instance },
        Work::Cancel(SlotId::Instance),
        Work::KeepNote { id, user: user.clone(), text: Some("kept here".into()) },
        Work::Remember(Remember::Columns(Columns::default())),
        Work::After(Timer::Search, Duration::ZERO),
        Work::Disarm(Timer::Search),
        Work::ReadOnly(true),
    ];
    let changes = acts_on_one(state).into_iter().map(change);
    let restrictions = add.into_iter().chain(remove).map(restrict);
    changes.chain(restrictions).chain(invites).chain(acts_on_many().into_iter().map(begin)).chain(others).collect()
}

/// Whether it sends something else than GET.
pub(super) fn writes(work: &Work) -> bool {
    match work {
        // What is fetched with a GET is asked about because it is a secret; it changes nothing.
        Work::Change(change) => !matches!(change.act, Act::OAuth(_)),
        Work::Create(..) | Work::Restore(_) | Work::Restrict(_) | Work::Invite(_) | Work::Job(..) => true,
        Work::Fetch { .. }
        | Work::Cancel(_)
        | Work::Purge(..)
        | Work::KeepNote { .. }
        | Work::ReadOnly(_)
        | Work::Remember(_)
        | Work::After(..)
        | Work::Disarm(_) => false,
    }
}

/// Carries it out as the loop does, and waits until nothing more comes of it. What was replied.
pub(super) async fn carry_out(performer: Performer, works: impl IntoIterator<Item = Work>) -> Vec<Reply> {
    let (mut background, mut replies) = (Background::new(performer), Vec::new());
    for work in works {
        let (has_reply, is_job) = match &work {
            Work::Job(..) => (true, true),
            Work::Change(_)
            | Work::Create(..)
            | Work::Restore(_)
            | Work::Purge(..)
            | Work::Restrict(_)
            | Work::Invite(_)
            | Work::Fetch { .. }
            | Work::KeepNote { .. }
            | Work::Remember(_) => (true, false),
            Work::Cancel(_) | Work::ReadOnly(_) | Work::After(..) | Work::Disarm(_) => (false, false),
        };
        background.carry_out(work);
        let (mut has_ended, mut stands) = (!has_reply, !is_job);
        while !(has_ended && stands) {
            match background.next().await {
                Event::Reply(reply) => {
                    has_ended = true;
                    // Nothing is told of a job that does not begin.
                    stands |= matches!(reply, Reply::Job { result: Err(_), .. });
                    replies.push(reply);
                }
                Event::Job(report) => stands |= report.state.is_over() || matches!(report.state, JobState::Paused(_)),
                _ => {}
            }
        }
    }
    replies
}

fn kinds<T>(all: impl IntoIterator<Item = T>) -> HashSet<Discriminant<T>> {
    all.into_iter().map(|one| discriminant(&one)).collect()
}

#[test]
fn everything_is_in_what_is_asked_for() {
    let state = TempDir::new().unwrap();
    assert_eq!(kinds(everything(state.path())).len(), Work::COUNT);
    assert_eq!(kinds(acts_on_one(state.path())).len(), Act::COUNT);
    assert_eq!(kinds(acts_on_many()).len(), JobAct::COUNT);
}

#[tokio::test]
async fn whatever_is_asked_for_nothing_but_get_leaves() {
    let files = TempDir::new().unwrap();
    for work in everything(files.path()) {
        for read_only in [true, false] {
            let (server, state) = (server(&work).await, TempDir::new().unwrap());
            if matches!(work, Work::Restore(_)) {
                let copy = copy_of_the_user(&server.address().to_string());
                Trash::of(state.path()).append(now(), &[Line::Copy(Box::new(copy))]).unwrap();
            }
            let restraint = Restraint { read_only, ..Restraint::default() };
            carry_out(performer(&server, state.path(), restraint), [work.clone()]).await;
            assert_eq!(written(&server).await > 0, writes(&work) && !read_only, "{work:?}, read-only: {read_only}");
        }
    }
}

#[tokio::test]
async fn it_holds_from_when_it_is_switched_on_until_it_is_switched_off() {
    let files = TempDir::new().unwrap();
    let ban = || everything(files.path()).swap_remove(0);
    let (server, state) = (server(&ban()).await, TempDir::new().unwrap());
    let works = [ban(), Work::ReadOnly(true), ban(), Work::ReadOnly(false), ban()];
    carry_out(performer(&server, state.path(), Restraint::default()), works).await;
    assert_eq!(written(&server).await, 2);
}
