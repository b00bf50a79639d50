//! Memberships and invitations.

use super::Journey;
use lazyclerk::clerk::{
    invitations::CreateOrganizationInvitation,
    model::{InvitationStatus, Timestamp},
    organizations::MembershipQuery,
    query::PageLimit,
    users::CreateUser,
};

#[test]
fn a_member_gets_another_role_and_is_removed_and_added_again() {
    let mut journey = Journey::begin();
    let organization = journey.organization();
    // An organization keeps an admin: there is another one, else the way back would be refused.
    let other = CreateUser { username: Some("grace".into()), ..CreateUser::default() };
    let other = journey.runtime.block_on(journey.clerk.users().create(&other)).unwrap().value.id.clone();
    for (user, role) in [(&other, "org:admin"), (&journey.id, "org:member")] {
        journey.runtime.block_on(journey.clerk.organizations().add_member(&organization.id, user, role)).unwrap();
    }
    let role = |journey: &Journey| {
        let memberships = journey.clerk.users();
        let page = memberships.organization_memberships(&journey.id, PageLimit::MAX, 0);
        journey.runtime.block_on(page).unwrap().value.data.first().map(|membership| membership.role.clone())
    };
    journey.terminal.send("\r").wait_for("esc back").send("2r").wait_for("e role").send("e").wait_for("Role of Zora");
    journey.terminal.send("G").wait_until("the oldest", |terminal| terminal.text().contains("› 3  Admin"));
    journey.terminal.send("\r").wait_for("Make Zora Admin of").wait_for("cancel").send("\r").wait_for("Zora is Admin");
    assert_eq!(role(&journey).as_deref(), Some("org:admin"));
    journey
        .terminal
        .send("u")
        .wait_for("Undo: make Zora Member of")
        .wait_for("cancel")
        .send("\r")
        .wait_for("Zora is Member");
    assert_eq!(role(&journey).as_deref(), Some("org:member"));
    journey.act("d", "Remove Zora from", "Removed Zora from");
    assert_eq!(role(&journey), None);
    journey.act("u", "Undo: add Zora to", "Added Zora to");
    assert_eq!(role(&journey).as_deref(), Some("org:member"));
    let audited = ["change_role", "done", "change_role", "done", "remove_membership", "done", "add_membership", "done"];
    assert_eq!(journey.audited(), audited);
}

#[test]
fn the_last_admin_is_told_so_before_clerk_refuses() {
    let mut journey = Journey::begin();
    let organization = journey.organization();
    let organizations = journey.clerk.organizations();
    let admins = MembershipQuery { roles: vec!["org:admin".into()], ..MembershipQuery::default() };
    let page = organizations.memberships(&organization.id, &admins, PageLimit::MAX, 0);
    let others = journey.runtime.block_on(page).unwrap().value.data;
    journey.runtime.block_on(organizations.add_member(&organization.id, &journey.id, "org:admin")).unwrap();
    for membership in others {
        let user = membership.public_user_data.unwrap().user_id;
        journey.runtime.block_on(organizations.set_role(&organization.id, &user, "org:member")).unwrap();
    }
    journey.terminal.send("\r").wait_for("esc back").send("2r").wait_for("e role").send("d");
    journey.terminal.wait_for("Remove Zora from").wait_for("The last admin of").wait_for("cancel").send("\r");
    journey.terminal.wait_for("Zora was not removed from");
    let users = journey.clerk.users();
    let memberships = users.organization_memberships(&journey.id, PageLimit::MAX, 0);
    let left = journey.runtime.block_on(memberships).unwrap().value.data;
    assert_eq!(left.iter().map(|membership| membership.role.as_str()).collect::<Vec<_>>(), ["org:admin"]);
    assert_eq!(journey.audited(), ["remove_membership", "failed"]);
}

#[test]
fn a_user_is_invited_and_that_is_taken_back_and_done_again() {
    let mut journey = Journey::begin();
    let organization = journey.organization();
    let open = |journey: &Journey| {
        let users = journey.clerk.users();
        let page = users.organization_invitations(&journey.id, Some(InvitationStatus::Pending), PageLimit::MAX, 0);
        let open = journey.runtime.block_on(page).unwrap().value.data;
        open.into_iter().map(|it| (it.organization_id.unwrap(), it.role, it.expires_at)).collect::<Vec<_>>()
    };
    journey.terminal.send("\r").wait_for("esc back").send("3").wait_for("n invite").send("n");
    journey.terminal.wait_for("Invite to which organization?").wait_for("enter choose").send(organization.id.as_str());
    journey.terminal.wait_for("1 organization").send("\r").wait_for("send an email").wait_for("zora@example.com");
    // Another role, a number of days that is none, and then one that is.
    journey.terminal.wait_for("next field").send("\ta\t\t999\r").wait_for("Type a number of days");
    journey.terminal.send("\u{7f}\u{7f}\r").wait_for("Invite zora@example.com to");
    journey.terminal.wait_for("esc or n cancel").send("\r").wait_for("Invited zora@example.com to");
    let [(place, role, expires_at)] = &open(&journey)[..] else { panic!("{:?}", open(&journey)) };
    let days = expires_at.unwrap().since(Timestamp::from(jiff::Timestamp::now())).as_secs() / 3_600;
    assert_eq!((place, role.as_str(), days), (&organization.id, "org:admin", 9 * 24 - 1));
    journey.terminal.wait_for("pending");
    journey.act("u", "Undo: revoke the invitation of", "Revoked the invitation of");
    assert!(open(&journey).is_empty());
    journey.terminal.send("\u{12}").wait_for("Redo: invite zora@example.com").wait_for("esc or n cancel").send("\r");
    journey.terminal.wait_for("Invited zora@example.com to");
    assert_eq!(open(&journey).len(), 1);
    // What it was is known at the next start.
    journey.restart();
    journey.terminal.send("u").wait_for("Undo: revoke the invitation of").wait_for("esc or n cancel").send("\r");
    journey.terminal.wait_for("Revoked the invitation of");
    assert!(open(&journey).is_empty());
    let (create, revoke) = ("create_organization_invitation", "revoke_organization_invitation");
    assert_eq!(journey.audited(), [create, "done", revoke, "done", create, "done", revoke, "done"]);
}

#[test]
fn a_stranger_is_invited_seen_among_the_invited_and_not_any_more() {
    let mut journey = Journey::begin();
    let organization = journey.organization();
    let stranger = "stranger@elsewhere.example";
    let count = |journey: &Journey, status: InvitationStatus| {
        let invitations = journey.clerk.invitations();
        let page = invitations.list_to_organization(&organization.id, Some(status), Some(stranger), PageLimit::MAX, 0);
        journey.runtime.block_on(page).unwrap().value.total_count
    };
    journey.terminal.send(":").wait_for("cancel").send("invitations of\r").wait_for("Invitations to which");
    journey.terminal.wait_for("enter choose").send(organization.id.as_str()).wait_for("1 organization").send("\r");
    journey.terminal.wait_for("Pending invitations to").wait_for("n invite").send("n");
    journey.terminal.wait_for("send an email").wait_for("next field").send(stranger).send("\r");
    journey.terminal.wait_for("Invite stranger@").wait_for("esc or n cancel").send("\r");
    journey.terminal.wait_for("Invited stranger@elsewhere.example");
    assert_eq!(count(&journey, InvitationStatus::Pending), 1);
    // It is the newest of them; whoever was chosen before stays chosen.
    journey.terminal.wait_for("Pending invitations to").send("g");
    journey.terminal.wait_until("the new one", |terminal| terminal.text().contains("› stranger@"));
    journey.terminal.send("d").wait_for("Revoke the invitation of").wait_for("esc or n cancel").send("\r");
    journey.terminal.wait_for("Revoked the invitation of");
    assert_eq!((count(&journey, InvitationStatus::Pending), count(&journey, InvitationStatus::Revoked)), (0, 1));
    journey
        .terminal
        .wait_for("Pending invitations to")
        .send("f")
        .wait_for("Show by status")
        .wait_for("enter run")
        .send("r");
    journey.terminal.wait_for("Revoked invitations to");
    journey.terminal.wait_until("the one taken back", |terminal| terminal.text().contains("› stranger@"));
    let (create, revoke) = ("create_organization_invitation", "revoke_organization_invitation");
    assert_eq!(journey.audited(), [create, "done", revoke, "done"]);
}

#[test]
fn an_invitation_is_revoked() {
    let mut journey = Journey::begin();
    let organization = journey.organization();
    let invitation = CreateOrganizationInvitation {
        email_address: "zora@example.com".into(),
        role: "org:member".into(),
        ..CreateOrganizationInvitation::default()
    };
    let invitations = journey.clerk.invitations();
    journey.runtime.block_on(invitations.create_to_organization(&organization.id, &invitation)).unwrap();
    journey.terminal.send("\r").wait_for("esc back").send("3").wait_for("d remove");
    journey.act("d", "Revoke the invitation of Zora to", "Revoked the invitation of Zora to");
    journey.terminal.wait_for("revoked");
    let users = journey.clerk.users();
    let left = users.organization_invitations(&journey.id, Some(InvitationStatus::Pending), PageLimit::MAX, 0);
    assert_eq!(journey.runtime.block_on(left).unwrap().value.total_count, 0);
}
