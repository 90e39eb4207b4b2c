import type { Estate } from "./vmware.ts";

/** What the service says to a request that it refuses at once. */
export async function refused(
  estate: Estate,
  method: string,
  path: string,
  body: unknown,
): Promise<{ code: string; message: string }> {
  const reply = await estate.ask(method, path, body);
  if (reply.status !== 400) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body.error.details[0];
}
