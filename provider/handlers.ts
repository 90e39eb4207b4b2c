import { failbackHandler } from "./actions/failback.ts";
import { failoverHandler } from "./actions/failover.ts";
import { reprotectHandler } from "./actions/reprotect.ts";
import { testFailoverHandler } from "./actions/test-failover.ts";
import type { AnyHandler, Handler } from "./handler.ts";

/** The only list of resources: one line per handler, in the order of the documentation. */
const list: readonly AnyHandler[] = [
  anyHandler(testFailoverHandler),
  anyHandler(failoverHandler),
  anyHandler(reprotectHandler),
  anyHandler(failbackHandler),
];

/** Every resource of the provider, by its token such as `asr:index:Failover`. */
export const handlers: ReadonlyMap<string, AnyHandler> = new Map(
  list.map((handler) => [handler.token, handler]),
);

/** Forgets a handler's own types: hosts hold all handlers in one table and pass plain objects. */
export function anyHandler<Inputs extends object, State extends object>(
  handler: Handler<Inputs, State>,
): AnyHandler {
  return handler as unknown as AnyHandler;
}
