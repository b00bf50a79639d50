// Run after all others: that no method of the SDKs' API classes is left untested, unless the emulator does not answer it.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { classesOf, methodsOf, recordedCalls } from "./calls.mjs";
import { sdks, startEmulator } from "./emulator.mjs";

/** API classes of which the emulator answers nothing: they are not about users and what moderators do with them. */
const otherClasses = new Set([
  "__experimental_accountlessApplications",
  "agentTasks",
  "apiKeys",
  "betaFeatures",
  "billing",
  "clients",
  "domains",
  "emails",
  "enterpriseConnections",
  "idPOAuthAccessToken",
  "jwks",
  "jwtTemplates",
  "m2m",
  "machines",
  "oauthApplications",
  "organizationPermissions",
  "proxyChecks",
  "redirectUrls",
  "roleSets",
  "samlConnections",
  "signUps",
  "testingTokens",
  "webhooks",
]);

const id = { organizationId: "org_1", domainId: "orgdmn_1", organizationRoleId: "role_1", permissionId: "perm_1" };
const logo = { file: new Blob(["logo"], { type: "image/png" }) };

/**
 * Methods of the tested classes that the emulator does not answer, each with what to call it with: it has to be told
 * that there is no such operation. What a call is answered otherwise belongs into a test of its own.
 */
const notAnswered = {
  "invitations.createInvitationBulk": [[{ emailAddress: "ada@example.com" }]],
  "invitations.deleteInvitation": ["inv_1"],
  "instance.update": [{ testMode: true }],
  "instance.getOrganizationSettings": [],
  "instance.updateOrganizationSettings": [{ enabled: true }],
  "organizations.createOrganization": [{ name: "Acme" }],
  "organizations.updateOrganization": ["org_1", { name: "Acme" }],
  "organizations.updateOrganizationLogo": ["org_1", logo],
  "organizations.deleteOrganizationLogo": ["org_1"],
  "organizations.updateOrganizationMetadata": ["org_1", { publicMetadata: {} }],
  "organizations.replaceOrganizationMetadata": ["org_1", { publicMetadata: {} }],
  "organizations.deleteOrganization": ["org_1"],
  "organizations.createOrganizationInvitationBulk": ["org_1", [{ emailAddress: "ada@example.com", role: "org:member" }]],
  "organizations.getOrganizationInvitation": [{ ...id, invitationId: "orginv_1" }],
  "organizations.getOrganizationDomainList": [id],
  "organizations.createOrganizationDomain": [{ ...id, name: "example.com" }],
  "organizations.updateOrganizationDomain": [id],
  "organizations.deleteOrganizationDomain": [id],
  "organizationRoles.getOrganizationRole": ["role_1"],
  "organizationRoles.createOrganizationRole": [{ name: "Judge", key: "org:judge" }],
  "organizationRoles.updateOrganizationRole": [{ ...id, name: "Judge" }],
  "organizationRoles.deleteOrganizationRole": ["role_1"],
  "organizationRoles.assignPermissionToOrganizationRole": [id],
  "organizationRoles.removePermissionFromOrganizationRole": [id],
  "sessions.createSession": [{ userId: "user_1" }],
  "sessions.verifySession": ["sess_1", "token"],
  "sessions.getToken": ["sess_1"],
  "sessions.refreshSession": ["sess_1", { expired_token: "a", refresh_token: "b", request_origin: "c" }],
  "waitlistEntries.createBulk": [[{ emailAddress: "ada@example.com" }]],
};

/** What the emulator says of a path, or of a verb, that it does not know. */
const unknown = ["There is no such operation.", "Method not allowed"];

for (const [name, createClerkClient] of sdks) {
  describe(name, () => {
    let emulator;
    let clerk;
    let methods;

    before(async () => {
      emulator = await startEmulator();
      clerk = createClerkClient(emulator);
      const classes = classesOf(clerk).filter((name) => !otherClasses.has(name));
      methods = classes.flatMap((name) => methodsOf(clerk[name]).map((method) => `${name}.${method}`));
    });
    after(() => emulator.stop());

    test("every method that the emulator answers was called and answered", () => {
      const called = recordedCalls(name);
      assert.deepEqual(methods.filter((method) => !called.has(method) && !(method in notAnswered)), []);
      assert.deepEqual([...called].filter((method) => !methods.includes(method) || method in notAnswered), []);
      console.log(`${called.size} of ${methods.length} methods were called`);
    });

    test("what is not tested is not there", async () => {
      for (const method of methods.filter((method) => method in notAnswered)) {
        const [api, call] = method.split(".");
        const answer = Promise.resolve(clerk[api][call](...notAnswered[method]));
        const told = await answer.then(() => "an answer", (error) => error.errors?.[0]?.longMessage ?? error.stack);
        assert.ok(unknown.includes(told), `${method}: ${told}`);
      }
    });
  });
}

test("nothing is excused that neither SDK has", () => {
  const clients = sdks.map(([, createClerkClient]) => createClerkClient({ secretKey: "sk_test_nobody" }));
  const has = (method) => {
    const [api, call] = method.split(".");
    return clients.some((client) => client[api] && methodsOf(client[api]).includes(call));
  };
  assert.deepEqual(Object.keys(notAnswered).filter((method) => !has(method)), []);
  const classes = new Set(clients.flatMap(classesOf));
  assert.deepEqual([...otherClasses].filter((name) => !classes.has(name)), []);
});
