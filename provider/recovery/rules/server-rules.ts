import { type Finding, finding } from "../findings.ts";
import type { SiteServerSituation } from "../on-premises-situation.ts";
import { applianceRules } from "./appliance-rules.ts";
import { masterTargetMachineRules } from "./master-target-machine-rules.ts";
import { masterTargetRules } from "./master-target-rules.ts";
import { serverMoveRules } from "./server-move-rules.ts";
import { concerns, type ServerRule, serverName } from "./site-rule.ts";
import { vcenterServerRules } from "./vcenter-rules.ts";

/** Every rule that a server of a site is asked about when it is created or changed, and again before it is used. */
export const serverRules: readonly ServerRule[] = [
  ...vcenterServerRules,
  ...masterTargetRules,
  ...masterTargetMachineRules,
  ...serverMoveRules,
  ...applianceRules,
];

/**
 * What the rules say about a server that is being made fit for a failback; `waived` holds rule ids that the
 * user waives. A finding of a rule with a `fix` can be mended by the server's resource when its inputs
 * allow it; `wait` means that Azure has to list something first.
 */
export function checkServer(
  server: SiteServerSituation,
  waived: readonly string[] = [],
): readonly Finding[] {
  return serverRules
    .filter((rule) => concerns(rule, server.generation) && rule.phases?.includes("server") === true)
    .flatMap((rule) =>
      rule
        .checkServer(server, "server")
        .map((violation) =>
          finding(
            { rule: rule.id, severity: rule.severity, subject: serverName(server), ...violation },
            waived,
          ),
        ),
    );
}
