import { type Answer, missingObject, ok } from "../http/answer.ts";
import { pagedList } from "../http/paging.ts";
import type { Call, Handler, Route } from "../http/route.ts";
import { otherAnswer } from "../recovery/other/other-routes.ts";
import { fabricFriendlyName } from "../recovery/setup/bodies.ts";
import { existsOtherwise, setupJob, stillInUse } from "../recovery/setup/setup-job.ts";
import { BODIES } from "../recovery/validation/bodies.ts";
import { checkBody } from "../recovery/validation/body-rule.ts";
import { fabricNamed, missingReference, param, vaultOf } from "../recovery/vault/find.ts";
import { guidOf } from "../simulation.ts";
import type { ConfigurationServer, DiscoveredVCenter } from "../state/estate-model.ts";
import { recoveryId } from "../state/identifiers.ts";
import { objectAt, textAt } from "../state/json.ts";
import type { Vault } from "../state/model.ts";
import { configurationServerOf, estateMachine, estateVCenter } from "./find.ts";
import { vcenterBody } from "./vcenter-body.ts";

const FABRIC = "replicationFabrics/{fabric}";
const VCENTERS = "replicationvCenters";
const LIST = `${FABRIC}/${VCENTERS}`;
const ONE = `${LIST}/{object}`;

/** vCenters and ESXi hosts that a configuration server discovers; other fabrics have none. Paths are relative to the vault. */
export const VCENTER_ROUTES: readonly Route[] = [
  ["GET", VCENTERS, listAll],
  ["GET", LIST, ofClassic("GET", LIST, listOfFabric)],
  ["GET", ONE, ofClassic("GET", ONE, getVCenter)],
  ["PUT", ONE, ofClassic("PUT", ONE, putVCenter)],
  ["PATCH", ONE, ofClassic("PATCH", ONE, patchVCenter)],
  ["DELETE", ONE, ofClassic("DELETE", ONE, deleteVCenter)],
];

function ofClassic(method: string, path: string, handler: Handler): Handler {
  return (call) => {
    const { name } = fabricNamed(vaultOf(call), param(call, "fabric"));
    return configurationServerOf(vaultOf(call), name)
      ? handler(call)
      : otherAnswer(call, method, path);
  };
}

/** The key of a vCenter in its vault. */
export function vcenterKey(fabricName: string, name: string): string {
  return `${fabricName}/${name}`.toLowerCase();
}

function serverOf(call: Call): ConfigurationServer {
  const server = configurationServerOf(vaultOf(call), param(call, "fabric"));
  if (!server) throw missingObject(param(call, "fabric"));
  return server;
}

function vcenterOf(call: Call): DiscoveredVCenter {
  const name = param(call, "object");
  const found = vaultOf(call).vcenters[vcenterKey(param(call, "fabric"), name)];
  if (!found) throw missingObject(name);
  return found;
}

function listAll(call: Call): Answer {
  const vault = vaultOf(call);
  // A configuration server that has not registered yet has none to show.
  const known = Object.values(vault.vcenters).filter(
    ({ fabricName }) => vault.fabrics[fabricName.toLowerCase()] !== undefined,
  );
  return pagedList(
    call,
    known.map((each) => vcenterBody(call.simulation, vault, each)),
  );
}

function listOfFabric(call: Call): Answer {
  const vault = vaultOf(call);
  const { fabricName } = serverOf(call);
  const here = Object.values(vault.vcenters).filter((each) => each.fabricName === fabricName);
  return pagedList(
    call,
    here.map((each) => vcenterBody(call.simulation, vault, each)),
  );
}

function getVCenter(call: Call): Answer {
  return ok(vcenterBody(call.simulation, vaultOf(call), vcenterOf(call)));
}

/** What the body says, over what is there; refuses a process server or account that the site does not have. */
function settingsOf(
  call: Call,
  server: ConfigurationServer,
  before: Pick<
    DiscoveredVCenter,
    "friendlyName" | "address" | "port" | "processServerId" | "runAsAccountId"
  >,
) {
  const given = objectAt(call.body, "properties");
  const settings = {
    friendlyName: textAt(given, "friendlyName") ?? before.friendlyName,
    address: textAt(given, "ipAddress") ?? before.address,
    port: textAt(given, "port") ?? before.port,
    processServerId: textAt(given, "processServerId") ?? before.processServerId,
    runAsAccountId: textAt(given, "runAsAccountId") ?? before.runAsAccountId,
  };
  const { processServerId, runAsAccountId } = settings;
  const isHere = (id: string) => id.toLowerCase() === processServerId.toLowerCase();
  if (!server.processServers.some(({ id }) => isHere(id)))
    throw missingReference("properties.processServerId", processServerId);
  if (!server.runAsAccounts.some(({ id }) => id === runAsAccountId))
    throw missingReference("properties.runAsAccountId", runAsAccountId);
  return settings;
}

function putVCenter(call: Call): Answer {
  const vault = vaultOf(call);
  checkBody(call.body, BODIES.vcenter);
  const server = serverOf(call);
  const name = param(call, "object");
  const existing = vault.vcenters[vcenterKey(server.fabricName, name)];
  const settings = settingsOf(call, server, {
    friendlyName: name,
    address: "",
    port: "443",
    processServerId: server.processServers[0]?.id ?? "",
    runAsAccountId: server.runAsAccounts[0]?.id ?? "",
  });
  const differs = existing && existing.address.toLowerCase() !== settings.address.toLowerCase();
  return vcenterJob(call, vault, "DiscoverVCenter", existing?.name ?? name, {
    input: {
      vcenter: {
        name: existing?.name ?? name,
        fabricName: server.fabricName,
        ...settings,
        infrastructureId: guidOf(call.simulation, "infrastructure", settings.address),
        internalId: guidOf(call.simulation, "vcenter", server.fabricName, name),
        discoveredAt: existing?.discoveredAt ?? null,
      },
    },
    refusal: differs
      ? existsOtherwise("vCenter server", existing.name, `its address is ${existing.address}`)
      : undefined,
  });
}

function patchVCenter(call: Call): Answer {
  const vault = vaultOf(call);
  checkBody(call.body, BODIES.vcenter);
  const vcenter = vcenterOf(call);
  const settings = settingsOf(call, serverOf(call), vcenter);
  const moved = settings.address.toLowerCase() !== vcenter.address.toLowerCase();
  return vcenterJob(call, vault, "UpdateVCenter", vcenter.name, {
    input: {
      vcenter: {
        ...vcenter,
        ...settings,
        discoveredAt: moved ? null : vcenter.discoveredAt,
      },
    },
  });
}

function deleteVCenter(call: Call): Answer {
  const vault = vaultOf(call);
  const vcenter = vcenterOf(call);
  // CH-IN-USE
  const users = Object.values(vault.items).filter((item) => {
    const machine = estateMachine(call.simulation, item.onPremises?.machine);
    const home = estateVCenter(call.simulation, machine?.vcenter ?? null);
    return (
      item.fabricName === vcenter.fabricName &&
      home?.address.toLowerCase() === vcenter.address.toLowerCase()
    );
  });
  return vcenterJob(call, vault, "RemoveVCenter", vcenter.name, {
    input: { key: vcenterKey(vcenter.fabricName, vcenter.name) },
    refusal:
      users.length > 0
        ? stillInUse(
            "vCenter server",
            vcenter.name,
            users.map(({ name }) => `protected item ${name}`),
          )
        : undefined,
  });
}

function vcenterJob(
  call: Call,
  vault: Vault,
  scenario: "DiscoverVCenter" | "UpdateVCenter" | "RemoveVCenter",
  name: string,
  rest: Pick<Parameters<typeof setupJob>[2], "input" | "refusal">,
): Answer {
  const { fabricName } = serverOf(call);
  return setupJob(call, vault, {
    scenario,
    id: recoveryId(vault, "replicationFabrics", fabricName, VCENTERS, name),
    affectedObjects: {
      primaryfabricproviderid: "VMwareFabric",
      primaryvmmid: guidOf(call.simulation, "target", fabricName),
      primaryvmmname: fabricFriendlyName(vault, fabricName),
    },
    ...rest,
  });
}
