import type { Chapter } from "./chapter.ts";
import { hyperVStory } from "./hyper-v-story.ts";
import { classicTexts, modernizedTexts, siteStory } from "./site-story.ts";
import { story } from "./story.ts";

/** What a demo plays. */
export interface Scenario {
  /** Folder of the Pulumi project, seen from the repository. */
  readonly project: string;
  /** The world of the simulator, seen from the repository. */
  readonly world: string;
  /** What the world's vCenter has beyond it, seen from the repository; absent when there is no vCenter. */
  readonly vcenter?: string;
  /** Configuration beyond what every demo sets. */
  readonly settings: Readonly<Record<string, string>>;
  readonly story: (settings: Readonly<Record<string, string>>) => readonly Chapter[];
}

/** All demos by the word that `SCENARIO` takes. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  regions: {
    project: ".",
    world: "simulator/worlds/three-tier.yaml",
    settings: {},
    story,
  },
  vmware: {
    project: "demo/vmware",
    world: "demo/vmware/world.yaml",
    vcenter: "demo/vmware/vcenter.yaml",
    settings: { fabric: "plant" },
    story: (settings) => siteStory(modernizedTexts, settings),
  },
  "vmware-classic": {
    project: "demo/vmware-classic",
    world: "demo/vmware-classic/world.yaml",
    vcenter: "demo/vmware-classic/vcenter.yaml",
    settings: { fabric: "cs-1" },
    story: (settings) => siteStory(classicTexts, settings),
  },
  hyperv: {
    project: "demo/hyper-v",
    world: "demo/hyper-v/world.yaml",
    settings: {},
    story: hyperVStory,
  },
};
