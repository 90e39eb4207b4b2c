import test from "ava";
import { choose, serverNameOf } from "../../../provider/recovery/server-choice.ts";

const fabric =
  "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/replicationFabrics/f";

test("R-02 a server may be named by the id of its resource, by its own id and by its name", (t) => {
  const all = [{ id: "guid-1", name: "mt-linux" }];
  for (const wanted of [`${fabric}/masterTargetServers/mt-linux`, "GUID-1", "MT-linux"]) {
    const { value } = choose({
      ...{ input: "masterTarget", what: "master target", wanted, all },
      names: (each) => [each.id, each.name],
    });
    t.is(value?.name, "mt-linux", wanted);
  }
  t.is(serverNameOf(`${fabric}/replicationAppliances/one`), "one");
  t.is(serverNameOf(`${fabric}/replicationPolicies/one`), `${fabric}/replicationPolicies/one`);
});
