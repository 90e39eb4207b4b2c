import { workerData } from "node:worker_threads";
import { createAgents } from "./agents.ts";
import type { Farewell } from "./farewell.ts";
import { post } from "./post.ts";

/** Sends the one request of a farewell, and says when it is answered or has failed. */
const { settings, request, done } = workerData as Farewell;
try {
  await post(createAgents({ username: "", password: "", ...settings }), request);
} catch {
  // The vCenter ends idle sessions itself.
}
const flag = new Int32Array(done);
Atomics.store(flag, 0, 1);
Atomics.notify(flag, 0);
