import { guarded } from "./guarded-handler.ts";
import type { AnyHandler } from "./handler.ts";
import { resourceSchema } from "./schema/schema.ts";

/** A handler of whatever inputs and state. */
type Loaded = Pick<AnyHandler, "token" | "schema">;

/**
 * The only list of resources: one line per handler, in the order of the documentation. A handler is loaded at
 * its first call, because a run needs few of them and every `pulumi` command waits for what it loads.
 */
const loaders: Readonly<Record<string, () => Promise<Loaded>>> = {
  Vault: async () => (await import("./resources/vault.ts")).vaultHandler,
  AlertSetting: async () => (await import("./resources/alert-setting.ts")).alertSettingHandler,
  Fabric: async () => (await import("./resources/fabric.ts")).fabricHandler,
  ProtectionContainer: async () =>
    (await import("./resources/protection-container.ts")).protectionContainerHandler,
  ReplicationPolicy: async () =>
    (await import("./resources/replication-policy.ts")).replicationPolicyHandler,
  ProtectionContainerMapping: async () =>
    (await import("./resources/protection-container-mapping.ts")).protectionContainerMappingHandler,
  NetworkMapping: async () =>
    (await import("./resources/network-mapping.ts")).networkMappingHandler,
  StorageClassificationMapping: async () =>
    (await import("./resources/storage-classification-mapping.ts"))
      .storageClassificationMappingHandler,
  ReplicatedItem: async () =>
    (await import("./resources/replicated-item.ts")).replicatedItemHandler,
  RecoveryPlan: async () => (await import("./resources/recovery-plan.ts")).recoveryPlanHandler,
  ConfigurationServer: async () =>
    (await import("./resources/on-premises/configuration-server.ts")).configurationServerHandler,
  ProcessServer: async () =>
    (await import("./resources/on-premises/process-server.ts")).processServerHandler,
  VCenter: async () => (await import("./resources/on-premises/v-center.ts")).vCenterHandler,
  MasterTargetServer: async () =>
    (await import("./resources/on-premises/master-target-server.ts")).masterTargetServerHandler,
  ReplicationAppliance: async () =>
    (await import("./resources/on-premises/replication-appliance.ts")).replicationApplianceHandler,
  PhysicalServer: async () =>
    (await import("./resources/on-premises/physical-server.ts")).physicalServerHandler,
  HyperVHost: async () => (await import("./resources/hyper-v/hyper-v-host.ts")).hyperVHostHandler,
  VmmServer: async () => (await import("./resources/hyper-v/vmm-server.ts")).vmmServerHandler,
  TestFailover: async () => (await import("./actions/test-failover.ts")).testFailoverHandler,
  Failover: async () => (await import("./actions/failover.ts")).failoverHandler,
  Reprotect: async () => (await import("./actions/reprotect.ts")).reprotectHandler,
  Failback: async () => (await import("./actions/failback.ts")).failbackHandler,
  CompleteMigration: async () =>
    (await import("./actions/complete-migration.ts")).completeMigrationHandler,
  Resynchronize: async () => (await import("./actions/resynchronize.ts")).resynchronizeHandler,
  CancelFailover: async () => (await import("./actions/cancel-failover.ts")).cancelFailoverHandler,
};

/** Every resource of the provider, by its token such as `asr:index:Failover`. */
export const handlers: ReadonlyMap<string, AnyHandler> = new Map(
  Object.entries(loaders).map(([name, load]) => [
    `asr:index:${name}`,
    loadedLater(`asr:index:${name}`, load),
  ]),
);

function loadedLater(token: string, loader: () => Promise<Loaded>): AnyHandler {
  // Hosts hold all handlers in one table and pass plain objects: a handler's own types are forgotten here.
  const load = async () => (await loader()) as unknown as AnyHandler;
  return {
    token,
    get schema() {
      return resourceSchema(token);
    },
    check: async (...call) => guarded(await load()).check(...call),
    diff: async (...call) => guarded(await load()).diff(...call),
    create: async (...call) => (await load()).create(...call),
    read: async (...call) => (await load()).read(...call),
    update: async (...call) => guarded(await load()).update(...call),
    delete: async (...call) => (await load()).delete(...call),
  };
}
