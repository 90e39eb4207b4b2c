import { registered, serverHealth } from "../estate/heartbeat.ts";
import { guidOf, type Simulation } from "../simulation.ts";
import type { JsonObject } from "../state/json.ts";
import type { Fabric, Vault } from "../state/model.ts";
import { DAY, formatWholeSeconds } from "../state/times.ts";
import { HYPER_V_SITE, VMM } from "./fabric-kinds.ts";
import { hyperVAgents, hyperVSiteOf, vmmServerOf } from "./find.ts";

/** Version of the agent that sends the data of a Hyper-V host to Azure. */
const MARS_VERSION = "2.0.9245.0";

/** What is particular about the fabric of a Hyper-V site or of a VMM server (recording H2A_E2A.008, swagger HyperVSiteDetails); undefined for another. */
export function hyperVFields(
  simulation: Simulation,
  vault: Vault,
  fabric: Fabric,
): JsonObject | undefined {
  const agents = registered(simulation, hyperVAgents(simulation, vault, fabric.name));
  const server = vmmServerOf(simulation, vault, fabric.name);
  const site = hyperVSiteOf(simulation, vault, fabric.name);
  if (!server && !site && fabric.instanceType !== HYPER_V_SITE) return undefined;
  const ill = [...agents, ...(server?.hosts ?? [])].map((each) => serverHealth(simulation, each));
  const errors = ill.flatMap((each) => each.errors);
  const isMainIll = ill.slice(0, agents.length).some(({ health }) => health === "Critical");
  return {
    ...(server ? vmmEncryption(simulation, fabric) : {}),
    customDetails: server
      ? { instanceType: VMM }
      : {
          instanceType: HYPER_V_SITE,
          hyperVHosts: agents.map(({ id, name }) => ({ id, name, marsAgentVersion: MARS_VERSION })),
        },
    healthErrorDetails: errors,
    health: errors.length === 0 ? "Normal" : isMainIll ? "Critical" : "Warning",
  };
}

/** The key of a VMM server, with which it may encrypt data; as recorded. */
function vmmEncryption(simulation: Simulation, fabric: Fabric): JsonObject {
  const guid = (words: string) =>
    guidOf(simulation, words, fabric.internalIdentifier).replaceAll("-", "");
  const thumbprint = `${guid("thumbprint")}${guid("rest of it")}`.slice(0, 40).toUpperCase();
  // Three years, from a day of its own, so that the same world tells the same.
  const expiry = Date.UTC(2028, 7, 11) + (Number.parseInt(thumbprint.slice(0, 4), 16) % 300) * DAY;
  return {
    encryptionDetails: {
      kekState: "Enabled",
      kekCertThumbprint: thumbprint,
      kekCertExpiryDate: formatWholeSeconds(expiry),
    },
    rolloverEncryptionDetails: { kekState: "Enabled", kekCertThumbprint: null },
  };
}
