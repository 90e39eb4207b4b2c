import type { Handler } from "../../handler.ts";
import {
  completeName,
  completeReference,
  parentOf,
  vaultIdOf,
  vaultOfReference,
} from "../../inputs/vault-object.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import type { OnPremisesFabricFacts, ProcessServerFacts } from "../../recovery/on-premises.ts";
import { listed, silence, tellsTrouble } from "../../recovery/rules/words.ts";
import type { AzureSite } from "../../sites/azure/site.ts";
import { hasUnknown } from "../../unknown.ts";
import { referenceProblems } from "../references.ts";
import { planTakeOver, takeOver, takeOverProblems } from "./process-server/take-over.ts";
import {
  createRegisteredServerHandler,
  type Obstacle,
  type RegisteredServerOutputs,
} from "./registered-server/handler.ts";

/**
 * A process server of a classic VMware site: it caches, compresses and sends the data of machines. It registers
 * itself with the configuration server; this resource waits until it is healthy, and can have it take over the
 * machines of another one. Destroying the resource forgets it.
 *
 * @example
 * ```ts
 * new asr.ProcessServer("ps-azure", { fabric: site.fabricId, placement: "azure", takeOverFrom: "cs-1" });
 * ```
 */
export interface ProcessServerInputs {
  /**
   * Vault of the site: its name or ARM id. Changing it replaces the resource.
   * @defaultValue the vault that `fabric` names, else the one of the provider's configuration
   * @replaceOnChanges
   */
  readonly vault?: string;
  /**
   * Fabric of its configuration server: ARM id or name. Changing it replaces the resource.
   * @replaceOnChanges
   */
  readonly fabric: string;
  /**
   * The server's name as Azure lists it. Changing it replaces the resource.
   * @defaultValue the Pulumi resource's name
   * @replaceOnChanges
   */
  readonly name?: string;
  /**
   * Where it stands, as you know it; Azure does not tell. For the way back one in Azure is advised; one
   * on-premises works over ExpressRoute only.
   */
  readonly placement?: "azure" | "onPremises";
  /**
   * Process server whose machines this one takes over, by name or id: preview shows which. Machines that are
   * there later are not taken; changing this takes over again.
   */
  readonly takeOverFrom?: string;
  /**
   * Names of the machines that are taken over.
   * @defaultValue all of them, and the discovery of the vCenters with them
   */
  readonly takeOverMachines?: readonly string[];
  /**
   * How long its registration and the take-over are waited for, as an ISO 8601 duration.
   * @defaultValue PT30M
   */
  readonly timeout?: string;
}

/** What is recorded of a process server. */
export interface ProcessServerState extends ProcessServerInputs, RegisteredServerOutputs {
  /** The service's id of the server. Other resources take it, the id of this resource, or the server's name. */
  readonly serverId: string;
  /** Its address. */
  readonly address: string;
}

interface Facts {
  readonly server: ProcessServerFacts;
  readonly site: OnPremisesFabricFacts;
}

/** The handler of `ProcessServer`. */
export const processServerHandler: Handler<ProcessServerInputs, ProcessServerState> =
  createRegisteredServerHandler<ProcessServerInputs, ProcessServerState, Facts>({
    type: "ProcessServer",
    noun: "process server",
    comparison: { sets: ["takeOverMachines"] },
    timeout: "PT30M",

    complete(context, inputs) {
      const vault = vaultOfReference(context, "fabric", inputs.fabric, inputs.vault);
      const fabric = completeReference("fabric", inputs.fabric, vault, "replicationFabrics");
      return { ...inputs, vault, fabric, name: completeName(context, inputs.name) };
    },

    id: ({ fabric, name }) => `${fabric}/processServers/${name}`,

    problems: ({ takeOverFrom, takeOverMachines, name }) => [
      ...(takeOverMachines !== undefined && takeOverFrom === undefined
        ? [{ path: "takeOverFrom", reason: "is missing, and takeOverMachines is given." }]
        : []),
      ...(takeOverFrom !== undefined && sameId(takeOverFrom, name)
        ? [{ path: "takeOverFrom", reason: "is the process server itself. Name another one." }]
        : []),
    ],

    async checkReferences(context, azure, inputs) {
      const vault = azure.vault(vaultIdOf(inputs.fabric));
      const fabrics = await vault.fabrics(context);
      const fabric = fabrics.find((each) => sameId(each.id, inputs.fabric));
      if (fabric === undefined) {
        return referenceProblems(context, "fabric", "fabric", inputs.fabric, fabrics);
      }
      const site = fabric.onPremises;
      if (site?.generation !== "classic") {
        const reason = `${fabric.name} is no site with a configuration server. The process server of a modernized one is its appliance: see ReplicationAppliance.`;
        return [{ path: "fabric", reason }];
      }
      const server = serverOf(site, inputs.name);
      if (context.preview) {
        const known = site.processServers.map((each) => each.name).join(", ") || "none";
        if (server === undefined) {
          context.log.info(
            `process server ${inputs.name}: waits until it registers; the site has ${known}.`,
          );
        } else {
          for (const { text } of obstaclesOf(server, azure.now(context))) {
            context.log.warn(`process server ${server.name}: ${text}`);
          }
        }
        for (const text of placeWarnings(inputs, server, site)) context.log.warn(text);
      }
      if (
        inputs.takeOverFrom === undefined ||
        hasUnknown([inputs.takeOverFrom, inputs.takeOverMachines])
      ) {
        return [];
      }
      const problems = await takeOverProblems(context, vault, inputs, site);
      if (problems.length > 0 || !context.preview) return problems;
      const { text } = await planTakeOver(context, vault, inputs, site);
      context.log.info(`process server ${inputs.name}: ${text}`);
      return [];
    },

    async observe(context, azure, id) {
      const fabrics = await azure.vault(vaultIdOf(id)).fabrics(context);
      const fabric = fabrics.find((each) => sameId(each.id, parentOf(id)));
      const site = fabric?.onPremises;
      const server = serverOf(site, nameOf(id));
      return site === undefined || server === undefined ? undefined : { site, server };
    },

    obstacles: ({ server }, now) => obstaclesOf(server, now),

    async finish(context, azure, { site, server }, inputs) {
      if (inputs.takeOverFrom === undefined) return;
      await takeOver(context, azure.vault(vaultIdOf(inputs.fabric)), inputs, site, server);
    },

    outputs: ({ server }) => ({ serverId: server.id, address: server.address }),

    imported: (_facts, id) => ({
      vault: vaultIdOf(id),
      fabric: parentOf(id),
      name: nameOf(id),
    }),

    async farewell(context, azure, id, state) {
      const users = await usersOf(azure, context, id, state.serverId);
      if (users.length === 0) return;
      context.log.warn(
        `process server ${nameOf(id)}: it is forgotten here, and ${listed(users)} go on replicating through it. Have another one take them over before it is removed.`,
      );
    },
  });

function serverOf(
  site: OnPremisesFabricFacts | undefined,
  name: string | undefined,
): ProcessServerFacts | undefined {
  return site?.processServers.find((each) => sameId(each.name, name) || sameId(each.id, name));
}

async function usersOf(
  azure: AzureSite,
  context: Parameters<AzureSite["now"]>[0],
  id: string,
  serverId: string,
): Promise<readonly string[]> {
  const items: readonly ItemFacts[] = await azure.vault(vaultIdOf(id)).items(context);
  return items
    .filter((item) => sameId(item.onPremises?.processServerId, serverId))
    .map((item) => item.friendlyName);
}

function obstaclesOf(server: ProcessServerFacts, now: Date): readonly Obstacle[] {
  const quiet = silence(server.lastHeartbeat, now);
  const critical = server.health === "Critical";
  const causes = server.healthErrors.map((error) =>
    `${error.code}: ${error.message} ${error.recommendedAction}`.trim(),
  );
  const texts = [
    ...(quiet === undefined
      ? []
      : [`it ${quiet}. Start it; it must reach the configuration server on port 443.`]),
    ...(tellsTrouble(server.serviceStatus)
      ? [`its services are ${server.serviceStatus}. Start them.`]
      : []),
    ...(critical && causes.length === 0 ? ["its health is critical."] : []),
    ...(critical ? causes : []),
  ];
  return texts.map((text) => ({ text: `${text} [PS-HEARTBEAT]` }));
}

/** What its place means for the way back (PS-PLACE). */
function placeWarnings(
  { placement, name }: ProcessServerInputs,
  server: ProcessServerFacts | undefined,
  site: OnPremisesFabricFacts,
): readonly string[] {
  const isOwn = server !== undefined && server.address !== "" && server.address === site.address;
  const subject = `process server ${name}`;
  if (placement === "azure" && isOwn) {
    return [
      `${subject}: placement says azure, and it has the configuration server's address ${server.address}. Correct one of them. [PS-PLACE]`,
    ];
  }
  return placement === "onPremises"
    ? [
        `${subject}: it stands on-premises. For the way back a process server in Azure is advised; this one works over ExpressRoute private peering only. [PS-PLACE]`,
      ]
    : [];
}
