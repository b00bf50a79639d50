// What moderation needs most: bans and locks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openSessions, refused, signedIn, withEachSdk } from "./emulator.mjs";

withEachSdk((stage) => {
  test("a ban signs out, and is taken back", async () => {
    const { clerk } = stage;
    const someone = await signedIn(clerk, (user) => !user.banned);
    assert.equal((await clerk.users.banUser(someone.id)).banned, true);
    assert.deepEqual(await openSessions(clerk, someone.id), []);
    assert.equal((await clerk.users.getUser(someone.id)).banned, true);
    const banned = await clerk.users.getUserList({ userId: [someone.id], banned: true });
    assert.equal(banned.totalCount, 1);
    assert.equal((await clerk.users.unbanUser(someone.id)).banned, false);
    assert.equal((await clerk.users.getUser(someone.id)).banned, false);
    assert.deepEqual(await openSessions(clerk, someone.id), [], "what a ban has ended stays ended");
  });

  test("a lock counts down and leaves sessions, and unlocking gives the attempts back", async () => {
    const { clerk } = stage;
    const someone = await signedIn(clerk, (user) => !user.locked);
    const sessions = await openSessions(clerk, someone.id);
    const locked = await clerk.users.lockUser(someone.id);
    assert.equal(locked.locked, true);
    assert.ok(locked.raw.lockout_expires_in_seconds > 0);
    assert.equal((await clerk.users.getUser(someone.id)).locked, true);
    assert.deepEqual(await openSessions(clerk, someone.id), sessions);
    const unlocked = await clerk.users.unlockUser(someone.id);
    assert.deepEqual([unlocked.locked, unlocked.raw.lockout_expires_in_seconds], [false, null]);
    assert.ok(unlocked.raw.verification_attempts_remaining > 0);
    assert.equal((await clerk.users.getUser(someone.id)).locked, false);
  });

  test("nobody can be neither banned nor locked", async () => {
    const { users } = stage.clerk;
    for (const act of ["banUser", "unbanUser", "lockUser", "unlockUser"]) {
      await assert.rejects(users[act]("user_nobody"), refused(404, "resource_not_found"));
    }
  });
});
