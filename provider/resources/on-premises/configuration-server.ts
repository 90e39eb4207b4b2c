import type { Context } from "../../context.ts";
import type { CheckFailure, Handler } from "../../handler.ts";
import { sameIfWanted } from "../../inputs/difference.ts";
import { durationMilliseconds } from "../../inputs/duration.ts";
import {
  completeName,
  completeReference,
  vaultIdOf,
  vaultOfReference,
} from "../../inputs/vault-object.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { ContainerFacts, FabricFacts } from "../../recovery/model.ts";
import type { OnPremisesFabricFacts } from "../../recovery/on-premises.ts";
import { compareVersions, silence, tellsTrouble } from "../../recovery/rules/words.ts";
import { hasUnknown } from "../../unknown.ts";
import {
  createRegisteredServerHandler,
  type Obstacle,
  type RegisteredServerOutputs,
} from "./registered-server/handler.ts";
import { timeoutProblems } from "./timeout.ts";

/**
 * The configuration server of a classic VMware site. It is installed at the site and registers itself as a fabric;
 * this resource states what is expected of it, waits for it, and tells when it is not so any more. A server that was
 * lost has to be restored with the address that it had: another one stops the run. Destroying the resource forgets it.
 *
 * @example
 * ```ts
 * const site = new asr.ConfigurationServer("cs-1", {
 *     address: "10.1.0.10",
 *     lastBackup: "2026-01-14T02:00:00Z",
 *     backupMaximumAge: "P7D",
 * });
 * ```
 */
export interface ConfigurationServerInputs {
  /**
   * Vault that it registers with: its name or ARM id. Changing it replaces the resource.
   * @defaultValue the vault of the provider's configuration
   * @replaceOnChanges
   */
  readonly vault?: string;
  /**
   * The fabric that it is: ARM id or name. Changing it replaces the resource.
   * @defaultValue the Pulumi resource's name
   * @replaceOnChanges
   */
  readonly fabric?: string;
  /** Lowest version of its software, such as `9.55`; an older one stops the run. */
  readonly minimumVersion?: string;
  /**
   * Its address. Another one stops the run: machines would not find the server any more.
   * @defaultValue the one that it was first seen with
   */
  readonly address?: string;
  /** When it was last backed up, as you know it: ISO 8601. Azure does not tell. */
  readonly lastBackup?: string;
  /**
   * Age of the backup, as an ISO 8601 duration, above which each preview warns.
   * @defaultValue P7D
   */
  readonly backupMaximumAge?: string;
  /**
   * How long its registration is waited for, as an ISO 8601 duration.
   * @defaultValue PT30M
   */
  readonly timeout?: string;
}

/** What is recorded of a configuration server. */
export interface ConfigurationServerState
  extends ConfigurationServerInputs,
    RegisteredServerOutputs {
  /** ARM id of the fabric that it is: what other resources take as `fabric`. */
  readonly fabricId: string;
  /** ARM id of the protection container of its machines; empty while there is none. */
  readonly containerId: string;
  /** Its name in the network. */
  readonly hostName: string;
  /** Version of its software. */
  readonly version: string;
  /** Names of its process servers. */
  readonly processServers: readonly string[];
  /** Names of its master targets. */
  readonly masterTargets: readonly string[];
  /** Names of the accounts that it can sign in with. */
  readonly runAsAccounts: readonly string[];
}

interface ConfigurationServerFacts {
  readonly fabric: FabricFacts;
  readonly site: OnPremisesFabricFacts;
  readonly container: ContainerFacts | undefined;
}

/** The handler of `ConfigurationServer`. */
export const configurationServerHandler: Handler<
  ConfigurationServerInputs,
  ConfigurationServerState
> = createRegisteredServerHandler<
  ConfigurationServerInputs,
  ConfigurationServerState,
  ConfigurationServerFacts
>({
  type: "ConfigurationServer",
  noun: "configuration server",
  comparison: { ignored: ["lastBackup", "backupMaximumAge"], same: { address: sameIfWanted } },
  timeout: "PT30M",

  complete(context, inputs) {
    const fabric = completeName(context, undefinedIfId(inputs.fabric));
    const wanted = inputs.fabric ?? fabric;
    const vault = vaultOfReference(context, "fabric", wanted, inputs.vault);
    return {
      ...inputs,
      vault,
      fabric: completeReference("fabric", wanted, vault, "replicationFabrics"),
    };
  },

  id: ({ fabric = "" }) => fabric,
  problems: backupProblems,

  async checkReferences(context, site, inputs) {
    const fabrics = await site.vault(vaultIdOf(inputs.fabric ?? "")).fabrics(context);
    const fabric = fabrics.find((each) => sameId(each.id, inputs.fabric));
    if (fabric === undefined) {
      const sites = fabrics.filter((each) => each.onPremises?.generation === "classic");
      const known = sites.map((each) => each.name).join(", ") || "no configuration server";
      context.log.info(
        `configuration server ${nameOf(inputs.fabric ?? "")}: waits until it registers; the vault knows ${known}.`,
      );
      return [];
    }
    if (fabric.onPremises?.generation !== "classic") {
      const reason = `${fabric.name} is no configuration server, but a fabric of the kind ${fabric.instanceType}.`;
      return [{ path: "fabric", reason }];
    }
    return obstaclesOf(fabric.onPremises, site.now(context), inputs)
      .filter((each) => each.final === true)
      .map((each) => ({ path: each.path ?? "", reason: each.text }));
  },

  remind(context, { fabric = "", lastBackup, backupMaximumAge = "P7D" }) {
    if (lastBackup === undefined || hasUnknown(lastBackup) || hasUnknown(backupMaximumAge)) return;
    const age = context.clock.now().getTime() - Date.parse(lastBackup);
    if (age <= (durationMilliseconds(backupMaximumAge) ?? 0)) return;
    context.log.warn(
      `configuration server ${nameOf(fabric)}: its last backup (${lastBackup}) is older than ${backupMaximumAge}. Machines come back only as long as it can be restored: back it up, and state the new time. [CS-RESTORE]`,
    );
  },

  async observe(context, azure, id) {
    const vault = azure.vault(vaultIdOf(id));
    const fabric = (await vault.fabrics(context)).find((each) => sameId(each.id, id));
    const site = fabric?.onPremises;
    if (fabric === undefined || site?.generation !== "classic") return undefined;
    const containers = await vault.containers(context);
    const container = containers.find((each) => sameId(each.fabricName, fabric.name));
    return { fabric, site, container };
  },

  obstacles: ({ site }, now, inputs, recorded) =>
    obstaclesOf(site, now, { ...inputs, address: inputs.address ?? recorded?.address }),

  outputs: ({ site, container }, id, recorded) => ({
    fabricId: id,
    containerId: container?.id ?? "",
    // The address that was once seen is the one that counts, whatever the server has now.
    address: recorded?.address ?? site.address,
    hostName: site.hostName,
    version: site.agentVersion,
    processServers: site.processServers.map((each) => each.name),
    masterTargets: site.masterTargets.map((each) => each.name),
    runAsAccounts: site.runAsAccounts.map((each) => each.name),
  }),

  imported: ({ site }, id) => ({ vault: vaultIdOf(id), fabric: id, address: site.address }),

  async farewell(context: Context, _site, id) {
    context.log.info(
      `configuration server ${nameOf(id)}: it is forgotten here, and goes on as it is.`,
    );
  },
});

function undefinedIfId(fabric: string | undefined): string | undefined {
  return fabric?.startsWith("/") === true ? nameOf(fabric) : fabric;
}

function backupProblems(inputs: ConfigurationServerInputs): readonly CheckFailure[] {
  const { lastBackup, backupMaximumAge } = inputs;
  const isTime =
    lastBackup === undefined ||
    hasUnknown(lastBackup) ||
    (/^\d{4}-\d{2}-\d{2}/.test(lastBackup) && !Number.isNaN(Date.parse(lastBackup)));
  const reason = `"${lastBackup?.slice(0, 40)}" is no time. Write one such as 2026-01-14T02:00:00Z.`;
  return [
    ...(isTime ? [] : [{ path: "lastBackup", reason }]),
    ...timeoutProblems(backupMaximumAge, "backupMaximumAge"),
  ];
}

function obstaclesOf(
  site: OnPremisesFabricFacts,
  now: Date,
  wanted: { readonly address?: string | undefined; readonly minimumVersion?: string },
): readonly (Obstacle & { readonly path?: string })[] {
  const { address, minimumVersion } = wanted;
  const quiet = silence(site.lastHeartbeat, now);
  const isOther = address !== undefined && site.address !== "" && address !== site.address;
  const isOld =
    minimumVersion !== undefined &&
    site.agentVersion !== "" &&
    compareVersions(site.agentVersion, minimumVersion) < 0;
  return [
    ...(isOther
      ? [
          {
            text: `it has the address ${site.address}, and had, or should have, ${address}. Restore it with the address ${address}: its machines know no other. [CS-RESTORE]`,
            path: "address",
            final: true,
          },
        ]
      : []),
    ...(isOld
      ? [
          {
            text: `it has version ${site.agentVersion}, and at least ${minimumVersion} is wanted. Update it.`,
            path: "minimumVersion",
            final: true,
          },
        ]
      : []),
    ...(tellsTrouble(site.serviceStatus)
      ? [{ text: `its services are ${site.serviceStatus}. Start them. [CS-UP]` }]
      : []),
    ...(quiet === undefined
      ? []
      : [{ text: `it ${quiet}. Start it, and check its way to Azure. [CS-UP]` }]),
  ];
}
