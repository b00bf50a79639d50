// Tokens that let somebody in, through Clerk's SDK.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { refused, withEachSdk } from "./emulator.mjs";

withEachSdk((stage) => {
  let userId;

  before(async () => {
    const { data } = await stage.clerk.users.getUserList({ limit: 1 });
    userId = data[0].id;
  });

  test("a token to act in a user's place is made and taken back, once", async () => {
    const { actorTokens } = stage.clerk;
    const token = await actorTokens.create({ userId, actor: { sub: "kim" }, expiresInSeconds: 600 });
    assert.deepEqual([token.status, token.userId, token.actor], ["pending", userId, { sub: "kim" }]);
    assert.ok(token.token && new URL(token.url));
    const revoked = await actorTokens.revoke(token.id);
    assert.deepEqual([revoked.id, revoked.status], [token.id, "revoked"]);
    await assert.rejects(actorTokens.revoke(token.id), (error) => error.status === 400);
    const nobody = actorTokens.create({ userId: "user_nobody", actor: { sub: "kim" } });
    await assert.rejects(nobody, refused(404, "resource_not_found"));
  });

  test("a token to sign in is made and taken back, once", async () => {
    const { signInTokens } = stage.clerk;
    const token = await signInTokens.createSignInToken({ userId, expiresInSeconds: 600 });
    assert.deepEqual([token.status, token.userId], ["pending", userId]);
    assert.ok(token.token && new URL(token.url));
    const other = await signInTokens.createSignInToken({ userId, expiresInSeconds: 600 });
    assert.notEqual(other.token, token.token);
    const revoked = await signInTokens.revokeSignInToken(token.id);
    assert.deepEqual([revoked.id, revoked.status], [token.id, "revoked"]);
    await assert.rejects(signInTokens.revokeSignInToken(token.id), (error) => error.status === 400);
  });
});
