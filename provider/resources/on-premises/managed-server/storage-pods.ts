import {
  ownDatastores,
  type SiteServerSituation,
} from "../../../recovery/on-premises-situation.ts";
import type { StoragePodFacts } from "../../../recovery/vsphere-facts.ts";

/** The datastore clusters whose Storage DRS may move the server's machine. */
export function movingPods({
  view,
}: Pick<SiteServerSituation, "view">): readonly StoragePodFacts[] {
  const machine = view?.machine;
  if (view === undefined || machine === undefined) return [];
  const references = ownDatastores(view).map((each) => each.storagePodReference);
  return view.storagePods.filter(
    (pod) =>
      references.includes(pod.reference) &&
      pod.storageDrsEnabled &&
      !pod.excludedMachineReferences.includes(machine.reference),
  );
}
