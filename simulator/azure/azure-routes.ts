import { type Answer, ArmError, missingResource, ok } from "../http/answer.ts";
import { wholeList } from "../http/paging.ts";
import type { Call, Route } from "../http/route.ts";
import { noteSources } from "../recovery/items/source.ts";
import { guidOf } from "../simulation.ts";
import { idKey, resourceGroupIdOf } from "../state/identifiers.ts";
import { type JsonObject, listAt, numberAt, objectAt, textAt, valueAt } from "../state/json.ts";
import type { AzureResource } from "../state/model.ts";
import { formatTime } from "../state/times.ts";
import { GATEWAY_KINDS, withGateways } from "./gateways.ts";
import {
  attach,
  conditionOf,
  DISK,
  dismantle,
  ensureDisk,
  MACHINE,
  machineHolding,
  NIC,
  setPower,
} from "./machines.ts";
import {
  completeSubnets,
  findNetwork,
  freeAddress,
  NETWORK,
  networkOfSubnet,
  subnetsOf,
} from "./networks.ts";
import { RESOURCE_GROUP_ROUTES } from "./resource-groups.ts";
import { PROVIDER_ROUTES } from "./resource-providers.ts";
import {
  existing,
  findResource,
  type ResourceKind,
  refuseInOutage,
  resourceRoutes,
  storeResource,
} from "./resources.ts";
import { ROLE_ROUTES } from "./role-assignments.ts";
import { MACHINE_SIZES } from "./sizes.ts";
import { SUBSCRIPTION_ROUTES } from "./subscriptions.ts";

const machines: ResourceKind = {
  type: MACHINE,
  complete: completeMachine,
  stored: (call, machine) => {
    conditionOf(call.simulation, machine.id);
    attach(call.simulation, machine);
    noteSources(call.simulation);
  },
  removing: (call, machine) => {
    dismantle(call.simulation, machine.id);
    noteSources(call.simulation);
  },
  read: (call, machine) =>
    call.query.get("$expand") === "instanceView"
      ? { ...machine.properties, instanceView: instanceView(call, machine) }
      : machine.properties,
};

const disks: ResourceKind = {
  type: DISK,
  complete: (call, _id, properties) => ({
    diskState: "Unattached",
    timeCreated: formatTime(call.simulation.now),
    ...properties,
  }),
  removing: refuseIfAttached,
};

const networks: ResourceKind = {
  type: NETWORK,
  complete: (_call, id, properties) => completeSubnets(id, properties),
  read: (call, network) => withGateways(call.simulation, network),
};

const nics: ResourceKind = { type: NIC, complete: completeNic, removing: refuseIfAttached };

/** Types of which the simulator only keeps what it is given. */
const PLAIN_TYPES = [
  "Microsoft.Network/networkSecurityGroups",
  "Microsoft.Network/publicIPAddresses",
  "Microsoft.Network/loadBalancers",
  "Microsoft.Storage/storageAccounts",
  "Microsoft.Compute/availabilitySets",
  "Microsoft.Compute/proximityPlacementGroups",
  "Microsoft.Automation/automationAccounts",
  "Microsoft.KeyVault/vaults",
];

const VM = `/subscriptions/{subscription}/resourceGroups/{group}/providers/${MACHINE}/{name}`;
const SUBNET = `/subscriptions/{subscription}/resourceGroups/{group}/providers/${NETWORK}/{name}/subnets`;

/** Compute, Network, Storage and what lies around them. */
export const AZURE_ROUTES: readonly Route[] = [
  ...SUBSCRIPTION_ROUTES,
  ...PROVIDER_ROUTES,
  ...RESOURCE_GROUP_ROUTES,
  ...ROLE_ROUTES,
  ...[machines, disks, networks, nics, ...GATEWAY_KINDS].flatMap(resourceRoutes),
  ...PLAIN_TYPES.flatMap((type) => resourceRoutes({ type })),
  ["GET", `${VM}/instanceView`, (call) => ok(instanceView(call, existing(call, machines)))],
  ["POST", `${VM}/start`, (call) => changePower(call, "running")],
  ["POST", `${VM}/restart`, (call) => changePower(call, "running")],
  ["POST", `${VM}/powerOff`, (call) => changePower(call, "stopped")],
  ["POST", `${VM}/deallocate`, (call) => changePower(call, "deallocated")],
  ["GET", SUBNET, (call) => wholeList(subnetBodies(existing(call, networks)))],
  ["GET", `${SUBNET}/{subnet}`, getSubnet],
  ["PUT", `${SUBNET}/{subnet}`, putSubnet],
  ["DELETE", `${SUBNET}/{subnet}`, deleteSubnet],
  [
    "GET",
    "/subscriptions/{subscription}/providers/Microsoft.Compute/locations/{location}/vmSizes",
    listSizes,
  ],
];

function instanceView(call: Call, machine: AzureResource): JsonObject {
  const { power } = conditionOf(call.simulation, machine.id);
  const time = formatTime(call.simulation.now);
  return {
    statuses: [
      {
        code: "ProvisioningState/succeeded",
        level: "Info",
        displayStatus: "Provisioning succeeded",
        time,
      },
      { code: `PowerState/${power}`, level: "Info", displayStatus: `VM ${power}` },
    ],
  };
}

/** CH-COMPUTE-SYNC */
function changePower(call: Call, power: "running" | "stopped" | "deallocated"): Answer {
  const machine = existing(call, machines);
  refuseInOutage(call.simulation, machine.location);
  setPower(call.simulation, machine.id, power);
  noteSources(call.simulation);
  return { status: 200 };
}

function completeMachine(call: Call, id: string, properties: JsonObject): JsonObject {
  const { simulation } = call;
  const location = textAt(call.body, "location") ?? findResource(simulation, id)?.location ?? "";
  const name = call.params.name ?? "";
  const storage = objectAt(properties, "storageProfile") ?? {};
  const diskOf = (entry: JsonObject, fallback: string, osType?: string): JsonObject => {
    const diskId =
      textAt(entry, "managedDisk", "id") ??
      `${resourceGroupIdOf(id)}/providers/${DISK}/${textAt(entry, "name") ?? fallback}`;
    const disk = ensureDisk(simulation, diskId, {
      location,
      sizeGiB: numberAt(entry, "diskSizeGB") ?? 128,
      accountType: textAt(entry, "managedDisk", "storageAccountType") ?? "Premium_LRS",
      ...(osType !== undefined && { osType }),
    });
    return {
      ...entry,
      name: disk.name,
      managedDisk: { ...objectAt(entry, "managedDisk"), id: disk.id },
    };
  };
  const osDisk = objectAt(storage, "osDisk") ?? {};
  const osType = textAt(osDisk, "osType") ?? "Linux";
  return {
    vmId: guidOf(simulation, "vmId", id, simulation.now),
    timeCreated: formatTime(simulation.now),
    ...properties,
    storageProfile: {
      ...storage,
      osDisk: { ...diskOf(osDisk, `${name}_OsDisk_1`, osType), osType },
      dataDisks: listAt(storage, "dataDisks").map((entry, index) =>
        diskOf((entry ?? {}) as JsonObject, `${name}_DataDisk_${index}`),
      ),
    },
  };
}

function completeNic(call: Call, id: string, properties: JsonObject): JsonObject {
  const configurations = listAt(properties, "ipConfigurations").map((entry, index) => {
    const name = textAt(entry, "name") ?? `ipconfig${index + 1}`;
    const given = objectAt(entry, "properties") ?? {};
    const subnetId = textAt(given, "subnet", "id") ?? "";
    const network = findNetwork(call.simulation, networkOfSubnet(subnetId));
    const subnet = network && subnetsOf(network).find((each) => idKey(each.id) === idKey(subnetId));
    if (!subnet)
      throw new ArmError(
        400,
        "InvalidResourceReference",
        `Resource ${subnetId} referenced by resource ${id} was not found.`,
      );
    return {
      id: `${id}/ipConfigurations/${name}`,
      name,
      properties: {
        primary: valueAt(given, "primary") === true || index === 0,
        privateIPAllocationMethod: "Dynamic",
        ...given,
        privateIPAddress: textAt(given, "privateIPAddress") ?? freeAddress(call.simulation, subnet),
      },
    };
  });
  return { enableAcceleratedNetworking: false, ...properties, ipConfigurations: configurations };
}

function refuseIfAttached(call: Call, resource: AzureResource): void {
  const holder = machineHolding(call.simulation, resource.id);
  if (!holder) return;
  throw new ArmError(
    409,
    "OperationNotAllowed",
    `Resource '${resource.name}' is attached to VM '${holder.id}'.`,
  );
}

function subnetBodies(network: AzureResource): readonly JsonObject[] {
  return listAt(network.properties, "subnets") as readonly JsonObject[];
}

function getSubnet(call: Call): Answer {
  const network = existing(call, networks);
  const subnet = subnetBodies(network).find(
    (each) => textAt(each, "name")?.toLowerCase() === call.params.subnet?.toLowerCase(),
  );
  if (!subnet)
    throw missingResource(
      `${NETWORK}/subnets`,
      `${network.name}/${call.params.subnet}`,
      call.params.group ?? "",
    );
  return ok(subnet);
}

function putSubnet(call: Call): Answer {
  const network = existing(call, networks);
  const others = subnetBodies(network).filter(
    (each) => textAt(each, "name")?.toLowerCase() !== call.params.subnet?.toLowerCase(),
  );
  const subnets = [
    ...others,
    { name: call.params.subnet, properties: objectAt(call.body, "properties") },
  ];
  network.properties = completeSubnets(network.id, { ...network.properties, subnets });
  storeResource(call.simulation, network);
  return getSubnet(call);
}

function deleteSubnet(call: Call): Answer {
  const network = existing(call, networks);
  const subnets = subnetBodies(network).filter(
    (each) => textAt(each, "name")?.toLowerCase() !== call.params.subnet?.toLowerCase(),
  );
  network.properties = { ...network.properties, subnets };
  storeResource(call.simulation, network);
  return { status: 200 };
}

function listSizes(): Answer {
  return wholeList(
    MACHINE_SIZES.map((size) => ({
      name: size.name,
      numberOfCores: size.cores,
      osDiskSizeInMB: 1_047_552,
      resourceDiskSizeInMB: size.memoryGiB * 2048,
      memoryInMB: size.memoryGiB * 1024,
      maxDataDiskCount: size.maxDataDisks,
    })),
  );
}
