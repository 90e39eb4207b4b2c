import test from "ava";
import { bothGenerations, siteItem, startSite, vaultId } from "./site-bench.ts";

for (const generation of bothGenerations) {
  test(`S-01 ${generation}: a machine is protected by its name, with its only servers and account`, async (t) => {
    const site = await startSite(t, generation);
    const { bench } = site;
    const { state, id } = await bench.create("web", "ReplicatedItem", siteItem(site, "web-1"));
    t.is(id, `${vaultId("shop")}/items/web`.toLowerCase());
    t.is(state.protectionState, "Protected");
    t.is(state.machine, "web-1");
    t.is(state.recoveryContainer, "Microsoft Azure");
    t.is(String(state.policy), String(site.policy.id));
    t.regex(String(state.primaryLocation), /cs-1|vmwarefabric/);
    t.true(
      bench.log.some(
        ({ level, text }) => level === "progress" && /^web-1: initial replication/.test(text),
      ),
    );
  });
}
