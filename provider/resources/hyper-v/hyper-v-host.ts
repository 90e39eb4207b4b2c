import type { Handler } from "../../handler.ts";
import {
  canonicalId,
  completeName,
  completeReference,
  parentOf,
  vaultIdOf,
  vaultOfReference,
} from "../../inputs/vault-object.ts";
import type { SiteProviderFacts } from "../../recovery/hyper-v.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import {
  createRegisteredServerHandler,
  type RegisteredServerOutputs,
} from "../on-premises/registered-server/handler.ts";
import { referenceProblems } from "../references.ts";
import { vmmFabricType } from "../scenario.ts";
import { noteRegistration } from "./registration.ts";
import { agentObstacles, ambiguityProblems, isCalled } from "./site-agents.ts";

/**
 * A Hyper-V host of a Hyper-V site. It registers itself: its administrator runs the provider's set-up with the
 * registration key of the site, which the vault gives out and which is valid for 5 days. This resource waits until
 * Azure lists the host as connected, and tells when it is silent. Destroying it forgets the host, which stays
 * registered.
 *
 * @example
 * ```ts
 * const berlin = new asr.Fabric("berlin", { kind: "HyperVSite" });
 * const host = new asr.HyperVHost("hv-1.example.com", { fabric: berlin.id });
 * const mapping = new asr.ProtectionContainerMapping("to-azure", {
 *     sourceContainer: host.containerId,
 *     targetContainer: "Microsoft Azure",
 *     policy: policy.id,
 * });
 * ```
 */
export interface HyperVHostInputs {
  /**
   * Vault that it registers with: its name or ARM id. Changing it replaces the resource.
   * @defaultValue the vault that `fabric` lies in, else that of the provider's configuration
   * @replaceOnChanges
   */
  readonly vault?: string;
  /**
   * The Hyper-V site that it belongs to: ARM id or name of the fabric. Changing it replaces the resource.
   * @replaceOnChanges
   */
  readonly fabric: string;
  /**
   * Name of the host as it registers: its full name in the network, or the first part of it. Changing it
   * replaces the resource.
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

/** What is recorded of a Hyper-V host. */
export interface HyperVHostState extends HyperVHostInputs, RegisteredServerOutputs {
  /** ARM id of its agent: what a failback to this host takes as `alternateHost`. */
  readonly providerId: string;
  /** Its full name in the network, as it registered. */
  readonly hostName: string;
  /** Version of its agent. */
  readonly version: string;
  /** The service's word for its connection, `Connected` when all is well. */
  readonly connectionStatus: string;
  /** ARM id of the protection container of its site, which holds the machines of all its hosts. */
  readonly containerId: string;
}

interface HyperVHostFacts {
  readonly agent: SiteProviderFacts;
  readonly containerId: string;
}

/** The handler of `HyperVHost`. */
export const hyperVHostHandler: Handler<HyperVHostInputs, HyperVHostState> =
  createRegisteredServerHandler<HyperVHostInputs, HyperVHostState, HyperVHostFacts>({
    type: "HyperVHost",
    noun: "Hyper-V host",
    timeout: "PT30M",
    absence:
      "Azure does not list it. Run the provider's set-up on it with the registration key of its site, which the vault gives out and which is valid for 5 days.",

    complete(context, inputs) {
      const vault = vaultOfReference(context, "fabric", inputs.fabric, inputs.vault);
      const fabric = completeReference("fabric", inputs.fabric, vault, "replicationFabrics");
      return { ...inputs, vault, fabric, name: completeName(context, inputs.name) };
    },

    id: ({ fabric, name }) => `${fabric}/hyperVHosts/${name}`,

    async checkReferences(context, azure, inputs) {
      const { name = "" } = inputs;
      const vault = azure.vault(vaultIdOf(inputs.fabric));
      const fabrics = await vault.fabrics(context);
      const fabric = fabrics.find((each) => sameId(each.id, inputs.fabric));
      if (fabric === undefined) {
        return referenceProblems(context, "fabric", "fabric", inputs.fabric, fabrics);
      }
      if (fabric.instanceType !== "HyperVSite") {
        const hint = sameId(fabric.instanceType, vmmFabricType)
          ? "The hosts of a VMM server take part through it: see VmmServer."
          : "Give a fabric of the kind HyperVSite.";
        const reason = `${fabric.friendlyName || fabric.name} is no Hyper-V site, but a fabric of the kind ${fabric.instanceType}. ${hint}`;
        return [{ path: "fabric", reason }];
      }
      const agents = (await vault.hyperV.providers(context)).filter((each) =>
        sameId(each.fabricName, fabric.name),
      );
      const unclear = ambiguityProblems(agents, name);
      if (unclear.length > 0) return unclear;
      const agent = agents.find((each) => isCalled(each, name));
      if (agent === undefined) noteRegistration(context, `${inputs.fabric}/hyperVHosts/${name}`);
      if (!context.preview) return [];
      if (agent === undefined) {
        const known = agents.map((each) => each.friendlyName).join(", ") || "no host";
        context.log.info(
          `Hyper-V host ${name}: waits until it registers; the site ${fabric.friendlyName || fabric.name} has ${known}.`,
        );
        return [];
      }
      for (const { text } of agentObstacles(agent, azure.now(context))) {
        context.log.warn(`Hyper-V host ${name}: ${text}`);
      }
      return [];
    },

    async observe(context, azure, id) {
      const vault = azure.vault(vaultIdOf(id));
      const fabricName = nameOf(parentOf(id));
      const [agents, containers] = await Promise.all([
        vault.hyperV.providers(context),
        vault.containers(context),
      ]);
      const agent = agents.find(
        (each) => sameId(each.fabricName, fabricName) && isCalled(each, nameOf(id)),
      );
      const container = containers.find((each) => sameId(each.fabricName, fabricName));
      return agent === undefined ? undefined : { agent, containerId: container?.id ?? "" };
    },

    obstacles: ({ agent }, now) => agentObstacles(agent, now),

    outputs: ({ agent, containerId }) => ({
      providerId: canonicalId(agent.id) ?? agent.id,
      hostName: agent.friendlyName,
      version: agent.version,
      connectionStatus: agent.connectionStatus,
      containerId: canonicalId(containerId) ?? "",
    }),

    imported: (_facts, id) => ({ vault: vaultIdOf(id), fabric: parentOf(id), name: nameOf(id) }),

    async farewell(context, _azure, id) {
      context.log.info(
        `Hyper-V host ${nameOf(id)}: it is forgotten here, and stays registered. Unregister it in the vault before it is taken away.`,
      );
    },
  });
