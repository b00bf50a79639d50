//! Another instance, while the program runs.

use super::stage::{Stage, user};
use crate::{
    app::{Dialog, Effect, Event, dialog::MenuKind},
    clerk::model::User,
};

fn typed_behind(stage: &mut Stage, words: &str) {
    stage.press(":").send(Event::Paste(words.into())).press("enter");
}

fn with(profiles: &[&str], open: Option<&str>) -> Stage {
    let mut stage = Stage::with_users(3);
    stage.name_profiles(profiles, open);
    stage
}

fn switched(stage: &Stage) -> Option<&str> {
    stage.last.iter().find_map(|effect| match effect {
        Effect::Switch(name) => Some(name.as_str()),
        _ => None,
    })
}

#[test]
fn a_profile_is_chosen_from_a_menu_on_the_open_one() {
    let mut stage = with(&["acme", "shop"], Some("shop"));
    stage.press("p");
    let Some(Dialog::Menu(menu)) = stage.app.dialog() else { panic!("{:?}", stage.app.dialog()) };
    assert_eq!((menu.kind(), menu.cursor(), menu.items().len()), (MenuKind::Profile, 1, 2));
    stage.press("enter");
    assert_eq!((switched(&stage), stage.notice()), (None, "shop is open already."));
    stage.press("p 1");
    assert_eq!(switched(&stage), Some("acme"));
}

#[test]
fn a_profile_is_named_behind_the_word() {
    let mut stage = with(&["acme", "shop"], None);
    typed_behind(&mut stage, "profile shpo");
    assert_eq!((switched(&stage), stage.notice()), (None, "There is no profile \"shpo\"; did you mean shop?"));
    typed_behind(&mut stage, "profile shop");
    assert_eq!(switched(&stage), Some("shop"));
    let mut none = with(&[], None);
    none.press("p");
    assert!(none.app.dialog().is_none() && none.notice().contains("lazyclerk profile add"), "{}", none.notice());
}

#[test]
fn it_waits_for_the_change_under_way_and_leaving_after_it_leaves() {
    let mut stage = with(&["acme"], None);
    stage.press("b enter p 1");
    assert_eq!(switched(&stage), None);
    stage.succeed(User { banned: true, ..user(0) });
    assert_eq!(switched(&stage), Some("acme"));
    let mut stage = with(&["acme"], None);
    stage.press("b enter p 1 q");
    assert!(stage.last.contains(&Effect::Quit) && switched(&stage).is_none(), "the later word holds");
}
