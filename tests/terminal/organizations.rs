//! Journeys among organizations: from the keys to what the API says afterwards.

use crate::journeys::Journey;
use lazyclerk::clerk::{
    model::{Organization, OrganizationMembership},
    query::PageLimit,
};

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
