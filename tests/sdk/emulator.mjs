// An emulator for each test file, and Clerk's own SDKs, the newest and the one before the last big change.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import * as newest from "clerk-newest";
import * as before from "clerk-2";

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
  ["@clerk/backend 2.17.0", before.createClerkClient],
];
