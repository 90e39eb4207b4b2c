import { completeMigrationHandler } from "./actions/complete-migration.ts";
import { failbackHandler } from "./actions/failback.ts";
import { failoverHandler } from "./actions/failover.ts";
import { reprotectHandler } from "./actions/reprotect.ts";
import { testFailoverHandler } from "./actions/test-failover.ts";
import type { AnyHandler, Handler } from "./handler.ts";
import { alertSettingHandler } from "./resources/alert-setting.ts";
import { fabricHandler } from "./resources/fabric.ts";
import { networkMappingHandler } from "./resources/network-mapping.ts";
import { configurationServerHandler } from "./resources/on-premises/configuration-server.ts";
import { masterTargetServerHandler } from "./resources/on-premises/master-target-server.ts";
import { physicalServerHandler } from "./resources/on-premises/physical-server.ts";
import { processServerHandler } from "./resources/on-premises/process-server.ts";
import { replicationApplianceHandler } from "./resources/on-premises/replication-appliance.ts";
import { vCenterHandler } from "./resources/on-premises/v-center.ts";
import { protectionContainerHandler } from "./resources/protection-container.ts";
import { protectionContainerMappingHandler } from "./resources/protection-container-mapping.ts";
import { recoveryPlanHandler } from "./resources/recovery-plan.ts";
import { replicatedItemHandler } from "./resources/replicated-item.ts";
import { replicationPolicyHandler } from "./resources/replication-policy.ts";
import { vaultHandler } from "./resources/vault.ts";

/** The only list of resources: one line per handler, in the order of the documentation. */
const list: readonly AnyHandler[] = [
  anyHandler(vaultHandler),
  anyHandler(alertSettingHandler),
  anyHandler(fabricHandler),
  anyHandler(protectionContainerHandler),
  anyHandler(replicationPolicyHandler),
  anyHandler(protectionContainerMappingHandler),
  anyHandler(networkMappingHandler),
  anyHandler(replicatedItemHandler),
  anyHandler(recoveryPlanHandler),
  anyHandler(configurationServerHandler),
  anyHandler(processServerHandler),
  anyHandler(vCenterHandler),
  anyHandler(masterTargetServerHandler),
  anyHandler(replicationApplianceHandler),
  anyHandler(physicalServerHandler),
  anyHandler(testFailoverHandler),
  anyHandler(failoverHandler),
  anyHandler(reprotectHandler),
  anyHandler(failbackHandler),
  anyHandler(completeMigrationHandler),
];

/** Every resource of the provider, by its token such as `asr:index:Failover`. */
export const handlers: ReadonlyMap<string, AnyHandler> = new Map(
  list.map((handler) => [handler.token, handler]),
);

/** Forgets a handler's own types: hosts hold all handlers in one table and pass plain objects. */
export function anyHandler<Inputs extends object, State extends object>(
  handler: Handler<Inputs, State>,
): AnyHandler {
  return handler as unknown as AnyHandler;
}
