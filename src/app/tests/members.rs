//! An organization's members as the list: opening one, naming one in the search line.

use super::{
    Stage,
    organizations::{acme, globex, member_of, organization, page},
    stage::timed_out,
};
use crate::{
    app::{Event, Fetch, Fetched, Focus, SlotId, detail::Tab},
    clerk::model::Organization,
};
use std::time::Duration;

/// The organizations that the list is being asked for, as they are sent; none when nothing is asked.
pub(super) fn filtered_by(stage: &Stage) -> Option<Vec<String>> {
    let Fetch::Users { query, .. } = stage.fetch(SlotId::List)? else { panic!() };
    let parameters = query.filter.to_parameters().into_iter();
    Some(parameters.filter(|(name, _)| *name == "organization_id").map(|(_, value)| value).collect())
}

/// The name that Clerk is being asked about.
pub(super) fn asked_about(stage: &Stage) -> Option<&str> {
    match stage.fetch(SlotId::Named)? {
        Fetch::NamedOrganizations(name) => Some(name),
        other => panic!("{other:?}"),
    }
}

pub(super) fn found(organizations: Vec<Organization>) -> Fetched {
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
