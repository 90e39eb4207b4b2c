import test from "ava";
import { FailbackPath, type FailbackPathArgs, VmwareSite } from "../../components/index.ts";
import { recordProgram } from "./recorder.ts";

const vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/main";
const fabric = `${vault}/replicationFabrics/plant`;

const args: FailbackPathArgs = {
  site: fabric,
  processServer: { name: "ps-azure", takeOverFrom: "cs-1" },
  masterTargets: { "mt-linux": { osType: "Linux", manage: ["diskUuid"] } },
};

test.serial(
  "V-01 R-01 a way back declares the process server in Azure and the master targets at the site",
  async (t) => {
    const { find } = await recordProgram(true, () => {
      new FailbackPath("plant", args);
    });
    t.like(find("ProcessServer", "plant-ps-azure").inputs, {
      ...{ fabric, name: "ps-azure", placement: "azure", takeOverFrom: "cs-1" },
    });
    const target = find("MasterTargetServer", "plant-mt-linux").inputs;
    t.like(target, { fabric, name: "mt-linux", osType: "Linux" });
    t.deepEqual(target.manage, ["diskUuid"]);
  },
);

test.serial("R-02 machines are reprotected through the servers of the way back", async (t) => {
  const { find } = await recordProgram(true, () => {
    const path = new FailbackPath("plant", args);
    path.reprotect("away", { item: "web", datastore: "ds1" });
    path.reprotect("elsewhere", { item: "db", processServer: "ps-other" });
  });
  t.like(find("Reprotect", "away").inputs, {
    ...{ item: "web", datastore: "ds1", processServer: "ps-azure", masterTarget: "mt-linux" },
  });
  t.is(find("Reprotect", "elsewhere").inputs.processServer, "ps-other");
});

test.serial(
  "R-02 among several master targets the machine's operating system decides",
  async (t) => {
    const { find } = await recordProgram(true, () => {
      const masterTargets = { "mt-linux": {}, "mt-windows": {} };
      const path = new FailbackPath("plant", { ...args, masterTargets });
      path.reprotect("away", { item: "web" });
    });
    t.is(find("Reprotect", "away").inputs.masterTarget, undefined);
    t.is(find("MasterTargetServer", "plant-mt-windows").inputs.name, "mt-windows");
  },
);

test.serial("a way back takes the classic site itself, and refuses a modernized one", async (t) => {
  const siteArgs = {
    container: `${fabric}/replicationProtectionContainers/machines`,
    recovery: { resourceGroup: "r", cacheStorageAccount: "c" },
  };
  const { find } = await recordProgram(true, () => {
    const site = new VmwareSite("plant", { ...siteArgs, generation: "classic" });
    new FailbackPath("plant", { ...args, site });
    const modernized = new VmwareSite("new", siteArgs);
    t.throws(() => new FailbackPath("none", { ...args, site: modernized }), {
      message: /a modernized site needs no way back of its own/,
    });
    t.throws(() => new FailbackPath("empty", { ...args, masterTargets: {} }), {
      message: /^masterTargets: is empty/,
    });
  });
  t.is(find("ProcessServer", "plant-ps-azure").inputs.fabric, fabric);
});

test.serial(
  "NET-PATH V-01 a connection that is down is warned of and stops nothing; one that is up is not mentioned",
  async (t) => {
    const warnings: string[] = [];
    const seen = async (connectionStatus: string | undefined): Promise<number> => {
      warnings.length = 0;
      const recorder = await recordProgram(true, () => {
        new FailbackPath("plant", { ...args, connection: { connectionStatus } });
      });
      t.is(recorder.resources.length, 3);
      return warnings.length;
    };
    // Without an engine Pulumi writes its warnings to the console.
    const { warn } = console;
    console.warn = (text: string) => void warnings.push(text);
    try {
      t.is(await seen("NotConnected"), 1);
      t.regex(warnings[0] ?? "", /"NotConnected"\. Bring the VPN or ExpressRoute up/);
      t.is(await seen("Connected"), 0);
      t.is(await seen(undefined), 0);
    } finally {
      console.warn = warn;
    }
  },
);
