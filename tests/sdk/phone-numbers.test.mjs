// Phone numbers by their own ids, through Clerk's SDK.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { refused, withEachSdk } from "./emulator.mjs";

withEachSdk((stage) => {
  let ada;
  let number = 0;

  beforeEach(async () => {
    number += 1;
    const phoneNumber = [`+1201555030${number}`];
    const emailAddress = [`phone${number}@example.com`];
    ada = await stage.clerk.users.createUser({ phoneNumber, emailAddress, skipPasswordRequirement: true });
  });

  const create = (state) =>
    stage.clerk.phoneNumbers.createPhoneNumber({ userId: ada.id, phoneNumber: `+1201555031${number}`, ...state });
  const ofUser = async () => {
    const user = await stage.clerk.users.getUser(ada.id);
    return [user.phoneNumbers.map(({ phoneNumber }) => phoneNumber).sort(), user.primaryPhoneNumberId];
  };

  test("a number is given, shown and taken away", async () => {
    const { phoneNumbers } = stage.clerk;
    const created = await create({ verified: true });
    assert.deepEqual([created.phoneNumber, created.verification.status], [`+1201555031${number}`, "verified"]);
    const shown = await phoneNumbers.getPhoneNumber(created.id);
    assert.deepEqual([shown.id, shown.phoneNumber], [created.id, created.phoneNumber]);
    const both = [ada.phoneNumbers[0].phoneNumber, created.phoneNumber];
    assert.deepEqual(await ofUser(), [both, ada.primaryPhoneNumberId]);
    const gone = await phoneNumbers.deletePhoneNumber(created.id);
    assert.deepEqual([gone.id, gone.deleted], [created.id, true]);
    assert.deepEqual(await ofUser(), [both.slice(0, 1), ada.primaryPhoneNumberId]);
    await assert.rejects(phoneNumbers.getPhoneNumber(created.id), refused(404, "resource_not_found"));
  });

  test("a number is proven, becomes the primary one, and a second factor", async () => {
    const { phoneNumbers } = stage.clerk;
    const created = await create({ verified: false });
    assert.notEqual(created.verification?.status, "verified");
    const proven = await phoneNumbers.updatePhoneNumber(created.id, { verified: true, primary: true });
    assert.equal(proven.verification.status, "verified");
    assert.equal((await ofUser())[1], created.id);
    const factor = await phoneNumbers.updatePhoneNumber(created.id, { reservedForSecondFactor: true });
    assert.equal(factor.reservedForSecondFactor, true);
    assert.equal((await stage.clerk.users.getUser(ada.id)).twoFactorEnabled, true);
    await phoneNumbers.updatePhoneNumber(created.id, { reservedForSecondFactor: false });
    assert.equal((await stage.clerk.users.getUser(ada.id)).twoFactorEnabled, false);
  });

  test("a number belongs to one user", async () => {
    const { phoneNumbers, users } = stage.clerk;
    const created = await create({ verified: true });
    const other = await users.createUser({ emailAddress: [`second${number}@example.com`], skipPasswordRequirement: true });
    const again = { userId: other.id, phoneNumber: created.phoneNumber, verified: true };
    await assert.rejects(phoneNumbers.createPhoneNumber(again), (error) => {
      assert.equal(error.errors[0].code, "form_identifier_exists");
      return true;
    });
  });
});
