// Organizations, their members, roles and invitations, through Clerk's SDK.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { everybody, refused, withEachSdk } from "./emulator.mjs";

withEachSdk((stage) => {
  let organizationId;
  let organization;
  let newcomer;

  before(async () => {
    const { data } = await stage.clerk.organizations.getOrganizationList({ limit: 100, includeMembersCount: true });
    organization = data.find(({ membersCount }) => membersCount > 3);
    organizationId = organization.id;
    newcomer = await stage.clerk.users.createUser({
      emailAddress: ["newcomer@example.com"],
      skipPasswordRequirement: true,
    });
  });

  const roles = async () => {
    const { data } = await stage.clerk.organizations.getOrganizationMembershipList({ organizationId, limit: 500 });
    return Object.fromEntries(data.map(({ publicUserData, role }) => [publicUserData.userId, role]));
  };
  const admin = async () => Object.entries(await roles()).find(([, role]) => role === "org:admin")[0];

  test("organizations are listed, ordered, searched and shown", async () => {
    const { organizations } = stage.clerk;
    const { data, totalCount } = await organizations.getOrganizationList({ limit: 500, orderBy: "+name" });
    assert.equal(data.length, totalCount);
    assert.deepEqual(data.map(({ name }) => name), data.map(({ name }) => name).sort());
    const found = await organizations.getOrganizationList({ query: organization.name.toUpperCase() });
    assert.ok(found.data.some(({ id }) => id === organizationId));
    const byId = await organizations.getOrganization({ organizationId, includeMembersCount: true });
    assert.deepEqual(
      [byId.name, byId.slug, byId.membersCount],
      [organization.name, organization.slug, Object.keys(await roles()).length],
    );
    assert.equal((await organizations.getOrganization({ slug: organization.slug })).id, organizationId);
    const nobody = organizations.getOrganization({ organizationId: "org_nobody" });
    await assert.rejects(nobody, refused(404, "resource_not_found"));
  });

  test("members are filtered, and listed over all organizations", async () => {
    const { organizations } = stage.clerk;
    const all = await roles();
    const admins = await organizations.getOrganizationMembershipList({ organizationId, role: ["org:admin"], limit: 500 });
    assert.equal(admins.totalCount, Object.values(all).filter((role) => role === "org:admin").length);
    const [userId] = Object.keys(all);
    const one = await organizations.getOrganizationMembershipList({ organizationId, userId: [userId] });
    assert.deepEqual(one.data.map(({ publicUserData }) => publicUserData.userId), [userId]);
    const everywhere = await organizations.getInstanceOrganizationMembershipList({ limit: 500 });
    const here = everywhere.data.filter((membership) => membership.organization.id === organizationId);
    assert.equal(everywhere.data.length, everywhere.totalCount);
    assert.deepEqual(here.map(({ publicUserData }) => publicUserData.userId).sort(), Object.keys(all).sort());
  });

  test("members come, change and go", async () => {
    const { organizations, users } = stage.clerk;
    const member = { organizationId, userId: newcomer.id };
    const membership = await organizations.createOrganizationMembership({ ...member, role: "org:member" });
    assert.deepEqual([membership.role, membership.organization.id], ["org:member", organizationId]);
    const again = organizations.createOrganizationMembership({ ...member, role: "org:member" });
    await assert.rejects(again, refused(400, "already_a_member_in_organization"));
    const promoted = await organizations.updateOrganizationMembership({ ...member, role: "org:admin" });
    assert.equal(promoted.role, "org:admin");
    assert.equal((await roles())[newcomer.id], "org:admin");
    const noted = await organizations.updateOrganizationMembershipMetadata({
      ...member,
      publicMetadata: { desk: 4, gone: null },
    });
    assert.deepEqual(noted.publicMetadata, { desk: 4 });
    const { data, totalCount } = await users.getOrganizationMembershipList({ userId: newcomer.id });
    assert.deepEqual([totalCount, data[0].role, data[0].publicMetadata], [1, "org:admin", { desk: 4 }]);
    assert.equal((await organizations.deleteOrganizationMembership(member)).id, membership.id);
    assert.equal((await users.getOrganizationMembershipList({ userId: newcomer.id })).totalCount, 0);
    assert.equal((await roles())[newcomer.id], undefined);
  });

  test("invitations are sent by who runs it, listed and taken back", async () => {
    const { organizations } = stage.clerk;
    const inviterUserId = await admin();
    const stranger = (await everybody(stage.clerk)).find(({ id }) => id === newcomer.id);
    const asked = { organizationId, emailAddress: "guest@example.com", role: "org:member" };
    await assert.rejects(
      organizations.createOrganizationInvitation({ ...asked, inviterUserId: stranger.id }),
      (error) => error.status >= 400 && error.status < 500,
    );
    const invitation = await organizations.createOrganizationInvitation({
      ...asked,
      inviterUserId,
      publicMetadata: { from: "the tests" },
    });
    assert.deepEqual(
      [invitation.emailAddress, invitation.role, invitation.status, invitation.organizationId],
      ["guest@example.com", "org:member", "pending", organizationId],
    );
    assert.deepEqual(invitation.publicMetadata, { from: "the tests" });
    await assert.rejects(organizations.createOrganizationInvitation(asked), refused(400, "duplicate_record"));
    const ids = async (status) => {
      const list = await organizations.getOrganizationInvitationList({ organizationId, status: [status], limit: 500 });
      return list.data.map(({ id }) => id);
    };
    assert.ok((await ids("pending")).includes(invitation.id));
    const revoked = await organizations.revokeOrganizationInvitation({
      organizationId,
      invitationId: invitation.id,
      requestingUserId: inviterUserId,
    });
    assert.equal(revoked.status, "revoked");
    assert.ok(!(await ids("pending")).includes(invitation.id));
    assert.ok((await ids("revoked")).includes(invitation.id));
  });

  test("roles are those that members have", async (context) => {
    const { organizationRoles } = stage.clerk;
    if (!organizationRoles) return context.skip("this SDK is older");
    const { data, totalCount } = await organizationRoles.getOrganizationRoleList({ orderBy: "+created_at" });
    assert.equal(data.length, totalCount);
    const keys = data.map(({ key }) => key);
    for (const role of Object.values(await roles())) assert.ok(keys.includes(role), role);
    const admins = data.find(({ key }) => key === "org:admin");
    assert.equal(admins.isCreatorEligible, true);
    assert.ok(admins.permissions.length > 0);
  });
});
