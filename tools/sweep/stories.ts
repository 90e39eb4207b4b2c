import { type HyperVKind, hyperVWorld } from "../../test/provider/actions/hyper-v-world.ts";
import { plantOne, type SiteKind } from "../../test/provider/actions/site-world.ts";
import { ids, orders } from "../../test/provider/actions/test-bed.ts";
import { action, drill, failover, type Story, type StoryStep, type Subject } from "./story.ts";

const clock = { mode: "accelerated:600" };
const plan = "shop";
const items = ["web", "app"];

const subjects: readonly Subject[] = (["item", "plan"] as const).map((carrier) => ({
  carrier,
  target: carrier === "item" ? { item: ids.item("web") } : { recoveryPlan: plan },
  testNetwork: ids.testNetwork,
  otherPoint: "latestApplicationConsistent",
}));

/** What a story begins with when a recovery plan carries its actions: the plan, each machine in a group of its own. */
function preparation({ carrier }: Subject, items: readonly string[]): readonly StoryStep[] {
  if (carrier === "item") return [];
  const groups = items.map((item) => ({ items: [ids.item(item)] }));
  return [
    { ...action("plan", "RecoveryPlan", { name: plan, vault: ids.vault, groups }), prepares: true },
  ];
}

function regions(subject: Subject): Story {
  const commit = "automatic";
  const { carrier, target } = subject;
  return {
    ...{ site: "regions", carrier },
    world: orders({ world: { clock } }),
    steps: [
      ...preparation(subject, items),
      ...drill(subject),
      ...failover(subject),
      action("reprotect", "Reprotect", { ...target, cacheStorageAccount: ids.cacheWest }),
      action("failback", "Failback", { ...target, commit }),
      action("reprotect at home", "Reprotect", {
        ...target,
        cacheStorageAccount: ids.cacheNorth,
      }),
    ],
  };
}

function vmware(kind: SiteKind, subject: Subject): Story {
  const { carrier, target } = subject;
  return {
    ...{ site: `vmware-${kind}`, carrier },
    world: plantOne(kind, { world: { clock } }),
    steps: [
      ...preparation(subject, items),
      ...drill(subject),
      ...failover(subject),
      action("reprotect", "Reprotect", target),
      action("failback", "Failback", { ...target, commit: "automatic" }),
      action("reprotect at home", "Reprotect", target),
    ],
  };
}

/** A policy with application-consistent points to change to. */
const hourly = { name: "forward", kind: "HyperVReplicaAzure", appConsistentMinutes: 60 };

function hyperV(kind: HyperVKind, subject: Subject): Story {
  const { carrier, target } = subject;
  const betweenSites = kind === "VmmToVmm";
  // Between sites there is neither a choice of point nor a network of Azure.
  const [tested, cleaned] = drill(subject).map((step) =>
    betweenSites && step.inputs !== undefined ? { ...step, inputs: target } : step,
  );
  const over = betweenSites ? failover({ target }, { mode: "planned" }) : failover(subject);
  return {
    ...{ site: `hyperv-${kind}`, carrier },
    world: hyperVWorld(kind, {
      world: { clock },
      ...(betweenSites ? {} : { vault: { policies: [hourly] } }),
    }),
    steps: [
      ...preparation(subject, items),
      ...[tested, cleaned].filter((step) => step !== undefined),
      ...over,
      ...(betweenSites ? [action("reprotect", "Reprotect", target)] : []),
      action("failback", "Failback", { ...target, commit: "automatic" }),
      ...(betweenSites ? [action("reprotect at home", "Reprotect", target)] : []),
    ],
  };
}

/** Every story, by site and carrier. */
export const stories: readonly Story[] = subjects.flatMap((subject) => [
  regions(subject),
  vmware("modernized", subject),
  vmware("classic", subject),
  hyperV("HyperVToAzure", subject),
  hyperV("VmmToAzure", subject),
  hyperV("VmmToVmm", subject),
]);
