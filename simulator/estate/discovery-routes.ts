import { type Answer, missingResource, ok } from "../http/answer.ts";
import { pagedListOf } from "../http/paging.ts";
import type { Call, Route } from "../http/route.ts";
import type { Simulation } from "../simulation.ts";
import type { ApplianceSite } from "../state/estate-model.ts";
import { idKey, nameOf } from "../state/identifiers.ts";
import type { JsonObject } from "../state/json.ts";
import { vcenterIdOf } from "./appliance-bodies.ts";
import { discoveredMachineBody } from "./discovered-machine-body.ts";
import { discoveryIdOf, estateVCenter, machinesOfApplianceSite } from "./find.ts";
import { isServerConnected } from "./heartbeat.ts";

const OFF_AZURE =
  "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.OffAzure";

type SiteKind = "VMwareSites" | "ServerSites";

/** An object below a site, whose body is made when it is asked for. */
interface Entry {
  readonly id: string;
  readonly body: () => JsonObject;
}

type Entries = (simulation: Simulation, site: ApplianceSite, kind: SiteKind) => readonly Entry[];

/** What lies below a discovery site, by its collection. */
const COLLECTIONS: Readonly<Record<string, Entries>> = {
  machines: (simulation, site, kind) =>
    machinesOfApplianceSite(simulation, site)
      .filter(({ vcenter }) => (vcenter === null) === (kind === "ServerSites"))
      .map((machine) => {
        const id = discoveryIdOf(simulation, site, machine);
        return {
          id,
          body: () => discoveredMachineBody(simulation, site, machine, id),
        };
      }),
  runAsAccounts: (_simulation, site, kind) =>
    site.runAsAccounts
      .filter(() => kind === "VMwareSites")
      .map(({ id, name }) => ({
        id,
        body: () => ({
          id,
          name: nameOf(id),
          type: "Microsoft.OffAzure/VMwareSites/runasaccounts",
          properties: {
            displayName: name,
            credentialType: "LinuxGuest",
            applianceName: site.appliances[0]?.name ?? "",
            createdTimestamp: "2026-01-01T00:00:00.0000000Z",
            updatedTimestamp: "2026-01-01T00:00:00.0000000Z",
          },
        }),
      })),
  vcenters: (simulation, site, kind) =>
    site.vcenters
      .filter(() => kind === "VMwareSites")
      .map((name) => {
        const vcenter = estateVCenter(simulation, name);
        const id = vcenterIdOf(site, name);
        return {
          id,
          body: () => ({
            id,
            name: nameOf(id),
            type: "Microsoft.OffAzure/VMwareSites/vcenters",
            properties: {
              friendlyName: name,
              fqdn: vcenter?.address ?? "",
              port: String(vcenter?.port ?? 443),
              runAsAccountId: site.runAsAccounts[0]?.id ?? null,
              errors: [],
            },
          }),
        };
      }),
};

/** Discovery sites with their machines, accounts and vCenters, as Microsoft.OffAzure shows them (CH-OFF-AZURE). */
export const DISCOVERY_ROUTES: readonly Route[] = [
  ...(["VMwareSites", "ServerSites"] as const).flatMap((kind): readonly Route[] => {
    const site = `${OFF_AZURE}/${kind}/{site}`;
    return [
      ["GET", site, (call) => ok(siteBody(call.simulation, siteOf(call, kind), kind))],
      ...Object.entries(COLLECTIONS).flatMap(([collection, entriesOf]): readonly Route[] => [
        [
          "GET",
          `${site}/${collection}`,
          (call) =>
            pagedListOf(call, entriesOf(call.simulation, siteOf(call, kind), kind), ({ body }) =>
              body(),
            ),
        ],
        ["GET", `${site}/${collection}/{object}`, (call) => one(call, kind, collection)],
      ]),
    ];
  }),
];

function siteOf(call: Call, kind: SiteKind): ApplianceSite {
  const { subscription, group, site } = call.params;
  const id = idKey(
    `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.OffAzure/${kind}/${site}`,
  );
  const found = Object.values(call.simulation.state.vaults)
    .flatMap((vault) => Object.values(vault.applianceSites))
    .find((each) => idKey(siteIdOf(each, kind)) === id);
  if (!found) throw missingResource(`Microsoft.OffAzure/${kind}`, site ?? "", group ?? "");
  return found;
}

function siteIdOf(site: ApplianceSite, kind: SiteKind): string {
  return kind === "VMwareSites" ? site.vmwareSiteId : site.physicalSiteId;
}

function siteBody(simulation: Simulation, site: ApplianceSite, kind: SiteKind): JsonObject {
  const id = siteIdOf(site, kind);
  const isUp = site.appliances.some((appliance) => isServerConnected(simulation, appliance));
  return {
    id,
    name: nameOf(id),
    type: `Microsoft.OffAzure/${kind}`,
    properties: {
      serviceEndpoint: null,
      agentDetails: null,
      applianceName: site.appliances[0]?.name ?? "",
      discoverySolutionId: null,
      connectionStatus: isUp ? "Connected" : "Disconnected",
    },
  };
}

function one(call: Call, kind: SiteKind, collection: string): Answer {
  const name = call.params.object ?? "";
  const entries = COLLECTIONS[collection]?.(call.simulation, siteOf(call, kind), kind) ?? [];
  const end = `/${name}`.toLowerCase();
  const found = entries.find(({ id }) => id.toLowerCase().endsWith(end));
  if (!found)
    throw missingResource(
      `Microsoft.OffAzure/${kind}/${collection}`,
      name,
      call.params.group ?? "",
    );
  return ok(found.body());
}
