import type { Context } from "../../context.ts";
import {
  completeName,
  completeReference,
  parentOf,
  vaultIdOf,
  vaultOfReference,
} from "../../inputs/vault-object.ts";
import { nameOf, sameId, segmentAfter } from "../../recovery/identity.ts";
import type { ProtectableItemFacts } from "../../recovery/on-premises.ts";
import type { AzureSite } from "../../sites/azure/site.ts";
import { pause } from "../../waiting.ts";
import { unlessMissing } from "../failures.ts";
import { referenceProblems } from "../references.ts";
import { SetUpHandler } from "../set-up-handler.ts";
import type { SetUpState } from "../set-up-resource.ts";
import { timeoutProblems, withDeadline } from "./timeout.ts";

/**
 * A physical server, or a machine of any other platform, that the configuration server of a classic VMware site is
 * told of, so that it can be protected: give `protectableItemId`, or its name, to a ReplicatedItem as `machine`.
 * It comes back from Azure as a VMware machine only. The service cannot forget a server: destroying the resource
 * leaves it known to the configuration server.
 *
 * @example
 * ```ts
 * const metal = new asr.PhysicalServer("metal-1", { container: site.containerId, address: "10.1.1.50", osType: "Windows" });
 * ```
 */
export interface PhysicalServerInputs {
  /**
   * Vault of the site: its name or ARM id. Changing it replaces the resource.
   * @defaultValue the vault that `container` names
   * @replaceOnChanges
   */
  readonly vault?: string;
  /**
   * ARM id of the protection container of the configuration server. Changing it replaces the resource.
   * @replaceOnChanges
   */
  readonly container: string;
  /**
   * Name that the server is shown with. Changing it replaces the resource.
   * @defaultValue the Pulumi resource's name
   * @replaceOnChanges
   */
  readonly name?: string;
  /**
   * Its IP address, as the process server reaches it. Changing it replaces the resource.
   * @replaceOnChanges
   */
  readonly address: string;
  /**
   * Its operating system. Changing it replaces the resource.
   * @replaceOnChanges
   */
  readonly osType: "Windows" | "Linux";
  /**
   * How long it is waited for until it is listed, as an ISO 8601 duration. Changing it asks for nothing.
   * @defaultValue PT20M
   */
  readonly timeout?: string;
}

/** What is recorded of a physical server. */
export interface PhysicalServerState extends PhysicalServerInputs, SetUpState {
  /** ARM id of the protectable item: what a ReplicatedItem takes as `machine`. */
  readonly protectableItemId: string;
}

/** The flow around set-up resources knows this input; there is nothing to take over here. */
interface Adoptable {
  readonly adopt?: boolean;
}

/** The handler of `PhysicalServer`. */
export const physicalServerHandler: SetUpHandler<
  PhysicalServerInputs & Adoptable,
  PhysicalServerState & Adoptable,
  ProtectableItemFacts
> = new SetUpHandler<
  PhysicalServerInputs & Adoptable,
  PhysicalServerState & Adoptable,
  ProtectableItemFacts
>({
  token: "asr:index:PhysicalServer",
  noun: "physical server",
  comparison: {
    ignored: ["timeout"],
    same: { osType: (old, wanted) => sameId(String(old), String(wanted)) },
  },

  complete(context, inputs) {
    const vault = vaultOfReference(context, "container", inputs.container, inputs.vault);
    const container = completeReference(
      "container",
      inputs.container,
      vault,
      "replicationProtectionContainers",
    );
    return { ...inputs, vault, container, name: completeName(context, inputs.name) };
  },

  id: (_context, inputs) => `${inputs.container}/physicalServers/${inputs.name}`,

  problems: ({ timeout }) => timeoutProblems(timeout),

  async checkReferences(context, azure, inputs) {
    const vault = azure.vault(vaultIdOf(inputs.container));
    const fabrics = await vault.fabrics(context);
    const fabricName = segmentAfter(inputs.container, "replicationFabrics");
    const fabric = fabrics.find((each) => sameId(each.name, fabricName));
    if (fabric !== undefined && fabric.onPremises?.generation !== "classic") {
      const reason = `${fabric.name} is no site with a configuration server. At a modernized site the appliance discovers physical servers.`;
      return [{ path: "container", reason }];
    }
    const containers = await vault.containers(context);
    return referenceProblems(
      context,
      "container",
      "protection container",
      inputs.container,
      containers,
    );
  },

  observe: (context, azure, id) => find(context, azure, id),

  describe: (facts, id) => ({
    vault: vaultIdOf(id),
    container: parentOf(id),
    name: nameOf(id),
    address: facts.address,
    osType: /windows/i.test(facts.osType) ? "Windows" : "Linux",
    protectableItemId: facts.id,
  }),

  async create(given, azure, id, inputs) {
    const context = withDeadline(given, inputs.timeout ?? "PT20M");
    const { container, address, osType } = inputs;
    const vault = azure.vault(vaultIdOf(id));
    await vault.onPremises.discoverMachine(context, container, {
      ...{ friendlyName: nameOf(id), address, osType },
    });
    for (;;) {
      vault.forget();
      const facts = await find(context, azure, id);
      if (facts !== undefined) return facts;
      await pause(context, `physical server ${nameOf(id)}: waits until ${address} is listed`);
    }
  },

  async remove(context, _azure, id) {
    context.log.info(
      `physical server ${nameOf(id)}: it is forgotten here, and the configuration server goes on knowing it: the service has no way to delete it.`,
    );
  },
});

/** The server of this name among those that the container has discovered. */
async function find(
  context: Context,
  azure: AzureSite,
  id: string,
): Promise<ProtectableItemFacts | undefined> {
  const vault = azure.vault(vaultIdOf(id));
  const items = await unlessMissing(() => vault.onPremises.protectableItems(context, parentOf(id)));
  return items?.find(
    (each) => sameId(each.friendlyName, nameOf(id)) && !/vmware/i.test(each.discoveryType),
  );
}
