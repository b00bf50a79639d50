// Which methods of the SDKs were called and answered, over all test files: each runs in a process of its own.

import { appendFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";

const directory = new URL("../../target/sdk-calls/", import.meta.url);
const file = (sdk) => new URL(`${sdk.replaceAll(/[^\w.]/g, "_")}.txt`, directory);

/** Forgets what an earlier run has called. */
export function forgetCalls() {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
}

/** The calls that were answered with success, as `users.getUser`. */
export function recordedCalls(sdk) {
  return new Set(readFileSync(file(sdk), "utf8").split("\n").filter(Boolean));
}

/** The API classes of a client: `users`, `sessions` and so on. */
export function classesOf(client) {
  const isClass = (name) => typeof client[name] === "object" && client[name] !== null && "request" in client[name];
  return Object.keys(client).filter(isClass).sort();
}

/** The methods of an API class. */
export function methodsOf(api) {
  return Object.getOwnPropertyNames(Object.getPrototypeOf(api)).filter((name) => name !== "constructor");
}

/** A client that does what `client` does, and writes down what was answered. */
export function recording(sdk, client) {
  const known = new Set();
  const note = (call) => {
    if (known.has(call)) return;
    known.add(call);
    mkdirSync(directory, { recursive: true });
    appendFileSync(file(sdk), `${call}\n`);
  };
  const recordingApi = (name, api) =>
    new Proxy(api, {
      get(target, method) {
        if (!methodsOf(target).includes(method)) return target[method];
        return (...given) => {
          const answer = target[method](...given);
          // A refusal is the caller's to handle, and no proof that the method works.
          Promise.resolve(answer).then(() => note(`${name}.${method}`), () => {});
          return answer;
        };
      },
    });
  const apis = Object.fromEntries(classesOf(client).map((name) => [name, recordingApi(name, client[name])]));
  return new Proxy(client, { get: (target, name) => apis[name] ?? target[name] });
}

if (process.argv[1] === new URL(import.meta.url).pathname) forgetCalls();
