import { sameId } from "../identity.ts";
import type { DiskFacts, ItemFacts } from "../model.ts";
import { passiveSide } from "../position.ts";
import type { Situation } from "../situation.ts";
import type { Violation } from "./rule.ts";

/** Limits of a failed-over machine (support matrix for failed-over Azure VMs; site-recovery 12.1). */
const machineLimits = {
  maximumDataDisks: 64,
  maximumDiskBytes: 32 * 1024 ** 4,
  /** Of a disk in a storage account, and of a disk with an operating system (support matrix for Hyper-V). */
  maximumUnmanagedDiskBytes: 4095 * 1024 ** 3,
  /** Of the disk with the operating system of a Hyper-V machine of generation 1. */
  maximumSystemDiskBytes: 2048 * 1024 ** 3,
  /** Names that Azure takes for a machine: 1 to 63 letters, digits and hyphens, no hyphen at the ends. */
  namePattern: /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9_])?$/,
} as const;

/** What speaks against the size that the machine shall have in Azure. */
export function sizeProblems({
  item,
  destination,
}: Pick<Situation, "item" | "destination">): readonly Violation[] {
  const wanted = item.target.machineSize;
  if (destination.sizes === undefined || wanted === "") return [];
  const size = destination.sizes.find((each) => sameId(each.name, wanted));
  const remedy = "Change the item's target size.";
  if (size === undefined) {
    return [
      {
        fact: `size ${wanted} is not offered in ${passiveSide(item).location || "Azure"}.`,
        remedy,
      },
    ];
  }
  const dataDisks = item.disks.length - 1;
  const violations: Violation[] = [];
  if (dataDisks > size.maximumDataDiskCount) {
    violations.push({
      fact: `size ${wanted} takes ${size.maximumDataDiskCount} data disks, the machine has ${dataDisks}.`,
      remedy,
    });
  }
  if (item.nics.length > size.maximumNicCount) {
    violations.push({
      fact: `size ${wanted} takes ${size.maximumNicCount} network interfaces, the machine has ${item.nics.length}.`,
      remedy,
    });
  }
  return violations;
}

/** What speaks against the machine itself: its name, the number and the sizes of its disks. */
export function machineProblems({
  item,
  destination,
}: Pick<Situation, "item" | "destination">): readonly Violation[] {
  const violations: Violation[] = destination.eligibilityErrors.map((error) => ({
    fact: error,
    remedy: "Mend this at the machine.",
  }));
  if (item.target.machineName !== "" && !machineLimits.namePattern.test(item.target.machineName)) {
    violations.push({
      fact: `"${item.target.machineName}" is no name that Azure takes for a machine.`,
      remedy: "Use 1 to 63 letters, digits and hyphens.",
    });
  }
  if (item.disks.length - 1 > machineLimits.maximumDataDisks) {
    violations.push({
      fact: `it has ${item.disks.length - 1} data disks; Azure takes ${machineLimits.maximumDataDisks}.`,
      remedy: "Replicate fewer disks.",
    });
  }
  return [...violations, ...item.disks.flatMap((disk) => diskProblems(item, disk))];
}

function diskProblems(item: ItemFacts, disk: DiskFacts): readonly Violation[] {
  const managed = item.hyperV?.usesManagedDisks ?? true;
  const system = item.hyperV?.osDiskId ?? "";
  if (system !== "" && sameId(disk.diskId, system)) return systemDiskProblems(disk);
  const limit = managed ? machineLimits.maximumDiskBytes : machineLimits.maximumUnmanagedDiskBytes;
  return disk.capacityBytes > limit
    ? [
        managed
          ? { fact: `disk ${disk.name} is larger than 32 TiB.`, remedy: "Split the disk." }
          : {
              fact: `disk ${disk.name} is larger than 4095 GiB, which disks in a storage account may have.`,
              remedy: "Split the disk, or protect the machine anew with managed disks.",
            },
      ]
    : [];
}

/** The service does not tell a replicated machine's generation: between its two limits it may be too large. */
function systemDiskProblems(disk: DiskFacts): readonly Violation[] {
  if (disk.capacityBytes <= machineLimits.maximumSystemDiskBytes) return [];
  return disk.capacityBytes > machineLimits.maximumUnmanagedDiskBytes
    ? [
        {
          fact: `its disk with the operating system, ${disk.name}, is larger than 4095 GiB.`,
          remedy: "Move data to another disk.",
        },
      ]
    : [
        {
          fact: `its disk with the operating system, ${disk.name}, is larger than 2048 GiB, the limit of machines of generation 1.`,
          remedy: "Move data to another disk if it is one of generation 1.",
          severity: "warn",
        },
      ];
}
