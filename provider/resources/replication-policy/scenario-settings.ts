import type { CheckFailure } from "../../handler.ts";
import type { Scenario } from "../../recovery/model.ts";
import { fromHyperV, hyperVToAzure } from "../../recovery/rules/scenario-sets.ts";
import { hasUnknown } from "../../unknown.ts";
import type { ReplicationPolicyInputs } from "../replication-policy.ts";
import type { SetUpScenario } from "../scenario.ts";

const betweenSites: readonly Scenario[] = ["VmmToVmm"];

/** Inputs that mean something in some scenarios only. */
const settingScenarios: Readonly<
  Partial<Record<keyof ReplicationPolicyInputs, readonly Scenario[]>>
> = {
  recoveryPointThreshold: ["VmwareToAzureClassic"],
  replicationInterval: fromHyperV,
  initialReplicationStartTime: fromHyperV,
  storageAccount: hyperVToAzure,
  compression: betweenSites,
  replicationPort: betweenSites,
  authentication: betweenSites,
  deleteReplica: betweenSites,
};

/** Inputs that mean nothing in the policy's scenario. */
export function strangeProblems(
  inputs: ReplicationPolicyInputs,
  scenario: SetUpScenario,
): readonly CheckFailure[] {
  const strange = Object.entries(settingScenarios)
    .filter(([path, scenarios]) => {
      const value = inputs[path as keyof ReplicationPolicyInputs];
      return value !== undefined && value !== "" && !scenarios.includes(scenario);
    })
    .map(([path, scenarios]) => ({
      path,
      reason: `means nothing in the scenario ${scenario}, only in ${scenarios.join(", ")}. Leave it out.`,
    }));
  const grouped = fromHyperV.includes(scenario) && inputs.multiVmSync === false;
  const reason = `means nothing in the scenario ${scenario}: Hyper-V has no multi-VM groups. Leave it out.`;
  return [...strange, ...(grouped ? [{ path: "multiVmSync", reason }] : [])];
}

/** Hours, minutes and seconds of a day. */
const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
const highestPort = 65_535;

/** What is wrong with the settings of a Hyper-V policy in themselves. */
export function hyperVProblems(inputs: ReplicationPolicyInputs): readonly CheckFailure[] {
  const { initialReplicationStartTime: start, replicationPort: port } = inputs;
  const isTime = !start || hasUnknown(start) || timeOfDay.test(start);
  const isPort =
    port === undefined ||
    hasUnknown(port) ||
    (Number.isInteger(port) && port >= 1 && port <= highestPort);
  return [
    ...(isTime
      ? []
      : [
          {
            path: "initialReplicationStartTime",
            reason: `"${start.slice(0, 40)}" is no time of day. Give 00:00:00 to 23:59:59, such as 22:00:00.`,
          },
        ]),
    ...(isPort
      ? []
      : [
          {
            path: "replicationPort",
            reason: `${port} is no port. Give a whole number from 1 to ${highestPort}.`,
          },
        ]),
  ];
}
