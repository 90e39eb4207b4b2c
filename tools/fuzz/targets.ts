import type { Target } from "./target.ts";

/** The targets by name; each is loaded in the thread that feeds it. */
export const targets: Readonly<Record<string, () => Promise<Target>>> = {
  check: async () => (await import("./check.ts")).checkTarget,
  "dynamic-host": async () => (await import("./dynamic-host.ts")).dynamicHostTarget,
  diff: async () => (await import("./diff.ts")).diffTarget,
  settings: async () => (await import("./settings.ts")).settingsTarget,
  "world-text": async () => (await import("./world-text.ts")).worldTextTarget,
  "world-document": async () => (await import("./world-document.ts")).worldDocumentTarget,
  simulator: async () => (await import("./simulator.ts")).simulatorTarget,
  "vcenter-answers": async () => (await import("./vcenter-answers.ts")).vcenterAnswersTarget,
  "azure-answers": async () => (await import("./azure-answers.ts")).azureAnswersTarget,
};
