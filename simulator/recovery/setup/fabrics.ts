import type { ServiceError } from "../../faults/fault-rule.ts";
import { type Answer, badRequest, ok } from "../../http/answer.ts";
import { pagedList } from "../../http/paging.ts";
import type { Call, Route } from "../../http/route.ts";
import { HYPER_V_SITE, HYPER_V_SITE_PROVIDER, isOfHyperV } from "../../hyper-v/fabric-kinds.ts";
import { guidOf } from "../../simulation.ts";
import { textAt } from "../../state/json.ts";
import type { Container, ContainerMapping, Fabric, Vault } from "../../state/model.ts";
import { regionNamed } from "../../world/regions.ts";
import type { ScenarioName } from "../jobs/scenarios.ts";
import { BODIES } from "../validation/bodies.ts";
import { checkBody } from "../validation/body-rule.ts";
import {
  containerId,
  containerKey,
  containerNamed,
  fabricId,
  fabricNamed,
  param,
  vaultOf,
} from "../vault/find.ts";
import { containerBody, fabricBody } from "./bodies.ts";
import { providerOf } from "./fabric-actions.ts";
import { withDetails } from "./fabric-details.ts";
import { providerBodies } from "./provider-bodies.ts";
import { existsOtherwise, setupJob, stillInUse } from "./setup-job.ts";

const FABRICS = "replicationFabrics";
const FABRIC = `${FABRICS}/{fabric}`;
const CONTAINERS = "replicationProtectionContainers";
const CONTAINER = `${FABRIC}/${CONTAINERS}/{container}`;
const PROVIDERS = "replicationRecoveryServicesProviders";

/** Fabrics, protection containers and the agents of fabrics. Paths are relative to the vault. */
export const FABRIC_ROUTES: readonly Route[] = [
  [
    "GET",
    FABRICS,
    (call) =>
      listOf(call, (vault) =>
        Object.values(vault.fabrics).map((each) => fabricBody(call.simulation, vault, each)),
      ),
  ],
  ["GET", FABRIC, getFabric],
  ["PUT", FABRIC, putFabric],
  ["DELETE", FABRIC, (call) => removeFabric(call, "PurgeVMM")],
  ["POST", `${FABRIC}/remove`, (call) => removeFabric(call, "UnregisterFabric")],
  [
    "GET",
    CONTAINERS,
    (call) =>
      listOf(call, (vault) =>
        Object.values(vault.containers).map((each) => containerBody(vault, each)),
      ),
  ],
  ["GET", `${FABRIC}/${CONTAINERS}`, listContainers],
  [
    "GET",
    CONTAINER,
    (call) =>
      ok(
        containerBody(
          vaultOf(call),
          containerNamed(vaultOf(call), param(call, "fabric"), param(call, "container")),
        ),
      ),
  ],
  ["PUT", CONTAINER, putContainer],
  ["POST", `${CONTAINER}/remove`, removeContainer],
  ["DELETE", CONTAINER, removeContainer],
  [
    "GET",
    PROVIDERS,
    (call) =>
      listOf(call, (vault) =>
        Object.values(vault.fabrics).flatMap((each) =>
          providerBodies(call.simulation, vault, each),
        ),
      ),
  ],
  [
    "GET",
    `${FABRIC}/${PROVIDERS}`,
    (call) =>
      pagedList(
        call,
        providerBodies(
          call.simulation,
          vaultOf(call),
          fabricNamed(vaultOf(call), param(call, "fabric")),
        ),
      ),
  ],
  ["GET", `${FABRIC}/${PROVIDERS}/{provider}`, (call) => ok(providerOf(call))],
];

function listOf(
  call: Call,
  bodies: (vault: ReturnType<typeof vaultOf>) => Parameters<typeof pagedList>[1],
): Answer {
  return pagedList(call, bodies(vaultOf(call)));
}

function getFabric(call: Call): Answer {
  const vault = vaultOf(call);
  const fabric = fabricNamed(vault, param(call, "fabric"));
  return ok(
    withDetails(
      vault,
      fabric,
      fabricBody(call.simulation, vault, fabric),
      call.query.get("$filter"),
    ),
  );
}

function putFabric(call: Call): Answer {
  const vault = vaultOf(call);
  checkBody(call.body, BODIES.fabric);
  const name = param(call, "fabric");
  const kind = textAt(call.body, "properties", "customDetails", "instanceType") ?? "";
  if (kind.toLowerCase() !== "azure") return putHyperVSite(call, vault, name);
  const location = textAt(call.body, "properties", "customDetails", "location") ?? "";
  const region = regionNamed(location);
  if (!region) {
    throw badRequest({
      code: "SIM-INVALID-INPUT",
      message: `The location '${location}' is not a region of Azure.`,
    });
  }
  const id = fabricId(vault, name);
  const existing = vault.fabrics[name.toLowerCase()];
  // CH-ONE-FABRIC
  const rival = Object.values(vault.fabrics).find(
    (each) => each.location === region.name && each !== existing,
  );
  const refusal =
    existing && existing.location !== region.name
      ? existsOtherwise(
          "fabric",
          name,
          existing.location === ""
            ? `it is of type ${existing.instanceType}`
            : `its location is ${existing.location}`,
        )
      : rival &&
        existsOtherwise(
          "fabric",
          rival.name,
          `it already stands for ${region.displayName}, and a vault has one fabric for each region`,
        );
  return setupJob(call, vault, {
    scenario: "CreateSite",
    id,
    refusal,
    input: {
      name: existing?.name ?? name,
      location: region.name,
      internalIdentifier: guidOf(call.simulation, "fabric", id),
    },
  });
}

/** Makes a Hyper-V site; hosts then register in it by themselves. One that is there stays as it is (CH-HV-SITE). */
function putHyperVSite(call: Call, vault: Vault, name: string): Answer {
  const existing = vault.fabrics[name.toLowerCase()];
  const id = fabricId(vault, existing?.name ?? name);
  const { instanceType = HYPER_V_SITE } = existing ?? {};
  return setupJob(call, vault, {
    scenario: "CreateHyperVSite",
    id,
    refusal:
      instanceType === HYPER_V_SITE
        ? undefined
        : existsOtherwise("fabric", name, `it is of type ${instanceType}`),
    affectedObjects: {
      primaryfabricproviderid: HYPER_V_SITE_PROVIDER,
      primaryvmmid: guidOf(call.simulation, "target", id),
      primaryvmmname: existing?.friendlyName ?? name,
    },
    input: { name: existing?.name ?? name },
  });
}

function removeFabric(call: Call, scenario: ScenarioName): Answer {
  const vault = vaultOf(call);
  const fabric = fabricNamed(vault, param(call, "fabric"));
  // The container of an on-premises site goes with it.
  const containers = Object.values(vault.containers).filter(
    (each) => each.fabricName === fabric.name && fabric.instanceType === "Azure",
  );
  const items = Object.values(vault.items).filter((each) =>
    [each.fabricName, each.recoveryFabricName].includes(fabric.name),
  );
  const plans = Object.values(vault.plans).filter((plan) =>
    [plan.primaryFabricName, plan.recoveryFabricName].includes(fabric.name),
  );
  const users = [
    ...containers.map((each) => `container ${each.name}`),
    ...mappingsOfHyperV(vault, fabric).map((each) => `mapping ${each.name}`),
    ...items.map((each) => `protected item ${each.name}`),
    ...plans.map((each) => `recovery plan ${each.name}`),
  ];
  return setupJob(call, vault, {
    scenario,
    id: fabricId(vault, fabric.name),
    input: { name: fabric.name },
    refusal: users.length > 0 ? stillInUse("fabric", fabric.name, users) : undefined,
  });
}

/** The policies of Hyper-V's containers are dissociated before the fabric goes (CH-HV-REMOVE). */
function mappingsOfHyperV(vault: Vault, fabric: Fabric): readonly ContainerMapping[] {
  if (!isOfHyperV(vault, fabric.name)) return [];
  return Object.values(vault.mappings).filter((each) =>
    [each.fabricName, each.targetFabricName].includes(fabric.name),
  );
}

/** Containers of Hyper-V sites and clouds of VMM servers come and go at their site (CH-SITE-CONTAINER). */
function ofHyperV(
  vault: Vault,
  { name, fabricName, friendlyName }: Container,
): ServiceError | undefined {
  if (!isOfHyperV(vault, fabricName)) return undefined;
  return {
    code: "SIM-CONTAINER-OF-SITE",
    message: `The protection container '${friendlyName ?? name}' cannot be removed: it belongs to the fabric '${fabricName}'.`,
    possibleCauses: "A Hyper-V site has one container; the clouds of a VMM server are made there.",
    recommendedAction: "Remove the fabric, or the cloud in VMM.",
  };
}

function listContainers(call: Call): Answer {
  const vault = vaultOf(call);
  const fabric = fabricNamed(vault, param(call, "fabric"));
  const here = Object.values(vault.containers).filter((each) => each.fabricName === fabric.name);
  return pagedList(
    call,
    here.map((each) => containerBody(vault, each)),
  );
}

function putContainer(call: Call): Answer {
  const vault = vaultOf(call);
  checkBody(call.body, BODIES.container);
  const fabric = fabricNamed(vault, param(call, "fabric"));
  const name = param(call, "container");
  const existing = vault.containers[containerKey(fabric.name, name)];
  // CH-SITE-CONTAINER
  const refusal =
    fabric.instanceType === "Azure"
      ? undefined
      : existsOtherwise("container", name, "a site has one container, which came with its server");
  return setupJob(call, vault, {
    scenario: "CreateProtectionContainer",
    id: containerId(vault, fabric.name, existing?.name ?? name),
    refusal,
    input: { name: existing?.name ?? name, fabricName: fabric.name },
  });
}

function removeContainer(call: Call): Answer {
  const vault = vaultOf(call);
  const container = containerNamed(vault, param(call, "fabric"), param(call, "container"));
  const key = containerKey(container.fabricName, container.name);
  const items = Object.values(vault.items).filter((item) =>
    [
      containerKey(item.fabricName, item.containerName),
      containerKey(item.recoveryFabricName, item.recoveryContainerName),
    ].includes(key),
  );
  const mappings = Object.values(vault.mappings).filter((each) =>
    [
      containerKey(each.fabricName, each.containerName),
      containerKey(each.targetFabricName, each.targetContainerName),
    ].includes(key),
  );
  const users = [
    ...items.map((each) => `protected item ${each.name}`),
    ...mappings.map((each) => `mapping ${each.name}`),
  ];
  return setupJob(call, vault, {
    scenario: "RemoveProtectionContainer",
    id: containerId(vault, container.fabricName, container.name),
    input: { name: container.name, fabricName: container.fabricName },
    refusal:
      ofHyperV(vault, container) ??
      (users.length > 0 ? stillInUse("protection container", container.name, users) : undefined),
  });
}
