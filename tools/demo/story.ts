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

/** What the demo's user does with two regions, in order; `settings` are the values that differ from run to run. */
export function story(settings: Readonly<Record<string, string>>): readonly Chapter[] {
  return [
    setUp(
      "A vault, two regions, a policy, mappings both ways, three protected machines, a recovery plan.",
      settings,
      [["up", "--yes"]],
    ),
    drill,
    beforeFailover,
    ...failover,
    {
      title: "The reprotect",
      text: "The machines are replicated back to where they came from.",
      commands: [step("reprotect"), preview, up],
    },
    {
      title: "The failback",
      text: "The same failover in the other direction, committed at once.",
      commands: [step("failback"), preview, up],
    },
    {
      title: "The reprotect at home",
      text: "The machines are protected again as at the beginning.",
      commands: [step("return"), preview, up],
    },
    nothingLeft,
  ];
}
