import { type Answer, ok } from "../../http/answer.ts";
import type { Call } from "../../http/route.ts";
import { recoveryId, recoveryType } from "../../state/identifiers.ts";
import { vaultOf } from "./find.ts";

/** Kinds of replication, and operating systems that all of them take: name, family, version. */
const KINDS = ["A2A", "InMageAzureV2", "InMageRcm"];
const SYSTEMS = [
  ["Windows Server 2022 Datacenter", "windows", "10.0"],
  ["Windows Server 2019 Datacenter", "windows", "10.0"],
  ["ubuntu", "linux", "22.04"],
  ["redhat", "linux", "9.0"],
] as const;

/** The operating systems that can be replicated, of the kind that is asked for or of all (a short list of ours). */
export function supportedSystems(call: Call): Answer {
  const vault = vaultOf(call);
  const asked = call.query.get("instanceType")?.toLowerCase();
  return ok({
    name: "Default",
    type: recoveryType("replicationSupportedOperatingSystems"),
    id: recoveryId(vault, "replicationSupportedOperatingSystems", "Default"),
    properties: {
      supportedOsList: KINDS.filter((kind) => !asked || kind.toLowerCase() === asked).map(
        (instanceType) => ({
          instanceType,
          supportedOs: SYSTEMS.map(([osName, osType, version]) => ({
            osName,
            osType,
            osVersions: [{ version, servicePack: null }],
          })),
        }),
      ),
    },
  });
}
