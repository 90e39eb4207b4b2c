import {
  alertSettingBody,
  containerBody,
  containerMappingBody,
  containerMappingUpdateBody,
  fabricBody,
  networkMappingBody,
  networkMappingUpdateBody,
  policyBody,
  policyUpdateBody,
} from "../bodies/setup.ts";
import {
  alertSettingFacts,
  containerFacts,
  containerMappingFacts,
  fabricFacts,
  networkMappingFacts,
  policyFacts,
} from "../facts/setup.ts";
import type { VaultSite } from "../site.ts";
import { patchObject, putObject, removeObject, type SetupObject } from "./put-object.ts";
import type { VaultScope } from "./scope.ts";

/** The writes of a vault's set-up. */
export type SetupWrites = Pick<
  VaultSite,
  | "putFabric"
  | "removeFabric"
  | "putContainer"
  | "removeContainer"
  | "putPolicy"
  | "updatePolicy"
  | "removePolicy"
  | "putContainerMapping"
  | "updateContainerMapping"
  | "removeContainerMapping"
  | "putNetworkMapping"
  | "updateNetworkMapping"
  | "removeNetworkMapping"
  | "putAlertSetting"
>;

/** Writes of fabrics, containers, policies, mappings and the alert setting. */
export function setupWrites(scope: VaultScope): SetupWrites {
  const fabric = (name: string): SetupObject => ({
    path: `${scope.id}/replicationFabrics/${name}`,
    collection: "replicationFabrics",
    kind: "fabric",
  });
  const container = (fabricName: string, name: string): SetupObject => ({
    path: `${fabric(fabricName).path}/replicationProtectionContainers/${name}`,
    collection: "replicationProtectionContainers",
    kind: "protection container",
  });
  const policy = (name: string): SetupObject => ({
    path: `${scope.id}/replicationPolicies/${name}`,
    collection: "replicationPolicies",
    kind: "replication policy",
  });
  const mapping = (containerId: string, name: string): SetupObject => ({
    path: `${containerId}/replicationProtectionContainerMappings/${name}`,
    collection: "replicationProtectionContainerMappings",
    kind: "container mapping",
  });
  const networkMapping = (fabricName: string, network: string, name: string): SetupObject => ({
    path: `${fabric(fabricName).path}/replicationNetworks/${network}/replicationNetworkMappings/${name}`,
    collection: "replicationNetworkMappings",
    kind: "network mapping",
  });
  const alertSetting = (name: string): SetupObject => ({
    path: `${scope.id}/replicationAlertSettings/${name}`,
    collection: "replicationAlertSettings",
    kind: "alert setting",
  });
  return {
    putFabric: (context, name, location) =>
      putObject(context, scope, fabric(name), fabricBody(location), fabricFacts),
    removeFabric: (context, name) => removeObject(context, scope, fabric(name), { method: "POST" }),
    putContainer: (context, fabricName, name) =>
      putObject(context, scope, container(fabricName, name), containerBody(), containerFacts),
    removeContainer: (context, fabricName, name) =>
      removeObject(context, scope, container(fabricName, name), { method: "POST" }),
    putPolicy: (context, name, specification) =>
      putObject(context, scope, policy(name), policyBody(specification), policyFacts),
    updatePolicy: (context, name, specification) =>
      patchObject(context, scope, policy(name), policyUpdateBody(specification), policyFacts),
    removePolicy: (context, name) =>
      removeObject(context, scope, policy(name), { method: "DELETE" }),
    putContainerMapping: (context, containerId, name, specification) =>
      putObject(
        context,
        scope,
        mapping(containerId, name),
        containerMappingBody(specification),
        containerMappingFacts,
      ),
    updateContainerMapping: (context, containerId, name, specification) =>
      patchObject(
        context,
        scope,
        mapping(containerId, name),
        containerMappingUpdateBody(specification),
        containerMappingFacts,
      ),
    removeContainerMapping: (context, containerId, name) =>
      removeObject(context, scope, mapping(containerId, name), { method: "DELETE" }),
    putNetworkMapping: (context, fabricName, networkName, name, specification) =>
      putObject(
        context,
        scope,
        networkMapping(fabricName, networkName, name),
        networkMappingBody(specification),
        networkMappingFacts,
      ),
    updateNetworkMapping: (context, fabricName, networkName, name, specification) =>
      patchObject(
        context,
        scope,
        networkMapping(fabricName, networkName, name),
        networkMappingUpdateBody(specification),
        networkMappingFacts,
      ),
    removeNetworkMapping: (context, fabricName, networkName, name) =>
      removeObject(context, scope, networkMapping(fabricName, networkName, name), {
        method: "DELETE",
      }),
    putAlertSetting: (context, name, setting) =>
      putObject(context, scope, alertSetting(name), alertSettingBody(setting), alertSettingFacts),
  };
}
