import type { AnyHandler, Handler } from "./handler.ts";
import { resourceSchema } from "./schema/schema.ts";

/**
 * The only list of resources: one line per handler, in the order of the documentation. A handler is loaded at
 * its first call, because a run needs few of them and every `pulumi` command waits for what it loads.
 */
const loaders: Readonly<Record<string, () => Promise<AnyHandler>>> = {
  Vault: async () => anyHandler((await import("./resources/vault.ts")).vaultHandler),
  AlertSetting: async () =>
    anyHandler((await import("./resources/alert-setting.ts")).alertSettingHandler),
  Fabric: async () => anyHandler((await import("./resources/fabric.ts")).fabricHandler),
  ProtectionContainer: async () =>
    anyHandler((await import("./resources/protection-container.ts")).protectionContainerHandler),
  ReplicationPolicy: async () =>
    anyHandler((await import("./resources/replication-policy.ts")).replicationPolicyHandler),
  ProtectionContainerMapping: async () =>
    anyHandler(
      (await import("./resources/protection-container-mapping.ts"))
        .protectionContainerMappingHandler,
    ),
  NetworkMapping: async () =>
    anyHandler((await import("./resources/network-mapping.ts")).networkMappingHandler),
  ReplicatedItem: async () =>
    anyHandler((await import("./resources/replicated-item.ts")).replicatedItemHandler),
  RecoveryPlan: async () =>
    anyHandler((await import("./resources/recovery-plan.ts")).recoveryPlanHandler),
  ConfigurationServer: async () =>
    anyHandler(
      (await import("./resources/on-premises/configuration-server.ts")).configurationServerHandler,
    ),
  ProcessServer: async () =>
    anyHandler((await import("./resources/on-premises/process-server.ts")).processServerHandler),
  VCenter: async () =>
    anyHandler((await import("./resources/on-premises/v-center.ts")).vCenterHandler),
  MasterTargetServer: async () =>
    anyHandler(
      (await import("./resources/on-premises/master-target-server.ts")).masterTargetServerHandler,
    ),
  ReplicationAppliance: async () =>
    anyHandler(
      (await import("./resources/on-premises/replication-appliance.ts"))
        .replicationApplianceHandler,
    ),
  PhysicalServer: async () =>
    anyHandler((await import("./resources/on-premises/physical-server.ts")).physicalServerHandler),
  TestFailover: async () =>
    anyHandler((await import("./actions/test-failover.ts")).testFailoverHandler),
  Failover: async () => anyHandler((await import("./actions/failover.ts")).failoverHandler),
  Reprotect: async () => anyHandler((await import("./actions/reprotect.ts")).reprotectHandler),
  Failback: async () => anyHandler((await import("./actions/failback.ts")).failbackHandler),
  CompleteMigration: async () =>
    anyHandler((await import("./actions/complete-migration.ts")).completeMigrationHandler),
};

/** Every resource of the provider, by its token such as `asr:index:Failover`. */
export const handlers: ReadonlyMap<string, AnyHandler> = new Map(
  Object.entries(loaders).map(([name, load]) => [
    `asr:index:${name}`,
    loadedLater(`asr:index:${name}`, load),
  ]),
);

function loadedLater(token: string, load: () => Promise<AnyHandler>): AnyHandler {
  return {
    token,
    get schema() {
      return resourceSchema(token);
    },
    check: async (...call) => (await load()).check(...call),
    diff: async (...call) => (await load()).diff(...call),
    create: async (...call) => (await load()).create(...call),
    read: async (...call) => (await load()).read(...call),
    update: async (...call) => (await load()).update(...call),
    delete: async (...call) => (await load()).delete(...call),
  };
}

/** Forgets a handler's own types: hosts hold all handlers in one table and pass plain objects. */
export function anyHandler<Inputs extends object, State extends object>(
  handler: Handler<Inputs, State>,
): AnyHandler {
  return handler as unknown as AnyHandler;
}
