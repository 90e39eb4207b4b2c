import { FAULT_RULE_SCHEMA } from "../faults/rule-schema.ts";
import { isObject, type JsonObject } from "../state/json.ts";
import { WORLD_SCHEMA } from "./world-schema.ts";

/** What each section of a world is for; editors show it. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  seed: "GUIDs and chances follow from it. Default: world",
  tenant: "Directory id of the subscriptions",
  identities: "Who may sign in. Default: anybody",
  clock: "How virtual time runs, and where it starts",
  knobs: "Behaviour that the real service leaves open",
  subscriptions: "At least one; resource groups lie in the first one unless they say otherwise",
  regions: "Regions in another state than normal",
  resourceGroups: "Resource groups",
  networks: "Virtual networks with their subnets (name: range)",
  gateways: "Gateways of networks, and their connections to sites",
  storageAccounts: "Storage accounts; replication writes through one on each side",
  availabilitySets: "Availability sets",
  networkSecurityGroups: "Network security groups",
  machines: "Virtual machines; `count` makes so many alike",
  hyperVSites:
    "Hyper-V sites with their hosts and machines; one that is not made yet waits for a client",
  vmmServers: "VMM servers with their clouds, machines, networks and storage classifications",
  vaults: "Recovery Services vaults that exist from the start, and what is in them",
  faults: "Disturbances: each rule has exactly one effect, and says when it strikes",
};

/** The schema of world files as editors take it: described, with the form of fault rules. */
export const PUBLISHED_WORLD_SCHEMA: JsonObject = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "World of the Azure Site Recovery simulator",
  description: "What exists when the simulator starts. Names refer to objects of the same file.",
  ...WORLD_SCHEMA,
  properties: describe({
    ...(isObject(WORLD_SCHEMA.properties) ? WORLD_SCHEMA.properties : {}),
    faults: { type: "array", items: FAULT_RULE_SCHEMA },
  }),
};

function describe(sections: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(sections).map(([name, schema]) => {
      const description = DESCRIPTIONS[name];
      return [name, isObject(schema) && description ? { description, ...schema } : schema];
    }),
  );
}
