import type { Handler } from "../../handler.ts";
import { canonicalId, completeName, completeVault, vaultIdOf } from "../../inputs/vault-object.ts";
import type { SiteProviderFacts } from "../../recovery/hyper-v.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import {
  createRegisteredServerHandler,
  type RegisteredServerOutputs,
} from "../on-premises/registered-server/handler.ts";
import { vmmFabricType } from "../scenario.ts";
import { noteRegistration } from "./registration.ts";
import { agentObstacles, ambiguityProblems } from "./site-agents.ts";
import { findVmmServer, type VmmServerFacts } from "./vmm-facts.ts";

/**
 * A System Center VMM server with its clouds. It registers itself as a fabric of the vault: its administrator runs
 * the provider's set-up with the vault's registration key, which is valid for 5 days. This resource waits until
 * Azure lists the server as connected, and offers its clouds, VM networks and storage classifications by name.
 * Destroying it forgets the server, which stays registered.
 *
 * @example
 * ```ts
 * const vmm = new asr.VmmServer("vmm-1.example.com");
 * const mapping = new asr.ProtectionContainerMapping("gold-to-azure", {
 *     sourceContainer: vmm.clouds.apply((clouds) => clouds["Gold"]),
 *     targetContainer: "Microsoft Azure",
 *     policy: policy.id,
 * });
 * ```
 */
export interface VmmServerInputs {
  /**
   * Vault that it registers with: its name or ARM id. Changing it replaces the resource.
   * @defaultValue the vault of the provider's configuration
   * @replaceOnChanges
   */
  readonly vault?: string;
  /**
   * Name of the server as it registers: its full name in the network, the first part of it, or the name of its
   * fabric. Changing it replaces the resource.
   * @defaultValue the Pulumi resource's name
   * @replaceOnChanges
   */
  readonly name?: string;
  /**
   * How long its registration is waited for, as an ISO 8601 duration.
   * @defaultValue PT30M
   */
  readonly timeout?: string;
}

/** What is recorded of a VMM server. */
export interface VmmServerState extends VmmServerInputs, RegisteredServerOutputs {
  /** ARM id of the fabric that it is: what mappings take as `primaryFabric` and `recoveryFabric`. */
  readonly fabricId: string;
  /** ARM id of its agent; empty while Azure shows none. */
  readonly providerId: string;
  /** Its full name in the network, as it registered. */
  readonly hostName: string;
  /** Version of its agent. */
  readonly version: string;
  /** The service's word for its connection, `Connected` when all is well. */
  readonly connectionStatus: string;
  /** Its clouds: ARM id of the protection container by the cloud's name. */
  readonly clouds: Readonly<Record<string, string>>;
  /** Its VM networks: ARM id by name. Of several of one name the first counts. */
  readonly networks: Readonly<Record<string, string>>;
  /** Its storage classifications: ARM id by name. Of several of one name the first counts. */
  readonly storageClassifications: Readonly<Record<string, string>>;
}

/** The handler of `VmmServer`. */
export const vmmServerHandler: Handler<VmmServerInputs, VmmServerState> =
  createRegisteredServerHandler<VmmServerInputs, VmmServerState, VmmServerFacts>({
    type: "VmmServer",
    noun: "VMM server",
    timeout: "PT30M",
    absence:
      "Azure does not list it. Run the provider's set-up on it with the registration key of the vault, which is valid for 5 days.",

    complete: (context, inputs) => ({
      ...inputs,
      vault: completeVault(context, inputs.vault),
      name: completeName(context, inputs.name),
    }),

    id: ({ vault, name }) => `${vault}/vmmServers/${name}`,

    async checkReferences(context, azure, { vault: vaultId = "", name = "" }) {
      const vault = azure.vault(vaultId);
      const fabrics = await vault.fabrics(context);
      const servers = fabrics.filter((each) => sameId(each.instanceType, vmmFabricType));
      const unclear = ambiguityProblems(servers, name);
      if (unclear.length > 0) return unclear;
      const found = await findVmmServer(context, vault, name);
      if (found === undefined) noteRegistration(context, `${vaultId}/vmmServers/${name}`);
      if (!context.preview) return [];
      if (found === undefined) {
        const known = servers.map((each) => each.friendlyName).join(", ") || "no VMM server";
        context.log.info(`VMM server ${name}: waits until it registers; the vault knows ${known}.`);
        return [];
      }
      for (const { text } of obstaclesOf(found.agent, azure.now(context))) {
        context.log.warn(`VMM server ${name}: ${text}`);
      }
      return [];
    },

    observe: (context, azure, id) => findVmmServer(context, azure.vault(vaultIdOf(id)), nameOf(id)),
    obstacles: ({ agent }, now) => obstaclesOf(agent, now),

    outputs: ({ fabric, agent, containers, networks, storageClassifications }) => ({
      fabricId: canonicalId(fabric.id) ?? fabric.id,
      providerId: canonicalId(agent?.id ?? "") ?? "",
      hostName: agent?.friendlyName ?? fabric.friendlyName,
      version: agent?.version ?? "",
      connectionStatus: agent?.connectionStatus ?? "",
      clouds: byName(containers),
      networks: byName(networks),
      storageClassifications: byName(storageClassifications),
    }),

    imported: (_facts, id) => ({ vault: vaultIdOf(id), name: nameOf(id) }),

    async farewell(context, _azure, id) {
      context.log.info(
        `VMM server ${nameOf(id)}: it is forgotten here, and stays registered. Unregister it in the vault before it is taken away.`,
      );
    },
  });

function obstaclesOf(
  agent: SiteProviderFacts | undefined,
  now: Date,
): ReturnType<typeof agentObstacles> {
  return agent === undefined
    ? [{ text: "Azure shows its fabric and no agent of it yet. [HV-CONNECTED]" }]
    : agentObstacles(agent, now);
}

/** Ids by the names that people gave; in order of the names, so that the service's own order changes nothing. */
function byName(
  things: readonly { readonly id: string; readonly name: string; readonly friendlyName?: string }[],
): Readonly<Record<string, string>> {
  const named = things.map(
    ({ id, name, friendlyName }) => [friendlyName || name, canonicalId(id) ?? id] as const,
  );
  const sorted = named.toSorted(([left, one], [right, other]) =>
    left === right ? other.localeCompare(one) : left.localeCompare(right),
  );
  return Object.fromEntries(sorted);
}
