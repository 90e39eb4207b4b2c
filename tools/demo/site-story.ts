import type { Chapter, Deed } from "./story.ts";

/** What differs between the stories of the two kinds of VMware site. */
export interface SiteTexts {
  /** What the set-up makes. */
  readonly setUp: string;
  /** What goes wrong at the site before the failback, and how it is put right. */
  readonly trouble: { readonly text: string; readonly done: Deed; readonly undone: Deed };
  readonly failback: string;
}

/** A shop on VMware with an appliance. */
export const modernizedTexts: SiteTexts = {
  setUp:
    "A policy, the mapping to Azure, the appliance, three protected machines, a recovery plan. Storage DRS leaves the appliance alone from now on.",
  trouble: {
    text: "While Azure runs the shop, somebody turns a machine on at the site: two would run, and the failback would overwrite one.",
    done: {
      text: "shop-web is turned on in the vCenter",
      machine: "shop-web",
      change: { power: "on" },
    },
    undone: { text: "shop-web is shut down again", machine: "shop-web", change: { power: "off" } },
  },
  failback:
    "A planned failover home by the appliance. The machines in Azure are stopped, then removed.",
};

/** A shop on VMware with a configuration server. */
export const classicTexts: SiteTexts = {
  setUp:
    "The pair of policies, the mappings both ways, three protected machines, a recovery plan; the way back through a process server in Azure and a master target, whose snapshot is merged and whose disk.EnableUUID is set.",
  trouble: {
    text: "While Azure runs the shop, somebody moves the master target to another datastore: no failback works then.",
    done: { text: "mt-linux is moved to ds2", machine: "mt-linux", change: { datastore: "ds2" } },
    undone: { text: "it is moved back", machine: "mt-linux", change: { datastore: "ds1" } },
  },
  failback:
    "An unplanned failover from Azure to the site. The machines in Azure are stopped, then removed.",
};

const preview = ["preview"] as const;
/** The change was previewed by the command before. */
const up = ["up", "--yes", "--skip-preview"] as const;
const step = (name: string): readonly string[] => ["config", "set", "step", name];

/** What the demo's user does with a VMware site, in order. */
export function siteStory(
  texts: SiteTexts,
  settings: Readonly<Record<string, string>>,
): readonly Chapter[] {
  return [
    {
      title: "Set-up",
      text: texts.setUp,
      commands: [
        ["stack", "init", "demo"],
        ...Object.entries(settings).map(([key, value]) => configure(key, value)),
        step("protect"),
        preview,
        up,
      ],
    },
    {
      title: "A drill",
      text: "Copies of the machines start in an isolated network; removing the resource removes them.",
      commands: [step("drill"), preview, up, step("protect"), ["up", "--yes"]],
    },
    {
      title: "The failover, before it happens",
      text: "Nothing is touched: this is what a failover would do, machine by machine.",
      commands: [step("failover"), preview],
    },
    {
      title: "The failover",
      text: "It stays open: the recovery point could still be changed.",
      commands: [up],
    },
    {
      title: "The commit",
      text: "The same resource with commit: automatic; an update in place.",
      commands: [step("commit"), preview, up],
    },
    {
      title: "The reprotect",
      text: "The machines are replicated back into the machines at the site, which stay off.",
      commands: [step("reprotect"), preview, up],
    },
    {
      title: "Trouble at the site",
      text: texts.trouble.text,
      deed: texts.trouble.done,
      commands: [step("failback"), preview],
      refused: true,
    },
    {
      title: "The failback",
      text: texts.failback,
      deed: texts.trouble.undone,
      commands: [preview, up],
    },
    {
      title: "The reprotect at home",
      text: "The machines are protected again as at the beginning: the next failover may come.",
      commands: [step("return"), preview, up],
    },
    {
      title: "Nothing left to do",
      text: "The full cycle leaves no change; both commands fail if there is one.",
      commands: [
        ["preview", "--expect-no-changes"],
        ["refresh", "--yes", "--skip-preview", "--expect-no-changes"],
      ],
    },
  ];
}

/** vCenters hold a password. */
function configure(key: string, value: string): readonly string[] {
  return ["config", "set", ...(key === "asr:vcenters" ? ["--secret"] : []), key, value];
}
