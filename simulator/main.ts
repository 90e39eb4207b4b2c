#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { type ExampleName, HELP, readCommandLine } from "./command-line.ts";
import { startSimulator } from "./simulator.ts";
import { EXAMPLE_WORLD, writeExample } from "./world/example.ts";
import { HYPER_V_EXAMPLE } from "./world/hyper-v-example.ts";
import { PUBLISHED_WORLD_SCHEMA } from "./world/published-schema.ts";
import { VMWARE_EXAMPLE } from "./world/vmware-example.ts";

// Without it the space for young objects grows to a hundred megabytes with thousands of items, and stays.
setFlagsFromString("--semi-space-growth-factor=1");

const EXAMPLES: Readonly<Record<ExampleName, string>> = {
  regions: EXAMPLE_WORLD,
  vmware: VMWARE_EXAMPLE,
  hyperv: HYPER_V_EXAMPLE,
};

try {
  const command = readCommandLine(process.argv.slice(2));
  if (command.kind === "help") process.stdout.write(HELP);
  else if (command.kind === "world init") {
    writeExample(command.file, EXAMPLES[command.example]);
    process.stderr.write(`Wrote ${command.file}. Next: asr-simulator --world ${command.file}\n`);
  } else if (command.kind === "world schema") {
    process.stdout.write(`${JSON.stringify(PUBLISHED_WORLD_SCHEMA, null, 2)}\n`);
  } else {
    const simulator = await startSimulator(command.options);
    process.stdout.write(`${JSON.stringify({ url: simulator.url })}\n`);
    const say = (text: string) => {
      if (!command.quiet) process.stderr.write(`${text}\n`);
    };
    say(
      `Simulated Azure Site Recovery at ${simulator.url}, virtual time ${simulator.clock.now()}.`,
    );
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => {
        say(`Stopped by ${signal}.`);
        void simulator.close().then(() => process.exit(0));
      });
    }
  }
} catch (error) {
  process.stderr.write(`asr-simulator: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
