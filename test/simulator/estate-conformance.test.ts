import test from "ava";
import { MODERN, MODERN_CONTAINER, openSite, SITE, SITE_VAULT } from "./estate-site.ts";
import { differences, fieldOrder, recorded } from "./recorded.ts";
import type { Body } from "./shop.ts";

/** The site with a policy and a mapping for its appliance. */
const SET_UP = {
  ...SITE,
  vaults: [
    {
      name: "site-vault",
      resourceGroup: "recovery",
      policies: [{ name: "policy", kind: "InMageRcm" as const }],
      mappings: [
        { name: "there", source: "appliance-1", target: "Microsoft Azure", policy: "policy" },
      ],
    },
  ],
};

const sameForm = test.macro({
  exec: async (t, path: string, name: string, ...newer: readonly string[]) => {
    const site = await openSite(t, SET_UP);
    const ours = await site.get(path);
    t.deepEqual(differences(ours, recorded(name)), newer);
    const first = (body: Body) => body.value?.[0] ?? body;
    t.deepEqual(fieldOrder(first(ours)), fieldOrder(first(recorded(name))));
  },
  title: (_given: string | undefined, path: string, name: string, ..._newer: readonly string[]) =>
    `GET ${path.split("/").slice(9).join("/")} has the form of recording ${name}`,
});

test(sameForm, `${SITE_VAULT}/replicationPolicies/policy`, "V2A_RCMInMage.012.policy-get");
test(sameForm, `${MODERN}/replicationProtectionContainers`, "V2A_RCMInMage.014.containers-list");
test(
  sameForm,
  `${MODERN_CONTAINER}/replicationProtectionContainerMappings/there`,
  "V2A_RCMInMage.018.mapping-get",
);
test(
  sameForm,
  `${MODERN}/replicationRecoveryServicesProviders`,
  "V2A_RCMInMage.019.providers-list",
);
// Counts that version 2023-08-01 has and the recorded 2022-08-01 has not.
test(
  sameForm,
  MODERN,
  "V2A_RCMInMage.020.fabric-get",
  ".properties.customDetails.processServers[].protectedItemCount: not recorded",
  ".properties.customDetails.reprotectAgents[].protectedItemCount: not recorded",
);
