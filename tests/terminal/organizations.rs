//! Journeys among organizations: from the keys to what the API says afterwards.

use crate::journeys::Journey;
use lazyclerk::clerk::{
    model::{Organization, OrganizationMembership, UserId},
    query::{PageLimit, PageStart, Select, UserFilter, UserPage, UserQuery},
};
use std::collections::BTreeSet;

/// What the API says of where the user belongs.
fn memberships(journey: &Journey) -> Vec<OrganizationMembership> {
    let users = journey.clerk.users();
    let page = users.organization_memberships(&journey.id, PageLimit::MAX, 0);
    journey.runtime.block_on(page).unwrap().value.data
}

#[test]
fn a_user_is_added_to_an_organization_that_is_picked_by_name() {
    let mut journey = Journey::begin();
    let organization = journey.organization();
    journey.terminal.send("\r").wait_for("esc back").send("2").wait_for("n add to org");
    pick(&mut journey, &organization);
    journey.terminal.wait_for("Role of Zora").wait_for("org:member");
    let letter = letter_of(&journey, "org:member");
    journey.terminal.send(&letter).wait_for("Add Zora to").wait_for("esc or n cancel");
    journey.terminal.send("\r").wait_for("Added Zora to").wait_for("Memberships 1");
    let [membership] = &memberships(&journey)[..] else { panic!("{:?}", memberships(&journey)) };
    assert_eq!((&membership.organization.id, membership.role.as_str()), (&organization.id, "org:member"));
    // Once there, it cannot be chosen again.
    pick(&mut journey, &organization);
    journey.terminal.wait_for("is a member").wait_for("Already Member of").send("\u{1b}").wait_for("n add to org");
    journey.act("u", "Undo: remove Zora from", "Removed Zora from");
    assert!(memberships(&journey).is_empty());
    assert_eq!(journey.audited(), ["add_membership", "done", "remove_membership", "done"]);
}

/// The ids of the organization's members, as the API has them.
fn members(journey: &Journey, organization: &Organization) -> BTreeSet<UserId> {
    let filter =
        UserFilter { organization_id: vec![Select::Include(organization.id.clone())], ..UserFilter::default() };
    let (query, page) =
        (UserQuery { filter, ..UserQuery::default() }, UserPage { start: PageStart::FIRST, limit: PageLimit::MAX });
    let users = journey.runtime.block_on(journey.clerk.users().list(&query, &page)).unwrap().value;
    users.iter().map(|user| user.id.clone()).collect()
}

#[test]
fn an_organization_is_opened_from_a_membership_and_left_again() {
    let mut journey = Journey::begin();
    let organization = journey.organization();
    let member = journey.clerk.organizations();
    journey.runtime.block_on(member.add_member(&organization.id, &journey.id, "org:member")).unwrap();
    let count = members(&journey, &organization).len();
    journey.terminal.send("\r").wait_for("esc back").send("2r").wait_for("enter members");
    journey.terminal.send("\r").wait_for(&format!("org:{}", organization.slug));
    journey.terminal.wait_for(&format!("1 of {count} match")).wait_for("enter open");
    // Back to the user, in the same tab, and then to everybody.
    journey.terminal.send("\u{1b}").wait_for("enter members").wait_for("1 of 21");
    journey.terminal.send("\u{1b}").wait_for("enter open");
}

#[test]
fn an_organization_is_named_in_the_search_line() {
    let mut journey = Journey::begin();
    let organization = journey.organization();
    let member = journey.clerk.organizations();
    journey.runtime.block_on(member.add_member(&organization.id, &journey.id, "org:member")).unwrap();
    let count = members(&journey, &organization).len();
    journey.terminal.send(&format!("/org:\"{}\"\r", organization.name)).wait_for(&format!("1 of {count} match"));
    journey.terminal.send("/").wait_for("enter list");
    // The filter goes as a whole; then one that no organization has.
    journey.terminal.send("\u{7f}").wait_for("of 21").send("org:xyzzy\r");
    journey.terminal.wait_for("org: no organization is called xyzzy").wait_for("Zora");
    journey.terminal.send("\u{1b}").wait_for("1 of 21");
    journey.terminal.send(&format!("/-org:{}\r", organization.slug)).wait_for(&format!("of {} match", 21 - count));
}

/// Opens the picker, looks for the organization, and chooses it.
fn pick(journey: &mut Journey, organization: &Organization) {
    journey.terminal.send("n").wait_for("Add Zora to").wait_for("type to narrow them down").send(&organization.slug);
    let chosen = format!("› {}", organization.name);
    journey.terminal.wait_until("what is looked for", |terminal| {
        !terminal.text().contains("type to narrow") && terminal.text().contains(&chosen)
    });
    journey.terminal.send("\r");
}

/// The key that stands before a choice of the open menu.
fn letter_of(journey: &Journey, choice: &str) -> String {
    let text = journey.terminal.text();
    let line = text.lines().find(|line| line.contains(choice)).unwrap();
    let menu = line.split('│').next_back().unwrap();
    menu.trim_start_matches([' ', '›']).chars().next().unwrap().to_string()
}

#[test]
fn the_filter_form_finds_who_is_asked_for() {
    let mut journey = Journey::begin();
    let organization = journey.organization();
    let member = journey.clerk.organizations();
    journey.runtime.block_on(member.add_member(&organization.id, &journey.id, "org:member")).unwrap();
    journey.terminal.send("f").wait_for("Filter the list").wait_for("enter show").send("zora");
    // To the organization, which is picked by its name, and to when they signed up.
    journey.terminal.send("\u{f}").wait_for("Members of which organization?").wait_for("type to narrow them down");
    let chosen = format!("› {}", organization.name);
    journey.terminal.send(&organization.slug).wait_until("what is looked for", |terminal| {
        !terminal.text().contains("type to narrow") && terminal.text().contains(&chosen)
    });
    journey.terminal.send("\r").wait_for("Filter the list").wait_for(&organization.slug);
    journey.terminal.send("\t\t\t\tyesterday\r");
    let line = format!("zora org:{} created:yesterday..", organization.slug);
    journey.terminal.wait_for(&line).wait_for("1 of 1 match");
    assert!(journey.terminal.selected().contains("Zora"));
    // Nobody is both in it and banned; the form shows what the line says.
    journey.terminal.send("f").wait_for("enter show").wait_for("created since     yesterday");
    journey
        .terminal
        .send("\u{1b}[Z\u{1b}[Z\u{1b}[Z\u{1b}[Z\u{1b}[Z\u{1b}[Z\u{1b}[Z ")
        .wait_for("banned          › yes");
    journey.terminal.send("\r").wait_for("No user matches");
}
