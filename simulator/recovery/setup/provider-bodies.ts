import { applianceSiteOf, configurationServerOf } from "../../estate/find.ts";
import { siteProviders } from "../../estate/providers.ts";
import { hyperVAgents } from "../../hyper-v/find.ts";
import { guidOf, type Simulation } from "../../simulation.ts";
import { nameOf, recoveryType } from "../../state/identifiers.ts";
import type { JsonObject } from "../../state/json.ts";
import type { Fabric, Vault } from "../../state/model.ts";
import { formatTime, NEVER_EXPIRES } from "../../state/times.ts";
import { displayNameOf } from "../../world/regions.ts";
import { fabricId } from "../vault/find.ts";

const PROVIDERS = "replicationRecoveryServicesProviders";

/** The id by which items name the agent of their fabric; its last segment is a GUID, not a name. */
export function providerId(simulation: Simulation, vault: Vault, fabricName: string): string {
  const guid =
    configurationServerOf(vault, fabricName)?.id ??
    applianceSiteOf(vault, fabricName)?.appliances[0]?.id ??
    hyperVAgents(simulation, vault, fabricName)[0]?.id ??
    guidOf(simulation, "provider", fabricId(vault, fabricName));
  return `${fabricId(vault, fabricName)}/${PROVIDERS}/${guid}`;
}

/** The agents of a fabric as they are read; an Azure fabric has one of its own. */
export function providerBodies(
  simulation: Simulation,
  vault: Vault,
  fabric: Fabric,
): readonly JsonObject[] {
  const type = recoveryType("replicationFabrics", PROVIDERS);
  const site = siteProviders(simulation, vault, fabric);
  if (!site) return [azureProviderBody(simulation, vault, fabric)];
  return site.map(({ name, properties }) => ({
    id: `${fabricId(vault, fabric.name)}/${PROVIDERS}/${name}`,
    type,
    name,
    properties,
  }));
}

/** The agent of a fabric with that name, or with the GUID items know it by. */
export function providerBodyNamed(
  simulation: Simulation,
  vault: Vault,
  fabric: Fabric,
  name: string,
): JsonObject | undefined {
  const site = siteProviders(simulation, vault, fabric);
  const wanted = site?.find(({ identifier }) => identifier === name.toLowerCase())?.name ?? name;
  return providerBodies(simulation, vault, fabric).find(
    (each) => String(each.name).toLowerCase() === wanted.toLowerCase(),
  );
}

/** The agent of an Azure fabric (form as recording V2A_RCMInMage.019). */
function azureProviderBody(simulation: Simulation, vault: Vault, fabric: Fabric): JsonObject {
  const id = providerId(simulation, vault, fabric.name);
  return {
    id,
    type: recoveryType("replicationFabrics", PROVIDERS),
    name: nameOf(id),
    properties: {
      fabricType: "Azure",
      friendlyName: displayNameOf(fabric.location),
      providerVersion: "",
      serverVersion: "",
      providerVersionState: "None",
      providerVersionExpiryDate: NEVER_EXPIRES,
      fabricFriendlyName: displayNameOf(fabric.location),
      lastHeartBeat: formatTime(simulation.now),
      connectionStatus: "Connected",
      protectedItemCount: Object.values(vault.items).filter(
        (item) => item.fabricName === fabric.name,
      ).length,
      allowedScenarios: [],
      healthErrorDetails: [],
      draIdentifier: nameOf(id),
      machineId: nameOf(id),
      machineName: displayNameOf(fabric.location),
      biosId: null,
      authenticationIdentityDetails: null,
      resourceAccessIdentityDetails: null,
      dataPlaneAuthenticationIdentityDetails: null,
      providerVersionDetails: null,
    },
  };
}
