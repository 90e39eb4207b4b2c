import type { VCenterSettings } from "../../configuration.ts";
import type { OperationContext } from "../../context.ts";
import { createAnswerCache } from "../azure/answer-cache.ts";
import { type Estate, readEstate } from "./reads/estate.ts";
import { createMachineReader } from "./reads/machines.ts";
import { createPrivilegeReader } from "./reads/privilege-reader.ts";
import type { VsphereSite } from "./site.ts";
import { createClient } from "./transport/client.ts";
import { addDisk, removeDisk } from "./writes/disks.ts";
import { powerOn, shutDown } from "./writes/power.ts";
import { enableDiskUuid, removeSnapshots, setStorageDrsExclusion } from "./writes/settings.ts";

/** The adapter of one vCenter; nothing is sent before its first call. */
export function createVsphereSite(name: string, settings: VCenterSettings): VsphereSite {
  const client = createClient(name, settings);
  const cache = createAnswerCache();
  const machines = createMachineReader(client, cache);
  const estate = (context: OperationContext): Promise<Estate> =>
    cache.get(context, "estate", () =>
      client.withSession(context, "list its hosts and datastores", readEstate),
    );
  const privileges = createPrivilegeReader(client, async (context) => {
    const { hosts, datastores, storagePods } = await estate(context);
    return { hosts, datastores, storagePods, machines: await machines.outlines(context) };
  });
  const forget = (): void => {
    cache.drop();
    machines.drop();
    privileges.drop();
  };
  /** A change of one's own drops what has been read, also when it fails: it may have taken effect. */
  const changing = async <Result>(change: Promise<Result>): Promise<Result> => {
    try {
      return await change;
    } finally {
      forget();
    }
  };

  return {
    name,
    host: new URL(settings.url).hostname.replace(/^\[|\]$/g, ""),
    forget,
    close: () => client.close(),
    about: async (context) => (await client.content(context)).about,
    async findMachines(context, queries) {
      const index = await machines.index(context);
      const matches = await Promise.all(
        queries.map(async (query) => {
          const found = index.match(query);
          if (found.length > 0 || (query.path ?? "") === "") return found;
          return await machines.findByPath(context, query.path ?? "");
        }),
      );
      const facts = await machines.facts(context, matches.flat());
      return matches.map((each) => each.flatMap((reference) => present(facts.get(reference))));
    },
    async hosts(context, references) {
      const { hosts } = await estate(context);
      return references.flatMap((each) => present(hosts.get(each)));
    },
    async datastores(context, references) {
      const { datastores } = await estate(context);
      return references.flatMap((each) => present(datastores.get(each)));
    },
    async storagePods(context, references) {
      const { storagePods } = await estate(context);
      return references.flatMap((each) => present(storagePods.get(each)));
    },
    async machineNames(context, references) {
      const outlines = await machines.outlines(context);
      const names = new Map(outlines.map((each) => [each.reference, each.name]));
      return new Map(
        references.flatMap((each) => present(names.get(each)).map((text) => [each, text])),
      );
    },
    async datacenters(context, references) {
      const outlines = await machines.outlines(context);
      const known = new Map(outlines.map((each) => [each.reference, each.datacenter]));
      return new Map(
        references.flatMap((each) => present(known.get(each)).map((found) => [each, found])),
      );
    },
    missingPrivileges: (context, references, privilegeIds, userName) =>
      privileges.missing(context, references, privilegeIds, userName),
    enableDiskUuid: (context, reference) => changing(enableDiskUuid(context, client, reference)),
    addDisk: (context, reference, disk) => changing(addDisk(context, client, reference, disk)),
    removeDisk: (context, reference, { fileName }) =>
      changing(removeDisk(context, client, reference, fileName)),
    removeSnapshots: (context, reference) => changing(removeSnapshots(context, client, reference)),
    setStorageDrsExclusion: (context, pod, machine, excluded) =>
      changing(setStorageDrsExclusion(context, client, pod, machine, excluded)),
    shutDown: (context, reference, timeoutMilliseconds) =>
      changing(shutDown(context, client, reference, timeoutMilliseconds)),
    powerOn: (context, reference) => changing(powerOn(context, client, reference)),
  };
}

function present<Value>(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value];
}
