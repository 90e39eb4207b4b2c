import type { JsonObject } from "../state/json.ts";
import { SITE_SERVER } from "./estate-schema.ts";
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

const machine = object(
  {
    name: text,
    host: text,
    os: { enum: ["Linux", "Windows"] },
    osVersion: text,
    generation: { enum: [1, 2] },
    memoryMiB: positive,
    processors: positive,
    address,
    network: text,
    storageClassification: text,
    disks: { ...list(object({ sizeGiB: positive, name: text }, "sizeGiB")), minItems: 1 },
    power: { enum: ["on", "off"] },
    shutdown: { enum: ["works", "fails"] },
    churnMiBPerSecond: notNegative,
    count,
  },
  "name",
);

const hosts = list(object(SITE_SERVER, "name"));
const subnet = object({ name: text, addresses: list(text) }, "name");

/** JSON Schema of the Hyper-V sections of a world file. */
export const HYPER_V_SECTIONS: JsonObject = {
  hyperVSites: list(
    object(
      { vault: text, fabric: text, made: yesNo, hosts, machines: list(machine) },
      "vault",
      "fabric",
    ),
  ),
  vmmServers: list(
    object(
      {
        ...SITE_SERVER,
        vault: text,
        fabric: text,
        hosts,
        clouds: list(object({ name: text, machines: list(machine) }, "name")),
        networks: list(object({ name: text, subnets: list(subnet) }, "name")),
        storageClassifications: list(object({ name: text }, "name")),
      },
      "name",
      "vault",
    ),
  ),
};
