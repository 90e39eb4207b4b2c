import type { ScenarioMachine, VCenterScenario } from "./scenario.ts";

/** A vCenter as a world of the Site Recovery simulator describes it. */
export interface WorldVCenter {
  readonly name: string;
  readonly datastores?: readonly {
    readonly name: string;
    readonly type?: string;
    readonly capacityGiB?: number;
    readonly freeGiB?: number;
  }[];
  readonly hosts?: readonly { readonly name: string; readonly datastores?: readonly string[] }[];
  readonly machines?: readonly {
    readonly name: string;
    readonly host?: string;
    readonly datastore?: string;
    readonly os?: string;
    readonly memoryMiB?: number;
    readonly processors?: number;
    readonly power?: string;
    readonly disks?: readonly { readonly sizeGiB: number }[];
    readonly count?: number;
    readonly biosId?: string;
    readonly instanceUuid?: string;
  }[];
}

/** What a vCenter knows of its machines and the world does not, by machine name, and all other parts of a scenario. */
export interface ScenarioAdditions extends Omit<VCenterScenario, "machines"> {
  readonly machines?: Readonly<Record<string, Omit<ScenarioMachine, "name">>>;
}

/**
 * The scenario of a vCenter of a world, so that the machine that Azure fails back is the machine in
 * this vCenter. Parts of `additions` replace those of the world; those of a machine are laid over it.
 */
export function scenarioOfWorld(
  vcenter: WorldVCenter,
  additions: ScenarioAdditions = {},
): VCenterScenario {
  const { machines: more = {}, ...parts } = additions;
  return {
    ...(vcenter.hosts === undefined ? {} : { hosts: vcenter.hosts.map(pickHost) }),
    ...(vcenter.datastores === undefined
      ? {}
      : { datastores: vcenter.datastores.map(pickDatastore) }),
    ...parts,
    machines: (vcenter.machines ?? []).map((machine) => ({
      ...pickMachine(machine),
      ...more[machine.name],
    })),
  };
}

function pickHost(
  host: NonNullable<WorldVCenter["hosts"]>[number],
): NonNullable<VCenterScenario["hosts"]>[number] {
  return given({ name: host.name, datastores: host.datastores });
}

function pickDatastore(
  store: NonNullable<WorldVCenter["datastores"]>[number],
): NonNullable<VCenterScenario["datastores"]>[number] {
  const { name, type, capacityGiB, freeGiB } = store;
  return given({ name, type, capacityGiB, freeGiB });
}

function pickMachine(machine: NonNullable<WorldVCenter["machines"]>[number]): ScenarioMachine {
  const { name, host, datastore, memoryMiB, processors, count, os } = machine;
  return given({
    ...{ name, host, datastore, memoryMiB, processors, count },
    biosUuid: machine.biosId,
    instanceUuid: machine.instanceUuid,
    guestFamily: os === undefined ? undefined : `${os.toLowerCase()}Guest`,
    power: machine.power === "off" ? ("off" as const) : undefined,
    disks: machine.disks?.map(({ sizeGiB }) => ({ sizeGiB })),
  });
}

/** Without the properties that are undefined. */
function given<Value extends object>(
  value: {
    readonly [Key in keyof Value]: Value[Key] | undefined;
  },
): Value {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined),
  ) as unknown as Value;
}
