// Reading users through Clerk's SDK, and what moderation needs most.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sdks, startEmulator } from "./emulator.mjs";

for (const [name, createClerkClient] of sdks) {
  describe(name, () => {
    let emulator;
    let clerk;

    before(async () => {
      emulator = await startEmulator();
      clerk = createClerkClient(emulator);
    });
    after(() => emulator.stop());

    test("a list is a page, newest first, with the count of all", async () => {
      const { data, totalCount } = await clerk.users.getUserList({ limit: 20 });
      assert.equal(data.length, 20);
      assert.equal(totalCount, 200);
      for (const [index, user] of data.slice(1).entries()) assert.ok(user.createdAt <= data[index].createdAt);
      const next = await clerk.users.getUserList({ limit: 20, offset: 20 });
      assert.ok(next.data.every((user) => !data.some((other) => other.id === user.id)));
    });

    test("filters and orders are obeyed", async () => {
      const { data: everybody } = await clerk.users.getUserList({ limit: 200 });
      const someone = everybody.find((user) => user.emailAddresses.length > 0);
      const emailAddress = someone.emailAddresses[0].emailAddress;
      const byEmail = await clerk.users.getUserList({ emailAddress: [emailAddress] });
      assert.deepEqual(byEmail.data.map((user) => user.id), [someone.id]);
      assert.equal(byEmail.totalCount, 1);
      const byIds = await clerk.users.getUserList({ userId: everybody.slice(0, 3).map((user) => user.id) });
      assert.equal(byIds.totalCount, 3);
      const part = emailAddress.slice(1, -1);
      const byPart = await clerk.users.getUserList({ query: part.toUpperCase() });
      assert.ok(byPart.data.some((user) => user.id === someone.id), part);
      const oldest = await clerk.users.getUserList({ orderBy: "+created_at", limit: 1 });
      assert.equal(oldest.data[0].id, everybody.at(-1).id);
      assert.equal(await clerk.users.getCount({ query: "nobody is called so" }), 0);
      assert.equal(await clerk.users.getCount(), 200);
    });

    test("one user has every part", async () => {
      const { data } = await clerk.users.getUserList({ limit: 200 });
      for (const { id } of data.slice(0, 10)) {
        const user = await clerk.users.getUser(id);
        assert.equal(user.id, id);
        assert.equal(typeof user.banned, "boolean");
        assert.equal(typeof user.createdAt, "number");
        assert.ok(Array.isArray(user.externalAccounts));
      }
      assert.ok(data.some((user) => user.externalAccounts.length > 0 && user.externalAccounts[0].provider));
      assert.ok(data.some((user) => user.primaryEmailAddress?.verification?.status === "verified"));
    });

    test("a user who does not exist is Clerk's 404", async () => {
      await assert.rejects(clerk.users.getUser("user_nobody"), (error) => {
        assert.equal(error.status, 404);
        assert.equal(error.errors[0].code, "resource_not_found");
        assert.ok(error.clerkTraceId);
        return true;
      });
    });

    test("a wrong key is Clerk's 401", async () => {
      const stranger = createClerkClient({ ...emulator, secretKey: "sk_test_somebodyElse" });
      await assert.rejects(stranger.users.getCount(), (error) => {
        assert.equal(error.status, 401);
        return true;
      });
    });

    test("a ban signs out, and is taken back", async () => {
      const { data } = await clerk.users.getUserList({ limit: 200 });
      const sessions = async (userId) => (await clerk.sessions.getSessionList({ userId, status: "active" })).data;
      let someone;
      for (const user of data.filter((user) => !user.banned)) {
        if ((await sessions(user.id)).length > 0) {
          someone = user;
          break;
        }
      }
      assert.ok(someone, "somebody is signed in");
      assert.equal((await clerk.users.banUser(someone.id)).banned, true);
      assert.deepEqual(await sessions(someone.id), []);
      assert.equal((await clerk.users.getUser(someone.id)).banned, true);
      assert.equal((await clerk.users.unbanUser(someone.id)).banned, false);
      assert.deepEqual(await sessions(someone.id), []);
    });

    test("a lock counts down, and unlocking gives the attempts back", async () => {
      const { data } = await clerk.users.getUserList({ limit: 1, orderBy: "+created_at" });
      const locked = await clerk.users.lockUser(data[0].id);
      assert.equal(locked.locked, true);
      const unlocked = await clerk.users.unlockUser(data[0].id);
      assert.equal(unlocked.locked, false);
    });

    test("memberships tell organization and role", async () => {
      const { data } = await clerk.users.getUserList({ limit: 200 });
      let found = 0;
      for (const user of data.slice(0, 60)) {
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
  });
}
