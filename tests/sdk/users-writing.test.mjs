// Changing users through Clerk's SDK: the values that come back, and what has become of the user.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { refused, withEachSdk } from "./emulator.mjs";

withEachSdk((stage) => {
  let ada;

  before(async () => {
    ada = await stage.clerk.users.createUser({
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

  test("what is created is as it was asked for", async () => {
    const { clerk } = stage;
    assert.equal(ada.primaryEmailAddress.emailAddress, "ada@analytical.example");
    assert.equal(ada.primaryEmailAddress.verification.status, "verified");
    assert.equal(ada.emailAddresses.length, 2);
    assert.equal(ada.phoneNumbers[0].phoneNumber, "+12015550111");
    assert.equal(ada.passwordEnabled, true);
    assert.equal(ada.totpEnabled, true);
    assert.equal(ada.backupCodeEnabled, true);
    assert.equal(ada.createdAt, Date.parse("2020-12-10T00:00:00Z"));
    const kept = await clerk.users.getUser(ada.id);
    assert.deepEqual(kept.publicMetadata, { plan: "pro", seats: { used: 1, free: 2 } });
    assert.equal((await clerk.users.getUserList({ externalId: ["crm_81723"] })).data[0].id, ada.id);
  });

  test("an address that is taken is refused", async () => {
    await assert.rejects(
      stage.clerk.users.createUser({ emailAddress: ["ada@analytical.example"], password: "another-good-password-1" }),
      refused(422, "form_identifier_exists"),
    );
  });

  test("an update changes what it names", async () => {
    const { clerk } = stage;
    const updated = await clerk.users.updateUser(ada.id, { firstName: "Augusta Ada", unsafeMetadata: { theme: "dark" } });
    assert.equal(updated.firstName, "Augusta Ada");
    assert.equal(updated.lastName, "Lovelace");
    assert.deepEqual((await clerk.users.getUser(ada.id)).unsafeMetadata, { theme: "dark" });
    const other = ada.emailAddresses[1].id;
    const primary = await clerk.users.updateUser(ada.id, { primaryEmailAddressID: other });
    assert.equal(primary.primaryEmailAddress.emailAddress, "ada@lovelace.example");
  });

  test("metadata is merged deeply, and null takes away", async () => {
    const { clerk } = stage;
    const user = await clerk.users.updateUserMetadata(ada.id, {
      publicMetadata: { plan: null, seats: { free: 1 } },
      privateMetadata: { note: "countess" },
    });
    assert.deepEqual(user.publicMetadata, { seats: { used: 1, free: 1 } });
    assert.deepEqual(user.privateMetadata, { note: "countess" });
    assert.deepEqual((await clerk.users.getUser(ada.id)).publicMetadata, { seats: { used: 1, free: 1 } });
  });

  test("metadata is replaced bag by bag", async (context) => {
    const { clerk } = stage;
    if (!clerk.users.replaceUserMetadata) return context.skip("this SDK is older");
    const user = await clerk.users.replaceUserMetadata(ada.id, { publicMetadata: { plan: "free" } });
    assert.deepEqual([user.publicMetadata, user.privateMetadata], [{ plan: "free" }, { note: "countess" }]);
    assert.deepEqual((await clerk.users.getUser(ada.id)).publicMetadata, { plan: "free" });
  });

  test("addresses and numbers are replaced by one", async (context) => {
    const { clerk } = stage;
    if (!clerk.users.replaceUserEmailAddress) return context.skip("this SDK is older");
    const email = await clerk.users.replaceUserEmailAddress(ada.id, { emailAddress: "countess@lovelace.example" });
    const phone = await clerk.users.replaceUserPhoneNumber(ada.id, { phoneNumber: "+12015550112" });
    const replaced = await clerk.users.getUser(ada.id);
    assert.deepEqual(replaced.emailAddresses.map((email) => email.emailAddress), ["countess@lovelace.example"]);
    assert.deepEqual(replaced.phoneNumbers.map((phone) => phone.phoneNumber), ["+12015550112"]);
    assert.deepEqual([replaced.primaryEmailAddressId, replaced.primaryPhoneNumberId], [email.id, phone.id]);
  });

  test("a picture is kept and served", async () => {
    const { clerk } = stage;
    const base64 =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    const png = Buffer.from(base64, "base64");
    const user = await clerk.users.updateUserProfileImage(ada.id, { file: new Blob([png], { type: "image/png" }) });
    assert.equal(user.hasImage, true);
    const served = await fetch(user.imageUrl);
    assert.equal(served.headers.get("content-type"), "image/png");
    assert.deepEqual(Buffer.from(await served.arrayBuffer()), png);
    assert.equal((await clerk.users.deleteUserProfileImage(ada.id)).hasImage, false);
  });

  test("a user who is deleted is gone, and the address is free", async () => {
    const { clerk } = stage;
    const gone = { emailAddress: ["gone@analytical.example"], password: "notes-on-the-engine-1843" };
    const user = await clerk.users.createUser(gone);
    assert.equal((await clerk.users.deleteUser(user.id)).id, user.id);
    await assert.rejects(clerk.users.getUser(user.id), refused(404, "resource_not_found"));
    const again = await clerk.users.createUser(gone);
    assert.notEqual(again.id, user.id);
  });
});
