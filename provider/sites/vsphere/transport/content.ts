import type { VsphereAbout } from "../site.ts";
import { child, textAt, textOf, type WireNode } from "../wire/parse.ts";
import type { ManagedObject } from "../wire/serialize.ts";
import { type Party, siteError } from "./failure.ts";

/** What is asked for in the words of the oldest API that is served. */
export const oldestApiVersion = "6.5";

/** What a vCenter says of itself, and its managers; their ids are never assumed. */
export interface ServiceContent {
  readonly about: VsphereAbout;
  /** Version of the API, which every request names. */
  readonly apiVersion: string;
  /** A manager by its name in the API, such as `viewManager`; throws SiteError when this server has none. */
  manager(name: string): ManagedObject;
  /** True when this server has the manager. */
  has(name: string): boolean;
  /** The error for a list that goes on and on; `purpose` completes "asked to …". */
  endless(purpose: string): Error;
}

/** Reads the service content. */
export function contentOf(party: Party, node: WireNode | undefined): ServiceContent {
  const about = child(node, "about");
  const has = (name: string): boolean => textOf(child(node, name)) !== "";
  return {
    apiVersion: textAt(about, "apiVersion") || oldestApiVersion,
    about: {
      apiType: textAt(about, "apiType"),
      version: textAt(about, "version"),
      instanceUuid: textAt(about, "instanceUuid"),
    },
    has,
    endless: (purpose) =>
      siteError(party, `it was asked to ${purpose}, and its list does not end.`, {
        operation: "ContinueRetrievePropertiesEx",
        hint: "Restart the vCenter's service if it does so again.",
      }),
    manager(name) {
      const found = child(node, name);
      const type = typeof found === "object" ? found["@type"] : undefined;
      if (has(name) && typeof type === "string") return { type, id: textOf(found) };
      throw siteError(party, `it has no ${name}.`, {
        operation: "RetrieveServiceContent",
        hint: "An ESXi host that is used alone lacks some services of a vCenter: give the vCenter that manages it.",
      });
    },
  };
}
