//! The filter form, with an organization in it.

use super::{
    Stage,
    members::{asked_about, filtered_by, found},
    organizations::{acme, globex, looked_for},
};
use crate::app::{Dialog, Event, Fetch, SlotId, dialog::FilterForm};

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
