// Passwords, second factors and other ways to sign in, through Clerk's SDK.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { beforeEach, test } from "node:test";
import { everybody, openSessions, refused, signedIn, withEachSdk } from "./emulator.mjs";

/** "JBSWY3DPEHPK3PXP", read as base32. */
const totpKey = Buffer.from("48656c6c6f21deadbeef", "hex");

/** The code that an authenticator would show now (RFC 6238, 30 s, 6 digits). */
function currentCode() {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac("sha1", totpKey).update(counter).digest();
  const number = digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

withEachSdk((stage) => {
  let grace;
  let number = 0;

  beforeEach(async () => {
    number += 1;
    grace = await stage.clerk.users.createUser({
      emailAddress: [`grace${number}@example.com`],
      phoneNumber: [`+1201555020${number}`],
      password: "cobol-is-for-people-1959",
      totpSecret: "JBSWY3DPEHPK3PXP",
      backupCodes: ["abcd1234", "efgh5678"],
    });
  });

  const factors = async () => {
    const user = await stage.clerk.users.getUser(grace.id);
    return [user.totpEnabled, user.backupCodeEnabled, user.twoFactorEnabled];
  };

  test("passwords are really verified, and changed", async () => {
    const { users } = stage.clerk;
    const verify = (password) => users.verifyPassword({ userId: grace.id, password });
    assert.equal((await verify("cobol-is-for-people-1959")).verified, true);
    await assert.rejects(verify("fortran"), refused(422, "incorrect_password"));
    assert.equal((await users.updateUser(grace.id, { password: "flow-matic-before-cobol" })).passwordEnabled, true);
    assert.equal((await verify("flow-matic-before-cobol")).verified, true);
    await assert.rejects(verify("cobol-is-for-people-1959"), refused(422, "incorrect_password"));
  });

  test("codes are really computed, and backup codes used up", async () => {
    const { users } = stage.clerk;
    const verify = (code) => users.verifyTOTP({ userId: grace.id, code });
    assert.deepEqual(await verify(currentCode()), { verified: true, code_type: "totp" });
    assert.deepEqual(await verify("abcd1234"), { verified: true, code_type: "backup_code" });
    await assert.rejects(verify("abcd1234"), (error) => error.status === 422);
    assert.equal((await verify("efgh5678")).code_type, "backup_code");
    assert.deepEqual(await factors(), [true, false, true], "the last backup code was used");
  });

  test("one second factor is taken away at a time", async () => {
    const { users } = stage.clerk;
    assert.deepEqual(await factors(), [true, true, true]);
    assert.deepEqual(Object.values(await users.deleteUserBackupCodes(grace.id)), [grace.id]);
    assert.deepEqual(await factors(), [true, false, true]);
    await assert.rejects(users.verifyTOTP({ userId: grace.id, code: "abcd1234" }), (error) => error.status === 422);
    assert.deepEqual(Object.values(await users.deleteUserTOTP(grace.id)), [grace.id]);
    assert.deepEqual(await factors(), [false, false, false]);
  });

  test("second factors are taken away at once", async () => {
    const { users } = stage.clerk;
    assert.deepEqual(Object.values(await users.disableUserMFA(grace.id)), [grace.id]);
    assert.deepEqual(await factors(), [false, false, false]);
    await assert.rejects(users.verifyTOTP({ userId: grace.id, code: "123456" }), refused(400, "totp_disabled"));
  });

  test("a password is taken away, and sessions with it where that is asked for", async (context) => {
    const { clerk } = stage;
    if (!clerk.users.removePassword) return context.skip("this SDK is older");
    const someone = await signedIn(clerk, (user) => user.passwordEnabled);
    const sessions = await openSessions(clerk, someone.id);
    assert.equal((await clerk.users.removePassword(someone.id)).passwordEnabled, false);
    assert.deepEqual(await openSessions(clerk, someone.id), sessions);
    const params = { userId: someone.id, password: "anything" };
    await assert.rejects(clerk.users.verifyPassword(params), refused(400, "no_password_set"));
    await clerk.users.removePassword(someone.id, { signOutOfOtherSessions: true });
    assert.deepEqual(await openSessions(clerk, someone.id), []);
  });

  test("a password is marked as known to others, and unmarked", async (context) => {
    const { clerk } = stage;
    if (!clerk.users.setPasswordCompromised) return context.skip("this SDK is older");
    const someone = await signedIn(clerk, (user) => user.passwordEnabled);
    assert.equal((await clerk.users.setPasswordCompromised(someone.id)).id, someone.id);
    assert.notDeepEqual(await openSessions(clerk, someone.id), []);
    await clerk.users.setPasswordCompromised(someone.id, { revokeAllSessions: true });
    assert.deepEqual(await openSessions(clerk, someone.id), []);
    const unmarked = await clerk.users.unsetPasswordCompromised(someone.id);
    assert.deepEqual([unmarked.id, unmarked.passwordEnabled], [someone.id, true]);
  });

  test("passkeys, wallets and accounts elsewhere are taken away", async () => {
    const { clerk } = stage;
    const { deleteUserPasskey, deleteUserWeb3Wallet, deleteUserExternalAccount } = clerk.users;
    const parts = [
      ["passkeys", (userId, { id }) => deleteUserPasskey({ userId, passkeyIdentificationId: id })],
      ["web3_wallets", (userId, { id }) => deleteUserWeb3Wallet({ userId, web3WalletIdentificationId: id })],
      [
        "external_accounts",
        (userId, { id, external_account_id: other }) =>
          deleteUserExternalAccount({ userId, externalAccountId: other ?? id }),
      ],
    ];
    for (const [part, take] of parts) {
      const owner = (await everybody(clerk)).find((user) => user.raw[part].length > 0 && user.passwordEnabled);
      const [first, ...others] = owner.raw[part];
      assert.equal((await take(owner.id, first)).deleted, true);
      const left = (await clerk.users.getUser(owner.id)).raw[part];
      assert.deepEqual(left.map(({ id }) => id), others.map(({ id }) => id), part);
      await assert.rejects(take(owner.id, first), (error) => error.status === 404);
    }
  });
});
