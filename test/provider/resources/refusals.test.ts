import test from "ava";
import { networkId } from "./bench.ts";
import { refused } from "./refused.ts";

test(
  "an unknown vault",
  refused,
  "Fabric",
  () => ({ vault: "shpo", location: "northeurope" }),
  "vault",
  /there is no vault .*shpo.*asr:vault/,
);
test(
  "an unknown region",
  refused,
  "Fabric",
  () => ({ location: "norteurope" }),
  "location",
  /"norteurope" is no region.*Did you mean "northeurope"\?/,
);
test(
  "a second fabric of a region",
  refused,
  "Fabric",
  () => ({ location: "northeurope" }),
  "location",
  /has the fabric ne for northeurope already/,
);
test(
  "an unknown resource group",
  refused,
  "Vault",
  () => ({ location: "westeurope", resourceGroup: "nowhere" }),
  "resourceGroup",
  /there is no resource group .*nowhere/,
);
test(
  "a name that is none",
  refused,
  "Vault",
  () => ({ location: "westeurope", name: "9 lives" }),
  "name",
  /"9 lives" is no vault name.*2 to 50/,
);
test(
  "an unknown fabric",
  refused,
  "ProtectionContainer",
  () => ({ fabric: "nee" }),
  "fabric",
  /there is no fabric .*nee\. Did you mean "ne"\?/,
);
test(
  "an id of another kind",
  refused,
  "ProtectionContainer",
  ({ policy }) => ({ fabric: policy.state.policyId }),
  "fabric",
  /replicationPolicies\/daily" is not the ARM id that is wanted here/,
);
test(
  "a name that cannot stand in an id",
  refused,
  "ProtectionContainer",
  () => ({ fabric: "ne", name: "a/b" }),
  "name",
  /"a\/b" cannot be a name/,
);
test(
  "too long a retention",
  refused,
  "ReplicationPolicy",
  () => ({ recoveryPointRetention: "P16D" }),
  "recoveryPointRetention",
  /P16D is longer.*PT0S to P15D/,
);
test(
  "snapshots too often",
  refused,
  "ReplicationPolicy",
  () => ({ applicationConsistentSnapshotFrequency: "PT30M" }),
  "applicationConsistentSnapshotFrequency",
  /PT30M is too often/,
);
test(
  "snapshots beyond the retention",
  refused,
  "ReplicationPolicy",
  () => ({ recoveryPointRetention: "PT2H", applicationConsistentSnapshotFrequency: "PT3H" }),
  "applicationConsistentSnapshotFrequency",
  /longer than the retention of PT2H/,
);
test(
  "no duration",
  refused,
  "ReplicationPolicy",
  () => ({ recoveryPointRetention: "3 days" }),
  "recoveryPointRetention",
  /"3 days" is no duration/,
);
test(
  "a duration in seconds",
  refused,
  "ReplicationPolicy",
  () => ({ recoveryPointRetention: "PT90S" }),
  "recoveryPointRetention",
  /whole number of minutes/,
);
test(
  "a duplicate name with other content",
  refused,
  "ReplicationPolicy",
  () => ({ name: "daily", recoveryPointRetention: "P3D" }),
  "name",
  /exists with other content.*recoveryPointRetention is "PT24H" and should be "P3D".*adopt: true/,
);
test(
  "an unknown policy",
  refused,
  "ProtectionContainerMapping",
  ({ outward }) => ({ ...outward.inputs, name: "x", policy: "dayly" }),
  "policy",
  /there is no replication policy .*Did you mean "daily"\?/,
);
test(
  "updates without an account",
  refused,
  "ProtectionContainerMapping",
  ({ outward }) => ({ ...outward.inputs, name: "x", agentAutoUpdate: true }),
  "automationAccount",
  /is missing/,
);
test(
  "a container mapped to itself",
  refused,
  "ProtectionContainerMapping",
  ({ outward }) => ({
    ...outward.inputs,
    name: "x",
    targetContainer: outward.inputs.sourceContainer,
  }),
  "targetContainer",
  /source container itself/,
);
test(
  "a network of another region",
  refused,
  "NetworkMapping",
  () => ({
    primaryFabric: "ne",
    recoveryFabric: "we",
    primaryNetwork: networkId("shop-we-vnet"),
    recoveryNetwork: networkId("shop-we-vnet"),
  }),
  "primaryNetwork",
  /lies in westeurope, the primary fabric ne in northeurope/,
);
test(
  "an unknown network",
  refused,
  "NetworkMapping",
  () => ({
    primaryFabric: "ne",
    recoveryFabric: "we",
    primaryNetwork: networkId("x"),
    recoveryNetwork: networkId("shop-we-vnet"),
  }),
  "primaryNetwork",
  /there is no virtual network/,
);
test(
  "an address that is none",
  refused,
  "AlertSetting",
  () => ({ emailAddresses: ["a@b.example", "nobody"] }),
  "emailAddresses[1]",
  /"nobody" is no mail address/,
);
