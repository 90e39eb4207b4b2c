import type { JsonObject } from "../state/json.ts";
import {
  address,
  count,
  list,
  notNegative,
  object,
  positive,
  text,
  yesNo,
} from "./schema-parts.ts";

const host = { type: "string", pattern: "^[A-Za-z0-9.:-]+$" };
const delay = { anyOf: [notNegative, { const: "never" }] };
const reports = { enum: ["reports", "silent"] };
const disks = { ...list(object({ sizeGiB: positive }, "sizeGiB")), minItems: 1 };
const accounts = list(object({ name: text }, "name"));

const computer = {
  name: text,
  address,
  os: { enum: ["Linux", "Windows"] },
  osVersion: text,
  memoryMiB: positive,
  processors: positive,
  power: { enum: ["on", "off"] },
  disks,
  agent: reports,
  agentRegistersAfterMinutes: delay,
  churnMiBPerSecond: notNegative,
};

/** What all servers of a site have in a world file. */
export const SITE_SERVER: JsonObject = {
  name: text,
  address,
  machine: text,
  registersAfterMinutes: notNegative,
  heartbeat: reports,
  version: text,
};

const vcenter = object(
  {
    name: text,
    address: host,
    port: positive,
    control: { type: "string", pattern: "^http://" },
    account: { enum: ["readWrite", "readOnly"] },
    datastores: list(
      object({ name: text, type: text, capacityGiB: positive, freeGiB: notNegative }, "name"),
    ),
    hosts: list(object({ name: text, datastores: list(text), memoryMiB: positive }, "name")),
    machines: list(
      object(
        {
          ...computer,
          host: text,
          datastore: text,
          toolsRunning: yesNo,
          biosId: text,
          instanceUuid: text,
          count,
        },
        "name",
      ),
    ),
  },
  "name",
  "address",
);

const masterTarget = object(
  {
    ...SITE_SERVER,
    os: { enum: ["Linux", "Windows"] },
    osVersion: text,
    extraDisks: { type: "integer", minimum: 0 },
    retentionVolumes: list(
      object({ name: text, capacityGiB: positive, listedAfterMinutes: notNegative }, "name"),
    ),
  },
  "name",
);

const site = { vault: text, fabric: text, container: text, vcenters: list(text) };

/** JSON Schema of the on-premises sections of a world file. */
export const ESTATE_SECTIONS: JsonObject = {
  vcenters: list(vcenter),
  physicalServers: list(
    object(
      { ...computer, discoverable: yesNo, discovered: yesNo, discoveryType: text },
      "name",
      "address",
    ),
  ),
  configurationServers: list(
    object(
      {
        ...SITE_SERVER,
        ...site,
        runAsAccounts: accounts,
        processServers: list(object(SITE_SERVER, "name")),
        masterTargets: list(masterTarget),
      },
      "name",
      "vault",
    ),
  ),
  appliances: list(
    object({ ...SITE_SERVER, ...site, site: text, runAsAccounts: accounts }, "name", "vault"),
  ),
};
