import test from "ava";
import { choosePoint } from "../../../provider/recovery/recovery-point.ts";
import { committedItem, itemWithoutDrill, pointAt, protectedItem } from "./items.ts";
import { destination, failing, situation } from "./situations.ts";

test(
  "A2-DRILL A-02 a failover without a drill before it is warned of",
  failing,
  "A2-DRILL",
  "warn",
  situation("Failover", itemWithoutDrill()),
);

test(
  "A2-POINT A-04 a recovery point that does not exist blocks",
  failing,
  "A2-POINT",
  "block",
  situation("Failover", protectedItem(), {
    recoveryPoint: choosePoint("2020-01-01T00:00:00Z", protectedItem(), [
      pointAt("2026-01-10T11:00:00Z"),
    ]),
  }),
  "recoveryPoint",
);

test(
  "A2-LAG a replication that lags behind the threshold is warned of",
  failing,
  "A2-LAG",
  "warn",
  situation("Failover", protectedItem({ replicationLagSeconds: 3600 })),
);

test(
  "A2-SHUTDOWN A-05 a source that is left running is warned of",
  failing,
  "A2-SHUTDOWN",
  "warn",
  situation("Failover", protectedItem(), { shutdownSource: false }),
  "shutdownSource",
);

test(
  "A2-SOURCE the original machine that becomes the seed is named",
  failing,
  "A2-SOURCE",
  "warn",
  situation("Reprotect", committedItem(), destination({ seedMachineId: "/vm/web" })),
);

test(
  "A2-REVERSE a failover without a way back is warned of, not blocked",
  failing,
  "A2-REVERSE",
  "warn",
  situation("Failover", protectedItem(), { destination: { resources: [], eligibilityErrors: [] } }),
);

test(
  "A2-REVERSE a reprotect without a container mapping is blocked",
  failing,
  "A2-REVERSE",
  "block",
  situation("Reprotect", committedItem(), {
    destination: { resources: [], eligibilityErrors: [] },
  }),
);
