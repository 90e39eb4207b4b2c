/** What somebody does behind the stack's back. */
export interface Deed {
  /** What a reader is told. */
  readonly text: string;
  /** Where it happens: in the vCenter, or at the Hyper-V hosts, which the simulator plays. */
  readonly at: "vcenter" | "hyperV";
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

/** Shows what would happen. */
export const preview: readonly string[] = ["preview"];

/** Does what the command before has shown. */
export const up: readonly string[] = ["up", "--yes", "--skip-preview"];

/** Goes on in the story. */
export const step = (name: string): readonly string[] => ["config", "set", "step", name];

/** The first chapter: a stack with its settings, everything protected. */
export function setUp(
  text: string,
  settings: Readonly<Record<string, string>>,
  commands: readonly (readonly string[])[],
): Chapter {
  return {
    title: "Set-up",
    text,
    commands: [
      ["stack", "init", "demo"],
      ...Object.entries(settings).map(([key, value]) => configure(key, value)),
      step("protect"),
      ...commands,
    ],
  };
}

/** vCenters hold a password. */
function configure(key: string, value: string): readonly string[] {
  return ["config", "set", ...(key === "asr:vcenters" ? ["--secret"] : []), key, value];
}

/** Copies of the machines, and nothing left of them. */
export const drill: Chapter = {
  title: "A drill",
  text: "Copies of the machines start in an isolated network; removing the resource removes them.",
  commands: [step("drill"), preview, up, step("protect"), ["up", "--yes"]],
};

/** What a failover would do. */
export const beforeFailover: Chapter = {
  title: "The failover, before it happens",
  text: "Nothing is touched: this is what a failover would do, machine by machine.",
  commands: [step("failover"), preview],
};

/** The failover and its commit. */
export const failover: readonly Chapter[] = [
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
];

/** The last chapter: the program and the world agree. */
export const nothingLeft: Chapter = {
  title: "Nothing left to do",
  text: "The full cycle leaves no change; both commands fail if there is one.",
  commands: [
    ["preview", "--expect-no-changes"],
    ["refresh", "--yes", "--skip-preview", "--expect-no-changes"],
  ],
};
