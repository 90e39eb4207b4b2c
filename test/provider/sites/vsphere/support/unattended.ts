import { systemClock } from "../../../../../provider/context.ts";
import { createSiteRegistry } from "../../../../../provider/sites/create-registry.ts";
import { loopbackConfiguration } from "../../azure/support/run.ts";

/** Asks a vCenter as a provider process does, prints nothing and closes nothing. */
const settings = JSON.parse(process.argv[2] ?? "");
const registry = createSiteRegistry({
  ...loopbackConfiguration("http://127.0.0.1:1"),
  vcenters: { one: settings },
});
const nothing = (): void => undefined;
const context = {
  signal: new AbortController().signal,
  clock: systemClock,
  log: { info: nothing, warn: nothing, progress: nothing },
};
const site = await registry.vsphere("one");
const [found] = (await site?.findMachines(context, [{ name: "web" }])) ?? [];
if (found?.length !== 1 || found[0] === undefined) process.exit(3);
await site?.powerOn(context, found[0].reference);
