import {
  beforeFailover,
  type Chapter,
  drill,
  failover,
  nothingLeft,
  preview,
  setUp,
  step,
  up,
} from "./chapter.ts";

const host = "hv-2.plant.example";

/** What the demo's user does with a Hyper-V site, in order. */
export function hyperVStory(settings: Readonly<Record<string, string>>): readonly Chapter[] {
  return [
    setUp(
      "A Hyper-V site whose hosts register when it is made, a policy, the mapping to Azure, three protected machines, a recovery plan.",
      settings,
      [preview, up],
    ),
    drill,
    {
      title: "Trouble at the site",
      text: "The host of two machines is not heard any more. A planned failover has to shut them down first: it is refused before it begins.",
      deed: {
        text: `${host} falls silent`,
        at: "hyperV",
        machine: host,
        change: { heartbeat: "silent" },
      },
      commands: [step("failover"), preview],
      refused: true,
    },
    {
      ...beforeFailover,
      deed: {
        text: `${host} is heard again`,
        at: "hyperV",
        machine: host,
        change: { heartbeat: "reports" },
      },
    },
    ...failover,
    {
      title: "The failback",
      text: "What differs is sent home while Azure runs the shop; then the machines change places, and the replication towards Azure begins again.",
      commands: [step("failback"), preview, up],
    },
    nothingLeft,
  ];
}
