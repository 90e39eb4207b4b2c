import { engineEnvironment } from "../../test/support/engine.ts";

/** Variables that would send a rehearsal to the user's own Azure or vCenter. */
const azureVariables = /^(ARM|AZURE|ASR|GOVC)_/;

/**
 * The environment of a `pulumi` that keeps everything in `folder` and sees neither the user's own
 * Pulumi nor the user's own Azure: a rehearsal talks to the simulator and to nothing else.
 */
export function rehearsalEnvironment(folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(engineEnvironment(folder)).filter(([name]) => !azureVariables.test(name)),
  );
}
