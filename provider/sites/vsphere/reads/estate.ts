import { SiteError } from "../../../errors.ts";
import type {
  StoragePodFacts,
  VsphereDatastoreFacts,
  VsphereHostFacts,
} from "../../../recovery/vsphere-facts.ts";
import type { Session } from "../transport/client.ts";
import { children, textAt, textOf } from "../wire/parse.ts";
import { datastoreFacts, hostFacts, storagePodFacts } from "./decode-storage.ts";
import { propertyPaths } from "./property-paths.ts";
import { listProperty } from "./property-values.ts";
import { pageObjects, retrieve, retrieveAll, type WantedProperties } from "./retrieve.ts";

/** Hosts and storage that the account sees, by reference. */
export interface Estate {
  readonly hosts: ReadonlyMap<string, VsphereHostFacts>;
  readonly datastores: ReadonlyMap<string, VsphereDatastoreFacts>;
  readonly storagePods: ReadonlyMap<string, StoragePodFacts>;
}

/** Reads all hosts, datastores and datastore clusters, and the licences of hosts. */
export async function readEstate(session: Session): Promise<Estate> {
  const alone = session.content.about.apiType === "HostAgent";
  const wanted: readonly WantedProperties[] = [
    { type: "HostSystem", paths: propertyPaths.host },
    { type: "Datastore", paths: propertyPaths.datastore },
    // A host that is used alone knows no clusters.
    ...(alone ? [] : [{ type: "StoragePod", paths: propertyPaths.storagePod }]),
  ];
  const purpose = "list its hosts and datastores";
  const objects = await retrieveAll(session, purpose, wanted, pageObjects);
  const editionOf = await readLicences(session);
  const ofType = (type: string) => objects.filter((each) => each.type === type);
  const pods = ofType("StoragePod").map(storagePodFacts);
  const podReferences = new Set(pods.map(({ reference }) => reference));
  return {
    hosts: byReference(ofType("HostSystem").map((each) => hostFacts(each, editionOf(each.id)))),
    datastores: byReference(ofType("Datastore").map((each) => datastoreFacts(each, podReferences))),
    storagePods: byReference(pods),
  };
}

function byReference<Facts extends { readonly reference: string }>(
  list: readonly Facts[],
): ReadonlyMap<string, Facts> {
  return new Map(list.map((each) => [each.reference, each]));
}

/** The edition key of a host's licence: as assigned by the vCenter, or from the list of a host that is used alone. */
async function readLicences(session: Session): Promise<(host: string) => string> {
  const { content } = session;
  if (!content.has("licenseManager")) return () => "";
  const purpose = "read licences";
  try {
    const { type, id } = content.manager("licenseManager");
    const paths = ["licenses", "licenseAssignmentManager"];
    const [found] = await retrieve(session, purpose, { type, paths }, [id]);
    const assignments = textOf(found?.properties.get("licenseAssignmentManager"));
    if (assignments === "") {
      const licences = found === undefined ? [] : listProperty(found, "licenses");
      const editions = licences.map((each) => textAt(each, "editionKey"));
      return () => editions.find((each) => each !== "") ?? "";
    }
    const answer = await session.invoke(purpose, {
      method: "QueryAssignedLicenses",
      target: { type: "LicenseAssignmentManager", id: assignments },
    });
    const byEntity = new Map(
      children(answer, "returnval").map((each) => [
        textAt(each, "entityId"),
        textAt(each, "assignedLicense", "editionKey"),
      ]),
    );
    return (host) => byEntity.get(host) ?? "";
  } catch (error) {
    // Who may not read licences may still fail over; the rule about them then says nothing.
    const code = error instanceof SiteError ? error.serviceCode : undefined;
    if (code === "NoPermission" || code === "NotSupported") return () => "";
    throw error;
  }
}
