// Reading users through Clerk's SDK.

import assert from "node:assert/strict";
import { test } from "node:test";
import { everybody, refused, withEachSdk } from "./emulator.mjs";

withEachSdk((stage) => {
  test("a list is a page, newest first, with the count of all", async () => {
    const { clerk } = stage;
    const { data, totalCount } = await clerk.users.getUserList({ limit: 20 });
    assert.equal(data.length, 20);
    assert.equal(totalCount, 200);
    for (const [index, user] of data.slice(1).entries()) assert.ok(user.createdAt <= data[index].createdAt);
    const next = await clerk.users.getUserList({ limit: 20, offset: 20 });
    assert.ok(next.data.every((user) => !data.some((other) => other.id === user.id)));
  });

  test("filters and orders are obeyed", async () => {
    const { clerk } = stage;
    const all = await everybody(clerk);
    const someone = all.find((user) => user.emailAddresses.length > 0);
    const emailAddress = someone.emailAddresses[0].emailAddress;
    const byEmail = await clerk.users.getUserList({ emailAddress: [emailAddress] });
    assert.deepEqual(byEmail.data.map((user) => user.id), [someone.id]);
    assert.equal(byEmail.totalCount, 1);
    const byIds = await clerk.users.getUserList({ userId: all.slice(0, 3).map((user) => user.id) });
    assert.equal(byIds.totalCount, 3);
    const part = emailAddress.slice(1, -1);
    const byPart = await clerk.users.getUserList({ query: part.toUpperCase() });
    assert.ok(byPart.data.some((user) => user.id === someone.id), part);
    const oldest = await clerk.users.getUserList({ orderBy: "+created_at", limit: 1 });
    assert.equal(oldest.data[0].id, all.at(-1).id);
    assert.equal(await clerk.users.getCount({ query: "nobody is called so" }), 0);
    assert.equal(await clerk.users.getCount(), 200);
  });

  test("one user has every part", async () => {
    const { clerk } = stage;
    const all = await everybody(clerk);
    for (const { id } of all.slice(0, 10)) {
      const user = await clerk.users.getUser(id);
      assert.equal(user.id, id);
      assert.equal(typeof user.banned, "boolean");
      assert.equal(typeof user.createdAt, "number");
      assert.ok(Array.isArray(user.externalAccounts));
    }
    assert.ok(all.some((user) => user.externalAccounts.length > 0 && user.externalAccounts[0].provider));
    assert.ok(all.some((user) => user.primaryEmailAddress?.verification?.status === "verified"));
  });

  test("a user who does not exist is Clerk's 404", async () => {
    await assert.rejects(stage.clerk.users.getUser("user_nobody"), (error) => {
      assert.ok(error.clerkTraceId);
      return refused(404, "resource_not_found")(error);
    });
  });

  test("a wrong key is Clerk's 401", async () => {
    const stranger = stage.connect({ secretKey: "sk_test_somebodyElse" });
    await assert.rejects(stranger.users.getCount(), refused(401, "clerk_key_invalid"));
  });

  test("memberships tell organization and role", async () => {
    const { clerk } = stage;
    let found = 0;
    for (const user of (await everybody(clerk)).slice(0, 60)) {
      const memberships = await clerk.users.getOrganizationMembershipList({ userId: user.id });
      assert.equal(memberships.data.length, Math.min(memberships.totalCount, 10));
      for (const membership of memberships.data) {
        assert.match(membership.role, /^org:/);
        assert.ok(membership.organization.slug);
        assert.equal(membership.publicUserData.userId, user.id);
        found += 1;
      }
    }
    assert.ok(found > 0, "somebody belongs somewhere");
  });

  test("invitations to organizations find the user by address", async () => {
    const { clerk } = stage;
    const { data: organizations } = await clerk.organizations.getOrganizationList({ limit: 1 });
    const invited = await clerk.users.createUser({ emailAddress: ["invited@example.com"], skipPasswordRequirement: true });
    const ofUser = async (status) => {
      const list = await clerk.users.getOrganizationInvitationList({ userId: invited.id, status });
      assert.equal(list.totalCount, list.data.length);
      return list.data.map(({ emailAddress, role, status }) => ({ emailAddress, role, status }));
    };
    assert.deepEqual(await ofUser("pending"), []);
    const invitation = { emailAddress: "invited@example.com", role: "org:member" };
    await clerk.organizations.createOrganizationInvitation({ organizationId: organizations[0].id, ...invitation });
    assert.deepEqual(await ofUser("pending"), [{ ...invitation, status: "pending" }]);
    assert.deepEqual(await ofUser("revoked"), []);
  });

  test("tokens of accounts elsewhere are those of the user's accounts", async () => {
    const { clerk } = stage;
    const user = (await everybody(clerk)).find((user) => user.externalAccounts.length > 0);
    const account = user.raw.external_accounts[0];
    const provider = account.provider.replace(/^oauth_/, "");
    const ids = user.raw.external_accounts.filter((other) => other.provider === account.provider);
    const { data, totalCount } = await clerk.users.getUserOauthAccessToken(user.id, provider);
    assert.equal(totalCount, ids.length);
    assert.deepEqual(
      data.map((token) => token.externalAccountId),
      ids.map((other) => other.external_account_id ?? other.id),
    );
    assert.equal(data[0].provider, account.provider);
    assert.deepEqual(data[0].scopes, account.approved_scopes.split(" ").filter(Boolean));
    assert.ok(data[0].token.length > 20);
    const again = await clerk.users.getUserOauthAccessToken(user.id, provider);
    assert.equal(again.data[0].token, data[0].token);
    const without = (await everybody(clerk)).find((user) => user.externalAccounts.length === 0);
    assert.deepEqual((await clerk.users.getUserOauthAccessToken(without.id, provider)).data, []);
  });
});
