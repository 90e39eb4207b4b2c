import type { VsphereSite } from "../../provider/sites/vsphere/site.ts";
import { createAgents } from "../../provider/sites/vsphere/transport/agents.ts";
import { post } from "../../provider/sites/vsphere/transport/post.ts";
import { createVsphereSite } from "../../provider/sites/vsphere/vsphere-site.ts";
import { startVCenterProcess } from "../rehearsal/vcenter-process.ts";
import { quickClock, silent } from "./stages.ts";
import { startVCenterStub, type VCenterAnswer } from "./vcenter-stub.ts";

/** What somebody asks a vCenter for, by name; `web` and `mt` are machines that it has. */
export const errands: Readonly<Record<string, (site: VsphereSite) => Promise<unknown>>> = {
  async reads(site) {
    const context = contextOf();
    await site.about(context);
    const [found = []] = await site.findMachines(context, [{ name: "web" }]);
    await site.findMachines(context, [{ path: "/DC0/vm/nobody" }]);
    for (const { hostReference, datastoreReferences } of found) {
      await site.hosts(context, [hostReference]);
      const stores = await site.datastores(context, datastoreReferences);
      await site.storagePods(
        context,
        stores.map((each) => each.storagePodReference),
      );
      await site.missingPrivileges(context, [hostReference], ["Datastore.AllocateSpace"]);
      await site.missingPrivileges(context, [hostReference], ["Datastore.AllocateSpace"], "else");
    }
    await site.machineNames(
      context,
      found.map(({ reference }) => reference),
    );
    await site.datacenters(
      context,
      found.map(({ reference }) => reference),
    );
  },
  async changes(site) {
    const context = contextOf();
    const reference = await referenceOf(site, "mt");
    await site.enableDiskUuid(context, reference);
    const disk = { capacityBytes: 2 ** 30, datastoreName: "datastore1" };
    const { fileName } = await site.addDisk(context, reference, disk);
    await site.removeDisk(context, reference, { fileName });
    await site.removeSnapshots(context, reference);
  },
  async power(site) {
    const context = contextOf();
    const reference = await referenceOf(site, "web");
    await site.shutDown(context, reference, 60_000);
    await site.powerOn(context, reference);
  },
};

/** A context of a run of its own. */
export function contextOf(): Parameters<VsphereSite["about"]>[0] {
  const clock = quickClock();
  const deadline = new Date(clock.now().getTime() + 300_000);
  return { signal: new AbortController().signal, clock, deadline, log: silent };
}

async function referenceOf(site: VsphereSite, name: string): Promise<string> {
  const [found = []] = await site.findMachines(contextOf(), [{ name }]);
  return found[0]?.reference ?? "vm-0";
}

/** All answers that a vCenter gives to an errand, in order. */
export async function recordAnswers(): Promise<Readonly<Record<string, readonly VCenterAnswer[]>>> {
  const vcenter = await startVCenterProcess({
    scenario: {
      machines: [
        { name: "web" },
        { name: "mt", power: "off", controllers: ["VirtualLsiLogicController"] },
      ],
    },
  });
  const account = { username: "admin", password: "correct-horse-42" };
  const agents = createAgents({ ...account, url: vcenter.url, thumbprint: vcenter.thumbprint });
  const recorded: Record<string, readonly VCenterAnswer[]> = {};
  try {
    for (const [name, errand] of Object.entries(errands)) {
      const answers: VCenterAnswer[] = [];
      const stub = await startVCenterStub(async ({ body, cookie }) => {
        const {
          status,
          text,
          cookie: set,
        } = await post(agents, {
          ...{ url: vcenter.url, body, apiVersion: "8.0.2.0", writes: false },
          ...(cookie === undefined ? {} : { cookie }),
        });
        const answer = { status, text, ...(set === undefined ? {} : { cookie: set }) };
        answers.push(answer);
        return answer;
      });
      const site = createVsphereSite("one", { ...account, url: stub.url });
      await errand(site);
      await site.close();
      await stub.close();
      recorded[name] = answers;
    }
    return recorded;
  } finally {
    agents.close();
    await vcenter.stop();
  }
}
