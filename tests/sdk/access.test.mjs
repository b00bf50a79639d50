// Who may sign up, and the instance's switches, through Clerk's SDK.

import assert from "node:assert/strict";
import { test } from "node:test";
import { refused, withEachSdk } from "./emulator.mjs";

withEachSdk((stage) => {
  test("invitations are sent, listed, searched and taken back", async () => {
    const { invitations } = stage.clerk;
    const invitation = await invitations.createInvitation({
      emailAddress: "charles@example.com",
      publicMetadata: { engine: "difference" },
    });
    assert.deepEqual([invitation.emailAddress, invitation.status], ["charles@example.com", "pending"]);
    assert.deepEqual(invitation.publicMetadata, { engine: "difference" });
    await assert.rejects(
      invitations.createInvitation({ emailAddress: "charles@example.com" }),
      refused(400, "duplicate_record"),
    );
    const listed = async (params) => (await invitations.getInvitationList({ limit: 100, ...params })).data;
    const has = (list) => list.some(({ id }) => id === invitation.id);
    assert.ok(has(await listed({ status: "pending" })));
    assert.deepEqual((await listed({ query: "CHARLES@" })).map(({ id }) => id), [invitation.id]);
    const revoked = await invitations.revokeInvitation(invitation.id);
    assert.deepEqual([revoked.id, revoked.status, revoked.revoked], [invitation.id, "revoked", true]);
    assert.ok(!has(await listed({ status: "pending" })) && has(await listed({ status: "revoked" })));
    await assert.rejects(invitations.revokeInvitation(invitation.id), refused(400, "invitation_already_revoked"));
  });

  test("identifiers are blocked, and free again", async () => {
    const { blocklistIdentifiers } = stage.clerk;
    const blocked = await blocklistIdentifiers.createBlocklistIdentifier({ identifier: "*@Spam.example" });
    assert.deepEqual([blocked.identifier, blocked.identifierType], ["*@spam.example", "email_address"]);
    const { data, totalCount } = await blocklistIdentifiers.getBlocklistIdentifierList();
    assert.deepEqual([data.map((entry) => entry.id), totalCount], [[blocked.id], 1]);
    const gone = await blocklistIdentifiers.deleteBlocklistIdentifier(blocked.id);
    assert.deepEqual([gone.id, gone.deleted], [blocked.id, true]);
    assert.equal((await blocklistIdentifiers.getBlocklistIdentifierList()).totalCount, 0);
    await assert.rejects(
      blocklistIdentifiers.deleteBlocklistIdentifier(blocked.id),
      refused(404, "resource_not_found"),
    );
  });

  test("identifiers are allowed, invited where that is asked for, and no longer", async () => {
    const { allowlistIdentifiers, invitations } = stage.clerk;
    const allow = (identifier, notify) => allowlistIdentifiers.createAllowlistIdentifier({ identifier, notify });
    const pending = async () => (await invitations.getInvitationList({ status: "pending", limit: 100 })).data;
    const quiet = await allow("quiet@example.com", false);
    const loud = await allow("loud@example.com", true);
    assert.deepEqual([quiet.invitationId ?? "", Boolean(loud.invitationId)], ["", true]);
    const invited = (await pending()).filter(({ emailAddress }) => /^(quiet|loud)@/.test(emailAddress));
    assert.deepEqual(invited.map(({ id }) => id), [loud.invitationId]);
    const { data, totalCount } = await allowlistIdentifiers.getAllowlistIdentifierList();
    assert.deepEqual(data.map((entry) => entry.identifier).sort(), ["loud@example.com", "quiet@example.com"]);
    assert.equal(totalCount, 2);
    assert.equal((await allowlistIdentifiers.deleteAllowlistIdentifier(quiet.id)).deleted, true);
    const left = await allowlistIdentifiers.getAllowlistIdentifierList();
    assert.deepEqual(left.data.map((entry) => entry.id), [loud.id]);
  });

  test("the waitlist is joined, invited from, turned away and left", async () => {
    const { waitlistEntries, invitations } = stage.clerk;
    const seeded = (await waitlistEntries.list({ limit: 500 })).totalCount;
    const join = (emailAddress) => waitlistEntries.create({ emailAddress });
    const entries = [await join("ann@example.com"), await join("ben@example.com"), await join("cat@example.com")];
    assert.deepEqual(entries.map(({ status }) => status), ["pending", "pending", "pending"]);
    await assert.rejects(join("ann@example.com"), refused(400, "duplicate_record"));
    const invited = await waitlistEntries.invite(entries[0].id);
    assert.deepEqual([invited.id, invited.status], [entries[0].id, "invited"]);
    const { data } = await invitations.getInvitationList({ query: "ann@example.com" });
    assert.deepEqual(data.map(({ status }) => status), ["pending"]);
    assert.equal((await waitlistEntries.reject(entries[1].id)).status, "rejected");
    assert.equal((await waitlistEntries.delete(entries[2].id)).deleted, true);
    const list = await waitlistEntries.list({ limit: 500 });
    assert.equal(list.totalCount, seeded + 2);
    const status = Object.fromEntries(list.data.map((entry) => [entry.emailAddress, entry.status]));
    assert.deepEqual(
      [status["ann@example.com"], status["ben@example.com"], status["cat@example.com"]],
      ["invited", "rejected", undefined],
    );
    const rejected = await waitlistEntries.list({ status: "rejected", query: "ben@" });
    assert.deepEqual(rejected.data.map(({ id }) => id), [entries[1].id]);
  });

  test("the instance is shown, and its restrictions switched", async () => {
    const { instance } = stage.clerk;
    const shown = await instance.get();
    assert.equal(shown.environmentType, "development");
    assert.match(shown.id, /^ins_/);
    const off = await instance.updateRestrictions({ allowlist: false, blocklist: false });
    assert.deepEqual([off.allowlist, off.blocklist], [false, false]);
    const on = await instance.updateRestrictions({ blocklist: true });
    assert.deepEqual([on.allowlist, on.blocklist], [false, true]);
  });
});
