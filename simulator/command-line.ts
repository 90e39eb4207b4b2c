import { parseArgs } from "node:util";
import { parseClockSetting } from "./clock/virtual-clock.ts";
import type { SimulatorOptions } from "./simulator.ts";

/** The help text of the command. */
export const HELP = `Simulates Azure Site Recovery on this machine.

  asr-simulator --world FILE [--port N] [--state FILE] [--clock MODE] [--journal FILE] [--seed TEXT]
                [--tls] [--ca-file FILE] [--host ADDRESS] [--require-sign-in] [--quiet]
  asr-simulator world init [FILE]    write a commented example (default world.yaml);
                                     --vmware: one with a VMware site,
                                     --hyperv: one with Hyper-V sites and VMM
  asr-simulator world schema         print the JSON Schema of world files

  --world FILE     what exists at the start (YAML)
  --port N         port; 0 = any free one (default 0)
  --state FILE     snapshot: read at the start if it exists, written after every change
  --clock MODE     real, stepped or accelerated:FACTOR; goes before the world's own
  --journal FILE   append each request as a line of JSON
  --seed TEXT      goes before the world's own
  --tls            https, with a certificate made at the start; requests then need a token
  --ca-file FILE   write the certificate's authority there, for clients to trust; kept for the next start
  --host ADDRESS   listen there instead of on 127.0.0.1; beyond this computer only with --tls
  --require-sign-in  requests need a token over plain http too
  --quiet          no messages on stderr
  --help           this text

When ready it prints one line of JSON: {"url":"http://127.0.0.1:PORT"}
The same address shows items, states, jobs, clock and faults in a browser.
`;

/** The examples of worlds. */
export type ExampleName = "regions" | "vmware" | "hyperv";

/** What the command line asks for. */
export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "world init"; readonly file: string; readonly example: ExampleName }
  | { readonly kind: "world schema" }
  | { readonly kind: "run"; readonly options: SimulatorOptions; readonly quiet: boolean };

/** Reads the command line; throws with a message for the user. */
export function readCommandLine(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      world: { type: "string" },
      port: { type: "string", default: "0" },
      state: { type: "string" },
      clock: { type: "string" },
      journal: { type: "string" },
      seed: { type: "string" },
      tls: { type: "boolean", default: false },
      "ca-file": { type: "string" },
      host: { type: "string" },
      "require-sign-in": { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
      vmware: { type: "boolean", default: false },
      hyperv: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return { kind: "help" };
  if (positionals.length > 0) return worldCommand(positionals, exampleOf(values));
  if (values.world === undefined) throw new Error("--world FILE is needed.");
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port ${values.port} is not a port (0 to 65535).`);
  return {
    kind: "run",
    quiet: values.quiet,
    options: {
      world: values.world,
      port,
      tls: values.tls,
      ...(values["ca-file"] !== undefined && { caFile: values["ca-file"] }),
      ...(values.host !== undefined && { host: values.host }),
      ...(values["require-sign-in"] && { requireSignIn: true }),
      ...(values.state !== undefined && { stateFile: values.state }),
      ...(values.clock !== undefined && { clock: parseClockSetting(values.clock) }),
      ...(values.journal !== undefined && { journalFile: values.journal }),
      ...(values.seed !== undefined && { seed: values.seed }),
    },
  };
}

function exampleOf({ vmware, hyperv }: { vmware: boolean; hyperv: boolean }): ExampleName {
  if (vmware && hyperv) throw new Error("--vmware and --hyperv do not go together.");
  if (hyperv) return "hyperv";
  return vmware ? "vmware" : "regions";
}

function worldCommand(words: readonly string[], example: ExampleName): Command {
  const [topic, verb, file, ...more] = words;
  if (topic === "world" && verb === "init" && more.length === 0)
    return { kind: "world init", file: file ?? "world.yaml", example };
  if (topic === "world" && verb === "schema" && file === undefined) return { kind: "world schema" };
  throw new Error(
    `"${words.join(" ")}" is no command: use world init [FILE] [--vmware | --hyperv], world schema, or --world FILE.`,
  );
}
