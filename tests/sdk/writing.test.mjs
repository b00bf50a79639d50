// Changing users through Clerk's SDK: the values that come back, and what has become of the user.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sdks, startEmulator } from "./emulator.mjs";

/** That a call is refused by Clerk with this status and code. */
const refused = (status, code) => (error) => {
  assert.equal(error.status, status, JSON.stringify(error.errors));
  assert.equal(error.errors[0].code, code);
  return true;
};

for (const [name, createClerkClient] of sdks) {
  describe(name, () => {
    let emulator;
    let clerk;
    let ada;

    before(async () => {
      emulator = await startEmulator();
      clerk = createClerkClient(emulator);
      ada = await clerk.users.createUser({
        emailAddress: ["ada@analytical.example", "ada@lovelace.example"],
        phoneNumber: ["+12015550111"],
        username: "ada_l",
        firstName: "Ada",
        lastName: "Lovelace",
        password: "notes-on-the-engine-1843",
        externalId: "crm_81723",
        publicMetadata: { plan: "pro", seats: { used: 1, free: 2 } },
        totpSecret: "JBSWY3DPEHPK3PXP",
        backupCodes: ["abcd1234", "efgh5678"],
        createdAt: new Date("2020-12-10T00:00:00Z"),
      });
    });
    after(() => emulator.stop());

    test("what is created is as it was asked for", async () => {
      assert.equal(ada.primaryEmailAddress.emailAddress, "ada@analytical.example");
      assert.equal(ada.primaryEmailAddress.verification.status, "verified");
      assert.equal(ada.emailAddresses.length, 2);
      assert.equal(ada.phoneNumbers[0].phoneNumber, "+12015550111");
      assert.equal(ada.passwordEnabled, true);
      assert.equal(ada.totpEnabled, true);
      assert.equal(ada.backupCodeEnabled, true);
      assert.equal(ada.createdAt, Date.parse("2020-12-10T00:00:00Z"));
      assert.deepEqual((await clerk.users.getUser(ada.id)).publicMetadata, { plan: "pro", seats: { used: 1, free: 2 } });
      assert.equal((await clerk.users.getUserList({ externalId: ["crm_81723"] })).data[0].id, ada.id);
    });

    test("an address that is taken is refused", async () => {
      await assert.rejects(
        clerk.users.createUser({ emailAddress: ["ada@analytical.example"], password: "another-good-password-1" }),
        refused(422, "form_identifier_exists"),
      );
    });

    test("passwords and codes are really verified", async () => {
      const { verified } = await clerk.users.verifyPassword({ userId: ada.id, password: "notes-on-the-engine-1843" });
      assert.equal(verified, true);
      await assert.rejects(
        clerk.users.verifyPassword({ userId: ada.id, password: "wrong" }),
        refused(422, "incorrect_password"),
      );
      const code = await clerk.users.verifyTOTP({ userId: ada.id, code: "abcd1234" });
      assert.equal(code.code_type, "backup_code");
      await assert.rejects(clerk.users.verifyTOTP({ userId: ada.id, code: "abcd1234" }), (error) => error.status === 422);
    });

    test("an update changes what it names", async () => {
      const updated = await clerk.users.updateUser(ada.id, { firstName: "Augusta Ada", unsafeMetadata: { theme: "dark" } });
      assert.equal(updated.firstName, "Augusta Ada");
      assert.equal(updated.lastName, "Lovelace");
      assert.deepEqual((await clerk.users.getUser(ada.id)).unsafeMetadata, { theme: "dark" });
      const changed = await clerk.users.updateUser(ada.id, { password: "bernoulli-numbers-by-engine" });
      assert.equal(changed.passwordEnabled, true);
      await clerk.users.verifyPassword({ userId: ada.id, password: "bernoulli-numbers-by-engine" });
    });

    test("metadata is merged deeply, and null takes away", async () => {
      const user = await clerk.users.updateUserMetadata(ada.id, {
        publicMetadata: { plan: null, seats: { free: 1 } },
        privateMetadata: { note: "countess" },
      });
      assert.deepEqual(user.publicMetadata, { seats: { used: 1, free: 1 } });
      assert.deepEqual(user.privateMetadata, { note: "countess" });
    });

    test("what only the newer SDK has", async (context) => {
      if (!clerk.users.replaceUserMetadata) return context.skip("this SDK is older");
      const user = await clerk.users.replaceUserMetadata(ada.id, { publicMetadata: { plan: "free" } });
      assert.deepEqual([user.publicMetadata, user.privateMetadata], [{ plan: "free" }, { note: "countess" }]);
      await clerk.users.setPasswordCompromised(ada.id);
      await clerk.users.unsetPasswordCompromised(ada.id);
      assert.equal((await clerk.users.removePassword(ada.id)).passwordEnabled, false);
      await assert.rejects(
        clerk.users.verifyPassword({ userId: ada.id, password: "bernoulli-numbers-by-engine" }),
        refused(400, "no_password_set"),
      );
      await clerk.users.replaceUserEmailAddress(ada.id, { emailAddress: "countess@lovelace.example" });
      await clerk.users.replaceUserPhoneNumber(ada.id, { phoneNumber: "+12015550112" });
      const replaced = await clerk.users.getUser(ada.id);
      assert.deepEqual(replaced.emailAddresses.map((email) => email.emailAddress), ["countess@lovelace.example"]);
      assert.deepEqual(replaced.phoneNumbers.map((phone) => phone.phoneNumber), ["+12015550112"]);
    });

    test("a picture is kept and served", async () => {
      const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
      const user = await clerk.users.updateUserProfileImage(ada.id, { file: new Blob([png], { type: "image/png" }) });
      assert.equal(user.hasImage, true);
      const served = await fetch(user.imageUrl);
      assert.equal(served.headers.get("content-type"), "image/png");
      assert.deepEqual(Buffer.from(await served.arrayBuffer()), png);
      assert.equal((await clerk.users.deleteUserProfileImage(ada.id)).hasImage, false);
    });

    test("second factors are taken away", async () => {
      await clerk.users.disableUserMFA(ada.id);
      const user = await clerk.users.getUser(ada.id);
      assert.deepEqual([user.totpEnabled, user.backupCodeEnabled, user.twoFactorEnabled], [false, false, false]);
      await assert.rejects(clerk.users.verifyTOTP({ userId: ada.id, code: "123456" }), refused(400, "totp_disabled"));
    });

    test("parts of seeded users are taken away", async () => {
      const { data } = await clerk.users.getUserList({ limit: 200 });
      const withPasskey = data.find((user) => user.raw.passkeys.length > 0);
      const passkey = withPasskey.raw.passkeys[0].id;
      const params = { userId: withPasskey.id, passkeyIdentificationId: passkey };
      assert.equal((await clerk.users.deleteUserPasskey(params)).deleted, true);
      const left = (await clerk.users.getUser(withPasskey.id)).raw.passkeys;
      assert.ok(left.every((other) => other.id !== passkey));
      const connected = data.find((user) => user.externalAccounts.length > 0 && user.passwordEnabled);
      const account = connected.raw.external_accounts[0];
      const externalAccountId = account.external_account_id ?? account.id;
      const gone = await clerk.users.deleteUserExternalAccount({ userId: connected.id, externalAccountId });
      assert.equal(gone.deleted, true);
    });

    test("organizations: members come, change and go", async () => {
      const { data: organizations } = await clerk.organizations.getOrganizationList({ limit: 5 });
      const organizationId = organizations[0].id;
      const membership = await clerk.organizations.createOrganizationMembership({
        organizationId,
        userId: ada.id,
        role: "org:member",
      });
      assert.equal(membership.role, "org:member");
      const promoted = await clerk.organizations.updateOrganizationMembership({
        organizationId,
        userId: ada.id,
        role: "org:admin",
      });
      assert.equal(promoted.role, "org:admin");
      assert.equal((await clerk.users.getOrganizationMembershipList({ userId: ada.id })).totalCount, 1);
      await clerk.organizations.deleteOrganizationMembership({ organizationId, userId: ada.id });
      assert.equal((await clerk.users.getOrganizationMembershipList({ userId: ada.id })).totalCount, 0);
    });

    test("invitations are sent, listed and taken back", async () => {
      const invitation = await clerk.invitations.createInvitation({ emailAddress: "charles@example.com" });
      assert.equal(invitation.status, "pending");
      const { data } = await clerk.invitations.getInvitationList({ status: "pending", limit: 100 });
      assert.ok(data.some((other) => other.id === invitation.id));
      assert.equal((await clerk.invitations.revokeInvitation(invitation.id)).status, "revoked");
    });

    test("the lists of who may sign up", async () => {
      const blocked = await clerk.blocklistIdentifiers.createBlocklistIdentifier({ identifier: "*@spam.example" });
      const { data } = await clerk.blocklistIdentifiers.getBlocklistIdentifierList();
      assert.deepEqual(data.map((entry) => entry.identifier), ["*@spam.example"]);
      await clerk.blocklistIdentifiers.deleteBlocklistIdentifier(blocked.id);
      assert.equal((await clerk.blocklistIdentifiers.getBlocklistIdentifierList()).totalCount, 0);
      const allowed = await clerk.allowlistIdentifiers.createAllowlistIdentifier({
        identifier: "friend@example.com",
        notify: false,
      });
      assert.equal(allowed.identifier, "friend@example.com");
      await clerk.allowlistIdentifiers.deleteAllowlistIdentifier(allowed.id);
    });

    test("sessions are shown and revoked", async () => {
      const { data: users } = await clerk.users.getUserList({ limit: 200 });
      for (const user of users) {
        const { data } = await clerk.sessions.getSessionList({ userId: user.id, status: "active" });
        if (data.length === 0) continue;
        assert.equal((await clerk.sessions.getSession(data[0].id)).userId, user.id);
        assert.equal((await clerk.sessions.revokeSession(data[0].id)).status, "revoked");
        return;
      }
      assert.fail("nobody is signed in");
    });

    test("tokens to act in a user's place are made and taken back", async () => {
      const token = await clerk.actorTokens.create({ userId: ada.id, actor: { sub: "kim" } });
      assert.equal(token.status, "pending");
      assert.equal((await clerk.actorTokens.revoke(token.id)).status, "revoked");
    });

    test("a user who is deleted is gone, and the address is free", async () => {
      const deleted = await clerk.users.deleteUser(ada.id);
      assert.equal(deleted.id, ada.id);
      await assert.rejects(clerk.users.getUser(ada.id), refused(404, "resource_not_found"));
      const again = await clerk.users.createUser({
        emailAddress: ["ada@analytical.example"],
        password: "notes-on-the-engine-1843",
      });
      assert.notEqual(again.id, ada.id);
    });
  });
}
