// An emulator for each test file, and Clerk's own SDKs, the newest and the one before the last big change.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { after, before, describe } from "node:test";
import * as newest from "clerk-newest";
import * as second from "clerk-2";
import { recording } from "./calls.mjs";

const program = process.env.LAZYCLERK ?? new URL("../../target/debug/lazyclerk", import.meta.url).pathname;

/** Starts an emulator; what its two lines say, and how to stop it. */
export async function startEmulator(...options) {
  const child = spawn(program, ["emulator", "--listen", "127.0.0.1:0", "--users", "200", ...options], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, LAZYCLERK_LOG: "warn" },
  });
  const environment = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const [name, value] = line.split("=");
    environment[name] = value;
    if (environment.CLERK_SECRET_KEY) break;
  }
  const stop = () =>
    new Promise((resolve) => {
      child.once("exit", resolve);
      child.kill("SIGTERM");
    });
  return { apiUrl: environment.CLERK_API_URL, secretKey: environment.CLERK_SECRET_KEY, stop };
}

/** Each SDK, with what makes a client of it. */
export const sdks = [
  ["@clerk/backend 3.25.0", newest.createClerkClient],
  ["@clerk/backend 2.17.0", second.createClerkClient],
];

/** Runs tests with each SDK, on an emulator of its own. `stage` has the client as soon as a test runs. */
export function withEachSdk(tests) {
  for (const [name, createClerkClient] of sdks) {
    describe(name, () => {
      const stage = {};
      before(async () => {
        const emulator = await startEmulator();
        const connect = (other) => recording(name, createClerkClient({ ...emulator, ...other }));
        Object.assign(stage, { emulator, connect, clerk: connect() });
      });
      after(() => stage.emulator.stop());
      tests(stage);
    });
  }
}

/** That a call is refused by Clerk with this status and code. */
export const refused = (status, code) => (error) => {
  assert.equal(error.status, status, error.stack);
  assert.equal(error.errors[0].code, code);
  return true;
};

/** Everybody in the emulator. */
export const everybody = async (clerk) => (await clerk.users.getUserList({ limit: 500 })).data;

/** The ids of somebody's open sessions. */
export async function openSessions(clerk, userId) {
  const { data } = await clerk.sessions.getSessionList({ userId, status: "active", limit: 500 });
  return data.map((session) => session.id);
}

/** Somebody who is signed in and for whom `fits`. */
export async function signedIn(clerk, fits = () => true) {
  const { data } = await clerk.sessions.getSessionList({ status: "active", limit: 500 });
  const ids = new Set(data.map((session) => session.userId));
  const user = (await everybody(clerk)).find((user) => ids.has(user.id) && fits(user));
  assert.ok(user, "somebody is signed in");
  return user;
}
