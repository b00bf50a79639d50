// Email addresses by their own ids, through Clerk's SDK.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { refused, withEachSdk } from "./emulator.mjs";

withEachSdk((stage) => {
  let ada;
  let number = 0;

  beforeEach(async () => {
    number += 1;
    const emailAddress = [`ada${number}@example.com`];
    ada = await stage.clerk.users.createUser({ emailAddress, skipPasswordRequirement: true });
  });

  const create = (name, state) =>
    stage.clerk.emailAddresses.createEmailAddress({ userId: ada.id, emailAddress: `${name}${number}@example.com`, ...state });
  const ofUser = async () => {
    const user = await stage.clerk.users.getUser(ada.id);
    return [user.emailAddresses.map(({ emailAddress }) => emailAddress).sort(), user.primaryEmailAddressId];
  };

  test("an address is given, shown and taken away", async () => {
    const { emailAddresses } = stage.clerk;
    const created = await create("countess", { verified: true });
    assert.deepEqual([created.emailAddress, created.verification.status], [`countess${number}@example.com`, "verified"]);
    const shown = await emailAddresses.getEmailAddress(created.id);
    assert.deepEqual([shown.id, shown.emailAddress], [created.id, created.emailAddress]);
    const both = [ada.emailAddresses[0].emailAddress, created.emailAddress];
    assert.deepEqual(await ofUser(), [both, ada.primaryEmailAddressId]);
    const found = await stage.clerk.users.getUserList({ emailAddress: [created.emailAddress] });
    assert.deepEqual(found.data.map(({ id }) => id), [ada.id]);
    const gone = await emailAddresses.deleteEmailAddress(created.id);
    assert.deepEqual([gone.id, gone.deleted], [created.id, true]);
    assert.deepEqual(await ofUser(), [both.slice(0, 1), ada.primaryEmailAddressId]);
    await assert.rejects(emailAddresses.getEmailAddress(created.id), refused(404, "resource_not_found"));
  });

  test("an address is proven, and becomes the primary one", async () => {
    const { emailAddresses } = stage.clerk;
    const created = await create("new", { verified: false });
    assert.notEqual(created.verification?.status, "verified");
    await assert.rejects(emailAddresses.updateEmailAddress(created.id, { primary: true }), (error) => error.status < 500);
    const proven = await emailAddresses.updateEmailAddress(created.id, { verified: true });
    assert.equal(proven.verification.status, "verified");
    assert.equal((await ofUser())[1], ada.primaryEmailAddressId);
    await emailAddresses.updateEmailAddress(created.id, { primary: true });
    assert.equal((await ofUser())[1], created.id);
    await emailAddresses.deleteEmailAddress(created.id);
    assert.equal((await ofUser())[1], ada.primaryEmailAddressId, "the one that is left is the primary one again");
  });

  test("an address belongs to one user", async () => {
    const created = await create("taken", { verified: true, primary: true });
    assert.equal((await ofUser())[1], created.id);
    const { emailAddresses, users } = stage.clerk;
    const other = await users.createUser({ emailAddress: [`other${number}@example.com`], skipPasswordRequirement: true });
    const again = { userId: other.id, emailAddress: created.emailAddress, verified: true };
    await assert.rejects(emailAddresses.createEmailAddress(again), (error) => {
      assert.equal(error.errors[0].code, "form_identifier_exists");
      return true;
    });
  });
});
