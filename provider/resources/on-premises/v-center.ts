import type { Context } from "../../context.ts";
import { InvalidInputError } from "../../errors.ts";
import type { CheckFailure, Handler } from "../../handler.ts";
import { sameIfWanted } from "../../inputs/difference.ts";
import {
  completeName,
  completeReference,
  parentOf,
  vaultIdOf,
  vaultOfReference,
} from "../../inputs/vault-object.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { DiscoveredVCenterFacts, OnPremisesFabricFacts } from "../../recovery/on-premises.ts";
import { serverNameOf } from "../../recovery/server-choice.ts";
import type { VCenterSpecification } from "../../sites/azure/on-premises-site.ts";
import type { AzureSite } from "../../sites/azure/site.ts";
import { hasUnknown } from "../../unknown.ts";
import { referenceProblems } from "../references.ts";
import { SetUpHandler } from "../set-up-handler.ts";
import type { SetUpState, VaultObjectInputs } from "../set-up-resource.ts";
import { timeoutProblems, withDeadline } from "./timeout.ts";
import { discovered } from "./v-center/discovery.ts";
import { chooseParts } from "./v-center/parts.ts";

/**
 * A vCenter or ESXi host whose machines the configuration server of a classic VMware site discovers. It is ready when
 * its machines are known. The account needs the rights of a failback: with one that may only read machines go to
 * Azure and do not come back.
 *
 * @example
 * ```ts
 * new asr.VCenter("vcenter-one", { fabric: site.fabricId, address: "vcenter.example.com", runAsAccount: "failback" });
 * ```
 */
export interface VCenterInputs extends VaultObjectInputs {
  /**
   * Fabric of the configuration server: its ARM id or its name. Changing it replaces the vCenter.
   * @replaceOnChanges
   */
  readonly fabric: string;
  /**
   * Name that people see. Changing it updates in place.
   * @defaultValue the name
   */
  readonly friendlyName?: string;
  /** Host name or address, as the process server reaches it. Changing it updates in place. */
  readonly address: string;
  /**
   * Port of its API. Changing it updates in place.
   * @defaultValue 443
   */
  readonly port?: number;
  /**
   * Process server that discovers it: name or id. Changing it updates in place.
   * @defaultValue the only one
   */
  readonly processServer?: string;
  /**
   * Account of the configuration server that it is signed in to with: name or id. Changing it updates in place.
   * @defaultValue the only one
   */
  readonly runAsAccount?: string;
  /**
   * How long its discovery is waited for, as an ISO 8601 duration. Changing it asks for nothing.
   * @defaultValue PT30M
   */
  readonly timeout?: string;
}

/** What is recorded of a vCenter. */
export interface VCenterState extends VCenterInputs, SetUpState {
  /** ARM id of the vCenter. */
  readonly vcenterId: string;
  /** The service's id of its process server. */
  readonly processServerId: string;
  /** The service's id of its account. */
  readonly runAsAccountId: string;
}

interface Facts {
  readonly vcenter: DiscoveredVCenterFacts;
  readonly site: OnPremisesFabricFacts | undefined;
}

const setUp = new SetUpHandler<VCenterInputs, VCenterState, Facts>({
  token: "asr:index:VCenter",
  noun: "vCenter",
  comparison: {
    ignored: ["timeout"],
    same: { processServer: sameIfWanted, runAsAccount: sameIfWanted },
  },

  complete(context, inputs) {
    const vault = vaultOfReference(context, "fabric", inputs.fabric, inputs.vault);
    const name = completeName(context, inputs.name);
    return {
      ...inputs,
      ...{ vault, name, friendlyName: inputs.friendlyName || name },
      fabric: completeReference("fabric", inputs.fabric, vault, "replicationFabrics"),
    };
  },

  id: (_context, inputs) => `${inputs.fabric}/replicationvCenters/${inputs.name}`,

  problems: ({ address, port, timeout }) => [
    ...timeoutProblems(timeout),
    ...addressProblems(address),
    ...(port === undefined || hasUnknown(port) || (port >= 1 && port <= 65_535)
      ? []
      : [{ path: "port", reason: `${port} is no port. Give one from 1 to 65535.` }]),
  ],

  async checkReferences(context, azure, inputs) {
    const fabrics = await azure.vault(vaultIdOf(inputs.fabric)).fabrics(context);
    const fabric = fabrics.find((each) => sameId(each.id, inputs.fabric));
    if (fabric === undefined) {
      return referenceProblems(context, "fabric", "fabric", inputs.fabric, fabrics);
    }
    if (fabric.onPremises?.generation !== "classic") {
      const reason = `${fabric.name} is no site with a configuration server. An appliance is told of its vCenters at the site.`;
      return [{ path: "fabric", reason }];
    }
    return chooseParts(context, inputs, fabric.onPremises).failures;
  },

  async observe(context, azure, id) {
    const vault = azure.vault(vaultIdOf(id));
    const vcenter = (await vault.onPremises.vcenters(context)).find((each) => sameId(each.id, id));
    return vcenter && { vcenter, site: await siteOf(context, azure, parentOf(id)) };
  },

  describe: ({ vcenter, site }, id, wanted) => ({
    vault: vaultIdOf(id),
    fabric: parentOf(id),
    name: nameOf(id),
    friendlyName: vcenter.friendlyName,
    address: vcenter.address,
    port: Number(vcenter.port) || 443,
    processServer: spelling(wanted?.processServer, vcenter.processServerId, site?.processServers),
    runAsAccount: spelling(wanted?.runAsAccount, vcenter.runAsAccountId, site?.runAsAccounts),
    vcenterId: id,
    processServerId: vcenter.processServerId,
    runAsAccountId: vcenter.runAsAccountId,
  }),

  async create(context, azure, id, inputs) {
    const vault = azure.vault(vaultIdOf(id));
    const [fabricName, name] = [nameOf(parentOf(id)), nameOf(id)];
    const { specification, site } = await specificationOf(context, azure, inputs);
    return {
      site,
      vcenter: await vault.onPremises.putVCenter(context, fabricName, name, specification),
    };
  },

  async change(context, azure, id, _facts, inputs) {
    const vault = azure.vault(vaultIdOf(id));
    const [fabricName, name] = [nameOf(parentOf(id)), nameOf(id)];
    const { specification, site } = await specificationOf(context, azure, inputs);
    return {
      site,
      vcenter: await vault.onPremises.updateVCenter(context, fabricName, name, specification),
    };
  },

  remove: (context, azure, id) =>
    azure.vault(vaultIdOf(id)).onPremises.removeVCenter(context, nameOf(parentOf(id)), nameOf(id)),
});

/** The handler of `VCenter`: the common flow, and then the wait for its discovery. */
export const vCenterHandler: Handler<VCenterInputs, VCenterState> = {
  token: setUp.token,
  get schema() {
    return setUp.schema;
  },
  check: (context, news, olds) => setUp.check(context, news, olds),
  diff: (context, id, olds, news) => setUp.diff(context, id, olds, news),

  async create(context, news) {
    const timed = withDeadline(context, news.timeout ?? "PT30M");
    const { id, state } = await setUp.create(timed, news);
    return { id, state: await discovered(timed, id, state) };
  },

  async update(context, id, olds, news) {
    const timed = withDeadline(context, news.timeout ?? "PT30M");
    return await discovered(timed, id, await setUp.update(timed, id, olds, news));
  },

  async read(context, id, state) {
    const found = await setUp.read(context, id, state);
    if (found === undefined || state === undefined) return found;
    // Server and account go by name or id: what means the same is written as before.
    const spelt = {
      ...(sameId(found.state.processServerId, state.processServerId)
        ? given("processServer", state.processServer)
        : {}),
      ...(sameId(found.state.runAsAccountId, state.runAsAccountId)
        ? given("runAsAccount", state.runAsAccount)
        : {}),
    };
    return {
      ...found,
      inputs: { ...found.inputs, ...spelt },
      state: { ...found.state, ...spelt },
    };
  },

  delete: (context, id, state) => setUp.delete(context, id, state),
};

async function siteOf(
  context: Context,
  azure: AzureSite,
  fabricId: string,
): Promise<OnPremisesFabricFacts | undefined> {
  const fabrics = await azure.vault(vaultIdOf(fabricId)).fabrics(context);
  return fabrics.find((each) => sameId(each.id, fabricId))?.onPremises;
}

async function specificationOf(
  context: Context,
  azure: AzureSite,
  inputs: VCenterInputs,
): Promise<{
  readonly specification: VCenterSpecification;
  readonly site: OnPremisesFabricFacts | undefined;
}> {
  const site = await siteOf(context, azure, inputs.fabric);
  const { processServer, runAsAccount, failures } = chooseParts(context, inputs, site);
  const [failure] = failures;
  if (processServer === undefined || runAsAccount === undefined) {
    throw new InvalidInputError(
      failure?.path ?? "fabric",
      `${failure?.path ?? "fabric"}: ${failure?.reason ?? "the site is not registered yet."}`,
    );
  }
  const { name = "", friendlyName, address, port } = inputs;
  const specification = {
    ...{ address, friendlyName: friendlyName || name, port: String(port ?? 443) },
    ...{ processServerId: processServer.id, runAsAccountId: runAsAccount.id },
  };
  return { specification, site };
}

/** How a server or account is written: as it is wanted when that means it, else by its name. */
function spelling(
  wanted: string | undefined,
  id: string,
  all: readonly { readonly id: string; readonly name: string }[] = [],
): string {
  const found = all.find((each) => sameId(each.id, id));
  const means =
    wanted !== undefined && [id, found?.name].some((each) => sameId(each, serverNameOf(wanted)));
  return means ? wanted : (found?.name ?? id);
}

function given(name: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [name]: value };
}

function addressProblems(address: string): readonly CheckFailure[] {
  if (hasUnknown(address) || /^[A-Za-z0-9](?:[A-Za-z0-9.:-]*[A-Za-z0-9])?$/.test(address))
    return [];
  return [
    {
      path: "address",
      reason: `"${address.slice(0, 60)}" is no host name or address. Leave out scheme, port and path.`,
    },
  ];
}
