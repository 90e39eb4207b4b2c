import test from "ava";
import { ConfigurationServer, PhysicalServer, ProcessServer, VCenter } from "pulumi-asr";
import { plantOne } from "../../actions/site-world.ts";
import { startRehearsal } from "./rehearsal.ts";

/** The site with a second process server, a second vCenter and a physical server that nobody has told it of. */
const world = plantOne("classic", {
  server: { processServers: [{ name: "cs-1" }, { name: "ps-azure", address: "10.2.0.4" }] },
  world: {
    clock: { mode: "accelerated:2000" },
    physicalServers: [{ name: "metal-1", address: "10.1.1.50", os: "Windows" }],
  },
});

test.serial(
  "R-01 S-02 P-01 the servers of a site are declared in one program: shown, made, and without difference after a refresh",
  async (t) => {
    const rehearsal = await startRehearsal(t, world);
    const stack = await rehearsal.stack(async () => {
      const site = new ConfigurationServer("cs-1", { fabric: "plant-one", address: "10.1.0.10" });
      const fabric = "plant-one";
      const server = new ProcessServer("ps-azure", {
        ...{ fabric, placement: "azure", takeOverFrom: "cs-1" },
      });
      new VCenter("vcenter-one", { fabric, address: "10.1.0.5", processServer: server.id });
      new PhysicalServer("metal-1", {
        ...{ container: site.containerId, address: "10.1.1.50", osType: "Windows" },
      });
    });
    const preview = await stack.preview();
    t.regex(preview.stdout, /takes over from cs-1: 2 machines/);
    t.deepEqual(rehearsal.verbs(), []);
    await stack.up();
    t.deepEqual(rehearsal.verbs().toSorted(), ["discoverProtectableItem", "reassociateGateway"]);
    await stack.refresh({ expectNoChanges: true });
    await stack.preview({ expectNoChanges: true });
    t.is(rehearsal.verbs().length, 2);
  },
);
