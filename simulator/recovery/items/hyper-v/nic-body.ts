import type { JsonObject } from "../../../state/json.ts";
import { nicBody } from "../body-parts.ts";
import type { ProtectedNic } from "../item.ts";

/** A network interface of a Hyper-V machine as it is read: what its host does not tell is null (recording H2A_E2A.040). */
export function hyperVNicBody(nic: ProtectedNic): JsonObject {
  const [configuration] = nic.ipConfigurations;
  const body = nicBody(nic);
  const [shown] = Array.isArray(body.ipConfigs) ? body.ipConfigs : [];
  return {
    ...body,
    sourceNicArmId: null,
    ipConfigs:
      configuration === undefined
        ? []
        : [
            {
              ...(shown as JsonObject),
              name: null,
              subnetName: orNull(configuration.subnetName),
              staticIPAddress: orNull(configuration.address),
            },
          ],
    enableAcceleratedNetworkingOnRecovery: nic.acceleratedOnRecovery || null,
  };
}

function orNull(text: string): string | null {
  return text === "" ? null : text;
}
