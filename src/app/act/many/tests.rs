use super::*;
use crate::app::{Person, act::Bag, job::Target, person::Identifier};
use rstest::rstest;
use serde_json::json;

fn site(kind: InstanceKind) -> Site {
    let share = if kind == InstanceKind::Production { 50 } else { 90 };
    Site { instance: "acme".into(), kind, share }
}

fn words(act: &JobAct, count: usize, kind: InstanceKind) -> ManyWords {
    act.words(&Whom::Many(count), &site(kind))
}

fn targets(count: usize) -> Vec<Target> {
    let target = |number| Target {
        id: format!("user_{number}").into(),
        person: Person { name: None, identifier: Some(Identifier::EmailAddress(format!("{number}@inbox.example"))) },
        given: None,
        undoes: None,
    };
    (0..count).map(target).collect()
}

/// One of each act, those with parts with some.
fn acts() -> Vec<JobAct> {
    let (organization, name) = (crate::clerk::model::OrganizationId::from("org_1"), "Acme".to_owned());
    let (bag, key) = (Bag::Public, "plan".to_owned());
    vec![
        JobAct::Ban,
        JobAct::Unban,
        JobAct::Lock,
        JobAct::Unlock,
        JobAct::SignOut,
        JobAct::Delete { copies: true },
        JobAct::Delete { copies: false },
        JobAct::RemoveFromOrganization { organization: organization.clone(), name: name.clone() },
        JobAct::AddToOrganization { organization, name },
        JobAct::SetMetadata { bag, key: key.clone(), to: Some(json!("team")) },
        JobAct::SetMetadata { bag, key: key.clone(), to: None },
        JobAct::RestoreMetadata { bag, key, expected: None },
        JobAct::Block { what: Blocking::EmailAddress },
        JobAct::Unblock { what: Blocking::Domain },
    ]
}

#[test]
fn the_words_are_those_of_the_drawing() {
    let words = words(&JobAct::Ban, 209, InstanceKind::Production);
    assert_eq!((words.question.as_str(), words.title.as_str()), ("Ban 209 users", "ban 209 users"));
    assert_eq!(words.ask, "Type 209 to ban 209 users of acme production");
    assert_eq!(words.cost.to_string(), "5 requests, about 1 s, at half the limit: the other half is your app's");
    assert_eq!((words.will, words.already), ("will be banned", "are banned already, and stay so"));
    assert_eq!(words.failed, "209 users were not banned");
}

/// The table of what asks, and how hard.
#[rstest]
#[case(JobAct::Ban, 2, None, None)]
#[case(JobAct::Ban, 9, None, None)]
#[case(JobAct::Ban, 10, None, Some("10"))]
#[case(JobAct::Unban, 3_214, None, Some("3214"))]
#[case(JobAct::SignOut, 12, None, Some("12"))]
#[case(JobAct::Delete { copies: true }, 2, Some("2"), Some("delete 2"))]
#[case(JobAct::Delete { copies: false }, 3_214, Some("3214"), Some("delete 3214"))]
fn how_hard_it_asks(
    #[case] act: JobAct,
    #[case] count: usize,
    #[case] development: Option<&str>,
    #[case] production: Option<&str>,
) {
    for (kind, expected) in [(InstanceKind::Development, development), (InstanceKind::Production, production)] {
        let expected = expected.map_or(Asks::Key, |text| Asks::Typing(text.to_owned()));
        assert_eq!(words(&act, count, kind).asks, expected, "{kind:?}");
    }
}

#[test]
fn one_is_called_by_name_and_deleted_by_identifier() {
    let one = Whom::One { called: "Ada Lovelace", identifier: "ada@analytical.example" };
    let site = site(InstanceKind::Production);
    let delete = JobAct::Delete { copies: true }.words(&one, &site);
    assert_eq!(delete.question, "Delete Ada Lovelace");
    assert_eq!(delete.asks, Asks::Typing("ada@analytical.example".into()));
    assert_eq!(delete.failed, "Ada Lovelace was not deleted");
    assert_eq!(JobAct::Ban.words(&one, &site).asks, Asks::Key);
}

#[test]
fn every_act_has_words_that_fit() {
    for act in acts() {
        for count in [1, 2, 3_214] {
            let words = words(&act, count, InstanceKind::Production);
            assert!(words.verb.len() <= 12, "{words:?}");
            let sentences = [&words.question, &words.now, &words.kept, &words.undo, &words.done, &words.failed];
            assert!(sentences.iter().all(|text| !text.is_empty()), "{words:?}");
            assert!(words.done.ends_with('.') && !words.failed.ends_with('.'), "{words:?}");
            assert_eq!(words.question.contains("3,214 users"), count == 3_214, "{words:?}");
            assert!(words.undo.starts_with("none") == act.inverse().is_none(), "undo says what there is: {words:?}");
        }
    }
}

#[rstest]
#[case(JobAct::Ban, 10_000, InstanceKind::Production, 50, "200 requests, about 4 s")]
#[case(JobAct::Delete { copies: true }, 3_000, InstanceKind::Production, 50, "3,000 requests, about 60 s")]
#[case(JobAct::Delete { copies: true }, 3_000, InstanceKind::Production, 100, "3,000 requests, about 30 s")]
#[case(JobAct::Delete { copies: true }, 3_000, InstanceKind::Development, 90, "3,000 requests, about 6 min")]
#[case(JobAct::Lock, 1, InstanceKind::Development, 90, "1 request, about 1 s")]
#[case(JobAct::SignOut, 40, InstanceKind::Production, 50, "at least 40 requests, about 1 s")]
fn the_cost_is_told_at_the_present_share(
    #[case] act: JobAct,
    #[case] users: usize,
    #[case] kind: InstanceKind,
    #[case] share: u8,
    #[case] told: &str,
) {
    let cost = act.words(&Whom::Many(users), &Site { share, ..site(kind) }).cost;
    assert_eq!(cost.in_short(), told);
    assert!(cost.to_string().starts_with(told) && cost.to_string().contains("limit"), "{cost}");
}

#[test]
fn bans_go_fifty_a_request_and_the_rest_one_by_one() {
    let targets = targets(120);
    let bans: Vec<RequestPreview> = requests(&JobAct::Ban, &targets).collect();
    let ids = |request: &RequestPreview| request.body.as_ref().unwrap()["user_ids"].as_array().unwrap().len();
    assert_eq!(bans.iter().map(ids).collect::<Vec<_>>(), [50, 50, 20]);
    assert!(bans.iter().all(|request| (request.method, request.path.as_str()) == ("POST", "/v1/users/ban")));
    for act in acts() {
        let count = requests(&act, &targets).count();
        let cost = act.words(&Whom::Many(120), &site(InstanceKind::Production)).cost;
        assert_eq!(count, cost.requests, "the dry run shows what the dialog counts: {act:?}");
    }
}

#[test]
fn each_request_names_whom_and_what() {
    let targets = targets(1);
    let first = |act: JobAct| {
        let request = requests(&act, &targets).next().unwrap();
        (request.method, request.path, request.body)
    };
    let key = |to| JobAct::SetMetadata { bag: Bag::Private, key: "plan".into(), to };
    let metadata = "/v1/users/user_0/metadata".to_owned();
    let body = |value| Some(json!({ "private_metadata": { "plan": value } }));
    assert_eq!(first(key(Some(json!(12)))), ("PATCH", metadata.clone(), body(json!(12))));
    assert_eq!(first(key(None)), ("PATCH", metadata, body(Value::Null)));
    let block = |what| first(JobAct::Block { what });
    let path = || "/v1/blocklist_identifiers".to_owned();
    let identifier = |text: &str| Some(json!({ "identifier": text }));
    assert_eq!(block(Blocking::EmailAddress), ("POST", path(), identifier("0@inbox.example")));
    assert_eq!(block(Blocking::Domain), ("POST", path(), identifier("*@inbox.example")));
    assert_eq!(first(JobAct::Delete { copies: true }), ("DELETE", "/v1/users/user_0".into(), None));
}

#[test]
fn long_values_are_cut() {
    let act = JobAct::SetMetadata { bag: Bag::Public, key: "bio".into(), to: Some(json!("ä".repeat(200))) };
    let words = words(&act, 2, InstanceKind::Development);
    assert!(words.now.starts_with("public.bio becomes \"äää") && words.now.chars().count() < 70, "{}", words.now);
}
