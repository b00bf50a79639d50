use super::{plans::SHOWN, *};
use crate::{
    app::tests::stage::{NOW, received, timed_out, user},
    clerk::{InstanceKind, model::OrganizationId},
};
use std::sync::Arc;

fn known(user: User) -> Arc<Known> {
    Arc::new(Known::new(received(user), NOW))
}

fn targets(count: usize) -> Vec<Target> {
    (0..count).map(|number| Target::of(&known(user(number)))).collect()
}

fn site() -> Site {
    Site { instance: "acme".into(), kind: InstanceKind::Production, share: 50 }
}

fn many(act: JobAct, count: usize) -> Many {
    Many::new(act, targets(count), "by hand".into(), site(), Protected::default())
}

/// Answers every look with those of `users` whom it asks for.
fn look_up(many: &mut Many, users: &[User]) {
    while let Some((place, Fetch::Among { users: asked, .. })) = many.wants().into_iter().next() {
        let found = users.iter().filter(|user| asked.contains(&user.id)).cloned().map(received).collect();
        many.take(place, Ok(found), NOW);
    }
}

#[test]
fn everybody_is_looked_up_a_hundred_at_a_time_and_counted_by_what_would_become_of_them() {
    let mut many = many(JobAct::Ban, 214);
    assert_eq!((many.people().tally().unknown, many.why_not().is_some()), (214, true));
    let sizes: Vec<usize> = many
        .wants()
        .iter()
        .map(|(_, fetch)| match fetch {
            Fetch::Among { users, members_of } if members_of.is_empty() => users.len(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(sizes, [100, 100, 14]);
    // Three are banned already, and two are gone.
    let users: Vec<User> = (2..214).map(|number| User { banned: number < 5, ..user(number) }).collect();
    look_up(&mut many, &users);
    let tally = Tally { changed: 209, already: 3, gone: 2, ..Tally::default() };
    assert_eq!((many.people().tally(), many.why_not()), (tally, None));
    assert_eq!(many.plans()[0].targets.len(), 209, "who is so already is not in the job");
    assert_eq!(many.expected().as_deref(), Some("209"));
}

#[test]
fn what_the_list_knows_is_told_at_once_and_what_differs_then_is_told_too() {
    let rows = [known(user(0)), known(User { banned: true, ..user(1) })];
    let mut many = many(JobAct::Ban, 2).knowing(rows.iter().map(|row| &**row), NOW);
    assert_eq!((many.people().tally().changed, many.people().tally().already), (1, 1));
    assert_eq!(many.why_not(), None);
    // Somebody has lifted one ban and banned the other meanwhile.
    look_up(&mut many, &[User { banned: true, ..user(0) }, user(1)]);
    assert_eq!(many.people().changed_meanwhile(), 2);
    assert_eq!(many.plans()[0].targets, [Target::of(&known(user(1)))]);
}

#[test]
fn an_answer_with_somebody_who_was_not_asked_for_stops_it() {
    let mut many = many(JobAct::Ban, 2);
    let (place, _) = many.wants().remove(0);
    many.take(place, Ok(vec![received(user(0)), received(user(7))]), NOW);
    let failure = many.people().failure().expect("it is told").to_string();
    assert!(failure.contains("user_7") && !many.is_ready() && many.wants().is_empty(), "{failure}");
    assert_eq!(many.people().tally().unknown, 2, "nothing of that answer counts");
}

#[test]
fn who_could_not_be_looked_up_is_not_acted_on_until_they_can() {
    let mut many = many(JobAct::Ban, 120);
    many.take(0, Err(timed_out()), NOW);
    assert!(many.why_not().is_some() && many.wants().is_empty());
    many.look_again();
    look_up(&mut many, &(0..120).map(user).collect::<Vec<_>>());
    assert_eq!((many.why_not(), many.people().tally().changed), (None, 120));
}

#[test]
fn the_protected_are_skipped_and_named() {
    let protected = Protected {
        users: [UserId::from("user_0")].into(),
        email_addresses: ["person1@example.com".to_owned()].into(),
        organizations: [OrganizationId::from("org_own")].into(),
        ..Protected::default()
    };
    let mut many = Many::new(JobAct::Delete { copies: true }, targets(4), String::new(), site(), protected);
    // Of four, the third belongs to the own organization.
    for (place, fetch) in many.wants() {
        let Fetch::Among { members_of, .. } = fetch else { panic!("{fetch:?}") };
        let found = if members_of.is_empty() { (0..4).map(user).collect() } else { vec![user(2)] };
        many.take(place, Ok(found.into_iter().map(received).collect()), NOW);
    }
    let tally = many.people().tally();
    assert_eq!((tally.changed, tally.protected, tally.unknown), (1, 3, 0));
    let named: Vec<String> = many.people().protections().iter().map(ToString::to_string).collect();
    assert_eq!(named, ["by id", "person1@example.com", "member of a protected organization"]);
    assert_eq!(many.plans()[0].targets, [Target::of(&known(user(3)))]);
}

#[test]
fn only_members_are_removed() {
    let act = JobAct::RemoveFromOrganization { organization: OrganizationId::from("org_1"), name: "Acme".into() };
    let mut many = many(act, 3);
    for (place, fetch) in many.wants() {
        let Fetch::Among { members_of, .. } = fetch else { panic!("{fetch:?}") };
        let found = if members_of.is_empty() { vec![user(0), user(1)] } else { vec![user(1)] };
        many.take(place, Ok(found.into_iter().map(received).collect()), NOW);
    }
    let expected = Tally { changed: 1, already: 1, gone: 1, ..Tally::default() };
    assert_eq!(many.people().tally(), expected);
}

#[test]
fn somebody_who_is_marked_twice_is_meant_once() {
    let twice = targets(2).into_iter().chain(targets(2)).collect();
    let many = Many::new(JobAct::Ban, twice, String::new(), site(), Protected::default());
    assert_eq!(many.people().targets(), targets(2));
}

#[test]
fn what_goes_with_a_ban_becomes_a_job_of_its_own() {
    let mut many = many(JobAct::Ban, 12);
    look_up(&mut many, &(0..12).map(user).collect::<Vec<_>>());
    many.give_reason(" spam wave ");
    assert!(many.toggle_box(0) && many.toggle_box(1) && !many.toggle_box(2));
    let plans = many.plans();
    let acts: Vec<&JobAct> = plans.iter().map(|plan| &plan.act).collect();
    let block = |what| JobAct::Block { what };
    assert_eq!(acts, [&JobAct::Ban, &block(Blocking::EmailAddress), &block(Blocking::Domain)]);
    assert!(plans.iter().all(|plan| plan.grounds.reason.as_deref() == Some("spam wave") && plan.targets.len() == 12));
    assert_eq!(many.dry_run().requests.len(), 1 + 12 + 12);
}

#[test]
fn all_domains_are_offered_only_where_they_are_few() {
    let at = |domains: usize| {
        let mut targets = targets(60);
        for (number, target) in targets.iter_mut().enumerate() {
            target.person.identifier = Some(Identifier::EmailAddress(format!("x@{}.example", number % domains)));
        }
        Many::new(JobAct::Ban, targets, String::new(), site(), Protected::default()).boxes().len()
    };
    assert_eq!((at(5), at(6)), (2, 1));
}

#[test]
fn a_copy_is_kept_unless_its_box_is_unticked() {
    let mut many = many(JobAct::Delete { copies: true }, 2);
    assert_eq!(many.act(), JobAct::Delete { copies: true });
    many.toggle_box(0);
    assert_eq!(many.act(), JobAct::Delete { copies: false });
    assert!(many.words().kept.contains("nothing, neither"), "{}", many.words().kept);
}

#[test]
fn the_keys_go_from_the_number_over_the_reason_to_the_buttons_where_cancel_is_first() {
    let places = |many: &mut Many| {
        let mut places = vec![many.place()];
        loop {
            many.next_place();
            if many.place() == places[0] {
                return places;
            }
            places.push(many.place());
        }
    };
    let button = ManyPlace::Button;
    let rest = [button(Button::Who), button(Button::DryRun)];
    let mut typed = many(JobAct::Lock, 20);
    look_up(&mut typed, &(0..20).map(user).collect::<Vec<_>>());
    let expected = [ManyPlace::Typing, ManyPlace::Reason, button(Button::Cancel), button(Button::Do)];
    assert_eq!(places(&mut typed), [&expected[..], &rest].concat());
    let mut by_key = many(JobAct::Lock, 3);
    look_up(&mut by_key, &(0..3).map(user).collect::<Vec<_>>());
    let expected = [button(Button::Do), ManyPlace::Reason, button(Button::Cancel)];
    assert_eq!(places(&mut by_key), [&expected[..], &rest].concat());
}

#[test]
fn masked_nobody_has_to_type_what_must_not_be_seen() {
    let mut many = many(JobAct::Delete { copies: true }, 1);
    look_up(&mut many, &[user(0)]);
    assert_eq!(many.expected().as_deref(), Some("person0@example.com"));
    many.follow(site(), true);
    assert_eq!((many.expected().as_deref(), many.words().question.as_str()), (Some("user_0"), "Delete user_0"));
}

#[test]
fn the_requests_of_a_dry_run_are_the_first_and_how_many_more() {
    let mut many = many(JobAct::Lock, 250);
    look_up(&mut many, &(1..250).map(user).collect::<Vec<_>>());
    let run = many.dry_run();
    assert_eq!((run.requests.len(), run.more), (SHOWN, 149));
    assert_eq!(run.skipped.iter().map(|(_, lot)| lot).collect::<Vec<_>>(), [&Lot::Gone]);
}
