// Sessions, through Clerk's SDK.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openSessions, refused, signedIn, withEachSdk } from "./emulator.mjs";

withEachSdk((stage) => {
  test("sessions are listed by user and status, a page at a time", async () => {
    const { sessions } = stage.clerk;
    const { data, totalCount } = await sessions.getSessionList({ status: "active", limit: 3 });
    assert.equal(data.length, 3);
    assert.ok(totalCount > 3);
    const next = await sessions.getSessionList({ status: "active", limit: 3, offset: 3 });
    assert.ok(next.data.every(({ id }) => !data.some((other) => other.id === id)));
    const someone = await signedIn(stage.clerk);
    const own = await sessions.getSessionList({ userId: someone.id, limit: 500 });
    assert.equal(own.data.length, own.totalCount);
    assert.ok(own.data.every(({ userId }) => userId === someone.id));
  });

  test("a session is shown and revoked, the others stay", async () => {
    const { clerk } = stage;
    const someone = await signedIn(clerk);
    const [first, ...others] = await openSessions(clerk, someone.id);
    const shown = await clerk.sessions.getSession(first);
    assert.deepEqual([shown.id, shown.userId, shown.status], [first, someone.id, "active"]);
    assert.equal((await clerk.sessions.revokeSession(first)).status, "revoked");
    assert.equal((await clerk.sessions.getSession(first)).status, "revoked");
    assert.deepEqual(await openSessions(clerk, someone.id), others);
    await assert.rejects(clerk.sessions.getSession("sess_nobody"), refused(404, "resource_not_found"));
  });
});
