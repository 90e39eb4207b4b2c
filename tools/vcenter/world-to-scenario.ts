import { guidFrom } from "../../simulator/state/identifiers.ts";
import type {
  WorldVCenter as DocumentVCenter,
  WorldEstateMachine,
} from "../../simulator/world/estate-document.ts";
import type {
  MachineIdentity,
  ScenarioDatastore,
  ScenarioHost,
  ScenarioMachine,
  VCenterScenario,
} from "./scenario.ts";

/** A vCenter of a world, as far as another vCenter can be made from it. */
export type WorldVCenter = Pick<DocumentVCenter, "name" | "hosts" | "datastores" | "machines">;

/** What a vCenter knows of its machines and the world does not, by machine name, and all other parts of a scenario. */
export interface ScenarioAdditions extends Omit<VCenterScenario, "machines"> {
  readonly machines?: Readonly<Record<string, Omit<ScenarioMachine, "name">>>;
  /** Seed of the world, from which it makes the ids of its machines. @defaultValue the world's own default */
  readonly seed?: string;
}

/** The seed of a world that names none. */
const defaultSeed = "world";

/**
 * The scenario of a vCenter of a world, so that the machine that Azure fails back is the machine in
 * this vCenter, by name and by ids. Parts of `additions` replace those of the world; those of a
 * machine are laid over it.
 */
export function scenarioOfWorld(
  vcenter: WorldVCenter,
  additions: ScenarioAdditions = {},
): VCenterScenario {
  const { machines: more = {}, seed = defaultSeed, ...parts } = additions;
  const { hosts, datastores, machines = [] } = vcenter;
  return {
    ...(hosts === undefined ? {} : { hosts: hosts.map(hostOf) }),
    ...(datastores === undefined ? {} : { datastores: datastores.map(datastoreOf) }),
    ...parts,
    machines: machines.map((machine) => ({
      ...machineOf(vcenter, machine),
      identities: identitiesOf(vcenter.name, machine, seed),
      ...more[machine.name],
    })),
  };
}

function hostOf(host: NonNullable<WorldVCenter["hosts"]>[number]): ScenarioHost {
  const { name, datastores = [], memoryMiB } = host;
  // Without one the library's hosts run in evaluation mode, which is a finding of its own.
  const licence = "esx.enterprisePlus.cpuPackage";
  return { name, datastores, licence, ...(memoryMiB === undefined ? {} : { memoryMiB }) };
}

function datastoreOf(store: NonNullable<WorldVCenter["datastores"]>[number]): ScenarioDatastore {
  const { name, type = "VMFS", capacityGiB = 2048, freeGiB = capacityGiB } = store;
  return { name, type, capacityGiB, freeGiB };
}

function machineOf(
  vcenter: Pick<WorldVCenter, "hosts">,
  machine: WorldEstateMachine,
): ScenarioMachine {
  const { name, count, power = "on", toolsRunning = true, disks = [{ sizeGiB: 64 }] } = machine;
  const { memoryMiB = 4096, processors = 2, os = "Linux" } = machine;
  const host = machine.host ?? vcenter.hosts?.[0]?.name;
  const datastore =
    machine.datastore ?? vcenter.hosts?.find((each) => each.name === host)?.datastores?.[0];
  return {
    ...{ name, power, memoryMiB, processors, disks, toolsRunning: toolsRunning && power === "on" },
    guestFamily: os === "Windows" ? "windowsGuest" : "linuxGuest",
    guestId: os === "Windows" ? "windows2019srv_64Guest" : "ubuntu64Guest",
    ...(count === undefined ? {} : { count }),
    ...(host === undefined ? {} : { host }),
    ...(datastore === undefined ? {} : { datastore }),
  };
}

/** The ids that the world makes from a machine's name. */
function identitiesOf(
  vcenterName: string,
  machine: WorldEstateMachine,
  seed: string,
): readonly MachineIdentity[] {
  const { name, count, biosId, instanceUuid, disks = [{}] } = machine;
  const digits = String(count ?? 1).length;
  return Array.from({ length: count ?? 1 }, (_, index) => {
    const suffix = count === undefined ? "" : String(index + 1).padStart(digits, "0");
    const key = `${vcenterName}/${name}${suffix}`.toLowerCase();
    return {
      biosUuid: (biosId ?? guidFrom(seed, "bios", key)).toLowerCase(),
      instanceUuid: (instanceUuid ?? guidFrom(seed, "instance", key)).toLowerCase(),
      diskUuids: disks.map(
        (_disk, disk) => `6000C29${guidFrom(seed, "disk", key, `${disk}`).slice(7)}`,
      ),
    };
  });
}
