import type { Answer } from "../http/answer.ts";
import { conditionsOf } from "../http/filter.ts";
import { pagedList } from "../http/paging.ts";
import type { Call, Route } from "../http/route.ts";
import { fabricId, vaultOf } from "../recovery/vault/find.ts";
import { APPLIANCE_PARTS } from "./appliance-bodies.ts";
import { registered } from "./heartbeat.ts";

/** The appliances of a vault. Paths are relative to the vault. */
export const APPLIANCE_ROUTES: readonly Route[] = [
  ["GET", "replicationAppliances", listAppliances],
];

/** One entry for the kind of provider, with all appliances in it (swagger); none where there is no appliance. */
function listAppliances(call: Call): Answer {
  const { simulation } = call;
  const vault = vaultOf(call);
  const filter = call.query.get("$filter");
  const clauses = filter ? conditionsOf(filter, ["ProviderType"]) : [];
  const isAsked = clauses.every((alternatives) =>
    alternatives.some(({ value }) => value.toLowerCase() === "inmagercm"),
  );
  const appliances = Object.values(vault.applianceSites).flatMap((site) =>
    registered(simulation, site.appliances).map((appliance) => ({
      id: appliance.id,
      name: appliance.name,
      fabricArmId: fabricId(vault, site.fabricName),
      ...Object.fromEntries(
        APPLIANCE_PARTS.map(([, part, bodyOf]) => [
          part,
          bodyOf({ simulation, vault, site }, appliance),
        ]),
      ),
      switchProviderBlockingErrorDetails: [],
    })),
  );
  const providerSpecificDetails = { instanceType: "InMageRcm", appliances };
  return pagedList(
    call,
    isAsked && appliances.length > 0 ? [{ properties: { providerSpecificDetails } }] : [],
  );
}
