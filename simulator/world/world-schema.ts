import type { JsonObject } from "../state/json.ts";
import { ESTATE_SECTIONS } from "./estate-schema.ts";
import { HYPER_V_SECTIONS } from "./hyper-v-schema.ts";
import { REGIONS } from "./regions.ts";
import { address, count, list, object, positive, text, yesNo } from "./schema-parts.ts";

const region = { enum: REGIONS.map(({ name }) => name) };
const range = { type: "string", pattern: "^\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}$" };

const disk = object({ name: text, sizeGiB: positive, type: text });
const plain = object(
  { name: text, resourceGroup: text, location: region },
  "name",
  "resourceGroup",
);
const nic = object({ name: text, network: text, subnet: text, address }, "network", "subnet");

const machine = object(
  {
    name: text,
    resourceGroup: text,
    location: region,
    size: text,
    zone: text,
    os: { enum: ["Linux", "Windows"] },
    network: text,
    subnet: text,
    address,
    nics: list(nic),
    osDisk: disk,
    dataDisks: list(disk),
    tags: { type: "object", additionalProperties: { type: "string" } },
    power: { enum: ["running", "stopped", "deallocated"] },
    sourceShutdown: { enum: ["works", "fails"] },
    agent: { enum: ["reports", "silent"] },
    agentVersion: { enum: ["current", "outdated"] },
    churnMiBPerSecond: { type: "number", minimum: 0 },
    count,
  },
  "name",
  "resourceGroup",
);

const item = object(
  {
    name: text,
    machine: text,
    container: text,
    recoveryContainer: text,
    policy: text,
    recoveryResourceGroup: text,
    cacheStorageAccount: text,
    network: text,
    subnet: text,
    multiVmGroup: text,
    protected: yesNo,
    protectedForHours: { type: "number", minimum: 0, maximum: 87_600 },
    drilled: yesNo,
    resyncRequired: yesNo,
    retiredKind: { enum: ["San"] },
  },
  "machine",
  "container",
  "policy",
);

const POLICY_KINDS = [
  "A2A",
  "InMageRcm",
  "InMageRcmFailback",
  "InMageAzureV2",
  "InMage",
  "HyperVReplicaAzure",
  "HyperVReplica2012R2",
  "HyperVReplica2012",
];

const vault = object(
  {
    name: text,
    resourceGroup: text,
    location: region,
    fabrics: list(object({ name: text, location: region }, "name", "location")),
    containers: list(object({ name: text, fabric: text }, "name", "fabric")),
    policies: list(
      object(
        {
          name: text,
          kind: { enum: POLICY_KINDS },
          recoveryPointHistoryMinutes: { type: "integer", minimum: 0 },
          appConsistentMinutes: { type: "integer", minimum: 0 },
          multiVmSync: yesNo,
          replicationIntervalSeconds: { enum: [30, 300, 900] },
          initialReplicationStartTime: { type: "string", pattern: "^\\d{2}:\\d{2}:\\d{2}$" },
          storageAccount: text,
        },
        "name",
      ),
    ),
    mappings: list(
      object(
        { name: text, source: text, target: text, policy: text },
        "name",
        "source",
        "target",
        "policy",
      ),
    ),
    networkMappings: list(
      object(
        { name: text, primaryNetwork: text, recoveryNetwork: text },
        "name",
        "primaryNetwork",
        "recoveryNetwork",
      ),
    ),
    storageClassificationMappings: list(
      object({ name: text, primary: text, recovery: text }, "name", "primary", "recovery"),
    ),
    items: list(item),
  },
  "name",
  "resourceGroup",
);

const identity = object(
  {
    clientId: text,
    objectId: text,
    name: text,
    tenant: text,
    secret: text,
    federated: object({ issuer: text, subject: text }, "issuer", "subject"),
    managed: yesNo,
  },
  "clientId",
);

/** JSON Schema of a world file. */
export const WORLD_SCHEMA: JsonObject = object(
  {
    seed: { type: ["string", "number"] },
    tenant: text,
    identities: list(identity),
    clock: object({
      mode: { type: "string", pattern: "^(real|stepped|accelerated:\\d+(\\.\\d+)?)$" },
      start: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T" },
    }),
    knobs: object({
      originalMachineAtReprotect: { enum: ["deleted", "kept"] },
      pageSize: positive,
      pollSeconds: positive,
      agentRegistersAfterMinutes: { type: "number", minimum: 0 },
      failbackWaitsForUser: { type: "boolean" },
    }),
    subscriptions: {
      ...list(
        object(
          {
            id: { type: "string", pattern: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$" },
            name: text,
          },
          "id",
        ),
      ),
      minItems: 1,
    },
    regions: list(object({ name: region, unavailable: yesNo }, "name")),
    resourceGroups: list(
      object({ name: text, location: region, subscription: text }, "name", "location"),
    ),
    networks: list(
      object(
        {
          name: text,
          resourceGroup: text,
          location: region,
          subnets: { type: "object", additionalProperties: range, minProperties: 1 },
        },
        "name",
        "resourceGroup",
        "subnets",
      ),
    ),
    gateways: list(
      object(
        {
          name: text,
          resourceGroup: text,
          network: text,
          connections: list(
            object(
              {
                name: text,
                type: { enum: ["IPsec", "ExpressRoute", "Vnet2Vnet"] },
                status: { enum: ["Connected", "NotConnected", "Connecting", "Unknown"] },
              },
              "name",
            ),
          ),
        },
        "name",
        "resourceGroup",
        "network",
      ),
    ),
    storageAccounts: list(plain),
    availabilitySets: list(plain),
    networkSecurityGroups: list(plain),
    machines: list(machine),
    ...ESTATE_SECTIONS,
    ...HYPER_V_SECTIONS,
    vaults: list(vault),
    faults: list({ type: "object" }),
  },
  "subscriptions",
);
