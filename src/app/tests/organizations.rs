//! Organizations: adding a user to one, opening one, and naming one in the search line.

use super::{
    Stage,
    stage::{refused, timed_out},
};
use crate::{
    app::{
        Act, Dialog, Event, Fetch, Fetched, Focus, Made, SlotId,
        act::{OrganizationAct, Place, RoleName},
        detail::Tab,
        dialog::{FilterForm, Picker},
    },
    clerk::model::{Organization, OrganizationMembership, Page, Role},
};
use std::time::Duration;

fn organization(number: usize, name: &str) -> Organization {
    Organization {
        id: format!("org_{number}").into(),
        name: name.into(),
        slug: name.to_lowercase().replace(' ', "-"),
        members_count: Some(3),
        ..Organization::default()
    }
}

fn member_of(organization: Organization) -> OrganizationMembership {
    OrganizationMembership { role: "org:admin".into(), organization, ..OrganizationMembership::default() }
}

fn page<T>(data: Vec<T>) -> Page<T> {
    Page { total_count: data.len() as u64, data }
}

fn roles() -> Fetched {
    let role = |key: &str, name: &str| Role { key: key.into(), name: name.into(), ..Role::default() };
    Fetched::Roles(vec![role("org:admin", "Admin"), role("org:member", "Member")])
}

/// Everything that the picker shows at first: Acme, where the user is, and Globex, where not.
fn with_picker() -> Stage {
    let mut stage = Stage::with_users(3);
    stage.press("enter 2 n");
    stage.answer(SlotId::Organizations, Fetched::Organizations(page(vec![acme(), globex()])));
    stage.answer(SlotId::Joined, Fetched::Memberships(page(vec![member_of(acme())])));
    stage.answer(SlotId::Roles, roles());
    stage
}

fn acme() -> Organization {
    organization(1, "Acme")
}

fn globex() -> Organization {
    organization(2, "Globex")
}

fn picker(stage: &Stage) -> &Picker {
    match stage.app.dialog() {
        Some(Dialog::Picker(picker)) => picker,
        other => panic!("{other:?}"),
    }
}

/// The text that organizations are being looked for with.
fn looked_for(stage: &Stage) -> Option<&str> {
    match stage.fetch(SlotId::Organizations)? {
        Fetch::Organizations { text, .. } => Some(text),
        other => panic!("{other:?}"),
    }
}

fn add_to_globex() -> Act {
    let place = Place { id: "org_2".into(), name: "Globex".into() };
    Act::Organization(OrganizationAct::Add {
        place,
        role: RoleName { key: "org:member".into(), name: "Member".into() },
    })
}

#[test]
fn a_user_is_added_where_they_are_not_and_taken_out_again() {
    let mut stage = with_picker();
    stage.press("down enter 2");
    assert!(stage.question().contains("Add Person 0 to Globex?"), "{}", stage.question());
    stage.press("enter");
    assert_eq!((&stage.changes[0].act, stage.changes[0].user.as_str()), (&add_to_globex(), "user_0"));
    assert!(stage.app.dialog().is_none(), "the picker is done with");
    stage.succeed_with(Made::Done);
    assert_eq!(stage.notice(), "Added Person 0 to Globex as Member.");
    assert!(matches!(stage.fetch(SlotId::Memberships), Some(Fetch::Memberships { offset: 0, .. })), "read anew");
    stage.press("u enter");
    let Act::Organization(OrganizationAct::Remove { place, .. }) = &stage.changes[1].act else { panic!() };
    assert_eq!((place.id.as_str(), stage.changes[1].grounds.undoes.is_some()), ("org_2", true));
}

#[test]
fn where_the_user_is_already_cannot_be_chosen() {
    let mut stage = with_picker();
    assert!(picker(&stage).membership(&"org_1".into()).is_some());
    stage.press("enter");
    assert!(stage.notice().starts_with("Already org:admin of Acme"), "{}", stage.notice());
    assert!(matches!(stage.app.dialog(), Some(Dialog::Picker(_))));
}

#[test]
fn n_means_an_organization_in_the_memberships_only() {
    let mut stage = Stage::with_users(3);
    stage.press("enter n");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Form(_))));
    stage.press("esc 2 n");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Picker(_))));
    stage.press("j q");
    assert_eq!(picker(&stage).field().text(), "jq", "every printable key is text");
    stage.press("esc");
    assert!(stage.app.dialog().is_none());
}

#[test]
fn organizations_are_looked_for_when_typing_rests_and_older_answers_are_dropped() {
    let mut stage = with_picker();
    stage.press("g l");
    assert_eq!(looked_for(&stage), None);
    stage.wait(Duration::from_millis(120));
    assert_eq!(looked_for(&stage), Some("gl"));
    let (generation, _) = stage.waiting[&SlotId::Organizations].clone();
    stage.press("o").wait(Duration::from_millis(120));
    assert_eq!(looked_for(&stage), Some("glo"));
    let result = Ok(Fetched::Organizations(page(vec![acme()])));
    stage.send(Event::Reply(crate::app::Reply::Fetched { slot: SlotId::Organizations, generation, result }));
    assert_eq!(picker(&stage).rows().len(), 2, "the old rows stay");
    stage.press("down enter");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Picker(_))), "what answers another text cannot be chosen");
    stage.answer(SlotId::Organizations, Fetched::Organizations(page(vec![globex()]))).press("enter");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Menu(_))));
}

#[test]
fn enter_looks_at_once_and_a_paste_too() {
    let mut stage = with_picker();
    stage.press("x enter");
    assert_eq!(looked_for(&stage), Some("x"));
    stage.send(Event::Paste("yz\n".into()));
    assert_eq!(looked_for(&stage), Some("xyz"));
}

#[test]
fn one_step_back_is_one_step_back() {
    let mut stage = with_picker();
    stage.press("down enter 2 esc");
    assert_eq!(picker(&stage).cursor(), 1, "another one can be chosen");
    stage.press("esc");
    assert!(stage.app.dialog().is_none());
}

#[test]
fn what_cannot_be_read_is_said_in_the_picker_and_asked_for_again() {
    let mut stage = Stage::with_users(3);
    stage.press("enter 2 n").fail(SlotId::Organizations, refused(403, "organization_not_enabled_in_instance"));
    assert!(picker(&stage).failure().is_some() && stage.notice().is_empty());
    stage.press("enter");
    assert_eq!(looked_for(&stage), Some(""));
    stage.answer(SlotId::Organizations, Fetched::Organizations(page(vec![globex()]))).press("enter");
    assert_eq!(stage.notice(), "Where the user belongs already is still being read.");
    stage.fail(SlotId::Joined, timed_out()).fail(SlotId::Roles, timed_out()).press("enter");
    assert!(stage.notice().starts_with("The roles could not be read"), "{}", stage.notice());
    stage.press("esc esc n").answer(SlotId::Roles, roles());
    stage.answer(SlotId::Organizations, Fetched::Organizations(page(vec![globex()])));
    stage.fail(SlotId::Joined, timed_out()).press("enter 2");
    assert!(stage.question().contains("Add Person 0 to Globex?"), "Clerk refuses what is so already");
}

#[test]
fn a_full_organization_says_so_and_what_to_do() {
    let mut stage = with_picker();
    stage.press("down enter 2 enter").fail_change(refused(403, "organization_membership_quota_exceeded"));
    assert!(stage.notice().starts_with("Person 0 was not added to Globex: "), "{}", stage.notice());
    let crate::app::NoticeKind::Failure { advice, .. } = &stage.app.notice().unwrap().kind else { panic!() };
    assert!(advice.contains("limit"), "{advice}");
}

#[test]
fn a_user_who_is_being_changed_waits() {
    let mut stage = Stage::with_users(3);
    stage.press("enter 2 b enter n");
    assert!(stage.app.dialog().is_none());
    assert!(stage.notice().starts_with("Wait for what is under way"), "{}", stage.notice());
}

/// The organizations that the list is being asked for, as they are sent; none when nothing is asked.
fn filtered_by(stage: &Stage) -> Option<Vec<String>> {
    let Fetch::Users { query, .. } = stage.fetch(SlotId::List)? else { panic!() };
    let parameters = query.filter.to_parameters().into_iter();
    Some(parameters.filter(|(name, _)| *name == "organization_id").map(|(_, value)| value).collect())
}

/// The name that Clerk is being asked about.
fn asked_about(stage: &Stage) -> Option<&str> {
    match stage.fetch(SlotId::Named)? {
        Fetch::NamedOrganizations(name) => Some(name),
        other => panic!("{other:?}"),
    }
}

fn found(organizations: Vec<Organization>) -> Fetched {
    Fetched::Organizations(page(organizations))
}

/// The memberships of the first of three users, read.
fn with_memberships() -> Stage {
    let mut stage = Stage::begin();
    stage.answer_list((0..3).map(super::stage::user)).wait(Duration::from_millis(100));
    let memberships = page(vec![member_of(acme()), member_of(globex())]);
    stage.answer(SlotId::Memberships, Fetched::Memberships(memberships)).press("enter 2");
    stage
}

#[test]
fn an_organization_opens_as_the_list_of_its_members_and_one_step_back_is_the_user_again() {
    let mut stage = with_memberships();
    stage.press("down enter");
    assert_eq!((stage.app.focus(), stage.app.search().text()), (Focus::List, "org:globex"));
    assert_eq!(filtered_by(&stage), Some(vec!["org_2".to_owned()]));
    assert_eq!(asked_about(&stage), None, "what is known is not looked up");
    stage.answer_list([super::stage::user(2), super::stage::user(0)]);
    // Another member, and another organization of theirs.
    stage.press("enter").wait(Duration::from_millis(100));
    stage.answer(SlotId::Memberships, Fetched::Memberships(page(vec![member_of(acme())]))).press("enter");
    assert_eq!((filtered_by(&stage), stage.app.search().text()), (Some(vec!["org_1".to_owned()]), "org:acme"));
    stage.press("esc");
    let shown = |stage: &Stage| (stage.app.subject().unwrap().id.to_string(), stage.app.detail().tab());
    assert_eq!((shown(&stage), stage.app.search().text()), (("user_2".to_owned(), Tab::Memberships), "org:globex"));
    stage.press("esc esc");
    assert_eq!((shown(&stage), stage.app.search().text()), (("user_0".to_owned(), Tab::Memberships), ""));
    assert_eq!((stage.app.focus(), filtered_by(&stage)), (Focus::Detail, Some(Vec::new())));
}

#[test]
fn the_way_back_from_an_organization_leads_to_the_row_that_it_was_opened_from() {
    let mut stage = with_memberships();
    let opened = stage.app.subject().unwrap().id.clone();
    stage.press("down enter").answer_list([super::stage::user(7)]);
    stage.press("esc");
    // The list of before, in which they are no longer the first.
    stage.answer_list([super::stage::user(9), super::stage::user(8), super::stage::user(0)]);
    assert_eq!(stage.app.list().selected().map(|known| known.id.clone()), Some(opened));
}

#[test]
fn another_line_is_not_the_organization_any_more() {
    let mut stage = with_memberships();
    stage.press("enter").answer_list([super::stage::user(0)]);
    stage.press("/ x enter esc");
    assert_eq!((stage.app.focus(), stage.app.search().text()), (Focus::List, ""));
    stage.press("esc");
    assert_eq!(stage.app.focus(), Focus::List);
}

#[test]
fn without_a_membership_there_is_nothing_to_open() {
    let mut stage = Stage::with_users(3);
    stage.press("enter 2 enter");
    assert_eq!((stage.notice(), stage.app.focus()), ("There is no membership here.", Focus::Detail));
}

#[test]
fn a_name_in_the_line_is_looked_up_before_anybody_is_shown() {
    let mut stage = Stage::with_users(50);
    stage.press("/ o r g : a c m e");
    assert_eq!(asked_about(&stage), None, "not while it is being typed");
    stage.wait(Duration::from_millis(120));
    assert_eq!((asked_about(&stage), filtered_by(&stage)), (Some("acme"), None));
    stage.answer(SlotId::Named, found(vec![acme()]));
    assert_eq!(filtered_by(&stage), Some(vec!["org_1".to_owned()]));
    stage.answer_list([super::stage::user(1)]).press("esc").answer_list([super::stage::user(1)]);
    stage.press("/").send(Event::Paste("-org:Acme".into()));
    assert_eq!((asked_about(&stage), filtered_by(&stage)), (None, Some(vec!["-org_1".to_owned()])), "remembered");
}

#[test]
fn a_line_that_is_edited_meanwhile_is_not_asked_for_by_the_answer() {
    let mut stage = Stage::with_users(50);
    stage.press("/").send(Event::Paste("org:acme".into()));
    let (generation, _) = stage.waiting[&SlotId::Named].clone();
    stage.press("x");
    assert_eq!(asked_about(&stage), None, "cancelled");
    let result = Ok(found(vec![acme()]));
    stage.send(Event::Reply(crate::app::Reply::Fetched { slot: SlotId::Named, generation, result }));
    assert_eq!(filtered_by(&stage), None);
    stage.wait(Duration::from_millis(120));
    assert_eq!(asked_about(&stage), Some("acmex"));
}

#[test]
fn a_name_that_is_not_one_organization_shows_nobody_and_says_what_would_be_right() {
    let mut stage = Stage::with_users(50);
    stage.press("/").send(Event::Paste("org:ac".into()));
    stage.press("enter").answer(SlotId::Named, found(vec![acme(), organization(3, "Acacia")]));
    let fault = stage.app.search().line().fault();
    assert_eq!(fault, Some("org: no organization is called ac; there is acme, acacia"));
    assert_eq!((filtered_by(&stage), asked_about(&stage)), (None, None), "and it is not asked about for ever");
    stage.press("r");
    assert_eq!(asked_about(&stage), Some("ac"), "there may be one by now");
    stage.fail(SlotId::Named, timed_out());
    let fault = stage.app.search().line().fault();
    assert_eq!(fault, Some("org: ac could not be looked up; r tries again"));
    assert!(stage.notice().starts_with("Reading failed"), "{}", stage.notice());
}

#[test]
fn backspace_takes_a_filter_out_as_a_whole() {
    let mut stage = Stage::with_users(50);
    stage.press("/").send(Event::Paste("ada banned:yes created:<3d".into())).press("enter /");
    stage.press("backspace");
    assert_eq!(stage.app.search().text(), "ada banned:yes ");
    stage.press("backspace");
    assert_eq!(stage.app.search().text(), "ada ");
    stage.press("backspace backspace");
    assert_eq!(stage.app.search().text(), "ad", "words are letters");
    stage.press("space b a n n e d : y e s backspace");
    assert_eq!(stage.app.search().text(), "ad banned:ye", "what is being typed is letters too");
    stage.press("s space left backspace");
    assert_eq!(stage.app.search().text(), "ad banned:ye ");
}

/// Opens the filter form and goes to its field for organizations, the ninth.
fn with_filter_form() -> Stage {
    let mut stage = Stage::with_users(50);
    stage.press("f tab tab tab tab tab tab tab tab");
    stage
}

fn filter_form(stage: &Stage) -> &FilterForm {
    match stage.app.dialog() {
        Some(Dialog::Filter(form)) => form,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_filter_form_writes_the_search_line() {
    let mut stage = Stage::with_users(50);
    stage.press("/").send(Event::Paste("ada banned:no".into())).press("enter").answer_list([super::stage::user(1)]);
    stage.press("f x tab tab tab");
    stage.send(Event::Paste("+44 20".into())).press("enter");
    assert!(stage.app.dialog().is_none());
    assert_eq!(stage.app.search().text(), "adax banned:no phone:\"+44 20\"");
    let Some(Fetch::Users { query, .. }) = stage.fetch(SlotId::List) else { panic!() };
    assert_eq!(query.filter.phone_number_query.as_deref(), Some("+44 20"));
    assert_eq!((query.filter.query.as_deref(), query.filter.banned), (Some("adax"), Some(false)));
    stage.press("f ctrl-x enter");
    assert_eq!((stage.app.search().text(), filtered_by(&stage)), ("", Some(Vec::new())));
}

#[test]
fn a_form_that_is_left_changes_nothing() {
    let mut stage = Stage::with_users(50);
    stage.press("f a d a esc");
    assert_eq!((stage.app.search().text(), filtered_by(&stage)), ("", None));
}

#[test]
fn an_organization_is_picked_into_the_form() {
    let mut stage = with_filter_form();
    stage.press("ctrl-o");
    assert_eq!((looked_for(&stage), stage.fetch(SlotId::Joined)), (Some(""), None), "nobody is to be added");
    stage.answer(SlotId::Organizations, found(vec![acme(), globex()])).press("down enter");
    assert_eq!(filter_form(&stage).text(), "org:globex");
    stage.press("enter");
    assert_eq!((filtered_by(&stage), asked_about(&stage)), (Some(vec!["org_2".to_owned()]), None));
}

#[test]
fn a_name_in_the_form_is_looked_up_before_the_form_goes() {
    let mut stage = with_filter_form();
    stage.press("a c enter");
    assert_eq!((asked_about(&stage), filtered_by(&stage)), (Some("ac"), None));
    stage.answer(SlotId::Named, found(vec![acme()]));
    let form = filter_form(&stage);
    let fault = form.fields()[form.cursor()].fault.as_deref();
    assert_eq!(fault, Some("no organization is called ac; there is acme"));
    stage.press("m e");
    assert!(filter_form(&stage).fields().iter().all(|field| field.fault.is_none()));
    stage.press("enter").answer(SlotId::Named, found(vec![acme()]));
    assert_eq!((stage.app.dialog().is_none(), filtered_by(&stage)), (true, Some(vec!["org_1".to_owned()])));
}

#[test]
fn a_form_that_is_left_or_edited_while_it_waits_is_not_sent_by_the_answer() {
    for keys in ["x", "esc"] {
        let mut stage = with_filter_form();
        stage.press("a c m e enter");
        let (generation, _) = stage.waiting[&SlotId::Named].clone();
        stage.press(keys);
        assert_eq!(asked_about(&stage), None);
        let result = Ok(found(vec![acme()]));
        stage.send(Event::Reply(crate::app::Reply::Fetched { slot: SlotId::Named, generation, result }));
        assert_eq!((stage.app.search().text(), filtered_by(&stage)), ("", None));
    }
}

#[test]
fn f_is_for_the_status_in_the_tabs_that_have_one() {
    let mut stage = Stage::with_users(3);
    stage.press("enter 4 f");
    assert!(matches!(stage.app.dialog(), Some(Dialog::Menu(_))));
}
