import {
  beforeFailover,
  type Chapter,
  type Deed,
  drill,
  failover,
  nothingLeft,
  preview,
  setUp,
  step,
  up,
} from "./chapter.ts";

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
      at: "vcenter",
      machine: "shop-web",
      change: { power: "on" },
    },
    undone: {
      text: "shop-web is shut down again",
      at: "vcenter",
      machine: "shop-web",
      change: { power: "off" },
    },
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
    done: {
      text: "mt-linux is moved to ds2",
      at: "vcenter",
      machine: "mt-linux",
      change: { datastore: "ds2" },
    },
    undone: {
      text: "it is moved back",
      at: "vcenter",
      machine: "mt-linux",
      change: { datastore: "ds1" },
    },
  },
  failback:
    "An unplanned failover from Azure to the site. The machines in Azure are stopped, then removed.",
};

/** What the demo's user does with a VMware site, in order. */
export function siteStory(
  texts: SiteTexts,
  settings: Readonly<Record<string, string>>,
): readonly Chapter[] {
  return [
    setUp(texts.setUp, settings, [preview, up]),
    drill,
    beforeFailover,
    ...failover,
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
    nothingLeft,
  ];
}
