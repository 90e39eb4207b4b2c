import { proposal } from "../../../inputs/nearest-name.ts";
import { type Finding, finding } from "../../../recovery/findings.ts";
import { hostDatastores } from "../../../recovery/on-premises-situation.ts";
import { defaultRetentionVolume } from "../../../recovery/rules/master-target-rules.ts";
import { serverName } from "../../../recovery/rules/site-rule.ts";
import type { VsphereDiskFacts, VsphereMachineFacts } from "../../../recovery/vsphere-facts.ts";
import { freePlace } from "../../../sites/vsphere/writes/disks.ts";
import type { PlanFacts, ServerPlan } from "./plan.ts";

const gibibyte = 1024 ** 3;

/** Size of a retention disk when none is given: the guide asks for 1 TiB. */
export const defaultRetentionGiB = 1024;

/** What the disk that is wanted for retention data comes to. */
export interface RetentionDiskWish {
  readonly capacityBytes: number;
  readonly datastoreName: string;
}

/** The disk that the inputs ask for; undefined when they ask for none. */
export function retentionDiskWish({
  inputs,
}: Pick<PlanFacts, "inputs">): RetentionDiskWish | undefined {
  const { retentionDisk } = inputs;
  if (retentionDisk === undefined) return undefined;
  const { sizeGiB = defaultRetentionGiB, datastore } = retentionDisk;
  return { capacityBytes: sizeGiB * gibibyte, datastoreName: datastore };
}

/** The volume that retention data is to lie on. */
export function wantedVolume({
  situation,
  inputs,
}: Pick<PlanFacts, "situation" | "inputs">): string {
  const family = situation.view?.machine?.guestFamily === "windowsGuest" ? "Windows" : "Linux";
  const system = situation.masterTarget?.osType || inputs.osType || family;
  return inputs.retentionVolume ?? defaultRetentionVolume(system);
}

/**
 * Plans the disk for retention data. One that was added before, by this resource or by a run that could not
 * record it, is not added again: its formatting is waited for. `found` is the finding of MT-RETENTION, absent
 * while Azure does not list the server.
 */
export function planRetentionDisk(found: Finding | undefined, facts: PlanFacts): ServerPlan {
  const { situation, inputs } = facts;
  const left: readonly Finding[] = found === undefined ? [] : [found];
  const machine = situation.view?.machine;
  const wish = retentionDiskWish(facts);
  const volume = wantedVolume(facts);
  // A volume that the guest has is no matter of disks: its file system is wrong, or it is not listed yet.
  const hasVolume = machine?.guestVolumes.some(
    (each) => each.path.replace(/[:\\]+$/, "").toLowerCase() === volume.toLowerCase(),
  );
  if (machine === undefined || wish === undefined || hasVolume === true) {
    return { fixes: [], findings: left };
  }
  const present = presentDisk(machine.disks, facts, wish);
  if (present !== undefined) {
    return {
      fixes: [],
      findings: [
        finding(
          {
            rule: "MT-RETENTION",
            severity: "wait",
            subject: serverName(situation),
            fact: `its disk ${present.fileName} for retention data is there, and Azure lists no volume ${volume}.`,
            remedy: `Format it in the guest and mount it as ${volume}; that is waited for.`,
          },
          inputs.waive,
        ),
      ],
    };
  }
  const problem = placeProblem(machine, facts, wish);
  if (problem !== undefined) return { fixes: [], findings: [problem] };
  const text = `${machine.name}: a thin disk of ${wish.capacityBytes / gibibyte} GiB is added in datastore ${wish.datastoreName}; format it in the guest then, and mount it as ${volume}.`;
  return { fixes: [{ fix: "retentionDisk", text }], findings: [] };
}

/** Why the disk cannot be added where it is wanted; undefined when it can. */
function placeProblem(
  machine: VsphereMachineFacts,
  { situation, inputs }: Pick<PlanFacts, "situation" | "inputs">,
  { datastoreName }: RetentionDiskWish,
): Finding | undefined {
  const refused = (fact: string, remedy: string, path: string): Finding =>
    finding(
      {
        ...{ rule: "MT-RETENTION", severity: "block", subject: serverName(situation) },
        ...{ fact, remedy, path },
      },
      inputs.waive,
    );
  const known = hostDatastores(situation.view).map((each) => each.name);
  if (!known.includes(datastoreName)) {
    return refused(
      `its host has no datastore "${datastoreName}" for the retention disk.`,
      `Correct the name.${proposal(datastoreName, known)}`,
      "retentionDisk.datastore",
    );
  }
  return freePlace(machine) === undefined
    ? refused(
        "it has no LSI Logic controller with a free place for the retention disk.",
        "Add one in the vCenter while the machine is off.",
        "retentionDisk",
      )
    : undefined;
}

function presentDisk(
  disks: readonly VsphereDiskFacts[],
  { changes }: Pick<PlanFacts, "changes">,
  wish: RetentionDiskWish,
): VsphereDiskFacts | undefined {
  const recorded = (changes.disks ?? []).map((each) => each.fileName);
  const [, ...others] = disks.toSorted((left, right) => left.key - right.key);
  return (
    disks.find((each) => recorded.includes(each.fileName)) ??
    others.find(
      (each) =>
        !each.rawDeviceMapping &&
        each.capacityBytes === wish.capacityBytes &&
        each.fileName.startsWith(`[${wish.datastoreName}]`),
    )
  );
}
