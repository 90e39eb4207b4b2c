/** An operation of a scenario that is not played, and what an Azure fabric answers to it. */
export interface OtherOperation {
  readonly method: string;
  /** Relative to the vault; `{child}` is something below an object that is never there. */
  readonly path: string;
  /** `emptyList`: there are none; `absent`: 404; `refused`: 400, the object does not take it. */
  readonly answers: "emptyList" | "absent" | "refused";
  /** Fields that the list's `$filter` knows. */
  readonly filter?: readonly string[];
  /** What to do instead, for a refusal. */
  readonly instead?: string;
}

const FABRIC = "replicationFabrics/{fabric}";
const CONTAINER = `${FABRIC}/replicationProtectionContainers/{container}`;
const ITEM = `${CONTAINER}/replicationProtectedItems/{item}`;

/** A group of objects of which Azure fabrics have none: its place, its lists, what can be done to one of them. */
interface AbsentGroup {
  /** Where the list lies; the objects lie below it. */
  readonly at: string;
  /** The objects are listed for the whole vault too, under this name. */
  readonly wholeVault?: string;
  /** Methods on the object itself besides GET; a PUT is refused, the others find nothing. */
  readonly methods: readonly string[];
  /** Segments of POST below the object. */
  readonly verbs: readonly string[];
  /** Lists below the object. */
  readonly children: readonly string[];
  /** Fields that the `$filter` of the lists knows. */
  readonly filter?: readonly string[];
}

const GROUPS: readonly AbsentGroup[] = [
  {
    at: `${CONTAINER}/replicationMigrationItems`,
    wholeVault: "replicationMigrationItems",
    methods: ["PUT", "PATCH", "DELETE"],
    verbs: [
      "migrate",
      "pauseReplication",
      "resumeReplication",
      "resync",
      "testMigrate",
      "testMigrateCleanup",
    ],
    children: ["migrationRecoveryPoints"],
    filter: ["SourceFabricName", "SourceContainerName", "InstanceType"],
  },
  {
    at: `${CONTAINER}/replicationProtectionClusters`,
    wholeVault: "replicationProtectionClusters",
    methods: ["PUT", "DELETE"],
    verbs: [
      "applyRecoveryPoint",
      "failoverCommit",
      "repairReplication",
      "testFailover",
      "testFailoverCleanup",
      "unplannedFailover",
    ],
    children: ["recoveryPoints"],
    filter: ["SourceFabricName", "SourceFabricLocation", "InstanceType"],
  },
  {
    at: `${FABRIC}/replicationvCenters`,
    wholeVault: "replicationvCenters",
    methods: ["PUT", "PATCH", "DELETE"],
    verbs: [],
    children: [],
  },
  { at: `${FABRIC}/replicationLogicalNetworks`, methods: [], verbs: [], children: [] },
  {
    at: `${FABRIC}/replicationStorageClassifications`,
    wholeVault: "replicationStorageClassifications",
    methods: [],
    verbs: [],
    children: [],
  },
  {
    at: `${FABRIC}/replicationStorageClassifications/{classification}/replicationStorageClassificationMappings`,
    wholeVault: "replicationStorageClassificationMappings",
    methods: ["PUT", "DELETE"],
    verbs: [],
    children: [],
  },
  {
    at: `${CONTAINER}/replicationProtectableItems`,
    methods: [],
    verbs: [],
    children: [],
    filter: ["State"],
  },
];

function groupOperations(group: AbsentGroup): readonly OtherOperation[] {
  const object = `${group.at}/{object}`;
  // A classification that is not there has no list either.
  const list = group.at.includes("{classification}") ? "absent" : "emptyList";
  const { filter } = group;
  const listAt = (path: string, answers: OtherOperation["answers"]): OtherOperation => ({
    method: "GET",
    path,
    answers,
    ...(filter && { filter }),
  });
  return [
    listAt(group.at, list),
    ...(group.wholeVault === undefined ? [] : [listAt(group.wholeVault, "emptyList")]),
    { method: "GET", path: object, answers: "absent" },
    ...group.methods.map((method): OtherOperation => {
      const refuses = method === "PUT" && list === "emptyList";
      return { method, path: object, answers: refuses ? "refused" : "absent" };
    }),
    ...group.verbs.map(
      (verb): OtherOperation => ({ method: "POST", path: `${object}/${verb}`, answers: "absent" }),
    ),
    ...group.children.flatMap((child): readonly OtherOperation[] => [
      { method: "GET", path: `${object}/${child}`, answers: "absent" },
      { method: "GET", path: `${object}/${child}/{child}`, answers: "absent" },
    ]),
  ];
}

function refusals(base: string, verbs: readonly string[], instead: string): OtherOperation[] {
  return verbs.map((verb) => ({
    method: "POST",
    path: `${base}/${verb}`,
    answers: "refused",
    instead,
  }));
}

const PROVIDER = `${FABRIC}/replicationRecoveryServicesProviders/{provider}`;
const AZURE_FABRIC = "Azure fabrics need no such care: the service looks after them itself.";
const AZURE_ITEM = "Azure VMs need no such care: the service looks after their agent itself.";

/** Every operation of the API that belongs to another scenario than region to region (reference, section 3; swagger 2023-08-01, 2024-04-01). */
export const OTHER_OPERATIONS: readonly OtherOperation[] = [
  ...GROUPS.flatMap(groupOperations),
  { method: "GET", path: "replicationAppliances", answers: "emptyList", filter: ["ProviderType"] },
  { method: "PUT", path: PROVIDER, answers: "refused", instead: AZURE_FABRIC },
  ...refusals(
    CONTAINER,
    ["discoverProtectableItem"],
    "Enable replication with the id of the virtual machine.",
  ),
  ...refusals(
    CONTAINER,
    ["switchClusterProtection"],
    "Use switchprotection for each protected item.",
  ),
  ...refusals(ITEM, ["switchProvider", "updateAppliance"], AZURE_ITEM),
];
