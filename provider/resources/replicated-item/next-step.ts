import type { ItemFacts } from "../../recovery/model.ts";
import {
  activeSide,
  goesToAzure,
  isFromHyperV,
  positionOf,
  type Standing,
} from "../../recovery/position.ts";
import { placeOf } from "./place.ts";

/** What a program may declare next, by where the machine stands. */
type Steps = Partial<Readonly<Record<Standing, string>>>;

const commitAway = 'declare a Failover with commit: "automatic", which takes this one over';

/** Away from home, of machines between regions and of VMware sites. */
const away: Steps = {
  failedOver: `the failover is not committed: ${commitAway}, then a Reprotect`,
  committed: "the failover is committed: declare a Reprotect",
  replicating: "it is being replicated back: wait until it is protected, then declare a Failback",
  protected: "it is protected towards its home: declare a Failback when it is to return",
};

/** Away from home, of Hyper-V machines in Azure: they come home without a reprotect. */
const awayInAzure: Steps = {
  ...away,
  failedOver: `the failover is not committed: ${commitAway}, then a Failback`,
  committed: "the failover is committed: declare a Failback when it is to return",
};

/** Away from home, of machines between VMM sites: the reverse replication commits by itself. */
const awayAtSite: Steps = {
  ...away,
  failedOver:
    "the failover is not committed: declare a Reprotect, which commits it and turns the replication round",
};

/** At home again, and not as it began. */
const home: Steps = {
  failedOver:
    'the failback is not committed: declare a Failback with commit: "automatic", which takes this one over, then a Reprotect',
  committed: "it came home and is not protected: declare a Reprotect",
};

const drill =
  "a test failover is open: clean it up in the vault, or declare a TestFailover, which takes it over, and remove it again";
const failed = "its failover went wrong: see its jobs in the vault, then run the failover again";

/**
 * Where a machine runs and what may come next, in words; undefined while it is protected at home, or on its way to
 * it for the first time.
 */
export function nextStepOf(item: ItemFacts): string | undefined {
  const position = positionOf(item);
  const step = stepOf(item, position.standing, position.away);
  return step === undefined ? undefined : `runs in ${placeOf(activeSide(item))}; ${step}`;
}

function stepOf(item: ItemFacts, standing: Standing, isAway: boolean): string | undefined {
  if (standing === "testing") return drill;
  if (standing === "failed") return failed;
  if (!isAway) return home[standing];
  if (item.scenario === "VmmToVmm") return awayAtSite[standing];
  return isFromHyperV(item) && goesToAzure(item) ? awayInAzure[standing] : away[standing];
}
