/** What somebody does in the vCenter behind the stack's back. */
export interface Deed {
  /** What a reader is told. */
  readonly text: string;
  readonly machine: string;
  readonly change: object;
}

/** One chapter of the demo: what is shown, and the commands a user types for it. */
export interface Chapter {
  readonly title: string;
  /** What the reader should look at. */
  readonly text: string;
  /** What happens before the commands. */
  readonly deed?: Deed;
  /** Commands without the leading `pulumi`, in order. */
  readonly commands: readonly (readonly string[])[];
  /** True when the last command has to be refused. */
  readonly refused?: true;
}

const preview = ["preview"] as const;
/** The change was previewed by the command before. */
const up = ["up", "--yes", "--skip-preview"] as const;
const step = (name: string): readonly string[] => ["config", "set", "step", name];

/** What the demo's user does, in order; `settings` are the values that differ from run to run. */
export function story(settings: Readonly<Record<string, string>>): readonly Chapter[] {
  return [
    {
      title: "Set-up",
      text: "A vault, two regions, a policy, mappings both ways, three protected machines, a recovery plan.",
      commands: [
        ["stack", "init", "demo"],
        ...Object.entries(settings).map(([key, value]) => ["config", "set", key, value]),
        step("protect"),
        ["up", "--yes"],
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
